package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Dom;
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

  /** Where the panel stands beside the stage, as in app.css. */
  private static final String WIDE = "(min-width: 860px)";

  /** What of a wide window is above and below the stage. */
  private static final double MARGIN = 130;

  private static final double PHONE_PART = 0.58;
  private static final double LOWEST = 200;

  /** Panes go one below the other when that shows pictures larger by this factor. */
  private static final double WORTH = 1.15;

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
  private boolean across;
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
    return isDivided() && across && x > paneWidth() + GAP / 2 ? x - paneWidth() - GAP : x;
  }

  /** A point's row within the pane that it lies in. */
  double paneY(double y) {
    return isDivided() && !across && y > paneHeight() + GAP / 2 ? y - paneHeight() - GAP : y;
  }

  /** Fits everything to the width that the page gives the stage. */
  void layOut() {
    box.getStyle().setProperty("height", Math.round(heightFor(box.getClientWidth())) + "px");
    double ratio = Math.max(1, Window.current().getDevicePixelRatio());
    view.setWidth((int) Math.round(box.getClientWidth() * ratio));
    view.setHeight((int) Math.round(box.getClientHeight() * ratio));
    viewport.pane(paneWidth(), paneHeight());
    divider.setHidden(sideBySide || map == null);
    Dom.show("tag-photo", map != null);
    Dom.show("tag-depth", map != null);
    HTMLElement tag = Dom.id("tag-photo");
    tag.getStyle()
        .setProperty("bottom", isDivided() && !across ? paneHeight() + GAP + 12 + "px" : "12px");
    drawSoon();
  }

  /**
   * Decides whether two panes lie beside each other or one below the other, and how high the stage
   * is: as high as the pictures are at its width, within what the window leaves.
   */
  private double heightFor(double whole) {
    double window = Window.current().getInnerHeight();
    double most = Browser.matches(WIDE) ? window - MARGIN : window * PHONE_PART;
    double wanted = whole * height / width;
    if (isDivided()) {
      double beside = (whole - GAP) / 2 / width;
      double below = Math.min(whole / width, (most - GAP) / 2 / height);
      across = below < beside * WORTH;
      wanted = across ? beside * height : 2 * below * height + GAP;
    }
    return Math.max(LOWEST, Math.min(most, wanted));
  }

  /** Whether there are two panes. */
  private boolean isDivided() {
    return sideBySide && map != null;
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

  private double paneWidth() {
    double whole = box.getClientWidth();
    return isDivided() && across ? (whole - GAP) / 2 : whole;
  }

  private double paneHeight() {
    double whole = box.getClientHeight();
    return isDivided() && !across ? (whole - GAP) / 2 : whole;
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
      if (across) {
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
