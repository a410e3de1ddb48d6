package dev.deltadepth.web.page;

/**
 * Which part of an image a pane shows: zoom and pan. At first the whole image is centred in the
 * pane; it can be zoomed up to sixteen times and always fills as much of the pane as it can.
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

  /** Shows another image, with its size in pixels, as a whole. */
  void image(double newWidth, double newHeight) {
    width = newWidth;
    height = newHeight;
    reset();
  }

  /** Resizes the pane, in its own units; the centre stays in place. */
  void pane(double newWidth, double newHeight) {
    paneWidth = Math.max(1, newWidth);
    paneHeight = Math.max(1, newHeight);
    clamp();
  }

  /** Shows the whole image. */
  void reset() {
    zoom = 1;
    centreX = 0.5;
    centreY = 0.5;
  }

  /** Whether the image is zoomed in. */
  boolean isZoomed() {
    return zoom > 1;
  }

  /** Units of the pane per pixel of the image. */
  double scale() {
    return zoom * Math.min(paneWidth / width, paneHeight / height);
  }

  /** The image's left edge in the pane. */
  double left() {
    return paneWidth / 2 - centreX * width * scale();
  }

  /** The image's top edge in the pane. */
  double top() {
    return paneHeight / 2 - centreY * height * scale();
  }

  /** Zooms by a factor around a point of the pane. */
  void zoomAt(double factor, double x, double y) {
    double imageX = imageX(x);
    double imageY = imageY(y);
    zoom = Math.max(1, Math.min(LARGEST, zoom * factor));
    centreX = imageX / width + (paneWidth / 2 - x) / (width * scale());
    centreY = imageY / height + (paneHeight / 2 - y) / (height * scale());
    clamp();
  }

  /** Moves the image, in units of the pane. */
  void pan(double alongX, double alongY) {
    centreX -= alongX / (width * scale());
    centreY -= alongY / (height * scale());
    clamp();
  }

  /** The image's x coordinate, in pixels, at a point of the pane; may be outside the image. */
  double imageX(double x) {
    return (x - left()) / scale();
  }

  /** The image's y coordinate, in pixels, at a point of the pane; may be outside the image. */
  double imageY(double y) {
    return (y - top()) / scale();
  }

  private void clamp() {
    centreX = clamped(centreX, paneWidth / (width * scale()));
    centreY = clamped(centreY, paneHeight / (height * scale()));
  }

  /** The closest centre at which a pane that shows a part of a side shows nothing beyond it. */
  private static double clamped(double centre, double part) {
    return part >= 1 ? 0.5 : Math.max(part / 2, Math.min(1 - part / 2, centre));
  }
}
