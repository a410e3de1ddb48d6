package dev.deltadepth.web.engine;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.web.browser.Place;
import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSByRef;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.browser.Performance;
import org.teavm.jso.typedarrays.Float32Array;

/**
 * Runs the model on this device: ONNX Runtime in WebAssembly, with several threads where the
 * browser shares memory between them.
 */
final class DeviceEngine implements Engine {
  private final JSObject session;
  private final ModelFile model;

  private DeviceEngine(JSObject session, ModelFile model) {
    this.session = session;
    this.model = model;
  }

  /**
   * Opens a model and runs it once on a blank image to warm it up.
   *
   * @param onnx content of the file
   * @param done receives the engine
   * @param failed receives the reason why this device cannot run it
   */
  static void open(
      byte[] onnx, ModelFile model, Consumer<DeviceEngine> done, Consumer<String> failed) {
    createSession(
        onnx,
        session -> {
          DeviceEngine engine = new DeviceEngine(session, model);
          int side = model.multiple();
          RgbImage blank = new RgbImage(side, side, new byte[side * side * 3]);
          engine.run(blank, warm -> done.accept(engine), failed);
        },
        failed::accept);
  }

  @Override
  public Place place() {
    return threads() > 1 ? Place.THREADS : hasSimd() ? Place.SIMD : Place.BASIC;
  }

  @Override
  public void estimate(RgbImage image, int size, Consumer<Estimate> done, Consumer<String> failed) {
    run(model.input(image, size), done, failed);
  }

  private void run(RgbImage input, Consumer<Estimate> done, Consumer<String> failed) {
    double start = Performance.now();
    run(
        session,
        input.data(),
        input.width(),
        input.height(),
        (disparity, width, height) ->
            done.accept(
                new Estimate(
                    new DepthMap(
                        DepthMap.Kind.DISPARITY, width, height, disparity.copyToJavaArray()),
                    Performance.now() - start,
                    place())),
        failed::accept);
  }

  @JSFunctor
  private interface Opened extends JSObject {
    void accept(JSObject session);
  }

  @JSFunctor
  private interface Ran extends JSObject {
    void accept(Float32Array disparity, int width, int height);
  }

  @JSFunctor
  private interface Failed extends JSObject {
    void accept(String reason);
  }

  /** Where threads cannot be had after all, one does. */
  @JSBody(
      params = {"bytes", "done", "failed"},
      script =
          """
          if (typeof ort === 'undefined' || typeof WebAssembly === 'undefined') {
            failed('no WebAssembly');
            return;
          }
          function create(threads, milliseconds) {
            self.wasmThreads = threads;
            ort.env.wasm.numThreads = threads;
            ort.env.wasm.initTimeout = milliseconds;
            ort.env.wasm.wasmPaths = self.location.href.replace(/[^\\/]*$/, '');
            ort.env.logLevel = 'error';
            return ort.InferenceSession.create(
                new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length),
                { executionProviders: ['wasm'] });
          }
          function createWithOne() {
            importScripts('ort.js');
            return create(1, 0);
          }
          (self.wasmThreads > 1 ? create(self.wasmThreads, 30000).catch(createWithOne) : create(1, 0))
              .then(done, function(e) { failed(String(e && e.message || e)); });
          """)
  private static native void createSession(@JSByRef byte[] bytes, Opened done, Failed failed);

  @JSBody(
      params = {"session", "rgb", "width", "height", "done", "failed"},
      script =
          """
          var input = new ort.Tensor('uint8', new Uint8Array(rgb.buffer, rgb.byteOffset, rgb.length),
              [1, height, width, 3]);
          session.run({ image: input }).then(function(result) {
            var map = result.disparity;
            done(map.data, map.dims[2], map.dims[1]);
          }, function(e) { failed(String(e && e.message || e)); });
          """)
  private static native void run(
      JSObject session, @JSByRef byte[] rgb, int width, int height, Ran done, Failed failed);

  /** What worker.js found out about the browser; or the one thread that was left of several. */
  @JSBody(script = "return self.wasmThreads;")
  private static native int threads();

  @JSBody(script = "return self.wasmSimd;")
  private static native boolean hasSimd();
}
