package dev.deltadepth.web.page;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Message;
import dev.deltadepth.web.browser.Place;
import dev.deltadepth.web.engine.DepthWorker;
import dev.deltadepth.web.engine.Engine;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.dom.events.Event;
import org.teavm.jso.dom.events.MessageEvent;
import org.teavm.jso.typedarrays.ArrayBuffer;
import org.teavm.jso.typedarrays.Float32Array;
import org.teavm.jso.typedarrays.Int8Array;
import org.teavm.jso.workers.Worker;

/** The page's side of {@link DepthWorker}: sends requests and passes on the answers. */
final class DepthClient {

  /** Listener for loading of the model. */
  interface Listener {
    /**
     * Called with the bytes of the model so far.
     *
     * @param total 0 if the server does not report it
     */
    void loading(double loaded, double total);

    /**
     * Called when the model is ready.
     *
     * @param modelAddress that it was loaded from
     */
    void ready(Place place, String modelAddress);

    /** Called when the model cannot be loaded. */
    void failed(String reason);
  }

  private final Map<Integer, Consumer<Message>> pending = new HashMap<>();
  private final Worker worker = new Worker("worker.js" + Browser.fragment());
  private int lastId;
  private @Nullable Place place;
  private boolean served;
  private int nativeSize = 256;
  private int multiple = 32;

  /** Starts the worker, which then fetches the model. */
  void start(Listener listener) {
    worker.onMessage((MessageEvent event) -> accept((Message) event.getData(), listener));
    worker.addEventListener("error", (Event event) -> listener.failed("worker.js"));
  }

  /** Where the model runs, once it is loaded. */
  @Nullable Place place() {
    return place;
  }

  /** Whether the app comes from Delta's server, once the model is loaded. */
  boolean isServed() {
    return served;
  }

  /** The shorter side that the model was trained for, in pixels. */
  int nativeSize() {
    return nativeSize;
  }

  /** Both sides of the network's input are multiples of this. */
  int multiple() {
    return multiple;
  }

  /**
   * Requests a map.
   *
   * @param rgba the image's bytes; transferred, so empty afterwards
   * @param size shorter side of the network's input; 0 for its native size
   */
  void estimate(
      int width,
      int height,
      ArrayBuffer rgba,
      int size,
      Consumer<Engine.Estimate> done,
      Consumer<String> failed) {
    Message message = Message.of(Message.ESTIMATE, ++lastId);
    message.setWidth(width);
    message.setHeight(height);
    message.setSize(size);
    message.setData(rgba);
    ask(
        message,
        answer ->
            done.accept(
                new Engine.Estimate(
                    new DepthMap(
                        DepthMap.Kind.DISPARITY,
                        answer.getMapWidth(),
                        answer.getMapHeight(),
                        new Float32Array(answer.getData()).toJavaArray()),
                    answer.getMilliseconds())),
        failed);
  }

  /**
   * Requests a map as a 16-bit greyscale PNG file.
   *
   * @param width the file's width; the map is resized to it
   * @param height the file's height
   */
  void grey(
      DepthMap map, int width, int height, Consumer<Int8Array> done, Consumer<String> failed) {
    Message message = Message.of(Message.GREY, ++lastId);
    message.setWidth(width);
    message.setHeight(height);
    message.setMapWidth(map.width());
    message.setMapHeight(map.height());
    message.setData(Float32Array.copyFromJavaArray(map.data()).getBuffer());
    ask(message, answer -> done.accept(new Int8Array(answer.getData())), failed);
  }

  private void ask(Message message, Consumer<Message> done, Consumer<String> failed) {
    pending.put(
        message.getId(),
        answer -> {
          if (answer.getType().equals(Message.FAILED)) {
            failed.accept(answer.getText());
          } else {
            done.accept(answer);
          }
        });
    post(worker, message, message.getData());
  }

  private void accept(Message message, Listener listener) {
    Consumer<Message> waiting = pending.remove(message.getId());
    if (waiting != null) {
      waiting.accept(message);
      return;
    }
    switch (message.getType()) {
      case Message.PROGRESS -> listener.loading(message.getLoaded(), message.getTotal());
      case Message.READY -> {
        Place where = Place.valueOf(message.getWhere());
        place = where;
        // The text is the address from which the model came.
        served = message.getText().contains(DepthWorker.API) || where == Place.SERVER;
        nativeSize = message.getSize();
        multiple = message.getMultiple();
        listener.ready(where, message.getText());
      }
      default -> listener.failed(message.getText());
    }
  }

  @JSBody(
      params = {"worker", "message", "buffer"},
      script = "worker.postMessage(message, [buffer]);")
  private static native void post(JSObject worker, Message message, ArrayBuffer buffer);
}
