package dev.deltadepth.web.page;

import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.MovingWindow;
import dev.deltadepth.core.live.FrameRate;
import dev.deltadepth.core.live.SizeChooser;
import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Dom;
import dev.deltadepth.web.file.Photo;
import dev.deltadepth.web.file.Recorder;
import dev.deltadepth.web.file.Saver;
import java.util.function.Consumer;
import org.teavm.jso.browser.Performance;
import org.teavm.jso.canvas.CanvasImageSource;
import org.teavm.jso.canvas.CanvasRenderingContext2D;
import org.teavm.jso.dom.events.Event;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.dom.html.HTMLVideoElement;

/** Shows camera frames and their depth, as fast as the device can. */
final class LiveDepth {
  /** How far the range of colours follows each map, 0..1. */
  private static final float FOLLOWS = 0.15f;

  private static final String CLIP = "depth";
  private static final int MOST_ZOOM = 3;

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
  private boolean open;
  private boolean paused;
  private int zoom = 1;
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
          Photo kept = Photo.of(copy(frame), "camera");
          close();
          keep.accept(kept);
        });
    Dom.onClick("record", this::record);
    Dom.onClick("pause", () -> pause(!paused));
    Dom.onClick("torch", this::switchTorch);
    Dom.onClick("zoom", () -> zoom(zoom % MOST_ZOOM + 1));
    appearance.onChange(() -> zoom(zoom));
    Dom.on(Dom.document(), "visibilitychange", (Event event) -> hiddenOrShown());
  }

  /** Releases the camera while nobody sees its picture. */
  private void hiddenOrShown() {
    if (!open) {
      return;
    }
    if (Browser.isHidden()) {
      session++;
      stopRecording();
      camera.close();
    } else {
      open(() -> {});
    }
  }

  private void pause(boolean now) {
    paused = now;
    Dom.id("pause").setAttribute("aria-pressed", String.valueOf(now));
  }

  /** So many times as large as the camera's picture are the frames; only their middle is used. */
  private void zoom(int times) {
    zoom = times;
    Dom.text("zoom", times + "×");
    Dom.id("zoom").setAttribute("aria-label", appearance.text(Text.ZOOM, times));
  }

  private void switchTorch() {
    boolean on = !Dom.id("torch").getAttribute("aria-pressed").equals("true");
    camera.torch(on);
    Dom.id("torch").setAttribute("aria-pressed", String.valueOf(on));
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
    open = false;
    stopRecording();
    camera.close();
    Dom.show("live-bar", false);
    Dom.show("rate", false);
  }

  private void begin(int number) {
    open = true;
    pause(false);
    zoom(1);
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
    Dom.id("torch").setAttribute("aria-pressed", "false");
    Dom.show("torch", camera.hasTorch());
    Dom.show("record", Recorder.isSupported());
    Dom.text("detail", "");
    Dom.text("timing", client.place() == null ? "" : appearance.text(Text.PROCESSING));
    camera.onFrame(
        () -> {
          if (number == session) {
            newFrame();
          }
        });
  }

  private void newFrame() {
    if (paused) {
      return;
    }
    draw(frame);
    view.stage().drawSoon();
    if (client.place() != null && frames.offer()) {
      estimate(session);
    }
  }

  /** Draws the current frame, mirrored for the front camera. */
  private void draw(HTMLCanvasElement canvas) {
    CanvasImageSource source = camera.frame();
    CanvasRenderingContext2D drawing = Dom.drawing(canvas);
    double width = canvas.getWidth();
    drawing.setTransform(front ? -1 : 1, 0, 0, 1, front ? width : 0, 0);
    double height = canvas.getHeight();
    double seenWidth = width / zoom;
    double seenHeight = height / zoom;
    drawing.drawImage(
        source,
        (width - seenWidth) / 2,
        (height - seenHeight) / 2,
        seenWidth,
        seenHeight,
        0,
        0,
        width,
        height);
  }

  private void estimate(int number) {
    InputSize size =
        InputSize.ofPhoto(frame.getWidth(), frame.getHeight(), sizes.size(), client.multiple());
    if (small.getWidth() != size.width() || small.getHeight() != size.height()) {
      small = Dom.newCanvas(size.width(), size.height());
    }
    started = Performance.now();
    Dom.smooth(small).drawImage(frame, 0, 0, size.width(), size.height());
    client.estimate(
        size.width(),
        size.height(),
        Photo.of(small, "").rgba(),
        Math.min(size.width(), size.height()),
        false,
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

  private void estimated(DepthClient.Answer estimate) {
    view.map(estimate.map(), window.next(estimate.map()));
    double now = Performance.now();
    sizes.took(now - started);
    long tenths = Math.round(10 * rate.add(now));
    String perSecond = appearance.text(Text.LIVE_TIMING, tenths / 10 + "." + tenths % 10);
    Dom.text("rate", perSecond);
    Dom.show("rate", true);
    Dom.text(
        "timing",
        perSecond + " · " + appearance.text(Text.TIMING, Math.round(estimate.milliseconds())));
    Dom.text("detail", appearance.text(Text.LIVE_DETAIL, frames.dropped(), sizes.size()));
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
