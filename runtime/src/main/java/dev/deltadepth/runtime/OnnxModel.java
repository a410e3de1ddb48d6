package dev.deltadepth.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.runtime.ModelDescription.Element;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A loaded depth model that runs on tensors of any size it takes: what teachers and measurements
 * need. {@link DepthEstimator} is the front door for photos.
 *
 * <p>All methods may be called from several threads at once.
 */
public final class OnnxModel implements AutoCloseable {
  private final String file;
  private final ModelDescription description;
  private final OrtSession session;
  private final Map<String, String> metadata;
  private final InputWriter writer;
  private final OutputReader reader;
  private final Set<String> everyOutput = new LinkedHashSet<>();
  private final boolean takesBatches;

  /** Direct buffers between runs; there are as many as runs have been at work at once. */
  private final ConcurrentLinkedQueue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();

  /** Runs read, closing writes: the session's memory goes when the last run has ended. */
  private final ReadWriteLock life = new ReentrantReadWriteLock();

  private boolean closed;

  private OnnxModel(String file, ModelDescription description, OrtSession session) {
    this.file = file;
    this.description = description;
    this.session = session;
    this.metadata = Map.copyOf(Sessions.metadata(session));
    this.writer = new InputWriter(description.input());
    this.reader = new OutputReader(file, description);
    this.takesBatches = Sessions.hasFreeBatch(session, description.input().name());
    everyOutput.add(description.output().name());
    description.features().forEach(feature -> everyOutput.add(feature.name()));
  }

  /**
   * What one run gives, for the whole batch.
   *
   * @param batch pictures in the batch, N
   * @param height rows of each map, H
   * @param width columns of each map, W
   * @param disparity [N, H, W], row-major; larger is nearer, NaN where a depth was not above 0
   * @param features in the description's order
   */
  public record Outputs(
      int batch, int height, int width, float[] disparity, List<FeatureMap> features) {
    /** Copies the list. */
    public Outputs {
      features = List.copyOf(features);
    }

    /** The map of each picture. */
    List<DepthMap> maps() {
      if (batch == 1) {
        return List.of(new DepthMap(DepthMap.Kind.DISPARITY, width, height, disparity));
      }
      int values = height * width;
      List<DepthMap> maps = new ArrayList<>();
      for (int i = 0; i < batch; i++) {
        float[] map = Arrays.copyOfRange(disparity, i * values, (i + 1) * values);
        maps.add(new DepthMap(DepthMap.Kind.DISPARITY, width, height, map));
      }
      return maps;
    }

    /** Whether the other one has the same values; NaN equals NaN. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Outputs that
          && batch == that.batch
          && height == that.height
          && width == that.width
          && Arrays.equals(disparity, that.disparity)
          && features.equals(that.features);
    }

    @Override
    public int hashCode() {
      return 31 * Objects.hash(batch, height, width, features) + Arrays.hashCode(disparity);
    }

    /** Says what it is without its values. */
    @Override
    public String toString() {
      return "Outputs[" + batch + " of " + width + "x" + height + ", features " + features + "]";
    }
  }

  /**
   * An encoder map of a whole batch.
   *
   * @param name its name in the graph
   * @param channels values a cell, C
   * @param height rows of cells, h
   * @param width columns of cells, w
   * @param data [N, C, h, w], row-major
   */
  public record FeatureMap(String name, int channels, int height, int width, float[] data) {
    /** Whether the other one has the same values; NaN equals NaN. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof FeatureMap that
          && name.equals(that.name)
          && channels == that.channels
          && height == that.height
          && width == that.width
          && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
      return 31 * Objects.hash(name, channels, height, width) + Arrays.hashCode(data);
    }

    /** Says what it is without its values. */
    @Override
    public String toString() {
      return "FeatureMap[" + name + ", " + channels + " of " + width + "x" + height + "]";
    }
  }

