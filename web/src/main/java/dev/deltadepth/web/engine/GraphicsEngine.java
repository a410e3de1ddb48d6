package dev.deltadepth.web.engine;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Message;
import dev.deltadepth.web.browser.Place;
import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.dom.events.Event;
import org.teavm.jso.dom.events.MessageEvent;
import org.teavm.jso.typedarrays.ArrayBuffer;
import org.teavm.jso.typedarrays.Float32Array;
import org.teavm.jso.typedarrays.Int8Array;
import org.teavm.jso.workers.Worker;

/**
 * Runs the model on this device's graphics processor: a newer ONNX Runtime with WebGPU, in a worker
 * of its own (graphics.js), because two runtimes cannot share one.
 */
final class GraphicsEngine implements Engine {
  /** A graphics processor that takes longer for a map is stuck. */
  private static final int PATIENCE_MILLISECONDS = 60_000;

  private static final String CLOSED = "closed";

  private final ModelFile model;
  private final Worker worker = new Worker("graphics.js");
  private Consumer<Message> done = message -> {};
  private Consumer<String> failed = reason -> {};
  private int timer;
  private String end = "";

  private GraphicsEngine(ModelFile model) {
    this.model = model;
    worker.onMessage((MessageEvent event) -> accept((Message) event.getData()));
    worker.addEventListener("error", (Event event) -> fail("graphics.js"));
  }

  /**
   * Looks for a graphics processor; only where there is one, loads the runtime and the model.
   *
   * @param address of the model's file
   * @param opened receives the engine
   * @param failed receives the reason why there is none
   */
  static void open(
      String address, ModelFile model, Consumer<Engine> opened, Consumer<String> failed) {
    look(() -> begin(address, model, opened, failed), failed::accept);
  }

  private static void begin(
      String address, ModelFile model, Consumer<Engine> opened, Consumer<String> failed) {
    GraphicsEngine engine = new GraphicsEngine(model);
    engine.await(
        found ->
            Download.get(
                address,
                (loaded, total) -> {},
                onnx ->
                    // The first message brings the model.
                    engine.ask(
                        Message.of(Message.ESTIMATE, 0),
                        Int8Array.fromJavaArray(onnx).getBuffer(),
                        ready -> opened.accept(engine),
                        failed),
                reason -> {
                  engine.close();
                  failed.accept(reason);
                }),
        failed);
  }

  @Override
  public Place place() {
    return Place.GRAPHICS;
  }

  @Override
  public void estimate(RgbImage image, int size, Consumer<Estimate> done, Consumer<String> failed) {
    RgbImage input = model.input(image, size);
    timer = Browser.later(() -> fail("no answer"), PATIENCE_MILLISECONDS);
    Message request = Message.of(Message.ESTIMATE, 0);
    request.setWidth(input.width());
    request.setHeight(input.height());
    ask(
        request,
        Int8Array.copyFromJavaArray(input.data()).getBuffer(),
        answer ->
            done.accept(
                new Estimate(
                    new DepthMap(
                        DepthMap.Kind.DISPARITY,
                        answer.getMapWidth(),
                        answer.getMapHeight(),
                        new Float32Array(answer.getMap()).toJavaArray()),
                    answer.getMilliseconds(),
                    Place.GRAPHICS)),
        failed);
  }

  @Override
  public void close() {
    fail(CLOSED);
  }

  private void ask(
      Message request, ArrayBuffer data, Consumer<Message> done, Consumer<String> failed) {
    if (!end.isEmpty()) {
      failed.accept(end);
      return;
    }
    request.setData(data);
    await(done, failed);
    Browser.send(worker, request, data);
  }

  /** One answer is awaited at a time. */
  private void await(Consumer<Message> done, Consumer<String> failed) {
    this.done = done;
    this.failed = failed;
  }

  private void accept(Message message) {
    if (message.getType().equals(Message.FAILED)) {
      fail(message.getText());
    } else {
      Browser.cancel(timer);
      failed = reason -> {};
      done.accept(message);
    }
  }

  /** After a failure this engine estimates no more. */
  private void fail(String reason) {
    if (end.isEmpty()) {
      end = reason;
      Browser.cancel(timer);
      worker.terminate();
      failed.accept(reason);
    }
  }

  @JSFunctor
  private interface Found extends JSObject {
    void accept();
  }

  @JSFunctor
  private interface Missing extends JSObject {
    void accept(String reason);
  }

  /**
   * Looks whether there is anything to start a worker for; not where the user wants to save data,
   * because the runtime is larger than all else.
   */
  @JSBody(
      params = {"found", "missing"},
      script =
          """
          if (!navigator.gpu || typeof Worker !== 'function'
              || navigator.connection && navigator.connection.saveData) {
            missing('no WebGPU');
            return;
          }
          navigator.gpu.requestAdapter().then(function(adapter) {
            if (adapter) found();
            else missing('no graphics processor');
          }, function(e) { missing(String(e && e.message || e)); });
          """)
  private static native void look(Found found, Missing missing);
}
