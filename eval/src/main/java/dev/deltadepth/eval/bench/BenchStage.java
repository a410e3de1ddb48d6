package dev.deltadepth.eval.bench;

import java.util.List;
import java.util.Locale;

/** The steps from a photo file to a coloured map file, in order. */
public enum BenchStage {
  /** File to pixels. */
  DECODE,
  /** Photo to the network's input size. */
  RESIZE,
  /** The network, including writing its input and copying its output. */
  INFERENCE,
  /** Map to the photo's size. */
  UPSAMPLE,
  /** Values to colours. */
  COLOUR,
  /** Pixels to a PNG file in memory. */
  ENCODE;

  /** The steps of an estimator, from photo to map. */
  static final List<BenchStage> ESTIMATE = List.of(RESIZE, INFERENCE, UPSAMPLE);

  /** The step's name: {@code decode}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
