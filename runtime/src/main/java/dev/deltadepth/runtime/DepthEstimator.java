package dev.deltadepth.runtime;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.Upsampling;
import dev.deltadepth.core.space.Camera;
import dev.deltadepth.runtime.ModelDescription.Size;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Photo in, depth map out.
 *
 * <pre>{@code
 * try (DepthEstimator estimator = DepthEstimator.embedded(EstimatorOptions.defaults())) {
 *   DepthMap map = estimator.estimate(photo);
 * }
 * }</pre>
 *
 * <p>One estimator serves any number of threads at once. Nothing is sent anywhere: ONNX Runtime's
 * telemetry is off. A program that brings ONNX Runtime 1.29 or newer itself has to set {@code
 * ORT_DISABLE_TELEMETRY=1} in its environment, because those report before Java can tell them not
 * to.
 */
public final class DepthEstimator implements AutoCloseable {
  /** Most photos that go through a model at once: enough to keep it busy, few enough to hold. */
  private static final int BATCH = 8;

  private final OnnxModel model;
  private final Size size;
  private final Upsampling upsampling;

  private DepthEstimator(OnnxModel model, EstimatorOptions options) {
    Size described = model.description().size();
    this.model = model;
    this.size = options.size() == 0 ? described : described.withSide(options.size());
    this.upsampling = options.upsampling();
  }

  /**
   * Opens the model of a file. A model of this project needs nothing else; other models are
   * described by a JSON file beside them ({@link ModelDescription}).
   *
   * @throws ModelException if the file is not a model or nothing describes it
   */
  public static DepthEstimator open(Path onnx, EstimatorOptions options) {
    return open(ModelSource.of(onnx), options);
  }

  /**
   * Opens a model from any source.
   *
   * @throws ModelException if it is not a model or nothing describes it
   */
  public static DepthEstimator open(ModelSource source, EstimatorOptions options) {
    return new DepthEstimator(OnnxModel.open(source, options), options);
  }

  /**
   * Opens the model that this library uses by default, {@link EmbeddedModel#FLOAT}.
   *
   * @throws ModelException if the options ask for hardware that is not available
   */
  public static DepthEstimator embedded(EstimatorOptions options) {
    return open(ModelSource.embedded(), options);
  }

  /** The model's inputs and outputs. */
  public ModelDescription description() {
    return model.description();
  }

  /** The model's own metadata; the keys of this project's models are in {@link ModelMetadata}. */
  public Map<String, String> metadata() {
    return model.metadata();
  }

  /** The shorter side that the network sees unless an estimate asks for another, in pixels. */
  public int size() {
    return size.shorterSide();
  }

  /** How its maps are brought to the size of their photos. */
  public Upsampling upsampling() {
    return upsampling;
  }

  /** The model itself, for running its steps one by one. */
  public OnnxModel model() {
    return model;
  }

  /**
   * The size at which the network sees a photo: {@link InputSize#ofPhoto}, or a square or the
   * model's fixed size if it does not keep the aspect ratio.
   *
   * @param width the photo's width in pixels, at least 1
   * @param height the photo's height in pixels, at least 1
   */
  public InputSize inputSize(int width, int height) {
    return inputSize(width, height, size.shorterSide());
  }

  /**
   * The same for another shorter side.
   *
   * @param shorterSide of the network's input, in pixels, at least 1
   */
  public InputSize inputSize(int width, int height, int shorterSide) {
    return size.withSide(shorterSide).inputSize(width, height);
  }

  /**
   * The photo's disparity.
   *
   * @param photo any size from 1x1
   * @return a map of the photo's size, {@link DepthMap.Kind#DISPARITY}: larger is nearer; 0..1 from
   *     this project's models, any scale from others; from a model that returns depth it is
   *     1/depth, NaN where depth is not above 0
   * @throws ModelException if the model fails
   * @throws IllegalStateException if the estimator is closed
   */
  public DepthMap estimate(RgbImage photo) {
    return estimate(photo, size.shorterSide());
  }

  /**
   * The photo's disparity with another input size than the estimator's own.
   *
   * @param photo any size from 1x1
   * @param shorterSide of the network's input, in pixels, at least 1
   * @return as {@link #estimate(RgbImage)}
   * @throws ModelException if the model fails
   * @throws IllegalStateException if the estimator is closed
   */
  public DepthMap estimate(RgbImage photo, int shorterSide) {
    return estimate(photo, shorterSide, Camera.unknown(photo.width(), photo.height()));
  }

