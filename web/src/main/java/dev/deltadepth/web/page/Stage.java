package dev.deltadepth.web.page;

import dev.deltadepth.core.view.Viewport;
import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Dom;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.browser.Window;
import org.teavm.jso.canvas.CanvasImageSource;
import org.teavm.jso.canvas.CanvasRenderingContext2D;
import org.teavm.jso.dom.events.Event;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.dom.html.HTMLElement;

/**
 * Shows image and map, under a divider or side by side. Both move together, and a mark shows the
 * same point on both.
 */
final class Stage {
  private static final double GAP = 8;

  /** Windows with the panel beside the stage, as in app.css. */
  private static final String WIDE =
      "(min-width: 53.75em), (min-width: 40em) and (max-height: 30em)";

  /** Height of a wide window that is outside the stage. */
  private static final double MARGIN = 130;

  private static final double PHONE_PART = 0.58;
  private static final double LOWEST = 200;

  /** Panes are stacked if that makes the images larger by this factor. */
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
  private boolean filling;
  private boolean drawingSoon;

  /** Begins to follow the size of window and page. */
  void start() {
    Dom.on(Window.current(), "resize", (Event event) -> layOut());
    Dom.onResize(
        box,
        () -> {
          boolean isSeen = box.getClientWidth() > 0;
          if (isSeen) {
            fit();
          }
        });
  }

  /** Shows an image of a size, without a map at first. */
  void photo(CanvasImageSource image, int newWidth, int newHeight) {
    photo = image;
    map = null;
    width = newWidth;
    height = newHeight;
    crossX = -1;
    viewport.image(width, height);
    layOut();
  }

  /** Shows the image's map, stretched to the image's size. */
  void map(CanvasImageSource coloured) {
    boolean isFirst = map == null;
    map = coloured;
    // The layout of a live map is that of the one before.
    if (isFirst) {
      layOut();
    } else {
      drawSoon();
    }
  }

  /** Shows the two side by side, or one over the other with a divider. */
  void sideBySide(boolean side) {
    sideBySide = side;
    layOut();
  }

  /** Shows the whole image again. */
  void whole() {
    viewport.reset();
    drawSoon();
  }

  /** Whether the two are side by side. */
  boolean isSideBySide() {
    return sideBySide;
  }

  /** Fills a phone's screen, or leaves room for what is below. */
  void fill(boolean whole) {
    filling = whole;
    layOut();
  }

  /** Moves the divider, from 0 at the left to 1 at the right. */
  void divider(double part) {
    dividerAt = Math.max(0, Math.min(1, part));
    divider.getStyle().setProperty("left", dividerAt * 100 + "%");
    divider.setAttribute("aria-valuenow", String.valueOf(Math.round(dividerAt * 100)));
    drawSoon();
  }

  /** Position of the divider, from 0 at the left to 1 at the right. */
  double divider() {
    return dividerAt;
  }

  /** Marks a point of the image, in its pixels. */
  void cross(double x, double y) {
    crossX = x;
    crossY = y;
    drawSoon();
  }

  /** Width of the image in pixels. */
  int width() {
    return width;
  }

  /** Height of the image in pixels. */
  int height() {
    return height;
  }

  /** The visible part of the image; call {@link #drawSoon} after a change. */
  Viewport viewport() {
    return viewport;
  }

  /** The canvas of the stage. */
  HTMLCanvasElement view() {
    return view;
  }

  /** A point's x coordinate within its pane. */
  double paneX(double x) {
    return isDivided() && across && x > paneWidth() + GAP / 2 ? x - paneWidth() - GAP : x;
  }

  /** A point's y coordinate within its pane. */
  double paneY(double y) {
    return isDivided() && !across && y > paneHeight() + GAP / 2 ? y - paneHeight() - GAP : y;
  }

  /** Fits everything to the stage's width in the page. */
  void layOut() {
    box.getStyle().setProperty("height", Math.round(heightFor(box.getClientWidth())) + "px");
    // What gets the focus below is scrolled to below the stage, which stays in sight on phones.
    Dom.document()
        .getDocumentElement()
        .getStyle()
        .setProperty("--stage", box.getClientHeight() + "px");
    fit();
  }

  /**
   * Fits canvas and panes to the stage as it is now. Its width changes without its window's if a
   * scrollbar comes or goes; the height stays then, or the scrollbar might come and go for ever.
   */
  private void fit() {
    double ratio = Math.max(1, Window.current().getDevicePixelRatio());
    int canvasWidth = (int) Math.round(box.getClientWidth() * ratio);
    int canvasHeight = (int) Math.round(box.getClientHeight() * ratio);
    // Setting a size clears the canvas, even if it is the same; a recording would flicker.
    if (view.getWidth() != canvasWidth || view.getHeight() != canvasHeight) {
      view.setWidth(canvasWidth);
      view.setHeight(canvasHeight);
    }
    viewport.pane(paneWidth(), paneHeight());
    divider.setHidden(sideBySide || map == null);
    Dom.show("tag-photo", map != null);
    Dom.show("tag-depth", map != null);
    // On the lower of two panes, else beside the other.
    Dom.id("tag-depth")
        .getStyle()
        .setProperty("top", isDivided() && !across ? paneHeight() + GAP + 12 + "px" : "12px");
    draw();
  }

  /**
   * Decides whether two panes are side by side or stacked, and computes the stage's height: that of
   * the images at its width, limited by the window.
   */
  private double heightFor(double whole) {
    double window = Window.current().getInnerHeight();
    boolean wide = Browser.matches(WIDE);
    double most = wide ? window - MARGIN : filling ? window : window * PHONE_PART;
    double wanted = whole * height / width;
    if (isDivided()) {
      double beside = (whole - GAP) / 2 / width;
      double stacked = Math.min(whole / width, (most - GAP) / 2 / height);
      across = stacked < beside * WORTH;
      wanted = across ? beside * height : 2 * stacked * height + GAP;
    }
    return filling && !wide ? most : Math.max(LOWEST, Math.min(most, wanted));
  }

  /** Whether there are two panes. */
  private boolean isDivided() {
    return sideBySide && map != null;
  }

  /** Schedules one redraw before the next frame, however often it is called. */
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
    // Not transparent: a recording would be black there.
    drawing.setFillStyle(background(box));
    drawing.fillRect(0, 0, w, h);
    Dom.show("whole", viewport.isZoomed());
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

  @JSBody(params = "element", script = "return getComputedStyle(element).backgroundColor;")
  private static native String background(HTMLElement element);

  /** Draws an image into the pane with a given corner, between two of the pane's columns. */
  private void pane(CanvasImageSource image, double x, double y, double from, double to) {
    drawing.save();
    drawing.beginPath();
    drawing.rect(x + from, y, to - from, paneHeight());
    drawing.clip();
    drawing.translate(x, y);
    double scale = viewport.scale();
    drawing.drawImage(image, viewport.left(), viewport.top(), width * scale, height * scale);
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
