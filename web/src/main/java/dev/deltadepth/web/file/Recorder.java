package dev.deltadepth.web.file;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.browser.Performance;
import org.teavm.jso.core.JSArray;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.file.Blob;
import org.teavm.jso.typedarrays.Int8Array;

/** Records a canvas as a video clip, if the browser supports it. */
public final class Recorder {
  /** The beginning of a clip, in which its length belongs. */
  private static final int HEAD = 4096;

  private @Nullable JSObject recording;
  private double started;

  /** Whether this browser can record canvases. */
  @JSBody(
      script =
          """
          return typeof MediaRecorder !== 'undefined'
              && !!HTMLCanvasElement.prototype.captureStream;
          """)
  public static native boolean isSupported();

  /** Whether a recording is running. */
  public boolean isOn() {
    return recording != null;
  }

  /** Starts recording; {@code made} receives the clip after {@link #stop}. */
  public void start(HTMLCanvasElement canvas, Consumer<Blob> made) {
    started = Performance.now();
    recording = record(canvas, clip -> finish(clip, Performance.now() - started, made));
  }

  /** Stops the recording, if one is running. */
  public void stop() {
    JSObject current = recording;
    if (current != null) {
      stop(current);
      recording = null;
    }
  }

  /** The file extension of a clip: browsers record WebM or MP4. */
  @JSBody(params = "clip", script = "return clip.type.indexOf('mp4') >= 0 ? '.mp4' : '.webm';")
  public static native String ending(Blob clip);

  /** Writes its length into a clip of WebM. */
  private static void finish(Blob clip, double milliseconds, Consumer<Blob> made) {
    if (ending(clip).equals(".mp4")) {
      made.accept(clip);
      return;
    }
    Saver.bytes(
        part(clip, 0, Math.min(HEAD, clip.getSize())),
        head ->
            made.accept(
                WebmClip.withLength(new Int8Array(head).toJavaArray(), milliseconds)
                    .map(longer -> joined(longer, clip))
                    .orElse(clip)));
  }

  private static Blob joined(byte[] head, Blob clip) {
    JSArray<JSObject> parts = new JSArray<>();
    parts.push(Int8Array.copyFromJavaArray(head));
    parts.push(part(clip, HEAD, clip.getSize()));
    return Saver.blob(parts, Saver.type(clip));
  }

  @JSBody(
      params = {"clip", "from", "end"},
      script = "return clip.slice(from, end);")
  private static native Blob part(Blob clip, int from, int end);

  @JSFunctor
  private interface Recorded extends JSObject {
    void accept(Blob clip);
  }

  /** MP4 with H.264 plays on every phone; not every browser can record it. */
  @JSBody(
      params = {"canvas", "recorded"},
      script =
          """
          var parts = [];
          var kinds = ['video/mp4;codecs=avc1.42E01F', 'video/mp4;codecs=avc1.4D401F',
              'video/webm;codecs=vp9', 'video/webm'].filter(function(kind) {
            return MediaRecorder.isTypeSupported && MediaRecorder.isTypeSupported(kind);
          });
          var recorder = new MediaRecorder(canvas.captureStream(30),
              kinds.length ? { mimeType: kinds[0] } : {});
          recorder.ondataavailable = function(event) {
            if (event.data && event.data.size) parts.push(event.data);
          };
          recorder.onstop = function() { recorded(new Blob(parts, { type: recorder.mimeType })); };
          recorder.start(1000);
          return recorder;
          """)
  private static native JSObject record(HTMLCanvasElement canvas, Recorded recorded);

  @JSBody(params = "recorder", script = "if (recorder.state !== 'inactive') recorder.stop();")
  private static native void stop(JSObject recorder);
}
