package dev.deltadepth.eval.bench;

import java.util.List;
import java.util.Locale;

/** The steps from a photo's file to a coloured map's file, in their order. */
public enum BenchStage {
  /** The file's bytes to pixels. */
  DECODE,
  /** The photo to the size at which the network sees it. */
  RESIZE,
  /** The network, with its input written and its output copied. */
  INFERENCE,
  /** The map to the photo's size. */
  UPSAMPLE,
  /** Values to colours. */
  COLOUR,
  /** Pixels to the bytes of a PNG file. */
  ENCODE;

  /** What an estimator does: a photo in, its map out. */
  static final List<BenchStage> ESTIMATE = List.of(RESIZE, INFERENCE, UPSAMPLE);

  /** The step's name: {@code decode}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
