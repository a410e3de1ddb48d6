package dev.deltadepth.runtime;

import dev.deltadepth.core.Upsampling;
import java.util.List;

/**
 * How a model is run.
 *
 * @param size the shorter side of the network's input, in pixels; 0 for the model's native size
 * @param threads threads inside one run; 0 for one per physical core
 * @param providers what to run on, preferred first; the processor is always the last resort
 * @param card which of several graphics cards, from 0; only CUDA and DirectML ask
 * @param upsampling how the network's map is brought to the photo's size
 */
public record EstimatorOptions(
    int size, int threads, List<Provider> providers, int card, Upsampling upsampling) {

  /**
   * Checks the numbers and copies the list.
   *
   * @throws IllegalArgumentException if a number is below 0
   */
  public EstimatorOptions {
    if (size < 0 || threads < 0 || card < 0) {
      throw new IllegalArgumentException(
          "size, threads and card must not be negative: " + size + ", " + threads + " and " + card);
    }
    providers = List.copyOf(providers);
  }

  /** The model's native size, one thread per physical core, on the processor, joint upsampling. */
  public static EstimatorOptions defaults() {
    return new EstimatorOptions(0, 0, List.of(), 0, Upsampling.JOINT);
  }

  /** The same with another size. */
  public EstimatorOptions withSize(int pixels) {
    return new EstimatorOptions(pixels, threads, providers, card, upsampling);
  }

  /** The same with another number of threads. */
  public EstimatorOptions withThreads(int count) {
    return new EstimatorOptions(size, count, providers, card, upsampling);
  }

  /** The same on other hardware. */
  public EstimatorOptions withProviders(Provider... preferredFirst) {
    return new EstimatorOptions(size, threads, List.of(preferredFirst), card, upsampling);
  }

  /** The same on another of several graphics cards. */
  public EstimatorOptions withCard(int index) {
    return new EstimatorOptions(size, threads, providers, index, upsampling);
  }

  /** The same with another way to bring maps to the photo's size. */
  public EstimatorOptions withUpsampling(Upsampling other) {
    return new EstimatorOptions(size, threads, providers, card, other);
  }
}
