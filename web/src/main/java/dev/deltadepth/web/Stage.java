package dev.deltadepth.web;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.browser.Window;
import org.teavm.jso.canvas.CanvasImageSource;
import org.teavm.jso.canvas.CanvasRenderingContext2D;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.dom.html.HTMLElement;

/**
 * Where photo and map are seen, under a divider or side by side. Both move together, and a cross
 * marks the same point on both.
 */
final class Stage {
  private static final double GAP = 8;

  private final HTMLElement box = Dom.id("stage");
  private final HTMLElement divider = Dom.id("divider");
  private final HTMLCanvasElement view = Dom.canvas("view");
  private final CanvasRenderingContext2D drawing = Dom.drawing(view);
  private final Viewport viewport = new Viewport();

  private @Nullable CanvasImageSource photo;
  private @Nullable CanvasImageSource map;
  private int width = 1;
  private int height = 1;
  private boolean sideBySide;
  private double dividerAt = 0.5;
  private double crossX = -1;
  private double crossY = -1;
  private boolean drawingSoon;

  /** Shows a picture of that size, without a map at first. */
  void photo(CanvasImageSource picture, int newWidth, int newHeight) {
    photo = picture;
    map = null;
    width = newWidth;
    height = newHeight;
    crossX = -1;
    viewport.picture(width, height);
    layOut();
  }

  /** Shows the picture's map, stretched to the picture's size. */
  void map(CanvasImageSource picture) {
    map = picture;
    layOut();
  }

  /** Puts the two side by side, or one over the other with a divider between. */
  void sideBySide(boolean side) {
    sideBySide = side;
    layOut();
  }

  /** Moves the divider, 0 at the left to 1 at the right. */
  void divider(double part) {
    dividerAt = Math.max(0, Math.min(1, part));
    divider.getStyle().setProperty("left", dividerAt * 100 + "%");
    divider.setAttribute("aria-valuenow", String.valueOf(Math.round(dividerAt * 100)));
    drawSoon();
  }

  /** Where the divider is, 0 at the left to 1 at the right. */
  double divider() {
    return dividerAt;
  }

  /** Marks a point of the picture, in its pixels. */
  void cross(double x, double y) {
    crossX = x;
    crossY = y;
    drawSoon();
  }

  /** The picture's columns. */
  int width() {
    return width;
  }

  /** The picture's rows. */
  int height() {
    return height;
  }

  /** What part of the picture is seen; {@link #drawSoon} after a change. */
  Viewport viewport() {
    return viewport;
  }

  /** The canvas that all is drawn on. */
  HTMLCanvasElement view() {
    return view;
  }

  /** A point's column within the pane that it lies in. */
  double paneX(double x) {
    return sideBySide && map != null && isAcross() && x > paneWidth() + GAP / 2
        ? x - paneWidth() - GAP
        : x;
  }

  /** A point's row within the pane that it lies in. */
  double paneY(double y) {
    return sideBySide && map != null && !isAcross() && y > paneHeight() + GAP / 2
        ? y - paneHeight() - GAP
        : y;
  }

  /** Fits everything to the size that the page gives the stage. */
  void layOut() {
    double ratio = Math.max(1, Window.current().getDevicePixelRatio());
    view.setWidth((int) Math.round(box.getClientWidth() * ratio));
    view.setHeight((int) Math.round(box.getClientHeight() * ratio));
    viewport.pane(paneWidth(), paneHeight());
    divider.setHidden(sideBySide || map == null);
    Dom.show("tag-photo", map != null);
    Dom.show("tag-depth", map != null);
    HTMLElement tag = Dom.id("tag-photo");
    tag.getStyle()
        .setProperty("bottom", sideBySide && !isAcross() ? paneHeight() + GAP + 12 + "px" : "12px");
    drawSoon();
  }

  /** Draws once before the next frame, however often it is called. */
  void drawSoon() {
    if (!drawingSoon) {
      drawingSoon = true;
      Window.requestAnimationFrame(
          time -> {
            drawingSoon = false;
            draw();
          });
    }
  }

  /** Whether two panes lie beside each other rather than one below the other: what shows more. */
  private boolean isAcross() {
    double w = box.getClientWidth();
    double h = box.getClientHeight();
    double beside = Math.min((w - GAP) / 2 / width, h / height);
    double below = Math.min(w / width, (h - GAP) / 2 / height);
    return beside >= below;
  }

  private double paneWidth() {
    double whole = box.getClientWidth();
    return sideBySide && map != null && isAcross() ? (whole - GAP) / 2 : whole;
  }

  private double paneHeight() {
    double whole = box.getClientHeight();
    return sideBySide && map != null && !isAcross() ? (whole - GAP) / 2 : whole;
  }

  private void draw() {
    CanvasImageSource shownPhoto = photo;
    CanvasImageSource shownMap = map;
    double ratio = view.getWidth() / (double) Math.max(1, box.getClientWidth());
    drawing.setTransform(ratio, 0, 0, ratio, 0, 0);
    double w = box.getClientWidth();
    double h = box.getClientHeight();
    drawing.clearRect(0, 0, w, h);
    if (shownPhoto == null) {
      return;
    }
    if (shownMap == null) {
      pane(shownPhoto, 0, 0, 0, w);
    } else if (sideBySide) {
      pane(shownPhoto, 0, 0, 0, paneWidth());
      if (isAcross()) {
        pane(shownMap, paneWidth() + GAP, 0, 0, paneWidth());
      } else {
        pane(shownMap, 0, paneHeight() + GAP, 0, paneWidth());
      }
    } else {
      pane(shownPhoto, 0, 0, 0, w * dividerAt);
      pane(shownMap, 0, 0, w * dividerAt, w);
    }
  }

  /** Draws a picture into the pane whose corner is given, between two of the pane's columns. */
  private void pane(CanvasImageSource picture, double x, double y, double from, double to) {
    drawing.save();
    drawing.beginPath();
    drawing.rect(x + from, y, to - from, paneHeight());
    drawing.clip();
    drawing.translate(x, y);
    double scale = viewport.scale();
    drawing.drawImage(picture, viewport.left(), viewport.top(), width * scale, height * scale);
    if (crossX >= 0 && map != null) {
      mark(viewport.left() + crossX * scale, viewport.top() + crossY * scale);
    }
    drawing.restore();
  }

  private void drawCircle(double x, double y, double radius, double thickness, String colour) {
    drawing.beginPath();
    drawing.arc(x, y, radius, 0, 2 * Math.PI);
    drawing.setLineWidth(thickness);
    drawing.setStrokeStyle(colour);
    drawing.stroke();
  }

  private void mark(double x, double y) {
    drawCircle(x, y, 9, 4, "rgba(12,10,16,.7)");
    drawCircle(x, y, 9, 2, "#ffffff");
  }
}
