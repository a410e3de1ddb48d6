package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Dom;
import dev.deltadepth.web.browser.Orientation;
import dev.deltadepth.web.file.Photo;
import dev.deltadepth.web.file.Recorder;
import dev.deltadepth.web.file.Saver;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;
import org.teavm.jso.browser.Performance;
import org.teavm.jso.browser.Window;
import org.teavm.jso.dom.events.KeyboardEvent;
import org.teavm.jso.dom.events.MouseEvent;
import org.teavm.jso.dom.events.Touch;
import org.teavm.jso.dom.events.TouchEvent;
import org.teavm.jso.dom.html.HTMLCanvasElement;

/** The photo as a relief that tilts with finger, mouse, keys, the device or by itself. */
final class ReliefTool {
  /** About as many vertices as a phone draws sixty times a second. */
  private static final double VERTICES = 2e5;

  /** How far the nearest moves against the farthest to each side, in percent. */
  private static final double AMOUNT = 4;

  /** Milliseconds of a swing from side to side and back. */
  private static final int SWING = 4000;

  private final Notices notices;
  private final DepthClient client;
  private final HTMLCanvasElement canvas = Dom.canvas("relief");
  private final Recorder recorder = new Recorder();

  private @Nullable ReliefView view;
  private @Nullable Photo photo;
  private @Nullable JSObject orientation;
  private @Nullable Posture posture;
  private boolean swings;
  private double tiltX;
  private double tiltY;
  private int session;

  ReliefTool(Notices notices, DepthClient client) {
    this.notices = notices;
    this.client = client;
  }

  void start() {
    Dom.on(
        canvas,
        "mousemove",
        (MouseEvent event) -> {
          if (event.getButtons() != 0 || Browser.matches("(hover: hover)")) {
            tilt(event.getClientX(), event.getClientY());
          }
        });
    Dom.on(canvas, "touchmove", this::touch);
    Dom.on(canvas, "keydown", this::key);
    Dom.onClick("relief-swing", () -> swing(!swings));
    Dom.onClick("relief-device", () -> follow(orientation == null));
    Dom.show("relief-device", Orientation.isLikely());
    Dom.onClick("relief-clip", this::record);
    Dom.show("relief-clip", Recorder.isSupported());
  }

  /** Starts with a photo. */
  void open(Photo of, DepthClient.Answer answer) {
    int number = ++session;
    photo = of;
    if (!ReliefView.isSupported()) {
      notices.problem(Text.RELIEF_MISSING, Text.RELIEF_MISSING_DO);
      return;
    }
    notices.notice(Text.PROCESSING);
    client.relief(
        of.reduced(VERTICES),
        answer.map(),
        2 * AMOUNT,
        relief -> {
          if (number == session) {
            notices.quiet();
            Dom.show("relief", true);
            view = new ReliefView(canvas, relief, of);
            swing(!Browser.matches("(prefers-reduced-motion: reduce)"));
            frame(number);
          }
        },
        notices::failed);
  }

  /** Ends. */
  void close() {
    session++;
    recorder.stop();
    follow(false);
    ReliefView shown = view;
    if (shown != null) {
      shown.free();
      view = null;
    }
    Dom.show("relief", false);
  }

  private void swing(boolean now) {
    swings = now;
    Dom.id("relief-swing").setAttribute("aria-pressed", String.valueOf(now));
    if (now) {
      follow(false);
    }
  }

  /** Tilts with the device, or no longer. */
  private void follow(boolean now) {
    JSObject before = orientation;
    if (before != null) {
      Orientation.stop(before);
    }
    orientation = null;
    posture = null;
    if (now) {
      swing(false);
      orientation =
          Orientation.start(
              this::turned,
              () -> {
                follow(false);
                notices.notice(Text.RELIEF_DEVICE_MISSING);
              });
    }
    Dom.id("relief-device").setAttribute("aria-pressed", String.valueOf(now));
  }

  private void turned(double alpha, double beta, double gamma, double screen) {
    Posture held = posture;
    if (held == null) {
      held = new Posture(alpha, beta, gamma);
      posture = held;
    }
    held.move(alpha, beta, gamma, screen);
    tiltX = held.x();
    tiltY = held.y();
  }

  private void frame(int number) {
    ReliefView shown = view;
    if (number != session || shown == null) {
      return;
    }
    double x = tiltX;
    double y = tiltY;
    if (swings) {
      double turn = 2 * Math.PI * (Performance.now() % SWING) / SWING;
      x = Math.cos(turn);
      y = Math.sin(turn) / 2;
    }
    shown.draw(x * AMOUNT / 100, y * AMOUNT / 100);
    Window.requestAnimationFrame(time -> frame(number));
  }

  /** From -1 at the left and upper edge to 1 at the opposite ones. */
  private void tilt(double x, double y) {
    swing(false);
    follow(false);
    var box = canvas.getBoundingClientRect();
    tiltX = Math.max(-1, Math.min(1, 2 * (x - box.getLeft()) / box.getWidth() - 1));
    tiltY = Math.max(-1, Math.min(1, 2 * (y - box.getTop()) / box.getHeight() - 1));
  }

  private void touch(TouchEvent event) {
    event.preventDefault();
    Touch first = event.getTouches().get(0);
    tilt(first.getClientX(), first.getClientY());
  }

  private void key(KeyboardEvent event) {
    double step = 0.1;
    switch (event.getKey()) {
      case "ArrowLeft" -> tiltX = Math.max(-1, tiltX - step);
      case "ArrowRight" -> tiltX = Math.min(1, tiltX + step);
      case "ArrowUp" -> tiltY = Math.max(-1, tiltY - step);
      case "ArrowDown" -> tiltY = Math.min(1, tiltY + step);
      default -> {
        return;
      }
    }
    swing(false);
    follow(false);
    event.preventDefault();
  }

  /** Records one swing. */
  private void record() {
    Photo of = photo;
    if (view == null || of == null || recorder.isOn()) {
      return;
    }
    swing(true);
    notices.notice(Text.SAVING);
    recorder.start(
        canvas,
        clip -> {
          Saver.save(clip, of.name() + ".relief" + Recorder.ending(clip));
          notices.notice(Text.SAVED);
        });
    Browser.later(recorder::stop, SWING);
  }
}
