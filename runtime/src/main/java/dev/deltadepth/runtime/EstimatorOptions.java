package dev.deltadepth.runtime;

import java.util.List;

/**
 * How a model is run.
 *
 * @param size the shorter side of the network's input, in pixels; 0 for the model's native size
 * @param threads threads inside one run; 0 for one per physical core
 * @param providers what to run on, preferred first; the processor is always the last resort
 */
public record EstimatorOptions(int size, int threads, List<Provider> providers) {

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

  /** The model's native size, one thread per physical core, on the processor. */
  public static EstimatorOptions defaults() {
    return new EstimatorOptions(0, 0, List.of());
  }

  /** The same with another size. */
  public EstimatorOptions withSize(int pixels) {
    return new EstimatorOptions(pixels, threads, providers);
  }

  /** The same with another number of threads. */
  public EstimatorOptions withThreads(int count) {
    return new EstimatorOptions(size, count, providers);
  }

  /** The same on other hardware. */
  public EstimatorOptions withProviders(Provider... preferredFirst) {
    return new EstimatorOptions(size, threads, List.of(preferredFirst));
  }
}
