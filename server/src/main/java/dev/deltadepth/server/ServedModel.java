package dev.deltadepth.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.deltadepth.core.Colormap;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.ModelMetadata;
import dev.deltadepth.runtime.ModelSource;
import dev.deltadepth.server.http.StaticFile;
import dev.deltadepth.server.job.JobLimits;
import dev.deltadepth.video.clip.ClipModel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The model that is served: loaded for the workers, and its file for clients. */
public final class ServedModel implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The network uses several threads for each already. */
  private static final int FRAMES_AT_ONCE = 2;

  private final DepthEstimator estimator;
  private final StaticFile file;

  private ServedModel(DepthEstimator estimator, byte[] onnx) {
    this.estimator = estimator;
    this.file = StaticFile.of(onnx, "application/octet-stream");
  }

  /**
   * Loads a model to serve.
   *
   * @throws dev.deltadepth.runtime.ModelException if it is not a model or nothing describes it
   */
  public static ServedModel open(ModelSource source, EstimatorOptions options) {
    byte[] onnx = source.bytes();
    return new ServedModel(DepthEstimator.open(source, options), onnx);
  }

  DepthEstimator estimator() {
    return estimator;
  }

  /** The .onnx file. */
  StaticFile file() {
    return file;
  }

  /** The network for the frames of a video, whose maps are made steady before they are enlarged. */
  ClipModel forVideo(int size) {
    return new ClipModel(
        file.etag(),
        (width, height) ->
            size == 0
                ? estimator.inputSize(width, height)
                : estimator.inputSize(width, height, size),
        estimator.model()::run,
        FRAMES_AT_ONCE);
  }

  /** Facts for clients, as JSON. */
  StaticFile facts(ServerOptions options) {
    Limits limits = options.limits();
    ModelDescription description = estimator.description();
    Map<String, String> metadata = estimator.metadata();
    ObjectNode json = MAPPER.createObjectNode();
    json.put("name", description.name());
    json.put("version", metadata.getOrDefault(ModelMetadata.VERSION, ""));
    json.put("kind", "disparity").put("convention", "larger is nearer");
    json.put("size", estimator.size()).put("multiple", description.size().multiple());
    number(json, "parameters", metadata.get(ModelMetadata.PARAMETERS));
    number(json, "macs", metadata.get(ModelMetadata.MACS));
    json.put("licence", description.licence());
    json.set(
        "file",
        MAPPER
            .createObjectNode()
            .put("url", Routes.API + "model.onnx")
            .put("bytes", file.content().length)
            .put("sha256", Sha256.of(file.content())));
    MapFormat.labels().forEach(json.putArray("formats")::add);
    Colormap.names().forEach(json.putArray("colormaps")::add);
    json.set(
        "limits",
        MAPPER
            .createObjectNode()
            .put("bodyBytes", limits.bodyBytes())
            .put("pixels", limits.pixels())
            .put("side", Limits.LONGEST_SIDE)
            .put("networkPixels", limits.networkPixels())
            .put("seconds", limits.time().toMillis() / 1e3));
    JobLimits jobs = options.jobs();
    if (jobs.any()) {
      json.set(
          "videos",
          MAPPER
              .createObjectNode()
              .put("jobs", jobs.jobs())
              .put("bodyBytes", jobs.videoBytes())
              .put("totalBytes", jobs.totalBytes())
              .put("pixels", jobs.pixels())
              .put("seconds", jobs.length().toMillis() / 1e3)
              .put("keptSeconds", jobs.age().toMillis() / 1e3));
    }
    try {
      return StaticFile.of(
          MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8), "application/json");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
    }
  }

  private static void number(ObjectNode json, String key, @Nullable String text) {
    if (text != null && text.matches("\\d{1,18}")) {
      json.put(key, Long.parseLong(text));
    }
  }

  @Override
  public void close() {
    estimator.close();
  }
}
