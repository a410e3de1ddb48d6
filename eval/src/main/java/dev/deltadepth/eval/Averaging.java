package dev.deltadepth.eval;

/** What the figures of a set are averaged over. */
public enum Averaging {
  /** Over images with equal weights, as is usual. */
  PICTURES("mean over images"),
  /** Over the pixels of all images together, each image aligned on its own. */
  PIXELS("pooled over the pixels of all images");

  private final String description;

  Averaging(String description) {
    this.description = description;
  }

  /** The description shown with the figures. */
  public String description() {
    return description;
  }
}
