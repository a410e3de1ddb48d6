package dev.deltadepth.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class AgreementTest {

  /** The expected values are NumPy's (corrcoef and lstsq in float64) on the same numbers. */
  @Test
  void correlatesAsTheReferenceDoes() {
    float[] a = new float[12];
    float[] b = new float[12];
    for (int i = 0; i < 12; i++) {
      a[i] = i * 7 % 12 / 12f;
      int row = i / 4;
      b[i] = i * 5 % 12 / 11f + row;
    }
    Agreement agreement = Agreement.of(map(4, 3, a), map(4, 3, b));
    assertThat(agreement.pearson()).isCloseTo(0.026565348063011376, within(1e-6));
    assertThat(agreement.residual()).isCloseTo(-0.6614377616240448, within(1e-6));
  }

  @Property(tries = 100)
  void aMapAgreesWithItsAffineCopyAndDisagreesWithItsMirror(
      @ForAll @DoubleRange(min = 0.1, max = 10) double scale,
      @ForAll @DoubleRange(min = -3, max = 3) double shift,
      @ForAll long seed) {
    DepthMap map = noise(17, 11, seed);
    Agreement same = Agreement.of(map, new Alignment(scale, shift).apply(map));
    assertThat(same.pearson()).isCloseTo(1, within(1e-6));
    assertThat(same.residual()).isCloseTo(1, within(1e-6));
    Agreement mirrored = Agreement.of(map, new Alignment(-scale, shift).apply(map));
    assertThat(mirrored.residual()).isCloseTo(-1, within(1e-6));
  }

  @Property(tries = 100)
  void theResidualDoesNotSeeTheLayout(
      @ForAll @DoubleRange(min = -2, max = 2) double x,
      @ForAll @DoubleRange(min = -2, max = 2) double y,
      @ForAll @DoubleRange(min = -2, max = 2) double curve,
      @ForAll long seed) {
    DepthMap map = noise(16, 12, seed);
    float[] tilted = map.data().clone();
    for (int i = 0; i < tilted.length; i++) {
      int row = i / 16;
      double down = row / 12.0;
      tilted[i] += (float) (x * (i % 16) / 16 + y * down + curve * down * down);
    }
    DepthMap other = noise(16, 12, seed + 1);
    assertThat(Agreement.of(map(16, 12, tilted), other).residual())
        .isCloseTo(Agreement.of(map, other).residual(), within(1e-5));
  }

  @Test
  void aConstantMapAgreesWithNothing() {
    float[] constant = new float[12];
    Arrays.fill(constant, 0.1f);
    assertThat(Agreement.of(map(4, 3, constant), noise(4, 3, 1))).isEqualTo(new Agreement(0, 0));
  }

  @Test
  void aSingleRowHasNoSlopeToRemove() {
    DepthMap row = noise(9, 1, 4);
    assertThat(Agreement.of(row, row).residual()).isCloseTo(1, within(1e-12));
  }

  @Test
  void mapsOfOtherSizesAreRefused() {
    assertThatThrownBy(() -> Agreement.of(noise(4, 3, 1), noise(3, 4, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static DepthMap noise(int width, int height, long seed) {
    Random random = new Random(seed);
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return map(width, height, values);
  }

  private static DepthMap map(int width, int height, float[] values) {
    return new DepthMap(DepthMap.Kind.DISPARITY, width, height, values);
  }
}
