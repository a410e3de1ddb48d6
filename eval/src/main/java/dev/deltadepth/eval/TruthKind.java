package dev.deltadepth.eval;

import java.util.Locale;

/** How a set stores its ground truth. In all kinds a stored 0 means: no value. */
public enum TruthKind {
  /** 16-bit PNG, depth in millimetres. */
  DEPTH_MM16(1000),
  /** 16-bit PNG, depth in metres times 256. */
  DEPTH_M256(256),
  /** 8-bit PNG, disparity up to an unknown scale and offset: larger is nearer. */
  DISPARITY8(1),
  /** Pictures only. */
  UNLABELLED(1);

  private final double stepsAMetre;

  TruthKind(double stepsAMetre) {
    this.stepsAMetre = stepsAMetre;
  }

  /** Whether there is anything to compare with. */
  public boolean labelled() {
    return this != UNLABELLED;
  }

  /** Whether the stored values are depths. */
  public boolean metric() {
    return this == DEPTH_MM16 || this == DEPTH_M256;
  }

  /** What stored values are divided by to get metres; 1 for disparity. */
  double stepsAMetre() {
    return stepsAMetre;
  }

  /** The kind's name as written in files: {@code depth_mm16}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind of a name as written in files.
   *
   * @param file the file that says so, for the message
   * @throws EvaluationException if there is no such kind
   */
  static TruthKind of(String name, String file) {
    for (TruthKind kind : values()) {
      if (kind.toString().equals(name)) {
        return kind;
      }
    }
    throw new EvaluationException(
        file
            + " has a set of the kind '"
            + name
            + "'; known are depth_mm16, depth_m256, disparity8 and unlabelled");
  }
}
