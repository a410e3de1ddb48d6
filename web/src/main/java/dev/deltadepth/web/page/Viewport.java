package dev.deltadepth.web.page;

/**
 * Which part of a picture a pane shows: zoom and pan. At first the whole picture lies in the middle
 * of the pane; it can be enlarged up to sixteen times that, and never leaves the pane.
 */
final class Viewport {
  private static final double LARGEST = 16;

  private double paneWidth = 1;
  private double paneHeight = 1;
  private double width = 1;
  private double height = 1;
  private double zoom = 1;
  private double centreX = 0.5;
  private double centreY = 0.5;

  /** Another picture, of that size in pixels, shown whole. */
  void picture(double newWidth, double newHeight) {
    width = newWidth;
    height = newHeight;
    reset();
  }

  /** Another size of the pane, in its own units; what is in the middle stays there. */
  void pane(double newWidth, double newHeight) {
    paneWidth = Math.max(1, newWidth);
    paneHeight = Math.max(1, newHeight);
    hold();
  }

  /** Shows the whole picture. */
  void reset() {
    zoom = 1;
    centreX = 0.5;
    centreY = 0.5;
  }

  /** Whether more than nothing of the picture is cut off. */
  boolean isZoomed() {
    return zoom > 1;
  }

  /** Units of the pane a pixel of the picture. */
  double scale() {
    return zoom * Math.min(paneWidth / width, paneHeight / height);
  }

  /** Where the picture's left edge lies in the pane. */
  double left() {
    return paneWidth / 2 - centreX * width * scale();
  }

  /** Where the picture's upper edge lies in the pane. */
  double top() {
    return paneHeight / 2 - centreY * height * scale();
  }

  /** Enlarges by a factor around a point of the pane. */
  void zoomAt(double factor, double x, double y) {
    double pictureX = pictureX(x);
    double pictureY = pictureY(y);
    zoom = Math.max(1, Math.min(LARGEST, zoom * factor));
    centreX = pictureX / width + (paneWidth / 2 - x) / (width * scale());
    centreY = pictureY / height + (paneHeight / 2 - y) / (height * scale());
    hold();
  }

  /** Moves the picture along with a finger. */
  void pan(double alongX, double alongY) {
    centreX -= alongX / (width * scale());
    centreY -= alongY / (height * scale());
    hold();
  }

  /** The picture's column, in pixels, at a point of the pane; may lie beyond the picture. */
  double pictureX(double x) {
    return (x - left()) / scale();
  }

  /** The picture's row, in pixels, at a point of the pane; may lie beyond the picture. */
  double pictureY(double y) {
    return (y - top()) / scale();
  }

  private void hold() {
    centreX = held(centreX, paneWidth / (width * scale()));
    centreY = held(centreY, paneHeight / (height * scale()));
  }

  /** A centre at which a pane that shows that part of a side shows nothing beyond it. */
  private static double held(double centre, double part) {
    return part >= 1 ? 0.5 : Math.max(part / 2, Math.min(1 - part / 2, centre));
  }
}
