package dev.deltadepth.web.engine;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.JointUpsampler;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.space.Calibration;
import dev.deltadepth.core.steady.SteadyDepth;
import dev.deltadepth.core.view.Relief;
import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Message;
import dev.deltadepth.web.browser.Pixels;
import dev.deltadepth.web.browser.Place;
import dev.deltadepth.web.browser.ReliefMessage;
import dev.deltadepth.web.browser.SceneMessage;
import dev.deltadepth.web.browser.WebException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.browser.Performance;
import org.teavm.jso.file.Blob;
import org.teavm.jso.typedarrays.Float32Array;
import org.teavm.jso.typedarrays.Int32Array;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * The part of the app that computes, in its own thread so that the page stays responsive: it
 * fetches the model, estimates depth and makes files of maps.
 *
 * <p>The model comes from the server that provides the app ({@code api/v1/model.onnx}) or, on a
 * static host, from the file beside the app.
 */
public final class DepthWorker {
  /** Where the API of Delta's server begins, seen from the app. */
  public static final String API = "api/v1/";

  private static final String MODEL_BESIDE = "delta.onnx";

  /** How often the model is asked for. */
  private static final int TRIES = 3;

  private static final int PAUSE_MILLISECONDS = 1000;

  /** Size of live frames sent to a server, whose model's size is unknown here. */
  private static final int SERVER_SIZE = 256;

  private final Queue<Message> waiting = new ArrayDeque<>();
  private SteadyDepth film = new SteadyDepth(0);
  private @Nullable Engine engine;
  private boolean busy;
  private String modelAddress = MODEL_BESIDE;

  public void start() {
    Browser.onWorkerMessage(this::accept);
    findModel(TRIES);
  }

  /** A network may be gone for a moment. */
  private void findModel(int tries) {
    Consumer<String> failed =
        reason -> {
          if (tries > 1) {
            Browser.later(() -> findModel(tries - 1), PAUSE_MILLISECONDS);
          } else {
            fail(0, reason);
          }
        };
    Download.get(
        API + "model",
        (loaded, total) -> {},
        description -> fetchModel(API + "model.onnx", true, failed),
        reason -> fetchModel(MODEL_BESIDE, false, failed));
  }

  private void fetchModel(String address, boolean hasServer, Consumer<String> failed) {
    Download.get(
        address,
        (loaded, total) -> {
          Message progress = Message.of(Message.PROGRESS, 0);
          progress.setLoaded(loaded);
          progress.setTotal(total);
          Browser.answer(progress);
        },
        onnx -> {
          modelAddress = address;
          open(onnx, hasServer);
        },
        reason -> {
          if (address.equals(MODEL_BESIDE)) {
            failed.accept(reason);
          } else {
            fetchModel(MODEL_BESIDE, hasServer, failed);
          }
        });
  }

  private void open(byte[] onnx, boolean hasServer) {
    ModelFile model;
    try {
      model = ModelFile.read(onnx);
    } catch (WebException e) {
      // Only the server can run this model.
      useServer(hasServer, String.valueOf(e.getMessage()));
      return;
    }
    DeviceEngine.open(
        onnx,
        model,
        device -> {
          Browser.free(Int8Array.fromJavaArray(onnx).getBuffer());
          ready(
              new GraphicsTrial(
                  device,
                  (opened, failed) -> GraphicsEngine.open(modelAddress, model, opened, failed)),
              model.nativeSize(),
              model.multiple());
        },
        reason -> useServer(hasServer, reason));
  }

  private void useServer(boolean hasServer, String reason) {
    if (hasServer) {
      ready(new ServerEngine(API), SERVER_SIZE, 1);
    } else {
      fail(0, reason);
    }
  }

  private void ready(Engine opened, int nativeSize, int multiple) {
    engine = opened;
    Message ready = Message.of(Message.READY, 0);
    ready.setWhere(opened.place().name());
    ready.setText(modelAddress);
    ready.setSize(nativeSize);
    ready.setMultiple(multiple);
    Browser.answer(ready);
    work();
  }

  private void accept(Message message) {
    switch (message.getType()) {
      case Message.SAVE, Message.EFFECT_FILE -> save(message);
      case Message.EFFECT -> answer(message, DepthWorker::effect);
      case Message.RELIEF -> answer(message, DepthWorker::relief);
      case Message.SCENE -> answer(message, request -> scene((SceneMessage) request));
      default -> {
        waiting.add(message);
        work();
      }
    }
  }

  private void work() {
    if (engine == null || busy || waiting.isEmpty()) {
      return;
    }
    busy = true;
    Message request = waiting.remove();
    boolean isFilm = request.getType().equals(Message.FRAME);
    if (isFilm && engine.place() == Place.SERVER) {
      done(request, failure(request.getId(), "films are sent to no server"));
      return;
    }
    try {
      RgbImage image = image(request);
      engine.estimate(
          image,
          request.getSize(),
          estimate ->
              done(
                  request,
                  isFilm ? frame(request, image, estimate) : map(request, image, estimate)),
          reason -> done(request, failure(request.getId(), reason)));
    } catch (RuntimeException | OutOfMemoryError e) {
      done(request, failure(request.getId(), String.valueOf(e.getMessage())));
    }
  }

