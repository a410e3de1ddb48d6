package dev.deltadepth.datasets;

import dev.deltadepth.metrics.TruthKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a grey PNG of a {@link PairFolder} stores ground truth. A stored 0 means no value. */
enum StoredDepth {
  /** 16 bits, depth in millimetres. */
  DEPTH_MM16(TruthKind.METRES, 16, 1000),
  /** 16 bits, depth in metres times 256. */
  DEPTH_M256(TruthKind.METRES, 16, 256),
  /** 8 bits, disparity up to an unknown scale and offset: larger is nearer. */
  DISPARITY8(TruthKind.DISPARITY, 8, 1),
  /** The same with 16 bits. */
  DISPARITY16(TruthKind.DISPARITY, 16, 1),
  /** Pictures only. */
  UNLABELLED(TruthKind.NONE, 0, 1);

  private final TruthKind kind;
  private final int bits;
  private final double steps;

  StoredDepth(TruthKind kind, int bits, double steps) {
    this.kind = kind;
    this.bits = bits;
    this.steps = steps;
  }

  TruthKind kind() {
    return kind;
  }

  /** The bits per value. */
  int bits() {
    return bits;
  }

  /** What stored values are divided by to get metres; 1 for disparity. */
  double steps() {
    return steps;
  }

  /** The name as written in files: {@code depth_mm16}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind of a name as written in files.
   *
   * @param file the file with the name, for the message
   * @throws DatasetException if there is no such kind
   */
  static StoredDepth of(String name, String file) {
    for (StoredDepth kind : values()) {
      if (kind.toString().equals(name)) {
        return kind;
      }
    }
    throw new DatasetException(
        file
            + ": unknown kind '"
            + name
            + "'; choose from "
            + Arrays.stream(values()).map(StoredDepth::toString).collect(Collectors.joining(", ")));
  }
}
