package dev.deltadepth.web.file;

import java.util.function.Consumer;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.file.Blob;

/** Makes a clip of pictures that come one by one, each with its own time, however long it takes. */
public interface ClipMaker {
  /**
   * Adds a picture.
   *
   * @param seconds since the first one
   * @param next called when it may be drawn over, and the next one may come
   */
  void add(HTMLCanvasElement picture, double seconds, Runnable next);

  /**
   * Ends the clip.
   *
   * @param seconds its length
   * @param made receives the file
   */
  void finish(double seconds, Consumer<Blob> made);

  /** Gives up what is being made. */
  void close();

  /**
   * Opens one for pictures of a size: the browser's encoder, or else its recorder.
   *
   * @param missing called, at once or at the end, if the browser cannot make clips
   * @param failed called with the reason if something else goes wrong, at any time
   */
  static void open(
      int width,
      int height,
      Consumer<ClipMaker> opened,
      Runnable missing,
      Consumer<String> failed) {
    EncodedClip.open(
        width,
        height,
        opened,
        () -> {
          if (Recorder.isSupported()) {
            opened.accept(new RecordedClip(width, height, missing));
          } else {
            missing.run();
          }
        },
        failed);
  }
}
