package dev.deltadepth.runtime;

import dev.deltadepth.core.Upsampling;
import java.util.List;

/**
 * How a model is run.
 *
 * @param size the shorter side of the network's input, in pixels; 0 for the model's native size
 * @param threads threads inside one run; 0 for one per physical core
 * @param providers what to run on, preferred first; the processor is always the last resort
 * @param upsampling how the network's map is brought to the photo's size
 */
public record EstimatorOptions(
    int size, int threads, List<Provider> providers, Upsampling upsampling) {

  /**
   * Checks the numbers and copies the list.
   *
   * @throws IllegalArgumentException if a number is below 0
   */
  public EstimatorOptions {
    if (size < 0 || threads < 0) {
      throw new IllegalArgumentException(
          "size and threads must not be negative: " + size + " and " + threads);
    }
    providers = List.copyOf(providers);
  }

  /** The model's native size, one thread per physical core, on the processor, joint upsampling. */
  public static EstimatorOptions defaults() {
    return new EstimatorOptions(0, 0, List.of(), Upsampling.JOINT);
  }

  /** The same with another size. */
  public EstimatorOptions withSize(int pixels) {
    return new EstimatorOptions(pixels, threads, providers, upsampling);
  }

  /** The same with another number of threads. */
  public EstimatorOptions withThreads(int count) {
    return new EstimatorOptions(size, count, providers, upsampling);
  }

  /** The same on other hardware. */
  public EstimatorOptions withProviders(Provider... preferredFirst) {
    return new EstimatorOptions(size, threads, List.of(preferredFirst), upsampling);
  }

  /** The same with another way to bring maps to the photo's size. */
  public EstimatorOptions withUpsampling(Upsampling other) {
    return new EstimatorOptions(size, threads, providers, other);
  }
}
