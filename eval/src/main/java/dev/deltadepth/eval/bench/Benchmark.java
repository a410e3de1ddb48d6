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
 * that whatever else the machine does hits all alike.
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
    private final InputSize seen;
    private final BareRun bare;
    private final BenchTimes times = new BenchTimes();

    Lane(
        String model,
        int size,
        int threads,
        DepthEstimator estimator,
        InputSize seen,
        BareRun bare) {
      this.model = model;
      this.size = size;
      this.threads = threads;
      this.estimator = estimator;
      this.seen = seen;
      this.bare = bare;
    }

    void close() {
      bare.close();
      estimator.close();
    }
  }

  /**
   * A benchmark on one photo.
   *
   * @param file the content of the photo's file
   * @param name what to call it in messages
   * @throws dev.deltadepth.io.FileException if it is not a picture
   */
  public Benchmark(byte[] file, String name) {
    this.file = file.clone();
    this.photo = ImageFiles.read(file, name);
  }

  /**
   * Adds a model, which the benchmark closes; the first of a size and number of threads is what the
   * others are compared with.
   *
   * @param size what was asked for: rows of one size are compared with each other
   * @throws dev.deltadepth.runtime.ModelException if it does not run at that size
   */
  public void add(String model, int size, int threads, DepthEstimator estimator) {
    try {
      InputSize seen = estimator.inputSize(photo.width(), photo.height());
      BareRun bare = estimator.model().prepare(shrink(photo, seen));
      try {
        // The first run says whether the model takes the size.
        bare.run();
      } catch (ModelException e) {
        bare.close();
        throw e;
      }
      lanes.add(new Lane(model, size, threads, estimator, seen, bare));
    } catch (ModelException e) {
      estimator.close();
      throw e;
    }
  }

  private static RgbImage shrink(RgbImage photo, InputSize seen) {
    return Resizer.resize(photo, seen.width(), seen.height(), Resizer.Filter.BICUBIC);
  }

  /** How many models at sizes and numbers of threads there are. */
  public int size() {
    return lanes.size();
  }

  /** The photo's width and height as text. */
  public String photoSize() {
    return photo.width() + "x" + photo.height();
  }

  /**
   * Runs every model some times.
   *
   * @param warmUps turns that are not measured
   * @param runs turns that are
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

  /** From the photo's file to the map's, each step timed; the steps of {@code estimate}. */
  private Map<BenchStage, Long> estimate(Lane lane) {
    StopWatch watch = new StopWatch();
    RgbImage decoded = ImageFiles.read(file, "the photo");
    watch.lap(BenchStage.DECODE);
    RgbImage small = shrink(decoded, lane.seen);
    watch.lap(BenchStage.RESIZE);
    DepthMap map = lane.estimator.model().run(small);
    watch.lap(BenchStage.INFERENCE);
    DepthMap large = Resizer.resize(map, decoded.width(), decoded.height());
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

  /** The figures: size by size and threads by threads, the models in their order. */
  public List<BenchRow> rows() {
    return lanes.stream()
        .map(
            lane ->
                BenchRow.of(
                    lane.model,
                    lane.seen.width(),
                    lane.seen.height(),
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
