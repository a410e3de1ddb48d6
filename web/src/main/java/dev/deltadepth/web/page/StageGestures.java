package dev.deltadepth.web.page;

import dev.deltadepth.core.view.Viewport;
import dev.deltadepth.web.browser.Dom;
import org.teavm.jso.dom.events.KeyboardEvent;
import org.teavm.jso.dom.events.MouseEvent;
import org.teavm.jso.dom.events.Touch;
import org.teavm.jso.dom.events.TouchEvent;
import org.teavm.jso.dom.events.WheelEvent;
import org.teavm.jso.dom.html.HTMLElement;

/**
 * Touch, mouse and keyboard input on the stage. It uses touch and mouse events because iOS 12 has
 * no pointer events.
 */
final class StageGestures {
  private static final double STILL = 6;
  private static final double STEP = 1.25;

  private final Stage stage;
  private final HTMLElement box = Dom.id("stage");
  private final HTMLElement divider = Dom.id("divider");
  private final Read read;

  private double lastX;
  private double lastY;
  private double lastSpread;
  private double moved;
  private boolean pressed;
  private boolean dividing;
  private double readX = 0.5;
  private double readY = 0.5;

  /** Reads points of the image. */
  interface Read {
    /**
     * Called with a point, in 0..1.
     *
     * @param taken whether it was touched or confirmed; otherwise keys only pass over it
     */
    void at(double x, double y, boolean taken);
  }

  StageGestures(Stage stage, Read read) {
    this.stage = stage;
    this.read = read;
  }

  void start() {
    HTMLElement view = stage.view();
    HTMLElement root = Dom.document().getDocumentElement();
    Dom.on(view, "mousedown", (MouseEvent event) -> press(event.getClientX(), event.getClientY()));
    Dom.on(
        divider,
        "mousedown",
        (MouseEvent event) -> {
          dividing = true;
          event.preventDefault();
          divider.focus();
        });
    Dom.on(
        root,
        "mousemove",
        (MouseEvent event) -> {
          if (dividing) {
            divide(event.getClientX());
          } else if (pressed) {
            drag(event.getClientX(), event.getClientY());
          }
        });
    Dom.on(root, "mouseup", (MouseEvent event) -> release());
    Dom.on(
        view,
        "dblclick",
        (MouseEvent event) -> zoomOrReset(event.getClientX(), event.getClientY()));
    Dom.on(view, "wheel", this::wheel);
    Dom.on(view, "touchstart", this::touchStart);
    Dom.on(view, "touchmove", this::touchMove);
    Dom.on(view, "touchend", this::touchEnd);
    Dom.on(
        divider,
        "touchmove",
        (TouchEvent event) -> {
          event.preventDefault();
          divide(event.getTouches().get(0).getClientX());
        });
    Dom.on(view, "keydown", this::viewKey);
    Dom.on(divider, "keydown", this::dividerKey);
  }

  private void press(double x, double y) {
    pressed = true;
    moved = 0;
    lastX = x;
    lastY = y;
  }

  /** A drag moves a zoomed image; otherwise it reads along the way. */
  private void drag(double x, double y) {
    moved += Math.abs(x - lastX) + Math.abs(y - lastY);
    if (stage.viewport().isZoomed()) {
      stage.viewport().pan(x - lastX, y - lastY);
      stage.drawSoon();
    } else if (moved > STILL) {
      readAt(x, y);
    }
    lastX = x;
    lastY = y;
  }

  private void release() {
    if (pressed && moved <= STILL) {
      readAt(lastX, lastY);
    }
    pressed = false;
    dividing = false;
  }

  private void readAt(double x, double y) {
    Viewport viewport = stage.viewport();
    double paneX = stage.paneX(x - box.getBoundingClientRect().getLeft());
    double paneY = stage.paneY(y - box.getBoundingClientRect().getTop());
    double imageX = viewport.imageX(paneX) / stage.width();
    double imageY = viewport.imageY(paneY) / stage.height();
    if (imageX >= 0 && imageX <= 1 && imageY >= 0 && imageY <= 1) {
      readX = imageX;
      readY = imageY;
      read.at(readX, readY, true);
    }
  }

