package dev.deltadepth.web.file;

import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Dom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.teavm.jso.browser.Performance;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.file.Blob;

/**
 * A clip for browsers without WebCodecs. Their recorder takes the time that passes for that of the
 * clip: the pictures are kept, and shown to it at their times in the end, which takes as long as
 * the clip.
 */
final class RecordedClip implements ClipMaker {
  private static final int SECOND = 1000;

  /** For the recorder to give its file once it has been stopped. */
  private static final int PATIENCE = 20 * SECOND;

  private final HTMLCanvasElement canvas;
  private final Runnable missing;
  private final Recorder recorder = new Recorder();
  private final List<Blob> pictures = new ArrayList<>();

  /** When each picture is shown, and at last when the clip ends. */
  private final List<Double> times = new ArrayList<>();

  private double started;
  private boolean recorded;
  private boolean closed;

  RecordedClip(int width, int height, Runnable missing) {
    this.missing = missing;
    canvas = Dom.newCanvas(width, height);
  }

  @Override
  public void add(HTMLCanvasElement picture, double seconds, Runnable next) {
    Saver.jpeg(
        picture,
        jpeg -> {
          pictures.add(jpeg);
          times.add(seconds);
          next.run();
        });
  }

  @Override
  public void finish(double seconds, Consumer<Blob> made) {
    times.add(seconds);
    show(0, made);
  }

  private void show(int index, Consumer<Blob> made) {
    PhotoReader.decode(
        pictures.get(index),
        image -> {
          if (closed) {
            return;
          }
          Dom.drawing(canvas).drawImage(image, 0, 0);
          if (index == 0) {
            started = Performance.now();
            recorder.start(canvas, clip -> recorded(clip, made));
          }
          double due = started + SECOND * times.get(index + 1);
          Browser.later(
              () -> shown(index, made), (int) Math.max(0, Math.round(due - Performance.now())));
        },
        missing);
  }

  private void shown(int index, Consumer<Blob> made) {
    if (index + 1 < pictures.size() && !closed) {
      show(index + 1, made);
    } else {
      recorder.stop();
      Browser.later(this::giveUp, PATIENCE);
    }
  }

  /** A browser that says it could record may still have no encoder. */
  private void giveUp() {
    if (!recorded) {
      missing.run();
    }
  }

  private void recorded(Blob clip, Consumer<Blob> made) {
    recorded = true;
    if (clip.getSize() > 0) {
      made.accept(clip);
    } else {
      missing.run();
    }
  }

  @Override
  public void close() {
    closed = true;
    recorder.stop();
  }
}
