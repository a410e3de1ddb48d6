package dev.deltadepth.core.view;

/**
 * Which part of an image a pane shows: zoom and pan. At first the whole image is centred in the
 * pane; it can be zoomed up to sixteen times and always fills as much of the pane as it can.
 */
public final class Viewport {
  private static final double LARGEST = 16;

  private double paneWidth = 1;
  private double paneHeight = 1;
  private double width = 1;
  private double height = 1;
  private double zoom = 1;
  private double centreX = 0.5;
  private double centreY = 0.5;

  /** Shows another image, with its size in pixels, as a whole. */
  public void image(double newWidth, double newHeight) {
    width = newWidth;
    height = newHeight;
    reset();
  }

  /** Resizes the pane, in its own units; the centre stays in place. */
  public void pane(double newWidth, double newHeight) {
    paneWidth = Math.max(1, newWidth);
    paneHeight = Math.max(1, newHeight);
    clamp();
  }

  /** Shows the whole image. */
  public void reset() {
    zoom = 1;
    centreX = 0.5;
    centreY = 0.5;
  }

  /** Whether the image is zoomed in. */
  public boolean isZoomed() {
    return zoom > 1;
  }

  /** How many times larger than the whole image in the pane. */
  public double zoom() {
    return zoom;
  }

  /** Shows a part again: its zoom, and its centre as shares of the image's sides. */
  public void zoomTo(double factor, double x, double y) {
    zoom = Math.max(1, Math.min(LARGEST, factor));
    centreX = x;
    centreY = y;
    clamp();
  }

  /** Units of the pane per pixel of the image. */
  public double scale() {
    return zoom * Math.min(paneWidth / width, paneHeight / height);
  }

  /** The image's left edge in the pane. */
  public double left() {
    return paneWidth / 2 - centreX * width * scale();
  }

  /** The image's top edge in the pane. */
  public double top() {
    return paneHeight / 2 - centreY * height * scale();
  }

  /** Zooms by a factor around a point of the pane. */
  public void zoomAt(double factor, double x, double y) {
    double imageX = imageX(x);
    double imageY = imageY(y);
    zoom = Math.max(1, Math.min(LARGEST, zoom * factor));
    centreX = imageX / width + (paneWidth / 2 - x) / (width * scale());
    centreY = imageY / height + (paneHeight / 2 - y) / (height * scale());
    clamp();
  }

  /** Moves the image, in units of the pane. */
  public void pan(double alongX, double alongY) {
    centreX -= alongX / (width * scale());
    centreY -= alongY / (height * scale());
    clamp();
  }

  /** The image's x coordinate, in pixels, at a point of the pane; may be outside the image. */
  public double imageX(double x) {
    return (x - left()) / scale();
  }

  /** The image's y coordinate, in pixels, at a point of the pane; may be outside the image. */
  public double imageY(double y) {
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
