package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Dom;
import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.canvas.CanvasImageSource;
import org.teavm.jso.dom.html.HTMLElement;
import org.teavm.jso.dom.html.HTMLVideoElement;

/** The device's camera, its pictures in the page's hidden video element. */
final class Camera {
  private final HTMLVideoElement video;

  /** Why a camera does not open. */
  enum Refusal {
    REFUSED,
    MISSING,
    BUSY,
    INSECURE
  }

  Camera() {
    video = (HTMLVideoElement) Dom.id("video");
  }

  /** Its present picture, to be drawn. */
  CanvasImageSource picture() {
    return (CanvasImageSource) (JSObject) video;
  }

  /** Where its pictures are. */
  HTMLVideoElement video() {
    return video;
  }

  /**
   * Opens the camera on one side of the device, or any if it has none there.
   *
   * @param front the side of the screen
   */
  void open(boolean front, Runnable opened, Consumer<Refusal> refused) {
    close();
    open(video, front ? "user" : "environment", opened::run, name -> refused.accept(refusal(name)));
  }

  /** Gives the camera back. */
  void close() {
    close(video);
  }

  /** Tells whether the device has more than one camera. */
  void ifSeveral(Runnable several) {
    several(several::run);
  }

  /** Has something done at each new picture, until the camera is closed. */
  void onPicture(Runnable action) {
    eachPicture(video, action::run);
  }

  private static Refusal refusal(String name) {
    return switch (name) {
      case "NotFoundError", "OverconstrainedError", "DevicesNotFoundError" -> Refusal.MISSING;
      case "NotReadableError", "TrackStartError", "AbortError" -> Refusal.BUSY;
      case "insecure" -> Refusal.INSECURE;
      default -> Refusal.REFUSED;
    };
  }

  @JSFunctor
  private interface Done extends JSObject {
    void run();
  }

  @JSFunctor
  private interface Failed extends JSObject {
    void accept(String name);
  }

  @JSBody(
      params = {"video", "side", "opened", "failed"},
      script =
          """
          var devices = navigator.mediaDevices;
          if (!devices || !devices.getUserMedia) {
            failed(window.isSecureContext ? 'NotFoundError' : 'insecure');
            return;
          }
          devices.getUserMedia({ audio: false, video: {
            facingMode: side, width: { ideal: 1280 }, height: { ideal: 720 }
          } }).then(function(stream) {
            video.srcObject = stream;
            video.muted = true;
            video.setAttribute('playsinline', '');
            return video.play();
          }).then(opened, function(e) { failed(String(e && e.name || e)); });
          """)
  private static native void open(HTMLElement video, String side, Done opened, Failed failed);

  @JSBody(
      params = "video",
      script =
          """
          var stream = video.srcObject;
          if (stream) {
            stream.getTracks().forEach(function(track) { track.stop(); });
            video.srcObject = null;
          }
          """)
  private static native void close(HTMLElement video);

  @JSBody(
      params = "several",
      script =
          """
          var devices = navigator.mediaDevices;
          if (devices && devices.enumerateDevices) {
            devices.enumerateDevices().then(function(all) {
              if (all.filter(function(one) { return one.kind === 'videoinput'; }).length > 1) several();
            }, function() {});
          }
          """)
  private static native void several(Done several);

  /** Without requestVideoFrameCallback a new picture is seen by the video's time. */
  @JSBody(
      params = {"video", "action"},
      script =
          """
          var stream = video.srcObject;
          var last = -1;
          function again() {
            if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(picture);
            else requestAnimationFrame(look);
          }
          function picture() {
            if (video.srcObject !== stream) return;
            action();
            again();
          }
          function look() {
            if (video.currentTime !== last) {
              last = video.currentTime;
              picture();
            } else if (video.srcObject === stream) {
              again();
            }
          }
          again();
          """)
  private static native void eachPicture(HTMLElement video, Done action);
}
