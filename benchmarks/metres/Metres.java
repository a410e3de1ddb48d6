import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.space.Calibration;
import dev.deltadepth.core.space.Fit;
import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.DataSets;
import dev.deltadepth.datasets.Sample;
import dev.deltadepth.datasets.SampleSet;
import dev.deltadepth.metrics.DepthMetrics;
import dev.deltadepth.metrics.Region;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Metres from few known points: mean AbsRel of each set and each way to calibrate. Arguments: a folder with eval.json,
 * and a model's file (default: the embedded model).
 */
final class Metres {
  private static final int DRAWS = 10;
  private static final double[] RATIOS = {2, 3, 4, 6, 10};

  /** The errors of all pictures, and of all their draws. */
  private static final Map<String, List<Double>> FIGURES = new LinkedHashMap<>();

  private static int drawn;
  private static int contradicting;
  private static int behind;

  public static void main(String[] arguments) throws Exception {
    ModelSource model =
        arguments.length > 1 ? ModelSource.of(Path.of(arguments[1])) : ModelSource.embedded();
    try (DataSet data = DataSets.open(Path.of(arguments[0]));
        DepthEstimator estimator = DepthEstimator.open(model, EstimatorOptions.defaults())) {
      for (SampleSet set : data.sets()) {
        if (!set.kind().metric()) {
          continue;
        }
        FIGURES.clear();
        drawn = contradicting = behind = 0;
        for (Sample sample : set.samples()) {
          DepthMap truth = set.region().counted(sample.truth());
          measure(estimator.estimate(sample.image()), truth, set.region());
        }
        System.out.println(set.name() + ": " + set.count() + " pictures");
        FIGURES.forEach(Metres::print);
        System.out.printf(
            Locale.ROOT,
            "  of the draws of two pixels, %.1f %% contradicted the map; %.1f %% of the fits leave a pixel behind%n",
            100.0 * contradicting / drawn,
            100.0 * behind / (drawn - contradicting));
      }
    }
  }

  private static void print(String name, List<Double> errors) {
    double[] sorted = errors.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "  %-44s mean %.3f, median %.3f%n",
        name,
        Arrays.stream(sorted).average().orElseThrow(),
        sorted[sorted.length / 2]);
  }

  private static void measure(DepthMap map, DepthMap truth, Region region) {
    int[] known = known(truth);
    Random random = new Random(Arrays.hashCode(known));
    Alignment.Fit all = new Alignment.Fit();
    for (int i : known) {
      all.add(map.data()[i], 1.0 / truth.data()[i]);
    }
    add("least squares over all pixels", error(all.alignment(), map, truth, known, region));
    try {
      Calibration reference = Fit.toReference(map, truth);
      add("the same, outliers left out", error(reference, map, truth, known, region));
    } catch (IllegalArgumentException e) {
      System.out.println("  one picture's truth contradicts its map");
    }
    for (int count : new int[] {2, 3, 4, 6, 10}) {
      draw(count + " random pixels", count, 1, map, truth, known, region, random);
    }
    draw("2 pixels, one 1.5 times as far", 2, 1.5, map, truth, known, region, random);
    // Without any distance: the best single factor, so that only the shape is measured.
    for (double ratio : RATIOS) {
      Calibration shape = Calibration.ofRatio(map, ratio);
      double[] factors = new double[known.length];
      for (int k = 0; k < known.length; k++) {
        factors[k] = truth.data()[known[k]] / shape.depth(map.data()[known[k]]);
      }
      Arrays.sort(factors);
      double scale = 1 / factors[factors.length / 2];
      Alignment alignment =
          new Alignment(shape.alignment().scale() * scale, shape.alignment().shift() * scale);
      add(
          String.format(Locale.ROOT, "farthest %.0f times nearest, best factor", ratio),
          error(alignment, map, truth, known, region));
    }
  }

  private static void draw(
      String name, int count, double apart, DepthMap map, DepthMap truth, int[] known, Region region, Random random) {
    int fitted = 0;
    for (int tries = 0; fitted < DRAWS && tries < 1000; tries++) {
      List<Fit.Point> points = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        int pixel = known[random.nextInt(known.length)];
        points.add(
            new Fit.Point(
                "pixel " + k, pixel % map.width(), pixel / map.width(), truth.data()[pixel]));
      }
      double ratio = points.get(0).metres() / points.get(1).metres();
      if (Math.max(ratio, 1 / ratio) < apart) {
        continue;
      }
      boolean plain = count == 2 && apart == 1;
      drawn += plain ? 1 : 0;
      Optional<Calibration> calibration = fit(map, points);
      if (calibration.isEmpty()) {
        contradicting += plain ? 1 : 0;
        continue;
      }
      fitted++;
      behind += plain && calibration.get().apply(map).behind() > 0 ? 1 : 0;
      add(name, error(calibration.get(), map, truth, known, region));
    }
  }

  private static Optional<Calibration> fit(DepthMap map, List<Fit.Point> points) {
    try {
      return Optional.of(Fit.of(map, points).calibration());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static double error(
      Calibration calibration, DepthMap map, DepthMap truth, int[] known, Region region) {
    return error(calibration.alignment(), map, truth, known, region);
  }

  /** As protocol marigold: what is not in front of the camera, or too far, is at the cap. */
  private static double error(
      Alignment alignment, DepthMap map, DepthMap truth, int[] known, Region region) {
    DepthMetrics metrics = new DepthMetrics();
    for (int i : known) {
      double depth = 1 / Math.max(alignment.apply(map.data()[i]), 1e-3);
      metrics.add(
          Math.min(Math.max(depth, region.nearestMetres()), region.capMetres()), truth.data()[i]);
    }
    return metrics.score().absRel();
  }

  private static int[] known(DepthMap truth) {
    int[] known = new int[truth.data().length];
    int count = 0;
    for (int i = 0; i < known.length; i++) {
      if (!Float.isNaN(truth.data()[i])) {
        known[count++] = i;
      }
    }
    return Arrays.copyOf(known, count);
  }

  private static void add(String name, double value) {
    FIGURES.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
  }
}
