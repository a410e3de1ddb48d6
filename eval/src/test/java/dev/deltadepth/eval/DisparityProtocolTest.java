package dev.deltadepth.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.io.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DisparityProtocolTest {
  private static final float[] PREDICTION = {0.9f, 0.1f, 0.35f, 0.6f, 0.2f, 0.75f, 0.05f, 0.5f};
  private static final float NONE = Float.NaN;

  /** The expected values are NumPy's (lstsq in float64) on the same numbers. */
  @Test
  void scoresDepthInMillimetresAsTheReferenceDoes() {
    float[] metres = {0.9f, 8, 2.7f, 1.6f, NONE, 1.3f, 10, 2.1f};
    Score score = DisparityProtocol.score(disparity(PREDICTION), metres(metres), 10);
    assertThat(score.absRel()).isCloseTo(0.10191121855280538, within(1e-6));
    assertThat(score.delta1()).isEqualTo(5 / 6.0);
    assertThat(score.rmse()).isCloseTo(0.8254833384872889, within(1e-6));
  }

  @Test
  void scoresDepthOfARoadAsTheReferenceDoes() {
    float[] metres = {230, 515, 700, 410, NONE, 333, 5120, 540};
    for (int i = 0; i < metres.length; i++) {
      metres[i] /= 256;
    }
    Score score = DisparityProtocol.score(disparity(PREDICTION), metres(metres), 80);
    assertThat(score.absRel()).isCloseTo(0.38121699270451964, within(1e-6));
    assertThat(score.delta1()).isEqualTo(5 / 7.0);
    assertThat(score.rmse()).isCloseTo(5.467604596895136, within(1e-5));
  }

  @Test
  void scoresDisparityWithoutUnitByItsRelativeErrorAlone() {
    float[] truth = {200, 30, 90, 140, NONE, 180, 10, 111};
    Score score = DisparityProtocol.score(disparity(PREDICTION), disparity(truth), 10);
    assertThat(score.absRel()).isCloseTo(0.04712108494004119, within(1e-9));
    assertThat(score.delta1()).isNaN();
    assertThat(score.rmse()).isNaN();
  }

  @Property(tries = 200)
  void anAffineCopyOfTheTrueDisparityIsPerfect(
      @ForAll @DoubleRange(min = 0.01, max = 10) double scale,
      @ForAll @DoubleRange(min = -5, max = 5) double shift,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] metres = new float[8];
    float[] prediction = new float[8];
    for (int i = 0; i < 8; i++) {
      metres[i] = 0.5f + 9 * random.nextFloat();
      prediction[i] = (float) (scale / metres[i] + shift);
    }
    Score score = DisparityProtocol.score(disparity(prediction), metres(metres), 10);
    // Rounding the prediction to float costs its digits when the shift dwarfs the scale.
    double lost = 1e-5 * (1 + Math.abs(shift) / scale);
    assertThat(score.absRel()).isCloseTo(0, within(lost));
    if (lost < 1e-3) {
      assertThat(score.delta1()).isEqualTo(1);
    }
  }

  @Test
  void refusesWhatCannotBeCompared() {
    assertThatThrownBy(() -> DisparityProtocol.score(metres(PREDICTION), metres(PREDICTION), 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DISPARITY");
    DepthMap other = new DepthMap(DepthMap.Kind.METRES, 2, 4, new float[8]);
    assertThatThrownBy(() -> DisparityProtocol.score(disparity(PREDICTION), other, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4x2 and 2x4");
    assertThatThrownBy(
            () -> DisparityProtocol.score(disparity(PREDICTION), metres(new float[8]), 10))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("no pixel");
    float[] holes = PREDICTION.clone();
    holes[1] = Float.NaN;
    assertThatThrownBy(() -> DisparityProtocol.score(disparity(holes), metres(PREDICTION), 10))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("not a number");
  }

  /** Marigold fits where the prediction is positive only; with that condition its figures hold. */
  @Tag("shared")
  @Test
  void alignmentAndMetricsHoldTheReferenceValuesOfMarigold() throws IOException {
    Path parity = Path.of(System.getProperty("delta.shared"), "parity");
    JsonNode cases = new ObjectMapper().readTree(parity.resolve("metrics.json").toFile());
    int checked = 0;
    for (JsonNode one : cases.get("cases")) {
      Path truthFile = parity.resolve("metrics/" + one.get("image").asText() + "_gt.npy");
      if (!Files.exists(truthFile) || one.get("eigen_crop").asBoolean()) {
        continue;
      }
      float[] g = NpyFile.read(truthFile).data();
      float[] p =
          NpyFile.read(parity.resolve("metrics/" + one.get("image").asText() + "_disparity.npy"))
              .data();
      double cap = one.get("cap").asDouble();
      Alignment.Fit fit = new Alignment.Fit();
      for (int i = 0; i < g.length; i++) {
        if (g[i] > 1e-3 && g[i] < cap && p[i] > 0) {
          fit.add(p[i], 1.0 / g[i]);
        }
      }
      DepthMetrics metrics = new DepthMetrics();
      for (int i = 0; i < g.length; i++) {
        if (g[i] > 1e-3 && g[i] < cap) {
          double depth = 1 / Math.max(fit.alignment().apply(p[i]), 1e-3);
          metrics.add(Math.min(Math.max(depth, 1e-3), cap), g[i]);
        }
      }
      JsonNode expected = one.at("/protocols/disparity~1lsq_disparity/metrics");
      Score score = metrics.score();
      assertThat(score.absRel()).isCloseTo(expected.get("abs_rel").asDouble(), within(1e-9));
      assertThat(score.delta1()).isCloseTo(expected.get("delta1").asDouble(), within(1e-12));
      assertThat(score.rmse()).isCloseTo(expected.get("rmse").asDouble(), within(1e-9));
      checked++;
    }
    assertThat(checked).isPositive();
  }

  private static DepthMap disparity(float[] values) {
    return new DepthMap(DepthMap.Kind.DISPARITY, 4, 2, values);
  }

  private static DepthMap metres(float[] values) {
    return new DepthMap(DepthMap.Kind.METRES, 4, 2, values);
  }
}
