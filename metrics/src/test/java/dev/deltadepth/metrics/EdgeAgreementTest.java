package dev.deltadepth.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class EdgeAgreementTest {

  @Property(tries = 50)
  void scaleAndShiftChangeNothing(
      @ForAll @DoubleRange(min = 0.1, max = 50) double scale,
      @ForAll @DoubleRange(min = -20, max = 20) double shift) {
    DepthMap map = box(10, 10, 1, 0);
    assertThat(EdgeAgreement.of(box(10, 10, scale, shift), map).f1()).isEqualTo(1);
  }

  @Test
  void edgesOnePixelApartAreTheSame() {
    assertThat(EdgeAgreement.of(box(11, 11, 1, 0), box(10, 10, 1, 0)).f1()).isEqualTo(1);
    EdgeAgreement apart = EdgeAgreement.of(box(26, 22, 1, 0), box(4, 4, 1, 0));
    assertThat(apart).isEqualTo(new EdgeAgreement(0, 0, 0));
  }

  @Test
  void whatIsMissingCostsRecallAndWhatIsMadeUpPrecision() {
    DepthMap one = box(4, 4, 1, 0);
    DepthMap two = new DepthMap(DepthMap.Kind.DISPARITY, 40, 32, one.data().clone());
    for (int i = 0; i < two.data().length; i++) {
      two.data()[i] += box(26, 22, 1, 0).data()[i];
    }
    EdgeAgreement missing = EdgeAgreement.of(one, two);
    assertThat(missing.precision()).isEqualTo(1);
    assertThat(missing.recall()).isCloseTo(0.5, within(1e-12));
    assertThat(missing.f1()).isCloseTo(2 / 3.0, within(1e-12));
    EdgeAgreement madeUp = EdgeAgreement.of(two, one);
    assertThat(madeUp.precision()).isCloseTo(0.5, within(1e-12));
    assertThat(madeUp.recall()).isEqualTo(1);
  }

  @Test
  void aSlopeIsNoEdgeAndMapsWithoutEdgesAgree() {
    float[] slope = new float[200 * 200];
    for (int i = 0; i < slope.length; i++) {
      int row = i / 200;
      slope[i] = row;
    }
    DepthMap floor = new DepthMap(DepthMap.Kind.DISPARITY, 200, 200, slope);
    DepthMap wall = new DepthMap(DepthMap.Kind.DISPARITY, 200, 200, new float[200 * 200]);
    assertThat(EdgeAgreement.of(floor, wall)).isEqualTo(new EdgeAgreement(1, 1, 1));
    DepthMap flat = new DepthMap(DepthMap.Kind.DISPARITY, 40, 32, new float[40 * 32]);
    assertThat(EdgeAgreement.of(flat, box(10, 10, 1, 0)).f1()).isZero();
  }

  @Test
  void refusesWhatCannotBeCompared() {
    DepthMap map = box(4, 4, 1, 0);
    DepthMap metres = new DepthMap(DepthMap.Kind.METRES, 40, 32, map.data());
    DepthMap other = new DepthMap(DepthMap.Kind.DISPARITY, 32, 40, map.data());
    assertThatThrownBy(() -> EdgeAgreement.of(map, metres))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EdgeAgreement.of(map, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("different sizes");
  }

  /** A box of 8x6 pixels in front of a wall, in a map of 40x32. */
  private static DepthMap box(int left, int top, double scale, double shift) {
    float[] values = new float[40 * 32];
    for (int i = 0; i < values.length; i++) {
      int x = i % 40;
      int y = i / 40;
      boolean inside = x >= left && x < left + 8 && y >= top && y < top + 6;
      values[i] = (float) (scale * (inside ? 1 : 0) + shift);
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, 40, 32, values);
  }
}
