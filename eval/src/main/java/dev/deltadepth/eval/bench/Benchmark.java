package dev.deltadepth.eval.bench;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.runtime.BareRun;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.ModelException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Times models in turns: in each turn every model runs once at every size and number of threads, so
 * that other load on the machine affects all models equally.
 */
public final class Benchmark implements AutoCloseable {
  private final byte[] file;
  private final RgbImage photo;
  private final List<Lane> lanes = new ArrayList<>();

  /** One model at one size and number of threads. */
  private static final class Lane {
    private final String model;
    private final int size;
    private final int threads;
    private final DepthEstimator estimator;
    private final InputSize inputSize;
    private final BareRun bare;
    private final BenchTimes times = new BenchTimes();

    Lane(
        String model,
        int size,
        int threads,
        DepthEstimator estimator,
        InputSize inputSize,
        BareRun bare) {
      this.model = model;
      this.size = size;
      this.threads = threads;
      this.estimator = estimator;
      this.inputSize = inputSize;
      this.bare = bare;
    }

    void close() {
      bare.close();
      estimator.close();
    }
  }

  /**
   * Creates a benchmark on one photo.
   *
   * @param file content of the photo file
   * @param name of the photo in messages
   * @throws dev.deltadepth.io.FileException if it is not an image
   */
  public Benchmark(byte[] file, String name) {
    this.file = file.clone();
    this.photo = ImageFiles.read(file, name);
  }

  /**
   * Adds a model, which the benchmark closes. The first model at a size and number of threads is
   * the reference for the others.
   *
   * @param size requested size: only rows of the same size are compared
   * @throws dev.deltadepth.runtime.ModelException if the model does not support that size
   */
  public void add(String model, int size, int threads, DepthEstimator estimator) {
    try {
      InputSize inputSize = estimator.inputSize(photo.width(), photo.height());
      BareRun bare = estimator.model().prepare(shrink(photo, inputSize));
      try {
        // The first run shows whether the model supports the size.
        bare.run();
      } catch (ModelException e) {
        bare.close();
        throw e;
      }
      lanes.add(new Lane(model, size, threads, estimator, inputSize, bare));
    } catch (ModelException e) {
      estimator.close();
      throw e;
    }
  }

  private static RgbImage shrink(RgbImage photo, InputSize inputSize) {
    return Resizer.resize(photo, inputSize.width(), inputSize.height(), Resizer.Filter.BICUBIC);
  }

  /** Number of combinations of model, size and number of threads. */
  public int size() {
    return lanes.size();
  }

  /** The photo's width and height as text. */
  public String photoSize() {
    return photo.width() + "x" + photo.height();
  }

  /**
   * Runs every model in turns.
   *
   * @param warmUps turns before measuring
   * @param runs measured turns
   * @param turnDone called after each turn
   */
  public void run(int warmUps, int runs, Runnable turnDone) {
    for (int turn = -warmUps; turn < runs; turn++) {
      for (Lane lane : lanes) {
        Map<BenchStage, Long> nanos = estimate(lane);
        long start = System.nanoTime();
        lane.bare.run();
        long bare = System.nanoTime() - start;
        if (turn >= 0) {
          lane.times.add(nanos, bare);
        }
      }
      turnDone.run();
    }
  }

  /** Runs and times each step from the photo file to the map file, as the estimator does them. */
  private Map<BenchStage, Long> estimate(Lane lane) {
    StopWatch watch = new StopWatch();
    RgbImage decoded = ImageFiles.read(file, "the photo");
    watch.lap(BenchStage.DECODE);
    RgbImage small = shrink(decoded, lane.inputSize);
    watch.lap(BenchStage.RESIZE);
    DepthMap map = lane.estimator.model().run(small);
    watch.lap(BenchStage.INFERENCE);
    DepthMap large = lane.estimator.upsampling().enlarge(map, decoded);
    watch.lap(BenchStage.UPSAMPLE);
    RgbImage coloured = Colormap.named(Colormap.names().get(0)).apply(large);
    watch.lap(BenchStage.COLOUR);
    ImageFiles.png(coloured);
    watch.lap(BenchStage.ENCODE);
    return watch.nanos;
  }

  private static final class StopWatch {
    private final Map<BenchStage, Long> nanos = new EnumMap<>(BenchStage.class);
    private long last = System.nanoTime();

    void lap(BenchStage stage) {
      long now = System.nanoTime();
      nanos.put(stage, now - last);
      last = now;
    }
  }

  /** The figures, in the order in which the models were added. */
  public List<BenchRow> rows() {
    return lanes.stream()
        .map(
            lane ->
                BenchRow.of(
                    lane.model,
                    lane.inputSize.width(),
                    lane.inputSize.height(),
                    lane.threads,
                    lane.times,
                    first(lane).times))
        .toList();
  }

  private Lane first(Lane lane) {
    Optional<Lane> first =
        lanes.stream()
            .filter(other -> other.size == lane.size && other.threads == lane.threads)
            .findFirst();
    return first.orElse(lane);
  }

  @Override
  public void close() {
    lanes.forEach(Lane::close);
  }
}
