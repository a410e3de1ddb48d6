package dev.deltadepth.web.page;

import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.MovingWindow;
import dev.deltadepth.web.browser.Dom;
import dev.deltadepth.web.engine.Engine;
import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.browser.Performance;
import org.teavm.jso.canvas.CanvasImageSource;
import org.teavm.jso.canvas.CanvasRenderingContext2D;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.dom.html.HTMLVideoElement;

/** Shows camera frames and their depth, as fast as the device can. */
final class LiveDepth {
  /** How far the range of colours follows each map, 0..1. */
  private static final float FOLLOWS = 0.15f;

  private static final String CLIP = "depth";

  private final Appearance appearance;
  private final Notices notices;
  private final DepthClient client;
  private final DepthView view;
  private final Camera camera = new Camera();
  private final Recorder recorder = new Recorder();

  private HTMLCanvasElement frame = Dom.newCanvas(1, 1);
  private HTMLCanvasElement small = Dom.newCanvas(1, 1);
  private MovingWindow window = new MovingWindow(FOLLOWS);
  private LatestFrame frames = new LatestFrame();
  private FrameRate rate = new FrameRate();
  private SizeChooser sizes = new SizeChooser(1);
  private double started;
  private boolean front;
  private int session;

  LiveDepth(Appearance appearance, Notices notices, DepthClient client, DepthView view) {
    this.appearance = appearance;
    this.notices = notices;
    this.client = client;
    this.view = view;
  }

  /** Sets up the buttons; {@code keep} receives the frame that the user captures. */
  void start(Consumer<Photo> keep) {
    Dom.onClick(
        "flip",
        () -> {
          front = !front;
          open(() -> {});
        });
    Dom.onClick(
        "shutter",
        () -> {
          Photo kept = new Photo(copy(frame), "camera");
          close();
          keep.accept(kept);
        });
    Dom.onClick("record", this::record);
  }

  /** Opens the camera; {@code opened} runs once it delivers frames. */
  void open(Runnable opened) {
    notices.solved();
    int number = ++session;
    recorder.stop();
    camera.open(
        front,
        () -> {
          opened.run();
          begin(number);
        },
        why -> {
          close();
          refused(why);
        });
  }

  /** Releases the camera. */
  void close() {
    session++;
    stopRecording();
    camera.close();
    Dom.show("live-bar", false);
  }

  private void begin(int number) {
    HTMLVideoElement video = camera.video();
    frame = Dom.newCanvas(video.getVideoWidth(), video.getVideoHeight());
    small = Dom.newCanvas(1, 1);
    window = new MovingWindow(FOLLOWS);
    frames = new LatestFrame();
    rate = new FrameRate();
    sizes = new SizeChooser(client.nativeSize());
    view.photo(frame, frame.getWidth(), frame.getHeight());
    Dom.show("live-bar", true);
    Dom.show("flip", false);
    camera.ifSeveral(() -> Dom.show("flip", true));
    Dom.show("record", Recorder.isSupported());
    Dom.text("timing", client.place() == null ? "" : appearance.text(Text.PROCESSING));
    camera.onFrame(
        () -> {
          if (number == session) {
            newFrame();
          }
        });
  }

  private void newFrame() {
    draw(frame);
    view.stage().drawSoon();
    if (client.place() != null && frames.offer()) {
      estimate(session);
    }
  }

  /**
   * The drawing context of a canvas that is read often, kept in main memory rather than on the GPU.
   */
  @JSBody(
      params = "canvas",
      script = "return canvas.getContext('2d', { willReadFrequently: true });")
  private static native CanvasRenderingContext2D reading(HTMLCanvasElement canvas);

  /** Draws the current frame, mirrored for the front camera. */
  private void draw(HTMLCanvasElement canvas) {
    CanvasImageSource source = camera.frame();
    CanvasRenderingContext2D drawing = Dom.drawing(canvas);
    double width = canvas.getWidth();
    drawing.setTransform(front ? -1 : 1, 0, 0, 1, front ? width : 0, 0);
    drawing.drawImage(source, 0, 0, width, canvas.getHeight());
  }

  private void estimate(int number) {
    InputSize size =
        InputSize.ofPhoto(frame.getWidth(), frame.getHeight(), sizes.size(), client.multiple());
    if (small.getWidth() != size.width() || small.getHeight() != size.height()) {
      small = Dom.newCanvas(size.width(), size.height());
    }
    started = Performance.now();
    reading(small).drawImage(frame, 0, 0, size.width(), size.height());
    client.estimate(
        size.width(),
        size.height(),
        new Photo(small, "").rgba(),
        Math.min(size.width(), size.height()),
        estimate -> {
          if (number == session) {
            estimated(estimate);
          }
        },
        reason -> {
          if (number == session) {
            close();
            notices.problem(Text.ESTIMATE_FAILED, Text.ESTIMATE_FAILED_DO);
          }
        });
  }

  private void estimated(Engine.Estimate estimate) {
    view.map(estimate.map(), window.next(estimate.map()));
    double now = Performance.now();
    sizes.took(now - started);
    long tenths = Math.round(10 * rate.add(now));
    Dom.text(
        "timing",
        appearance.text(Text.LIVE_TIMING, tenths / 10 + "." + tenths % 10)
            + " · "
            + appearance.text(Text.TIMING, Math.round(estimate.milliseconds()))
            + "\n"
            + appearance.text(Text.LIVE_DETAIL, frames.dropped(), sizes.size()));
    if (frames.done()) {
      estimate(session);
    }
  }

  private void record() {
    if (recorder.isOn()) {
      stopRecording();
      return;
    }
    recorder.start(
        view.stage().view(),
        clip -> {
          Saver.save(clip, CLIP + Recorder.ending(clip));
          notices.notice(Text.SAVED);
        });
    Dom.id("record").setAttribute("aria-pressed", "true");
  }

  private void stopRecording() {
    recorder.stop();
    Dom.id("record").setAttribute("aria-pressed", "false");
  }

  private static HTMLCanvasElement copy(HTMLCanvasElement canvas) {
    HTMLCanvasElement copy = Dom.newCanvas(canvas.getWidth(), canvas.getHeight());
    Dom.drawing(copy).drawImage(canvas, 0, 0);
    return copy;
  }

  private void refused(Camera.Refusal why) {
    switch (why) {
      case REFUSED -> notices.problem(Text.CAMERA_REFUSED, Text.CAMERA_REFUSED_DO);
      case MISSING -> notices.problem(Text.CAMERA_MISSING, Text.CAMERA_MISSING_DO);
      case BUSY -> notices.problem(Text.CAMERA_BUSY, Text.CAMERA_BUSY_DO);
      case INSECURE -> notices.problem(Text.CAMERA_INSECURE, Text.CAMERA_INSECURE_DO);
    }
  }
}
