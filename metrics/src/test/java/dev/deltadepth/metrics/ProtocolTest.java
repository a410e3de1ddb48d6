package dev.deltadepth.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ProtocolTest {
  private static final float[] PREDICTION = {0.9f, 0.1f, 0.35f, 0.6f, 0.2f, 0.75f, 0.05f, 0.5f};
  private static final float NONE = Float.NaN;

  /** The expected values are NumPy's (lstsq in float64) on the same numbers. */
  @Test
  void scoresDepthInMillimetresAsTheReferenceDoes() {
    float[] metres = {0.9f, 8, 2.7f, 1.6f, NONE, 1.3f, 10, 2.1f};
    Score score = Protocol.MARIGOLD.score(disparity(PREDICTION), metres(metres), Region.upTo(10));
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
    Score score = Protocol.MARIGOLD.score(disparity(PREDICTION), metres(metres), Region.upTo(80));
    assertThat(score.absRel()).isCloseTo(0.38121699270451964, within(1e-6));
    assertThat(score.delta1()).isEqualTo(5 / 7.0);
    assertThat(score.rmse()).isCloseTo(5.467604596895136, within(1e-5));
  }

  @Test
  void scoresDisparityWithoutUnitByItsRelativeErrorAlone() {
    float[] truth = {200, 30, 90, 140, NONE, 180, 10, 111};
    Score score = Protocol.MARIGOLD.score(disparity(PREDICTION), disparity(truth), Region.upTo(10));
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
    Score score = Protocol.MARIGOLD.score(disparity(prediction), metres(metres), Region.upTo(10));
    // Rounding the prediction to float costs its digits when the shift dwarfs the scale.
    double lost = 1e-5 * (1 + Math.abs(shift) / scale);
    assertThat(score.absRel()).isCloseTo(0, within(lost));
    if (lost < 1e-3) {
      assertThat(score.delta1()).isEqualTo(1);
    }
  }

  @Test
  void refusesWhatCannotBeCompared() {
    assertThatThrownBy(
            () -> Protocol.MARIGOLD.score(metres(PREDICTION), metres(PREDICTION), Region.upTo(10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DISPARITY");
    DepthMap other = new DepthMap(DepthMap.Kind.METRES, 2, 4, new float[8]);
    assertThatThrownBy(() -> Protocol.MARIGOLD.score(disparity(PREDICTION), other, Region.upTo(10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4x2 and 2x4");
    assertThatThrownBy(
            () ->
                Protocol.MARIGOLD.score(
                    disparity(PREDICTION), metres(new float[8]), Region.upTo(10)))
        .isInstanceOf(MetricsException.class)
        .hasMessageContaining("no valid pixels");
    float[] holes = PREDICTION.clone();
    holes[1] = Float.NaN;
    assertThatThrownBy(
            () -> Protocol.MARIGOLD.score(disparity(holes), metres(PREDICTION), Region.upTo(10)))
        .isInstanceOf(MetricsException.class)
        .hasMessageContaining("non-finite values");
  }

  @Test
  void whatIsNoDepthIsNotInvertedWithoutAWord() {
    for (Protocol protocol : Protocol.values()) {
      boolean inDepth = !protocol.measures(TruthKind.DISPARITY);
      assertThat(protocol.description().contains("inverted")).isEqualTo(inDepth);
      assertThat(protocol.measures(TruthKind.METRES)).isTrue();
      assertThat(protocol.measures(TruthKind.NONE)).isTrue();
      if (inDepth) {
        assertThatThrownBy(() -> score(protocol, disparity(PREDICTION), disparity(PREDICTION)))
            .isInstanceOf(MetricsException.class)
            .hasMessageContaining(protocol + " needs ground truth in metres")
            .hasMessageContaining("use marigold");
      } else {
        assertThatThrownBy(() -> score(protocol, metres(PREDICTION), metres(PREDICTION)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("not METRES; use depth-lsq");
      }
    }
  }

  @Test
  void everyProtocolIsFoundByItsName() {
    assertThat(Protocol.values())
        .extracting(Protocol::toString)
        .containsExactly("marigold", "marigold-positive", "midas", "median", "metric", "depth-lsq");
    for (Protocol protocol : Protocol.values()) {
      assertThat(Protocol.named(protocol.toString())).contains(protocol);
    }
    assertThat(Protocol.named("Marigold")).isEmpty();
  }

  @Test
  void theTruthIsPerfectByEveryProtocolThatTakesDepth() {
    Protocol[] inDepth = {Protocol.MEDIAN, Protocol.METRIC, Protocol.DEPTH_LSQ};
    float[] farther = new float[8];
    for (int i = 0; i < 8; i++) {
      farther[i] = 2 * PREDICTION[i];
    }
    for (Protocol protocol : inDepth) {
      Score same = score(protocol, metres(PREDICTION), metres(PREDICTION));
      assertThat(same.absRel()).isCloseTo(0, within(1e-12));
      assertThat(same.delta1()).isEqualTo(1);
      Score doubled = score(protocol, metres(farther), metres(PREDICTION));
      assertThat(doubled.absRel()).isCloseTo(protocol == Protocol.METRIC ? 1 : 0, within(1e-12));
      assertThat(doubled.silog()).isCloseTo(0, within(1e-5));
    }
  }

  @Test
  void midasHasNothingBeyondTheCapAndNoLowerBound() {
    // The fit of a constant is the mean of the true disparities, 0.1: beyond a cap of 8 metres.
    float[] constant = {1, 1, 1, 1, 1, 1, 1, 1};
    float[] far = {10, 10, 10, 10, 10, 10, 10, 10};
    Region region = Region.upTo(10.5);
    assertThat(Protocol.MIDAS.score(disparity(constant), metres(far), region).absRel())
        .isCloseTo(0, within(1e-6));
    float[] near = {0.01f, 0.01f, 0.01f, 0.01f, 10, 10, 10, 10};
    float[] step = {1, 1, 1, 1, 0, 0, 0, 0};
    assertThat(Protocol.MIDAS.score(disparity(step), metres(near), region).absRel())
        .isCloseTo(0, within(1e-6));
  }

  @Test
  void pixelsAtOrBelowZeroAreFittedOnlyWhereTheProtocolSaysSo() {
    float[] metres = {1, 2, 4, 5, 8, 1, 2, 4};
    float[] prediction = new float[8];
    for (int i = 0; i < 8; i++) {
      prediction[i] = 1 / metres[i];
    }
    prediction[7] = -3;
    Score all = score(Protocol.MARIGOLD, disparity(prediction), metres(metres));
    Score positive = score(Protocol.MARIGOLD_POSITIVE, disparity(prediction), metres(metres));
    assertThat(positive.delta1()).isEqualTo(7 / 8.0);
    assertThat(all.delta1()).isLessThan(7 / 8.0);
    assertThatThrownBy(() -> score(Protocol.DEPTH_LSQ, disparity(new float[8]), metres(metres)))
        .isInstanceOf(MetricsException.class)
        .hasMessageContaining("not positive at any valid pixel");
    assertThatThrownBy(() -> score(Protocol.MEDIAN, metres(new float[8]), metres(metres)))
        .isInstanceOf(MetricsException.class)
        .hasMessageContaining("median of the predicted depths is not positive");
  }

  @Test
  void whatIsOutsideTheCropDoesNotCount() {
    float[] truth = new float[640 * 480];
    Arrays.fill(truth, 2);
    float[] prediction = truth.clone();
    for (int i = 0; i < truth.length; i++) {
      if (i / 640 < 45) {
        prediction[i] = i % 2 == 0 ? Float.NaN : 9;
      }
    }
    DepthMap metres = new DepthMap(DepthMap.Kind.METRES, 640, 480, prediction);
    DepthMetrics metrics =
        Protocol.METRIC.metrics(
            metres,
            new DepthMap(DepthMap.Kind.METRES, 640, 480, truth),
            new Region(10, Crop.NYU_EIGEN));
    assertThat(metrics.count()).isEqualTo(560 * 426);
    assertThat(metrics.score().absRel()).isZero();
  }

  @Test
  void whatIsNearerThanTheSetsNearestNeitherCountsNorIsPredicted() {
    float[] truth = {0.4f, 0.6f, 1, 2, 3, 4, 5, 6};
    float[] prediction = {9, 9, 0.1f, 2, 3, 4, 5, 6};
    Region region = new Region(0.6, 350, Crop.NONE);
    DepthMetrics metrics = Protocol.METRIC.metrics(metres(prediction), metres(truth), region);
    assertThat(metrics.count()).isEqualTo(6);
    assertThat(metrics.score().absRel()).isCloseTo(0.4 / 6, within(1e-9));
  }

  private static Score score(Protocol protocol, DepthMap prediction, DepthMap truth) {
    return protocol.score(prediction, truth, Region.upTo(10));
  }

  private static DepthMap disparity(float[] values) {
    return new DepthMap(DepthMap.Kind.DISPARITY, 4, 2, values);
  }

  private static DepthMap metres(float[] values) {
    return new DepthMap(DepthMap.Kind.METRES, 4, 2, values);
  }
}
