package dev.deltadepth.web.engine;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Message;
import dev.deltadepth.web.browser.WebException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.typedarrays.ArrayBuffer;
import org.teavm.jso.typedarrays.Float32Array;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * The part of the app that computes, in its own thread so that the page stays responsive: it
 * fetches the model, estimates depth and encodes 16-bit files.
 *
 * <p>The model comes from the server that provides the app ({@code api/v1/model.onnx}) or, on a
 * static host, from the file beside the app.
 */
public final class DepthWorker {
  /** Where the API of Delta's server begins, seen from the app. */
  public static final String API = "api/v1/";

  private static final String MODEL_BESIDE = "delta.onnx";

  /** Size of live frames sent to a server, whose model's size is unknown here. */
  private static final int SERVER_SIZE = 256;

  private final Queue<Message> waiting = new ArrayDeque<>();
  private @Nullable Engine engine;
  private boolean busy;
  private String modelAddress = MODEL_BESIDE;

  public void start() {
    Browser.onWorkerMessage(this::accept);
    Download.get(
        API + "model",
        (loaded, total) -> {},
        description -> fetchModel(API + "model.onnx", true),
        reason -> fetchModel(MODEL_BESIDE, false));
  }

  private void fetchModel(String address, boolean hasServer) {
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
          if (hasServer) {
            fetchModel(MODEL_BESIDE, true);
          } else {
            fail(0, reason);
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
        device -> ready(device, model.nativeSize(), model.multiple()),
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
    if (message.getType().equals(Message.GREY)) {
      grey(message);
    } else {
      waiting.add(message);
      work();
    }
  }

  private void work() {
    if (engine == null || busy || waiting.isEmpty()) {
      return;
    }
    busy = true;
    Message request = waiting.remove();
    try {
      engine.estimate(
          image(request),
          request.getSize(),
          estimate -> {
            Message map = Message.of(Message.MAP, request.getId());
            map.setMapWidth(estimate.map().width());
            map.setMapHeight(estimate.map().height());
            map.setMilliseconds(estimate.milliseconds());
            map.setData(Float32Array.copyFromJavaArray(estimate.map().data()).getBuffer());
            done(map);
          },
          reason -> done(failure(request.getId(), reason)));
    } catch (RuntimeException | OutOfMemoryError e) {
      done(failure(request.getId(), String.valueOf(e.getMessage())));
    }
  }

  private void done(Message answer) {
    busy = false;
    Browser.answer(answer, answer.getData());
    work();
  }

  /** Converts RGBA to RGB in place, so that a photo of twelve megapixels is in memory only once. */
  private static RgbImage image(Message request) {
    int pixels = request.getWidth() * request.getHeight();
    ArrayBuffer buffer = request.getData();
    byte[] bytes = new Int8Array(buffer).toJavaArray();
    for (int i = 0, from = 0, to = 0; i < pixels; i++, from += 4, to += 3) {
      bytes[to] = bytes[from];
      bytes[to + 1] = bytes[from + 1];
      bytes[to + 2] = bytes[from + 2];
    }
    return new RgbImage(
        request.getWidth(),
        request.getHeight(),
        new Int8Array(buffer, 0, pixels * 3).toJavaArray());
  }

  private void grey(Message request) {
    try {
      DepthMap small =
          new DepthMap(
              DepthMap.Kind.DISPARITY,
              request.getMapWidth(),
              request.getMapHeight(),
              new Float32Array(request.getData()).toJavaArray());
      DepthMap map = Resizer.resize(small, request.getWidth(), request.getHeight());
      byte[] png =
          PngEncoder.grey16(
              map.width(), map.height(), Normalization.ofMost(map.data()).sixteenBits(map));
      Message file = Message.of(Message.FILE, request.getId());
      file.setData(Int8Array.copyFromJavaArray(png).getBuffer());
      Browser.answer(file, file.getData());
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(request.getId(), String.valueOf(e.getMessage()));
    }
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
