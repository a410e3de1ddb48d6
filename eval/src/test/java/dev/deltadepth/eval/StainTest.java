package dev.deltadepth.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EmbeddedModel;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelSource;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A stain on a wall has the wall's depth: the embedded models' maps change by less than 3 % of
 * their range beneath it.
 */
class StainTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int[] COLOURS = {0x7a1f1f, 0x1f3f7a, 0x202020, 0xf0e060};
  private static final double LARGEST_CHANGE = 0.03;

  /**
   * Where a wall is stained.
   *
   * @param x share of the width
   * @param y share of the height
   * @param radius in metres
   */
  private record Stain(double x, double y, double radius) {}

  private static final List<Stain> STAINS =
      List.of(new Stain(0.35, 0.4, 0.2), new Stain(0.7, 0.3, 0.35));

  @Test
  void paintOnAWallMovesItLittle() {
    try (DepthEstimator embedded = estimator(EmbeddedModel.FLOAT);
        DepthEstimator int8 = estimator(EmbeddedModel.INT8)) {
      // Rendering takes longest: every wall once for both models, several walls at a time.
      List<String> changes =
          IntStream.rangeClosed(1, 24)
              .parallel()
              .boxed()
              .flatMap(seed -> changes(seed, List.of(embedded, int8)).stream())
              .toList();
      assertThat(changes).hasSize(24 * STAINS.size() * COLOURS.length * 2);
      assertThat(changes).allMatch(line -> change(line) >= 0 && change(line) < LARGEST_CHANGE);
      assertThat(changes).anyMatch(line -> change(line) > 1e-6);
    }
  }

  private static DepthEstimator estimator(EmbeddedModel model) {
    return DepthEstimator.open(
        ModelSource.embedded(model), EstimatorOptions.defaults().withThreads(1));
  }

  /** What each stain on one wall changes in each model's map, as lines that end with the change. */
  private static List<String> changes(int seed, List<DepthEstimator> models) {
    SceneRenderer renderer = new SceneRenderer(WIDTH, HEIGHT, 2);
    Scene clean = Scene.of(Scene.Kind.WALL, seed);
    RgbImage before = renderer.render(clean).image();
    List<DepthMap> wanted = models.stream().map(model -> model.estimate(before)).toList();
    List<String> changes = new ArrayList<>();
    for (Stain stain : STAINS) {
      for (int colour : COLOURS) {
        Scene painted =
            clean.stained(stain.x(), stain.y(), (double) WIDTH / HEIGHT, stain.radius(), colour);
        RgbImage after = renderer.render(painted).image();
        for (int i = 0; i < models.size(); i++) {
          double change = change(before, after, wanted.get(i), models.get(i).estimate(after));
          changes.add(
              String.format(
                  Locale.ROOT, "model %d, wall %d, %s %06x: %.7f", i, seed, stain, colour, change));
        }
      }
    }
    return changes;
  }

  private static double change(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  /** The mean change where paint is, as a share of the clean map's range. */
  private static double change(RgbImage before, RgbImage after, DepthMap wanted, DepthMap found) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    double sum = 0;
    int painted = 0;
    for (int i = 0; i < wanted.data().length; i++) {
      low = Math.min(low, wanted.data()[i]);
      high = Math.max(high, wanted.data()[i]);
      if (differs(before.data(), after.data(), 3 * i)) {
        sum += Math.abs(found.data()[i] - wanted.data()[i]);
        painted++;
      }
    }
    assertThat(painted).as("pixels of the stain").isGreaterThan(100);
    return sum / painted / (high - low);
  }

  /** More than the stain's own reflections on its surroundings. */
  private static boolean differs(byte[] a, byte[] b, int at) {
    int difference = 0;
    for (int c = at; c < at + 3; c++) {
      difference += Math.abs((a[c] & 0xff) - (b[c] & 0xff));
    }
    return difference > 40;
  }
}
