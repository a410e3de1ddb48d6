package dev.deltadepth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.scenes.RenderedScene;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The models that users get, on scenes of which the depth is known. */
class EmbeddedModelTest {
  private static final List<Scene.Kind> KINDS =
      List.of(Scene.Kind.ROOM, Scene.Kind.STREET, Scene.Kind.STILL_LIFE);

  @ParameterizedTest
  @EnumSource
  void seesTheDepthOfRenderedScenes(EmbeddedModel model) {
    try (DepthEstimator estimator =
        DepthEstimator.open(ModelSource.embedded(model), EstimatorOptions.defaults())) {
      for (Scene.Kind kind : KINDS) {
        RenderedScene scene = scene(kind);
        DepthMap map = estimator.estimate(scene.image());
        assertThat(map.kind()).isEqualTo(DepthMap.Kind.DISPARITY);
        assertThat(map.data()).hasSize(320 * 240);
        assertThat(explained(map.data(), scene.disparity().data()))
            .as("share of the true disparity's variance that the map explains: %s", kind)
            .isGreaterThan(0.5);
      }
    }
  }

  @Test
  void inBytesItIsSmallerAndSaysNearlyTheSame() {
    assertThat(EmbeddedModel.INT8.bytes().length)
        .isLessThan(EmbeddedModel.FLOAT.bytes().length * 2 / 3);
    EstimatorOptions options = EstimatorOptions.defaults();
    try (DepthEstimator bytes =
            DepthEstimator.open(ModelSource.embedded(EmbeddedModel.INT8), options);
        DepthEstimator floats =
            DepthEstimator.open(ModelSource.embedded(EmbeddedModel.FLOAT), options)) {
      for (Scene.Kind kind : KINDS) {
        RgbImage image = scene(kind).image();
        assertThat(explained(bytes.estimate(image).data(), floats.estimate(image).data()))
            .as(kind.toString())
            .isBetween(0.9, 0.9999);
      }
    }
  }

  @Test
  void aModelIsFoundByItsLabel() {
    assertThat(EmbeddedModel.labelled("embedded")).contains(EmbeddedModel.FLOAT);
    assertThat(EmbeddedModel.labelled("embedded-int8")).contains(EmbeddedModel.INT8);
    assertThat(EmbeddedModel.labelled("INT8")).isEmpty();
  }

  private static RenderedScene scene(Scene.Kind kind) {
    return new SceneRenderer(320, 240, 2).render(Scene.of(kind, 1));
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