  /**
   * The same for a model that wants to know the camera ({@link ModelDescription#needsCamera}).
   *
   * @param photo any size from 1x1
   * @param shorterSide of the network's input, in pixels, at least 1
   * @param camera of the photo, in its pixels
   * @return as {@link #estimate(RgbImage)}
   * @throws ModelException if the model fails
   * @throws IllegalStateException if the estimator is closed
   */
  public DepthMap estimate(RgbImage photo, int shorterSide, Camera camera) {
    InputSize seen = inputSize(photo.width(), photo.height(), shorterSide);
    Camera resized = camera.resized(seen.width(), seen.height());
    return upsampling.enlarge(model.run(reduced(photo, seen), resized), photo);
  }

  private static RgbImage reduced(RgbImage photo, InputSize seen) {
    // Bicubic keeps the edges that a network relies on at small sizes; published figures use it
    // too.
    return Resizer.resize(photo, seen.width(), seen.height(), Resizer.Filter.BICUBIC);
  }

  /**
   * The disparity of several photos. Where the model {@link OnnxModel#takesBatches}, photos that it
   * sees at the same size go through it together, {@value #BATCH} at most; otherwise they go one
   * after the other. A map differs from that of {@link #estimate(RgbImage)} by rounding at most.
   *
   * @param photos any sizes from 1x1; may be empty
   * @return a map for each photo, in their order, as {@link #estimate(RgbImage)} returns it
   * @throws ModelException if the model fails
   * @throws IllegalStateException if the estimator is closed
   */
  public List<DepthMap> estimate(List<RgbImage> photos) {
    if (!model.takesBatches()) {
      return photos.stream().map(this::estimate).collect(Collectors.toList());
    }
    Map<InputSize, List<Integer>> bySize = new LinkedHashMap<>();
    for (int i = 0; i < photos.size(); i++) {
      InputSize seen = inputSize(photos.get(i).width(), photos.get(i).height());
      bySize.computeIfAbsent(seen, size -> new ArrayList<>()).add(i);
    }
    DepthMap[] maps = new DepthMap[photos.size()];
    bySize.forEach(
        (seen, indices) -> {
          for (int from = 0; from < indices.size(); from += BATCH) {
            List<Integer> some = indices.subList(from, Math.min(from + BATCH, indices.size()));
            List<DepthMap> estimated =
                model.run(
                    some.stream()
                        .map(i -> reduced(photos.get(i), seen))
                        .collect(Collectors.toList()));
            for (int k = 0; k < some.size(); k++) {
              maps[some.get(k)] = upsampling.enlarge(estimated.get(k), photos.get(some.get(k)));
            }
          }
        });
    return List.of(maps);
  }

  /**
   * The disparity of many photos, one at a time: a photo is taken from the stream when its map is
   * asked for, so that neither photos nor maps pile up. Where the model {@link
   * OnnxModel#takesBatches}, {@value #BATCH} photos are taken at a time.
   *
   * <pre>{@code
   * estimator.estimateAll(files.stream().map(ImageFiles::read)).forEach(this::show);
   * }</pre>
   *
   * @return a map for each photo, in their order; closing it closes the photos' stream. Taking from
   *     it throws what {@link #estimate(RgbImage)} throws
   */
  public Stream<DepthMap> estimateAll(Stream<RgbImage> photos) {
    if (!model.takesBatches()) {
      return photos.map(this::estimate);
    }
    Iterator<RgbImage> rest = photos.iterator();
    Iterator<List<DepthMap>> batches =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return rest.hasNext();
          }

          @Override
          public List<DepthMap> next() {
            List<RgbImage> batch = new ArrayList<>();
            while (batch.size() < BATCH && rest.hasNext()) {
              batch.add(rest.next());
            }
            if (batch.isEmpty()) {
              throw new NoSuchElementException();
            }
            return estimate(batch);
          }
        };
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(batches, Spliterator.ORDERED), false)
        .flatMap(List::stream)
        .onClose(photos::close);
  }

  /** Frees the model once running estimates have finished. Closing twice does nothing. */
  @Override
  public void close() {
    model.close();
  }
}
