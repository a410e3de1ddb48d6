package dev.deltadepth.web.page;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.space.Calibration;
import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Message;
import dev.deltadepth.web.browser.Place;
import dev.deltadepth.web.browser.ReliefMessage;
import dev.deltadepth.web.browser.SceneMessage;
import dev.deltadepth.web.engine.DepthWorker;
import dev.deltadepth.web.engine.MapFile;
import dev.deltadepth.web.engine.PictureEffect;
import dev.deltadepth.web.engine.SceneFile;
import dev.deltadepth.web.file.Photo;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.dom.events.Event;
import org.teavm.jso.dom.events.MessageEvent;
import org.teavm.jso.dom.html.HTMLCanvasElement;
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

  /**
   * A map with the time it took.
   *
   * @param map of the network's size
   * @param shown enlarged along the photo's edges, as it is shown; the map itself if not asked for
   * @param milliseconds of the network
   * @param edgesMilliseconds of enlarging it; NaN if not asked for
   */
  record Answer(DepthMap map, DepthMap shown, double milliseconds, double edgesMilliseconds) {}

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

  /** Where the model ran last or, before the first map, will run; once it is loaded. */
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
   * @param enlarged whether the map to be shown is to have the image's size
   */
  void estimate(
      int width,
      int height,
      ArrayBuffer rgba,
      int size,
      boolean enlarged,
      Consumer<Answer> done,
      Consumer<String> failed) {
    Message message = estimation(Message.ESTIMATE, width, height, rgba, size, enlarged);
    ask(message, answer -> done.accept(answer(answer, enlarged)), failed);
  }

  /** Receives the map of a film's frame. */
  interface FrameListener {
    /**
     * Called with the map.
     *
     * @param cut whether another shot begins with it
     */
    void estimated(Answer answer, boolean cut);
  }

  /**
   * Requests the map of the next frame of a film, made steady by those before, and enlarged.
   *
   * @param rgba the frame's bytes; transferred, so empty afterwards
   * @param size shorter side of the network's input; 0 for its native size
   * @param first whether the film begins with it
   */
  void frame(
      int width,
      int height,
      ArrayBuffer rgba,
      int size,
      boolean first,
      FrameListener done,
      Consumer<String> failed) {
    Message message = estimation(Message.FRAME, width, height, rgba, size, true);
    message.setFirst(first);
    ask(message, answer -> done.estimated(answer(answer, true), answer.isCut()), failed);
  }

  private Message estimation(
      String type, int width, int height, ArrayBuffer rgba, int size, boolean enlarged) {
    Message message = Message.of(type, ++lastId);
    message.setWidth(width);
    message.setHeight(height);
    message.setSize(size);
    message.setEnlarged(enlarged);
    message.setData(rgba);
    return message;
  }

  private Answer answer(Message map, boolean enlarged) {
    place = Place.valueOf(map.getWhere());
    DepthMap own = map(map.getMapWidth(), map.getMapHeight(), map.getMap());
    DepthMap shown = enlarged ? map(map.getWidth(), map.getHeight(), map.getData()) : own;
    double edges = enlarged ? map.getEdgesMilliseconds() : Double.NaN;
    return new Answer(own, shown, map.getMilliseconds(), edges);
  }

  private static DepthMap map(int width, int height, ArrayBuffer floats) {
    return new DepthMap(
        DepthMap.Kind.DISPARITY, width, height, new Float32Array(floats).toJavaArray());
  }

  /**
   * Requests a file of a map at the full size of its photo.
   *
   * @param map of the network's size
   * @param window the values of the lowest and the highest colour
   * @param colours the name of the colour map
   */
  void save(
      MapFile format,
      DepthMap map,
      Photo photo,
      Normalization window,
      String colours,
      Consumer<Int8Array> done,
      Consumer<String> failed) {
    atFullSize(
        Message.SAVE,
        map,
        photo,
        message -> {
          message.setText(format.name());
          message.setLow(window.low());
          message.setHigh(window.high());
          message.setColours(colours);
        },
        done,
        failed);
  }

  /**
   * Requests a file of a picture at the full size of its photo.
   *
   * @param map of the network's size
   * @param x column of the point in focus, 0..1
   * @param y row of the point in focus, 0..1
   */
  void save(
      PictureEffect effect,
      DepthMap map,
      Photo photo,
      double x,
      double y,
      double amount,
      Consumer<Int8Array> done,
      Consumer<String> failed) {
    atFullSize(
        Message.EFFECT_FILE,
        map,
        photo,
        message -> fill(message, effect, x, y, amount),
        done,
        failed);
  }

  private void atFullSize(
      String type,
      DepthMap map,
      Photo photo,
      Consumer<Message> wish,
      Consumer<Int8Array> done,
      Consumer<String> failed) {
    // A photo that is shown as a whole needs no second decoding.
    boolean whole = photo.isWhole();
    file(
        type,
        map,
        photo,
        !whole,
        wish,
        done,
        // Browsers whose workers cannot decode photos save at the size that is shown.
        reason -> {
          if (whole) {
            failed.accept(reason);
          } else {
            file(type, map, photo, false, wish, done, failed);
          }
        });
  }

  private void file(
      String type,
      DepthMap map,
      Photo photo,
      boolean fromFile,
      Consumer<Message> wish,
      Consumer<Int8Array> done,
      Consumer<String> failed) {
    Message message = Message.of(type, ++lastId);
    wish.accept(message);
    message.setFile(fromFile ? photo.file() : null);
    if (fromFile) {
      fill(message, map);
      message.setWidth(photo.width());
      message.setHeight(photo.height());
    } else {
      fill(message, photo.canvas(), map);
    }
    ask(message, answer -> done.accept(new Int8Array(answer.getData())), failed);
  }

  /**
   * Requests a picture that is made of a photo and its map.
   *
   * @param small the photo in the picture's size
   * @param map of the network's size
   * @param x column of the point in focus, 0..1
   * @param y row of the point in focus, 0..1
   * @param done receives RGBA bytes of the same size
   */
  void effect(
      PictureEffect effect,
      HTMLCanvasElement small,
      DepthMap map,
      double x,
      double y,
      double amount,
      Consumer<ArrayBuffer> done,
      Consumer<String> failed) {
    Message message = Message.of(Message.EFFECT, ++lastId);
    fill(message, small, map);
    fill(message, effect, x, y, amount);
    ask(message, answer -> done.accept(answer.getData()), failed);
  }

  /**
   * Requests a photo as a relief.
   *
   * @param small the photo with a pixel for each vertex
   * @param map of the network's size
   * @param amount how far the nearest will move, in percent of the longer side
   */
  void relief(
      HTMLCanvasElement small,
      DepthMap map,
      double amount,
      Consumer<ReliefMessage> done,
      Consumer<String> failed) {
    Message message = Message.of(Message.RELIEF, ++lastId);
    fill(message, small, map);
    message.setAmount(amount);
    ask(message, answer -> done.accept((ReliefMessage) answer), failed);
  }

  /**
   * Requests a file of the scene that a photo shows.
   *
   * @param small the photo with a pixel for each point
   * @param map of the network's size
   * @param metres what turns the map into metres, if known
   * @param texture the photo as JPEG
   */
  void scene(
      SceneFile format,
      HTMLCanvasElement small,
      DepthMap map,
      @Nullable Calibration metres,
      ArrayBuffer texture,
      Consumer<Int8Array> done,
      Consumer<String> failed) {
    SceneMessage message = SceneMessage.of(++lastId);
    fill(message, small, map);
    message.setText(format.name());
    message.setScale(metres == null ? 0 : metres.alignment().scale());
    message.setShift(metres == null ? 0 : metres.alignment().shift());
    message.setTexture(texture);
    ask(message, answer -> done.accept(new Int8Array(answer.getData())), failed);
  }

  private static void fill(Message message, HTMLCanvasElement photo, DepthMap map) {
    fill(message, map);
    message.setWidth(photo.getWidth());
    message.setHeight(photo.getHeight());
    message.setData(Photo.of(photo, "").rgba());
  }

  private static void fill(Message message, DepthMap map) {
    message.setMapWidth(map.width());
    message.setMapHeight(map.height());
    message.setMap(Float32Array.copyFromJavaArray(map.data()).getBuffer());
  }

  private static void fill(
      Message message, PictureEffect effect, double x, double y, double amount) {
    message.setText(effect.name());
    message.setX(x);
    message.setY(y);
    message.setAmount(amount);
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
    Browser.send(worker, message, message.getData());
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
}
