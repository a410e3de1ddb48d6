package dev.deltadepth.distill;

import dev.deltadepth.distill.recipe.Recipe;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.global.torch;

/** While open, libtorch computes convolutions and matrix products in bfloat16. */
final class Autocast implements AutoCloseable {

  private Autocast() {}

  /**
   * The precision to compute in here: fp32 where a recipe asks for bf16 and libtorch would take ten
   * times as long for it. On x86 it has kernels for bf16 from AVX-512 on only.
   */
  static Recipe.Precision here(Recipe.Precision wanted) {
    try (BytePointer capability = torch.get_cpu_capability()) {
      return here(wanted, System.getProperty("os.arch"), capability.getString());
    }
  }

  /** As {@link #here(Recipe.Precision)} on a processor with libtorch's name of its instructions. */
  static Recipe.Precision here(Recipe.Precision wanted, String architecture, String capability) {
    boolean slow = architecture.matches("amd64|x86_64") && !capability.startsWith("AVX512");
    return slow ? Recipe.Precision.FP32 : wanted;
  }

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
