package dev.deltadepth.web.file;

import dev.deltadepth.web.browser.Dom;
import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.canvas.CanvasImageSource;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.dom.html.HTMLVideoElement;
import org.teavm.jso.file.Blob;

/** A film that the browser decodes, upright; it is looked at wherever one likes. */
public final class Film {
  private final HTMLVideoElement video;
  private final String address;

  private Film(HTMLVideoElement video, String address) {
    this.video = video;
    this.address = address;
  }

  /**
   * Opens a file.
   *
   * @param unplayable called if this browser cannot play it
   */
  public static void open(Blob file, Consumer<Film> opened, Runnable unplayable) {
    String address = Saver.address(file);
    open(
        address,
        (video, plays) -> {
          Film film = new Film(video, address);
          if (plays) {
            opened.accept(film);
          } else {
            film.close();
            unplayable.run();
          }
        });
  }

  /** Width of its frames in pixels; 0 if it has sound only. */
  public int width() {
    return video.getVideoWidth();
  }

  /** Height of its frames in pixels. */
  public int height() {
    return video.getVideoHeight();
  }

  /** Its length in seconds, as far as the browser knows by now; NaN or 0 if there is none. */
  public double seconds() {
    return seconds(video);
  }

  /**
   * Looks at a moment. While the page cannot be seen, browsers show no frames: then it waits.
   *
   * @param seconds from the beginning
   * @param shown receives the time of the frame that is shown then; it can be drawn now
   * @param missing called if there is no frame: the film is damaged or ends before
   */
  public void look(double seconds, Consumer<Double> shown, Runnable missing) {
    look(video, seconds, shown::accept, missing::run);
  }

  /** Draws the frame that is shown, stretched over a canvas that is read afterwards. */
  public void draw(HTMLCanvasElement canvas) {
    CanvasImageSource frame = (CanvasImageSource) (JSObject) video;
    Dom.smooth(canvas).drawImage(frame, 0, 0, canvas.getWidth(), canvas.getHeight());
  }

  /** Lets it go. */
  public void close() {
    close(video);
    Saver.revoke(address);
  }

  @JSFunctor
  private interface Opened extends JSObject {
    void accept(HTMLVideoElement video, boolean plays);
  }

  @JSFunctor
  private interface Shown extends JSObject {
    void accept(double seconds);
  }

  @JSFunctor
  private interface Missing extends JSObject {
    void run();
  }

  /** A recording may not say how long it is: the browser finds out when it looks for the end. */
  @JSBody(
      params = {"address", "opened"},
      script =
          """
          var video = document.createElement('video');
          var timer = 0;
          function settle(plays) {
            clearTimeout(timer);
            video.onloadedmetadata = video.onloadeddata = video.onerror = video.onseeked = null;
            opened(video, plays);
          }
          function patience(milliseconds, plays) {
            clearTimeout(timer);
            timer = setTimeout(function() { settle(plays); }, milliseconds);
          }
          function loaded() {
            if (isFinite(video.duration)) {
              settle(true);
              return;
            }
            patience(10000, true);
            video.onseeked = function() {
              if (!isFinite(video.duration)) video.found = video.currentTime;
              settle(true);
            };
            video.currentTime = 1e7;
          }
          video.muted = true;
          video.playsInline = true;
          video.preload = 'auto';
          video.onerror = function() { settle(false); };
          // Phones may load no frames before one is wanted.
          video.onloadedmetadata = function() {
            video.isOpen = !isFinite(video.duration);
            patience(3000, true);
          };
          video.onloadeddata = loaded;
          patience(20000, false);
          video.src = address;
          """)
  private static native void open(String address, Opened opened);

  /** What the browser finds out is when the last frame begins. */
  @JSBody(
      params = "video",
      script =
          """
          var seconds = isFinite(video.duration) ? video.duration : video.found;
          if (!seconds) return 0;
          return video.isOpen ? seconds + 0.03 : seconds;
          """)
  private static native double seconds(HTMLVideoElement video);

  @JSBody(
      params = {"video", "time", "shown", "missing"},
      script =
          """
          var isSought = false, frameTime = -1, wasHidden = false, isOver = false, timer = 0;
          var saysWhich = !!video.requestVideoFrameCallback;
          function settle(isShown) {
            if (isOver) return;
            isOver = true;
            clearTimeout(timer);
            video.onseeked = video.onerror = null;
            if (isShown) shown(frameTime);
            else missing();
          }
          // The frame of an earlier look may still be on its way to the screen.
          function isPlausible() { return frameTime >= 0 && frameTime < time + 1; }
          function take(now, frame) {
            if (isOver) return;
            frameTime = frame.mediaTime;
            if (isSought && isPlausible()) settle(true);
            else video.requestVideoFrameCallback(take);
          }
          function expire() {
            if (document.hidden) {
              wasHidden = true;
              timer = setTimeout(expire, 500);
            } else if (wasHidden) {
              seek();
            } else {
              settle(frameTime >= 0);
            }
          }
          function seek() {
            wasHidden = false;
            isSought = false;
            clearTimeout(timer);
            timer = setTimeout(expire, 20000);
            video.currentTime = time;
          }
          video.onerror = function() { settle(false); };
          video.onseeked = function() {
            isSought = true;
            if (!saysWhich) frameTime = video.currentTime;
            clearTimeout(timer);
            timer = setTimeout(expire, isPlausible() ? 100 : 2000);
          };
          if (saysWhich) video.requestVideoFrameCallback(take);
          // A damaged part beyond the last look, which the browser reads ahead, has ended it.
          if (video.error) {
            video.onloadeddata = function() {
              video.onloadeddata = null;
              seek();
            };
            timer = setTimeout(expire, 20000);
            video.load();
          } else {
            seek();
          }
          """)
  private static native void look(
      HTMLVideoElement video, double time, Shown shown, Missing missing);

  @JSBody(
      params = "video",
      script =
          """
          video.onseeked = video.onerror = null;
          video.removeAttribute('src');
          video.load();
          """)
  private static native void close(HTMLVideoElement video);
}