  private void divide(double x) {
    stage.divider((x - box.getBoundingClientRect().getLeft()) / box.getClientWidth());
  }

  private void zoomAt(double factor, double x, double y) {
    stage
        .viewport()
        .zoomAt(
            factor,
            stage.paneX(x - box.getBoundingClientRect().getLeft()),
            stage.paneY(y - box.getBoundingClientRect().getTop()));
    stage.drawSoon();
  }

  private void zoomOrReset(double x, double y) {
    if (stage.viewport().isZoomed()) {
      stage.whole();
    } else {
      zoomAt(2.5, x, y);
    }
  }

  private void wheel(WheelEvent event) {
    event.preventDefault();
    zoomAt(Math.pow(1.0016, -event.getDeltaY()), event.getClientX(), event.getClientY());
  }

  private void touchStart(TouchEvent event) {
    Touch first = event.getTouches().get(0);
    press(first.getClientX(), first.getClientY());
    if (event.getTouches().getLength() > 1) {
      pinchFrom(first, event.getTouches().get(1));
    }
  }

  private void touchMove(TouchEvent event) {
    event.preventDefault();
    Touch first = event.getTouches().get(0);
    if (event.getTouches().getLength() == 1) {
      drag(first.getClientX(), first.getClientY());
      return;
    }
    Touch second = event.getTouches().get(1);
    double beforeX = lastX;
    double beforeY = lastY;
    double before = lastSpread;
    pinchFrom(first, second);
    zoomAt(lastSpread / before, lastX, lastY);
    stage.viewport().pan(lastX - beforeX, lastY - beforeY);
    stage.drawSoon();
  }

  private void pinchFrom(Touch first, Touch second) {
    moved = STILL + 1;
    lastX = (first.getClientX() + second.getClientX()) / 2;
    lastY = (first.getClientY() + second.getClientY()) / 2;
    lastSpread =
        Math.max(
            1,
            Math.hypot(
                first.getClientX() - second.getClientX(),
                first.getClientY() - second.getClientY()));
  }

  private void touchEnd(TouchEvent event) {
    // Otherwise the browser would also send a click.
    event.preventDefault();
    if (event.getTouches().getLength() == 0) {
      release();
    } else {
      Touch left = event.getTouches().get(0);
      lastX = left.getClientX();
      lastY = left.getClientY();
    }
  }

  private void viewKey(KeyboardEvent event) {
    double step = event.isShiftKey() ? 0.1 : 0.01;
    switch (event.getKey()) {
      case "ArrowLeft" -> readBeside(-step, 0);
      case "ArrowRight" -> readBeside(step, 0);
      case "ArrowUp" -> readBeside(0, -step);
      case "ArrowDown" -> readBeside(0, step);
      case "Enter" -> read.at(readX, readY, true);
      case "+", "=" -> zoomMiddle(STEP);
      case "-" -> zoomMiddle(1 / STEP);
      case "0" -> stage.whole();
      default -> {
        return;
      }
    }
    event.preventDefault();
  }

  private void readBeside(double alongX, double alongY) {
    readX = Math.max(0, Math.min(1, readX + alongX));
    readY = Math.max(0, Math.min(1, readY + alongY));
    read.at(readX, readY, false);
  }

  private void zoomMiddle(double factor) {
    stage.viewport().zoomAt(factor, box.getClientWidth() / 2.0, box.getClientHeight() / 2.0);
    stage.drawSoon();
  }

  private void dividerKey(KeyboardEvent event) {
    switch (event.getKey()) {
      case "ArrowLeft", "ArrowDown" -> stage.divider(stage.divider() - 0.02);
      case "ArrowRight", "ArrowUp" -> stage.divider(stage.divider() + 0.02);
      case "Home" -> stage.divider(0);
      case "End" -> stage.divider(1);
      default -> {
        return;
      }
    }
    event.preventDefault();
  }
}