  /**
   * Loads a model.
   *
   * @throws ModelException if it is not a model, nothing describes it, or the description does not
   *     fit
   */
  public static OnnxModel open(ModelSource source, EstimatorOptions options) {
    return open(source, options, List.of());
  }

  /**
   * Loads a model to look inside: see {@link #values}.
   *
   * @param values names of values of floats inside the graph
   * @throws ModelException if it is not a model, nothing describes it, or the description does not
   *     fit
   */
  public static OnnxModel open(ModelSource source, EstimatorOptions options, List<String> values) {
    OrtSession session = Sessions.open(source, options);
    ModelDescription description =
        Sessions.closingOnFailure(session, () -> description(source, session));
    List<String> inside = new ArrayList<>(values);
    description.features().forEach(feature -> inside.add(feature.name()));
    OrtSession whole =
        Sessions.closingOnFailure(
            session, () -> GraphOutputs.open(source, inside, session, options));
    return Sessions.closingOnFailure(
        whole, () -> describedAs(source.toString(), description, whole));
  }

  private static ModelDescription description(ModelSource source, OrtSession session) {
    return source
        .given()
        .or(() -> ModelMetadata.description(Sessions.metadata(session), source.toString()))
        .or(source::description)
        .orElseThrow(
            () ->
                new ModelException(
                    source
                        + " does not say what input it takes; describe it"
                        + source
                            .file()
                            .map(file -> " in " + ModelDescription.sidecar(file))
                            .orElse("")
                        + " (see docs/model-format.md)"));
  }

  private static OnnxModel describedAs(
      String file, ModelDescription description, OrtSession session) {
    Sessions.check(file, description, session);
    return new OnnxModel(file, description, session);
  }

  /** What the model wants and gives. */
  public ModelDescription description() {
    return description;
  }

  /** The custom metadata of the model's file. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * Runs the model on a batch and hands out every map that the description names.
   *
   * @param rgb [N, 3, H, W] row-major, RGB in 0..1; range, normalisation, colour order and layout
   *     of the description are applied here
   * @param batch pictures, N
   * @param height rows, H; a multiple of the description's
   * @param width columns, W; a multiple of the description's
   * @throws IllegalArgumentException if the array's length does not fit
   * @throws ModelException if the model refuses the size or fails
   * @throws IllegalStateException if the model is closed
   */
  public Outputs run(float[] rgb, int batch, int height, int width) {
    if (rgb.length != 3L * batch * height * width) {
      throw new IllegalArgumentException(
          rgb.length
              + " values do not make a batch of "
              + batch
              + " RGB pictures of "
              + width
              + "x"
              + height);
    }
    return run(
        buffer -> writer.write(rgb, batch, height, width, buffer),
        batch,
        height,
        width,
        everyOutput);
  }

  /**
   * Runs the model on one photo as it is and hands out the map only, at the model's own size.
   *
   * @param photo of a size that the model takes
   * @return disparity: larger is nearer, NaN where a depth was not above 0
   * @throws ModelException if the model refuses the size or fails
   * @throws IllegalStateException if the model is closed
   */
  public DepthMap run(RgbImage photo) {
    return run(List.of(photo)).get(0);
  }

  /** Whether the model takes any number of pictures at once: its batch axis has no fixed length. */
  public boolean takesBatches() {
    return takesBatches;
  }

  /**
   * Runs the model once on several photos as they are and hands out their maps, at the model's own
   * size.
   *
   * @param photos at least one, all of one size that the model takes; no more than one unless it
   *     {@link #takesBatches}
   * @return disparity, one map for each photo: larger is nearer, NaN where a depth was not above 0
   * @throws IllegalArgumentException if there is no photo or they differ in size
   * @throws ModelException if the model refuses the size or number, or fails
   * @throws IllegalStateException if the model is closed
   */
  public List<DepthMap> run(List<RgbImage> photos) {
    if (photos.isEmpty()) {
      throw new IllegalArgumentException("a batch needs at least one photo");
    }
    int height = photos.get(0).height();
    int width = photos.get(0).width();
    for (RgbImage photo : photos) {
      if (photo.width() != width || photo.height() != height) {
        throw new IllegalArgumentException(
            "the photos of a batch need one size, not %dx%d and %dx%d"
                .formatted(width, height, photo.width(), photo.height()));
      }
    }
    Outputs outputs =
        run(
            buffer -> writer.write(photos, buffer),
            photos.size(),
            height,
            width,
            Set.of(description.output().name()));
    return outputs.maps();
  }

