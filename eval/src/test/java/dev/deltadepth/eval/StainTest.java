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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
   * Stains the flat thing at a place.
   *
   * @param kind of the scene
   * @param x share of the width
   * @param y share of the height
   * @param radius in metres
   */
  private record Stain(Scene.Kind kind, int seed, double x, double y, double radius) {}

  private static List<Stain> stains() {
    List<Stain> stains = new ArrayList<>();
    for (int seed = 1; seed <= 24; seed++) {
      stains.add(new Stain(Scene.Kind.WALL, seed, 0.35, 0.4, 0.2));
      stains.add(new Stain(Scene.Kind.WALL, seed, 0.7, 0.3, 0.35));
    }
    return stains;
  }

  @ParameterizedTest
  @EnumSource
  void paintOnAWallMovesItLittle(EmbeddedModel model) {
    SceneRenderer renderer = new SceneRenderer(WIDTH, HEIGHT, 2);
    List<String> changes = new ArrayList<>();
    double worst = 0;
    try (DepthEstimator estimator =
        DepthEstimator.open(ModelSource.embedded(model), EstimatorOptions.defaults())) {
      for (Stain stain : stains()) {
        Scene clean = Scene.of(stain.kind(), stain.seed());
        RgbImage before = renderer.render(clean).image();
        DepthMap wanted = estimator.estimate(before);
        for (int colour : COLOURS) {
          Scene painted =
              clean.stained(stain.x(), stain.y(), (double) WIDTH / HEIGHT, stain.radius(), colour);
          RgbImage after = renderer.render(painted).image();
          double change = change(before, after, wanted, estimator.estimate(after));
          worst = Math.max(worst, change);
          changes.add("%s %06x: %.4f".formatted(stain, colour, change));
        }
      }
    }
    assertThat(worst).as(String.join("\n", changes)).isBetween(1e-6, LARGEST_CHANGE);
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
