package dev.deltadepth.web.file;

import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArray;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.file.Blob;
import org.teavm.jso.typedarrays.Int8Array;

/** A clip that the browser encodes (WebCodecs): H.264, or else VP9, in an MP4 file. */
final class EncodedClip implements ClipMaker {
  /** Bits a second for each pixel: coloured maps are smooth but for their edges. */
  private static final double BITS = 4;

  private static final double LEAST_BITS = 1e6;

  /** Frames from one that can be decoded alone to the next: players jump to those. */
  private static final int KEY = 60;

  private static final double MICRO = 1e6;

  private final Mp4Clip clip;
  private final JSObject coding;
  private int count;

  private EncodedClip(Mp4Clip clip, JSObject coding) {
    this.clip = clip;
    this.coding = coding;
  }

  static void open(
      int width,
      int height,
      Consumer<ClipMaker> opened,
      Runnable missing,
      Consumer<String> failed) {
    Mp4Clip clip = new Mp4Clip(width, height);
    open(
        width,
        height,
        Math.max(LEAST_BITS, BITS * width * height),
        FilmSteps.RATE,
        coding -> opened.accept(new EncodedClip(clip, coding)),
        missing::run,
        (microseconds, bytes, isKey) -> clip.add(microseconds / MICRO, bytes, isKey),
        failed::accept);
  }

  @Override
  public void add(HTMLCanvasElement picture, double seconds, Runnable next) {
    add(coding, picture, Math.rint(seconds * MICRO), count % KEY == 0, next::run);
    count++;
  }

  @Override
  public void finish(double seconds, Consumer<Blob> made) {
    finish(coding, () -> made.accept(file(seconds)));
  }

  private Blob file(double seconds) {
    byte[] head =
        clip.head(codec(coding), description(coding).copyToJavaArray(), colour(coding), seconds);
    JSArray<JSObject> parts = new JSArray<>();
    parts.push(Int8Array.copyFromJavaArray(head));
    parts.push(pictures(coding));
    return Saver.blob(parts, "video/mp4");
  }

  @Override
  public void close() {
    close(coding);
  }

  @JSFunctor
  private interface Opened extends JSObject {
    void accept(JSObject coding);
  }

  @JSFunctor
  private interface Done extends JSObject {
    void run();
  }

  @JSFunctor
  private interface Coded extends JSObject {
    void accept(double microseconds, int bytes, boolean isKey);
  }

  @JSFunctor
  private interface Failed extends JSObject {
    void accept(String reason);
  }

  /** WebKit of GNOME ends the page when it is asked for its encoders, and is not asked. */
  @JSBody(
      params = {"width", "height", "bits", "rate", "opened", "missing", "coded", "failed"},
      script =
          """
          var agent = navigator.userAgent;
          var ends = agent.indexOf('Linux') >= 0 && agent.indexOf('Version/') >= 0
              && agent.indexOf('Chrome') < 0;
          if (typeof VideoEncoder === 'undefined' || ends) {
            missing();
            return;
          }
          var coding = { parts: [], config: null, wish: null, encoder: null, failed: failed };
          var codecs = ['avc1.640028', 'avc1.42E028', 'vp09.00.40.08'];
          function output(chunk, metadata) {
            var bytes = new Uint8Array(chunk.byteLength);
            chunk.copyTo(bytes);
            // A blob need not be kept in memory.
            if (coding.parts.length === 64) coding.parts = [new Blob(coding.parts)];
            coding.parts.push(bytes);
            if (!coding.config && metadata) coding.config = metadata.decoderConfig;
            coded(chunk.timestamp, chunk.byteLength, chunk.type === 'key');
          }
          function use(wish) {
            var encoder = new VideoEncoder({
              output: output,
              error: function(e) { failed(String(e && e.message || e)); }
            });
            encoder.configure(wish);
            coding.encoder = encoder;
            coding.wish = wish;
            opened(coding);
          }
          function ask() {
            if (codecs.length === 0) {
              missing();
              return;
            }
            var wish = { codec: codecs.shift(), width: width, height: height, bitrate: bits,
                framerate: rate, latencyMode: 'quality' };
            if (wish.codec.indexOf('avc1') === 0) wish.avc = { format: 'avc' };
            VideoEncoder.isConfigSupported(wish).then(function(answer) {
              if (answer.supported) use(wish);
              else ask();
            }, ask);
          }
          ask();
          """)
  private static native void open(
      int width,
      int height,
      double bits,
      int rate,
      Opened opened,
      Done missing,
      Coded coded,
      Failed failed);

  /** Waits while the encoder has more to do than it can: frames are large. */
  @JSBody(
      params = {"coding", "picture", "microseconds", "isKey", "next"},
      script =
          """
          try {
            var frame = new VideoFrame(picture, { timestamp: microseconds });
            coding.encoder.encode(frame, { keyFrame: isKey });
            frame.close();
          } catch (e) {
            coding.failed(String(e && e.message || e));
            return;
          }
          function wait() {
            if (coding.encoder.state === 'configured' && coding.encoder.encodeQueueSize > 2) {
              setTimeout(wait, 5);
            } else {
              next();
            }
          }
          wait();
          """)
  private static native void add(
      JSObject coding, HTMLCanvasElement picture, double microseconds, boolean isKey, Done next);

  @JSBody(
      params = {"coding", "done"},
      script =
          """
          function failed(e) { coding.failed(String(e && e.message || e)); }
          try {
            coding.encoder.flush().then(function() {
              coding.encoder.close();
              if (coding.config) done();
              else failed('no pictures');
            }, failed);
          } catch (e) {
            failed(e);
          }
          """)
  private static native void finish(JSObject coding, Done done);

  @JSBody(
      params = "coding",
      script = "if (coding.encoder.state !== 'closed') coding.encoder.close();")
  private static native void close(JSObject coding);

  @JSBody(params = "coding", script = "return coding.wish.codec;")
  private static native String codec(JSObject coding);

  @JSBody(params = "coding", script = "return new Blob(coding.parts);")
  private static native Blob pictures(JSObject coding);

  @JSBody(
      params = "coding",
      script =
          """
          var bytes = coding.config.description;
          if (!bytes) return new Int8Array(0);
          if (!bytes.buffer) return new Int8Array(bytes);
          return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
          """)
  private static native Int8Array description(JSObject coding);

  /** The numbers of ISO/IEC 23091-2 for what WebCodecs gives names. */
  @JSBody(
      params = "coding",
      script =
          """
          var space = coding.config.colorSpace;
          if (!space) return 0;
          var primaries = { bt709: 1, bt470bg: 5, smpte170m: 6 }[space.primaries];
          var transfer = { bt709: 1, smpte170m: 6, 'iec61966-2-1': 13 }[space.transfer];
          var matrix = { bt709: 1, bt470bg: 5, smpte170m: 6 }[space.matrix];
          var range = space.fullRange ? 1 : 0;
          if (!primaries || !transfer || !matrix) return 0;
          return primaries << 24 | transfer << 16 | matrix << 8 | range;
          """)
  private static native int colour(JSObject coding);
}