  /**
   * Runs the model on one photo as it is and hands out values inside the graph.
   *
   * @param photo of a size that the model takes
   * @param names of values that the model was opened with
   * @return each value by its name, row-major
   * @throws ModelException if the model refuses the size, has no such value or fails
   * @throws IllegalStateException if the model is closed
   */
  public Map<String, float[]> values(RgbImage photo, Set<String> names) {
    return run(
        buffer -> writer.write(photo, buffer),
        1,
        photo.height(),
        photo.width(),
        names,
        result -> {
          Map<String, float[]> values = new LinkedHashMap<>();
          names.forEach(name -> values.put(name, reader.floats(result, name)));
          return values;
        });
  }

  /**
   * The model with a photo as its input, to be run as it is any number of times.
   *
   * @param photo of a size that the model takes
   * @throws ModelException if the input cannot be made
   */
  public BareRun prepare(RgbImage photo) {
    int height = photo.height();
    int width = photo.width();
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(writer.bytes(1, height, width)).order(ByteOrder.nativeOrder());
    writer.write(photo, buffer);
    try {
      OnnxTensor input = tensor(buffer, writer.shape(1, height, width));
      return new BareRun(
          file,
          session,
          Map.of(description.input().name(), input),
          Set.of(description.output().name()));
    } catch (OrtException e) {
      throw new ModelException(file + " takes no such input: " + Sessions.reason(e), e);
    }
  }

  private interface Filler {
    void fill(ByteBuffer input);
  }

  private Outputs run(Filler filler, int batch, int height, int width, Set<String> wanted) {
    return run(
        filler,
        batch,
        height,
        width,
        wanted,
        result -> reader.outputs(result, batch, wanted.size() > 1));
  }

  private <T> T run(
      Filler filler,
      int batch,
      int height,
      int width,
      Set<String> wanted,
      Function<OrtSession.Result, T> use) {
    life.readLock().lock();
    ByteBuffer buffer = borrow(writer.bytes(batch, height, width));
    try {
      if (closed) {
        throw new IllegalStateException(file + " is closed");
      }
      filler.fill(buffer);
      long[] shape = writer.shape(batch, height, width);
      try (OnnxTensor input = tensor(buffer, shape);
          OrtSession.Result result =
              session.run(Map.of(description.input().name(), input), wanted)) {
        return use.apply(result);
      }
    } catch (OrtException e) {
      throw new ModelException(
          file + " failed on " + width + "x" + height + " pixels: " + Sessions.reason(e), e);
    } finally {
      buffers.add(buffer);
      life.readLock().unlock();
    }
  }

  private ByteBuffer borrow(int bytes) {
    ByteBuffer buffer = buffers.poll();
    if (buffer == null || buffer.capacity() < bytes) {
      buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
    return buffer.clear().limit(bytes);
  }

  private OnnxTensor tensor(ByteBuffer buffer, long[] shape) throws OrtException {
    OrtEnvironment environment = Sessions.environment();
    return description.input().element() == Element.UINT8
        ? OnnxTensor.createTensor(environment, buffer, shape, OnnxJavaType.UINT8)
        : OnnxTensor.createTensor(environment, buffer.asFloatBuffer(), shape);
  }

  /** Frees the model when the runs at work have ended. Closing twice does nothing. */
  @Override
  public void close() {
    life.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        buffers.clear();
        session.close();
      }
    } catch (OrtException e) {
      throw new ModelException(file + " could not be closed: " + Sessions.reason(e), e);
    } finally {
      life.writeLock().unlock();
    }
  }
}
