package dev.deltadepth.metrics;

/** The kind of a set's ground truth. */
public enum TruthKind {
  /** Depth in metres along the optical axis. */
  METRES,
  /** Disparity without a unit: larger is nearer, scale and offset are unknown. */
  DISPARITY,
  /** No ground truth, only images. */
  NONE;

  /** Whether there is ground truth. */
  public boolean labelled() {
    return this != NONE;
  }

  /** Whether the values are depths. */
  public boolean metric() {
    return this == METRES;
  }
}
