package dev.deltadepth.distill;

import dev.deltadepth.distill.recipe.Recipe;
import org.bytedeco.pytorch.global.torch;

/** While open, libtorch computes convolutions and matrix products in bfloat16. */
final class Autocast implements AutoCloseable {

  private Autocast() {}

  /** Turns autocast on for {@link Recipe.Precision#BF16}; otherwise does nothing. */
  static Autocast on(Recipe.Precision precision) {
    if (precision == Recipe.Precision.BF16) {
      // Every weight is used once per pass: caching the casts would only use memory.
      torch.set_autocast_cache_enabled(false);
      torch.set_autocast_dtype(torch.DeviceType.CPU, torch.ScalarType.BFloat16);
      torch.set_autocast_enabled(torch.DeviceType.CPU, true);
    }
    return new Autocast();
  }

  @Override
  public void close() {
    torch.set_autocast_enabled(torch.DeviceType.CPU, false);
  }
}
