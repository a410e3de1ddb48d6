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
 * The part of the app that computes, in a thread of its own so that the page never stands still:
 * fetches the model, estimates, and packs 16-bit files.
 *
 * <p>The model is the one of the server that the app came from ({@code api/v1/model.onnx}), or else
 * the file beside the app, which is all there is on a host of static files.
 */
public final class DepthWorker {
  private static final String API = "api/v1/";
  private static final String MODEL_BESIDE = "delta.onnx";

  /** The largest live pictures for a server, whose model's size is its own business. */
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
      // A model that only the server knows how to feed.
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
    Message asked = waiting.remove();
    try {
      engine.estimate(
          picture(asked),
          asked.getSize(),
          estimate -> {
            Message map = Message.of(Message.MAP, asked.getId());
            map.setMapWidth(estimate.map().width());
            map.setMapHeight(estimate.map().height());
            map.setMilliseconds(estimate.milliseconds());
            map.setData(Float32Array.copyFromJavaArray(estimate.map().data()).getBuffer());
            done(map);
          },
          reason -> done(failure(asked.getId(), reason)));
    } catch (RuntimeException | OutOfMemoryError e) {
      done(failure(asked.getId(), String.valueOf(e.getMessage())));
    }
  }

  private void done(Message answer) {
    busy = false;
    Browser.answer(answer, answer.getData());
    work();
  }

  /** RGB from RGBA in the same memory: a photo of twelve megapixels is held once, not twice. */
  private static RgbImage picture(Message asked) {
    int pixels = asked.getWidth() * asked.getHeight();
    ArrayBuffer buffer = asked.getData();
    byte[] bytes = new Int8Array(buffer).toJavaArray();
    for (int i = 0, from = 0, to = 0; i < pixels; i++, from += 4, to += 3) {
      bytes[to] = bytes[from];
      bytes[to + 1] = bytes[from + 1];
      bytes[to + 2] = bytes[from + 2];
    }
    return new RgbImage(
        asked.getWidth(), asked.getHeight(), new Int8Array(buffer, 0, pixels * 3).toJavaArray());
  }

  private void grey(Message asked) {
    try {
      DepthMap small =
          new DepthMap(
              DepthMap.Kind.DISPARITY,
              asked.getMapWidth(),
              asked.getMapHeight(),
              new Float32Array(asked.getData()).toJavaArray());
      DepthMap map = Resizer.resize(small, asked.getWidth(), asked.getHeight());
      byte[] png =
          PngEncoder.grey16(map.width(), map.height(), Normalization.of(map).sixteenBits(map));
      Message file = Message.of(Message.FILE, asked.getId());
      file.setData(Int8Array.copyFromJavaArray(png).getBuffer());
      Browser.answer(file, file.getData());
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(asked.getId(), String.valueOf(e.getMessage()));
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
