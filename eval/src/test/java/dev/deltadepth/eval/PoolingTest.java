package dev.deltadepth.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.metrics.DepthMetrics;
import dev.deltadepth.metrics.DistanceErrors;
import dev.deltadepth.metrics.Score;
import dev.deltadepth.metrics.TeacherAgreement;
import dev.deltadepth.metrics.TruthScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PoolingTest {

  /** What is kept of each picture is enough to pool as if all pixels were still there. */
  @Property(tries = 50)
  void poolingWhatIsKeptIsPoolingThePixels(
      @ForAll @IntRange(min = 1, max = 6) int pictures, @ForAll long seed) {
    Random random = new Random(seed);
    DepthMetrics all = new DepthMetrics();
    List<SampleResult> kept = new ArrayList<>();
    for (int picture = 0; picture < pictures; picture++) {
      DepthMetrics one = new DepthMetrics();
      int pixels = 1 + random.nextInt(500);
      for (int i = 0; i < pixels; i++) {
        double truth = Math.exp(random.nextGaussian());
        double depth = truth * Math.exp(0.3 * random.nextGaussian() + 0.1 * picture);
        one.add(depth, truth);
        all.add(depth, truth);
      }
      kept.add(result(one.truthScore()));
    }
    Score pooled = new SetResult("set", Averaging.PIXELS, kept, DistanceErrors.empty()).score();
    for (ToDoubleFunction<Score> figure :
        List.<ToDoubleFunction<Score>>of(
            Score::absRel,
            Score::sqRel,
            Score::rmse,
            Score::rmseLog,
            Score::log10,
            Score::silog,
            Score::delta1,
            Score::delta2,
            Score::delta3)) {
      assertThat(figure.applyAsDouble(pooled))
          .isCloseTo(figure.applyAsDouble(all.score()), within(1e-9));
    }
  }

  @Test
  void aPictureWithThreeTimesThePixelsCountsThreeTimes() {
    List<SampleResult> samples = List.of(disparity(0.1, 300), disparity(0.5, 100));
    assertThat(
            new SetResult("set", Averaging.PIXELS, samples, DistanceErrors.empty())
                .score()
                .absRel())
        .isCloseTo(0.2, within(1e-12));
    assertThat(
            new SetResult("set", Averaging.PICTURES, samples, DistanceErrors.empty())
                .score()
                .absRel())
        .isCloseTo(0.3, within(1e-12));
  }

  @Test
  void errorsAreSortedByTheTrueDistance() {
    DepthMetrics metrics = new DepthMetrics();
    metrics.add(1.1, 1.0);
    metrics.add(1.3, 1.0);
    metrics.add(3.0, 2.9);
    metrics.add(0.02, 0.01);
    metrics.add(900, 1000);
    DistanceErrors distances = metrics.truthScore().distances();
    int metre = 4;
    assertThat(DistanceErrors.start(metre)).isCloseTo(1, within(1e-12));
    assertThat(distances.mean(metre)).isCloseTo(0.2, within(1e-12));
    assertThat(distances.pixels()[metre]).isEqualTo(2);
    assertThat(distances.pixels()[metre + 3]).isEqualTo(1);
    assertThat(distances.mean(0)).isCloseTo(1, within(1e-12));
    assertThat(distances.mean(DistanceErrors.bins() - 1)).isCloseTo(0.1, within(1e-12));
    assertThat(distances.mean(1)).isNaN();
  }

  private static SampleResult disparity(double error, long pixels) {
    return result(
        new TruthScore(Score.ofDisparity(error), pixels, Double.NaN, DistanceErrors.empty()));
  }

  private static SampleResult result(TruthScore truth) {
    return new SampleResult("picture", truth, Double.NaN, TeacherAgreement.NONE, Double.NaN);
  }
}
