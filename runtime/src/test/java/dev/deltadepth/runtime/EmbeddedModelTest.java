package dev.deltadepth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.scenes.RenderedScene;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model that users get, on scenes of which the depth is known. */
class EmbeddedModelTest {

  @ParameterizedTest
  @EnumSource(
      value = Scene.Kind.class,
      names = {"ROOM", "STREET", "STILL_LIFE"})
  void seesTheDepthOfARenderedScene(Scene.Kind kind) {
    RenderedScene scene = new SceneRenderer(320, 240, 2).render(Scene.of(kind, 1));
    try (DepthEstimator estimator = DepthEstimator.embedded(EstimatorOptions.defaults())) {
      DepthMap map = estimator.estimate(scene.image());
      assertThat(map.kind()).isEqualTo(DepthMap.Kind.DISPARITY);
      assertThat(map.data()).hasSize(320 * 240);
      assertThat(explained(map.data(), scene.disparity().data()))
          .as("share of the true disparity's variance that the map explains")
          .isGreaterThan(0.5);
    }
  }

  /** 1 - (variance left after scale and shift are fitted) / variance. */
  private static double explained(float[] map, float[] truth) {
    boolean[] all = new boolean[map.length];
    Arrays.fill(all, true);
    Alignment fit = Alignment.leastSquares(map, truth, all);
    double mean = 0;
    for (float value : truth) {
      mean += value / (double) truth.length;
    }
    double left = 0;
    double variance = 0;
    for (int i = 0; i < truth.length; i++) {
      double error = fit.scale() * map[i] + fit.shift() - truth[i];
      left += error * error;
      variance += (truth[i] - mean) * (truth[i] - mean);
    }
    assertThat(fit.scale()).as("larger is nearer").isPositive();
    return 1 - left / variance;
  }
}
