package dev.deltadepth.web.page;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.file.Blob;

/** Records a canvas as a video clip, if the browser supports it. */
final class Recorder {
  private @Nullable JSObject recording;

  /** Receives the finished clip. */
  @JSFunctor
  interface Made extends JSObject {
    void accept(Blob clip);
  }

  /** Whether this browser can record canvases. */
  @JSBody(
      script =
          """
          return typeof MediaRecorder !== 'undefined'
              && !!HTMLCanvasElement.prototype.captureStream;
          """)
  static native boolean isSupported();

  /** Whether a recording is running. */
  boolean isOn() {
    return recording != null;
  }

  /** Starts recording; {@code made} receives the clip after {@link #stop}. */
  void start(HTMLCanvasElement canvas, Made made) {
    recording = record(canvas, made);
  }

  /** Stops the recording, if one is running. */
  void stop() {
    JSObject current = recording;
    if (current != null) {
      stop(current);
      recording = null;
    }
  }

  /** The file extension of a clip: browsers record WebM or MP4. */
  @JSBody(params = "clip", script = "return clip.type.indexOf('mp4') >= 0 ? '.mp4' : '.webm';")
  static native String ending(Blob clip);

  @JSBody(
      params = {"canvas", "made"},
      script =
          """
          var parts = [];
          var recorder = new MediaRecorder(canvas.captureStream(30));
          recorder.ondataavailable = function(event) {
            if (event.data && event.data.size) parts.push(event.data);
          };
          recorder.onstop = function() { made(new Blob(parts, { type: recorder.mimeType })); };
          recorder.start(1000);
          return recorder;
          """)
  private static native JSObject record(HTMLCanvasElement canvas, Made made);

  @JSBody(params = "recorder", script = "if (recorder.state !== 'inactive') recorder.stop();")
  private static native void stop(JSObject recorder);
}
