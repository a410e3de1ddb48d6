package dev.deltadepth.core.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final DepthMap MAP =
      new DepthMap(Kind.DISPARITY, 4, 1, new float[] {0.2f, Float.NaN, 1, 0.6f});

  @Test
  void nearAndFarAreThoseOfTheHighestAndLowestValue() {
    Calibration calibration = Calibration.ofRange(MAP, 1, 5);
    Calibration.Depth depth = calibration.apply(MAP);
    assertThat(depth.depth().kind()).isEqualTo(Kind.METRES);
    assertThat(depth.behind()).isZero();
    assertThat(depth.depth().data()[0]).isCloseTo(5, within(1e-5f));
    assertThat(depth.depth().data()[1]).isNaN();
    assertThat(depth.depth().data()[2]).isCloseTo(1, within(1e-6f));
    // Half way in disparity: 1 / 0.6.
    assertThat(depth.depth().data()[3]).isCloseTo(1 / 0.6f, within(1e-5f));
  }

  @Property
  void aRatioPutsTheNearestAtOneUnit(@ForAll @DoubleRange(min = 1.01, max = 1000) double ratio) {
    DepthMap depth = Calibration.ofRatio(MAP, ratio).apply(MAP).depth();
    assertThat(depth.kind()).isEqualTo(Kind.RELATIVE_DEPTH);
    assertThat(depth.data()[2]).isCloseTo(1, within(1e-5f));
    assertThat((double) depth.data()[0]).isCloseTo(ratio, within(1e-4 * ratio));
  }

  @Test
  void whatWouldBeBehindTheCameraIsCountedAndHasNoDepth() {
    Calibration.Depth depth = Calibration.metric(1, -0.4).apply(MAP);
    assertThat(depth.behind()).isEqualTo(1);
    assertThat(depth.depth().data()[0]).isNaN();
    assertThat(depth.depth().data()[2]).isCloseTo(1 / 0.6f, within(1e-5f));
    assertThat(Calibration.metric(1, -0.5).depth(0.5)).isNaN();
    // An infinite far end leaves the farthest pixel without a finite depth.
    assertThat(Calibration.ofRange(MAP, 2, Double.POSITIVE_INFINITY).apply(MAP).behind())
        .isEqualTo(1);
  }

  @Test
  void refusesWhatIsNoCalibration() {
    assertThatThrownBy(() -> Calibration.metric(0, 1)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> Calibration.metric(1, Double.NaN)).hasMessageContaining("shift");
    assertThatThrownBy(() -> new Calibration(new Alignment(-1, 1), false))
        .hasMessageContaining("above 0");
    assertThatThrownBy(() -> Calibration.ofRange(MAP, 3, 2)).hasMessageContaining("beyond");
    assertThatThrownBy(() -> Calibration.ofRange(MAP, 0, 2)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> Calibration.ofRatio(MAP, 1)).hasMessageContaining("more than 1");
    DepthMap flat = new DepthMap(Kind.DISPARITY, 2, 1, new float[] {1, 1});
    assertThatThrownBy(() -> Calibration.ofRatio(flat, 5)).hasMessageContaining("no two different");
    DepthMap metres = new DepthMap(Kind.METRES, 2, 1, new float[] {1, 2});
    assertThatThrownBy(() -> Calibration.metric(1, 0).apply(metres))
        .hasMessageContaining("DISPARITY");
  }
}
