package dev.deltadepth.metrics;

/** What the ground truth of a set is. */
public enum TruthKind {
  /** Depth in metres along the optical axis. */
  METRES,
  /** Disparity without unit: larger is nearer, scale and offset unknown. */
  DISPARITY,
  /** There is none: pictures only. */
  NONE;

  /** Whether there is anything to compare with. */
  public boolean labelled() {
    return this != NONE;
  }

  /** Whether the values are depths. */
  public boolean metric() {
    return this == METRES;
  }
}
