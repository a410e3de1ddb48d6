package dev.deltadepth.eval;

/** What every figure of a set is an average over. */
public enum Averaging {
  /** Over pictures, each of which counts the same: the usual way. */
  PICTURES("mean over pictures"),
  /** Over the pixels of all pictures together, each picture aligned on its own. */
  PIXELS("pooled over the pixels of all pictures");

  private final String description;

  Averaging(String description) {
    this.description = description;
  }

  /** What stands beside the figures. */
  public String description() {
    return description;
  }
}
