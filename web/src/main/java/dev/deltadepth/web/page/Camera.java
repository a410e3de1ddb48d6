package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Dom;
import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.canvas.CanvasImageSource;
import org.teavm.jso.dom.html.HTMLElement;
import org.teavm.jso.dom.html.HTMLVideoElement;

/** The device's camera; its frames appear in the page's hidden video element. */
final class Camera {
  private final HTMLVideoElement video;

  /** Why a camera cannot be opened. */
  enum Refusal {
    REFUSED,
    MISSING,
    BUSY,
    INSECURE
  }

  Camera() {
    video = (HTMLVideoElement) Dom.id("video");
  }

  /** The current frame, to be drawn. */
  CanvasImageSource frame() {
    return (CanvasImageSource) (JSObject) video;
  }

  /** The video element with its frames. */
  HTMLVideoElement video() {
    return video;
  }

  /**
   * Opens the camera on one side of the device, or any camera if there is none on that side.
   *
   * @param front whether to prefer the screen's side
   */
  void open(boolean front, Runnable opened, Consumer<Refusal> refused) {
    close();
    open(video, front ? "user" : "environment", opened::run, name -> refused.accept(refusal(name)));
  }

  /** Releases the camera. */
  void close() {
    close(video);
  }

  /** Whether this camera has a light. */
  boolean hasTorch() {
    return hasTorch(video);
  }

  /** Switches the camera's light. */
  void torch(boolean on) {
    torch(video, on);
  }

  /** Runs an action if the device has more than one camera. */
  void ifSeveral(Runnable several) {
    several(several::run);
  }

  /** Runs an action for every new frame until the camera is closed. */
  void onFrame(Runnable action) {
    eachFrame(video, action::run);
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
      params = "video",
      script =
          """
          var track = video.srcObject && video.srcObject.getVideoTracks()[0];
          return !!(track && track.getCapabilities && track.getCapabilities().torch);
          """)
  private static native boolean hasTorch(HTMLElement video);

  @JSBody(
      params = {"video", "on"},
      script =
          """
          var track = video.srcObject && video.srcObject.getVideoTracks()[0];
          if (track) track.applyConstraints({ advanced: [{ torch: on }] }).catch(function() {});
          """)
  private static native void torch(HTMLElement video, boolean on);

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

  /** Without requestVideoFrameCallback, a change of the video's time indicates a new frame. */
  @JSBody(
      params = {"video", "action"},
      script =
          """
          var stream = video.srcObject;
          var last = -1;
          function again() {
            if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(frame);
            else requestAnimationFrame(look);
          }
          function frame() {
            if (video.srcObject !== stream) return;
            action();
            again();
          }
          function look() {
            if (video.currentTime !== last) {
              last = video.currentTime;
              frame();
            } else if (video.srcObject === stream) {
              again();
            }
          }
          again();
          """)
  private static native void eachFrame(HTMLElement video, Done action);
}
