package dev.deltadepth.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.space.Camera;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

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
  private final OtherInputs others;
  private final OutputReader reader;
  private final Set<String> everyOutput = new LinkedHashSet<>();
  private final boolean takesBatches;

  /** Direct buffers, kept between runs: as many as there were concurrent runs. */
  private final ConcurrentLinkedQueue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();

  /** Runs hold the read lock, closing the write lock: memory is freed after the last run. */
  private final ReadWriteLock life = new ReentrantReadWriteLock();

  private boolean closed;

  private OnnxModel(String file, ModelDescription description, OrtSession session) {
    this.file = file;
    this.description = description;
    this.session = session;
    this.metadata = Map.copyOf(Sessions.metadata(session));
    this.writer = new InputWriter(description.input());
    this.others = new OtherInputs(file, description, session);
    this.reader = new OutputReader(file, description);
    this.takesBatches =
        description.otherInputs().isEmpty()
            && Sessions.hasFreeBatch(session, description.input().name());
    everyOutput.add(description.output().name());
    description.features().forEach(feature -> everyOutput.add(feature.name()));
  }

  /**
   * Loads a model.
   *
   * @throws ModelException if it is not a model, nothing describes it, or the description does not
   *     match it
   */
  public static OnnxModel open(ModelSource source, EstimatorOptions options) {
    return open(source, options, List.of());
  }

  /**
   * Loads a model to look inside, see {@link #values}.
   *
   * @param values names of float values inside the graph
   * @throws ModelException if it is not a model, nothing describes it, or the description does not
   *     match it
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
    Optional<ModelDescription> own =
        source.given().isPresent()
            ? source.given()
            : ModelMetadata.description(Sessions.metadata(session), source.toString());
    return own.orElseGet(() -> beside(source));
  }

  private static ModelDescription beside(ModelSource source) {
    return source
        .description()
        .orElseThrow(
            () ->
                new ModelException(
                    source
                        + " does not describe its input; describe it"
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

  /** The model's inputs and outputs. */
  public ModelDescription description() {
    return description;
  }

  /** The custom metadata of the model's file. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * Runs the model on a batch and returns every map that the description names.
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
  public ModelOutputs run(float[] rgb, int batch, int height, int width) {
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
   * Runs the model on one photo, without resizing, and returns only the map, at the model's output
   * size. A model that wants to know the camera is told a field of view of {@value
   * Camera#DEFAULT_FIELD_OF_VIEW} degrees.
   *
   * @param photo of a size that the model accepts
   * @return disparity: larger is nearer, NaN where a depth was not above 0
   * @throws ModelException if the model refuses the size or fails
   * @throws IllegalStateException if the model is closed
   */
  public DepthMap run(RgbImage photo) {
    return run(photo, Camera.unknown(photo.width(), photo.height()));
  }

  /**
   * The same for a model that wants to know the camera; others do not look at it.
   *
   * @param photo of a size that the model accepts
   * @param camera of the photo, of the same size
   * @return disparity: larger is nearer, NaN where a depth was not above 0
   * @throws IllegalArgumentException if the camera's picture has another size
   * @throws ModelException if the model refuses the size or fails
   * @throws IllegalStateException if the model is closed
   */
  public DepthMap run(RgbImage photo, Camera camera) {
    if (camera.width() != photo.width() || camera.height() != photo.height()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a camera of %dx%d pixels did not take a photo of %dx%d",
              camera.width(),
              camera.height(),
              photo.width(),
              photo.height()));
    }
    return run(
            buffer -> writer.write(photo, buffer),
            1,
            camera,
            Set.of(description.output().name()),
            result -> reader.outputs(result, 1, false))
        .maps()
        .get(0);
  }

  /** Whether the model takes any number of pictures at once: its batch axis has no fixed length. */
  public boolean takesBatches() {
    return takesBatches;
  }

  /**
   * Runs the model once on several photos, without resizing, and returns their maps, at the model's
   * output size.
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
            String.format(
                Locale.ROOT,
                "the photos of a batch need one size, not %dx%d and %dx%d",
                width,
                height,
                photo.width(),
                photo.height()));
      }
    }
    ModelOutputs outputs =
        run(
            buffer -> writer.write(photos, buffer),
            photos.size(),
            height,
            width,
            Set.of(description.output().name()));
    return outputs.maps();
  }

  /**
   * Runs the model on one photo, without resizing, and returns values inside the graph.
   *
   * @param photo of a size that the model accepts
   * @param names names of values, given when the model was opened
   * @return each value by its name, row-major
   * @throws ModelException if the model refuses the size, has no such value or fails
   * @throws IllegalStateException if the model is closed
   */
  public Map<String, float[]> values(RgbImage photo, Set<String> names) {
    return run(
        buffer -> writer.write(photo, buffer),
        1,
        Camera.unknown(photo.width(), photo.height()),
        names,
        result -> {
          Map<String, float[]> values = new LinkedHashMap<>();
          names.forEach(name -> values.put(name, reader.floats(result, name)));
          return values;
        });
  }

  /**
   * Prepares a photo as the model's input, to run it any number of times.
   *
   * @param photo of a size that the model accepts
   * @throws ModelException if the input cannot be created
   */
  public BareRun prepare(RgbImage photo) {
    int height = photo.height();
    int width = photo.width();
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(writer.bytes(1, height, width)).order(ByteOrder.nativeOrder());
    writer.write(photo, buffer);
    try {
      Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
      addTensors(inputs, buffer, 1, Camera.unknown(width, height));
      return new BareRun(file, session, inputs, Set.of(description.output().name()));
    } catch (OrtException e) {
      throw new ModelException(file + " does not accept this input: " + Sessions.reason(e), e);
    }
  }

  private interface Filler {
    void fill(ByteBuffer input);
  }

  private ModelOutputs run(Filler filler, int batch, int height, int width, Set<String> wanted) {
    return run(
        filler,
        batch,
        Camera.unknown(width, height),
        wanted,
        result -> reader.outputs(result, batch, wanted.size() > 1));
  }

  /** Runs it on a batch of the camera's size. */
  private <T> T run(
      Filler filler,
      int batch,
      Camera camera,
      Set<String> wanted,
      Function<OrtSession.Result, T> use) {
    int height = camera.height();
    int width = camera.width();
    life.readLock().lock();
    ByteBuffer buffer = borrow(writer.bytes(batch, height, width));
    try {
      if (closed) {
        throw new IllegalStateException(file + " is closed");
      }
      filler.fill(buffer);
      Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
      try {
        addTensors(inputs, buffer, batch, camera);
        try (OrtSession.Result result = session.run(inputs, wanted)) {
          return use.apply(result);
        }
      } finally {
        inputs.values().forEach(OnnxTensor::close);
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
    Buffer whole = buffer;
    whole.clear();
    whole.limit(bytes);
    return buffer;
  }

  private void addTensors(
      Map<String, OnnxTensor> inputs, ByteBuffer photos, int batch, Camera camera)
      throws OrtException {
    inputs.put(
        description.input().name(),
        OnnxTensor.createTensor(
            Sessions.environment(),
            photos,
            writer.shape(batch, camera.height(), camera.width()),
            writer.type()));
    others.addTo(inputs, camera);
  }

  /** Frees the model once running calls have finished. Closing twice does nothing. */
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