  /** The next frame of a film: its map is made steady by those before. */
  private Message frame(Message request, RgbImage image, Engine.Estimate estimate) {
    if (request.isFirst()) {
      film = new SteadyDepth(0);
    }
    DepthMap steady = film.add(image, estimate.map()).get(0);
    Message frame =
        map(request, image, new Engine.Estimate(steady, estimate.milliseconds(), estimate.place()));
    frame.setCut(film.cut());
    return frame;
  }

  private static Message map(Message request, RgbImage image, Engine.Estimate estimate) {
    Message map = Message.of(Message.MAP, request.getId());
    map.setWhere(estimate.place().name());
    map.setMapWidth(estimate.map().width());
    map.setMapHeight(estimate.map().height());
    map.setMilliseconds(estimate.milliseconds());
    map.setMap(Float32Array.fromJavaArray(estimate.map().data()).getBuffer());
    if (request.isEnlarged()) {
      double started = Performance.now();
      DepthMap shown = JointUpsampler.enlarge(estimate.map(), image);
      map.setEdgesMilliseconds(Performance.now() - started);
      map.setWidth(shown.width());
      map.setHeight(shown.height());
      map.setData(Float32Array.fromJavaArray(shown.data()).getBuffer());
    }
    return map;
  }

  private void done(Message request, Message answer) {
    busy = false;
    Browser.free(request.getData());
    Browser.answer(answer, answer.getData());
    work();
  }

  private static RgbImage image(Message request) {
    return Pixels.withoutAlpha(request.getData(), request.getWidth(), request.getHeight());
  }

  private static void save(Message request) {
    Blob photo = request.getFile();
    if (photo == null) {
      save(request, () -> new WholePhoto(image(request)), () -> {});
      return;
    }
    StripPhoto.open(
        photo,
        request.getWidth(),
        request.getHeight(),
        strips -> save(request, () -> strips, strips::close),
        reason -> fail(request.getId(), reason));
  }

  private static void answer(Message request, Function<Message, Message> work) {
    try {
      Message answer = work.apply(request);
      Browser.answer(answer, answer.getData());
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(request.getId(), String.valueOf(e.getMessage()));
    } finally {
      Browser.free(request.getData());
    }
  }

  private static Message effect(Message request) {
    byte[] rgba =
        PictureEffect.valueOf(request.getText())
            .pixels(
                map(request),
                new WholePhoto(image(request)),
                request.getX(),
                request.getY(),
                request.getAmount());
    Message answer = Message.of(Message.FILE, request.getId());
    answer.setData(Int8Array.fromJavaArray(rgba).getBuffer());
    return answer;
  }

  private static Message relief(Message request) {
    RgbImage photo = image(request);
    Relief relief =
        Relief.of(photo, JointUpsampler.enlarge(map(request), photo), request.getAmount());
    ReliefMessage answer = ReliefMessage.of(request.getId());
    answer.setWidth(relief.width());
    answer.setHeight(relief.height());
    answer.setFrontVertices(Float32Array.fromJavaArray(relief.front().vertices()).getBuffer());
    answer.setFrontTriangles(Int32Array.fromJavaArray(relief.front().triangles()).getBuffer());
    answer.setBackVertices(Float32Array.fromJavaArray(relief.back().vertices()).getBuffer());
    answer.setBackTriangles(Int32Array.fromJavaArray(relief.back().triangles()).getBuffer());
    answer.setData(Int8Array.fromJavaArray(relief.behind().data()).getBuffer());
    return answer;
  }

  private static Message scene(SceneMessage request) {
    DepthMap map = map(request);
    Calibration calibration =
        request.getScale() > 0
            ? Calibration.metric(request.getScale(), request.getShift())
            : Calibration.ofRatio(map, Calibration.DEFAULT_RATIO);
    byte[] jpeg = new Int8Array(request.getTexture()).toJavaArray();
    Message answer = Message.of(Message.FILE, request.getId());
    answer.setData(
        Int8Array.fromJavaArray(
                SceneFile.valueOf(request.getText()).of(image(request), map, calibration, jpeg))
            .getBuffer());
    return answer;
  }

  private static DepthMap map(Message request) {
    return new DepthMap(
        DepthMap.Kind.DISPARITY,
        request.getMapWidth(),
        request.getMapHeight(),
        new Float32Array(request.getMap()).toJavaArray());
  }

  private static void save(Message request, Supplier<PhotoRows> photo, Runnable whenDone) {
    try {
      byte[] bytes =
          request.getType().equals(Message.SAVE)
              ? mapFile(request, photo.get())
              : effectFile(request, photo.get());
      Message file = Message.of(Message.FILE, request.getId());
      file.setData(Int8Array.fromJavaArray(bytes).getBuffer());
      Browser.answer(file, file.getData());
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(request.getId(), String.valueOf(e.getMessage()));
    } finally {
      whenDone.run();
    }
  }

  private static byte[] mapFile(Message request, PhotoRows photo) {
    return MapFile.valueOf(request.getText())
        .of(
            map(request),
            photo,
            new Normalization(request.getLow(), request.getHigh()),
            Colormap.named(request.getColours()));
  }

  private static byte[] effectFile(Message request, PhotoRows photo) {
    return PictureEffect.valueOf(request.getText())
        .file(map(request), photo, request.getX(), request.getY(), request.getAmount());
  }

  private static void fail(int id, String reason) {
    Browser.answer(failure(id, reason));
  }

  private static Message failure(int id, String reason) {
    Message failed = Message.of(Message.FAILED, id);
    failed.setText(reason);
    return failed;
  }
}
