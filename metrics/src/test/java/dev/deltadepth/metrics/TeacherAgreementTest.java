package dev.deltadepth.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TeacherAgreementTest {

  @Property(tries = 50)
  void scaleAndShiftOfTheStudentChangeNothing(
      @ForAll @DoubleRange(min = 0.1, max = 10) double scale,
      @ForAll @DoubleRange(min = -3, max = 3) double shift,
      @ForAll long seed) {
    DepthMap teacher = noise(seed);
    TeacherAgreement same =
        TeacherAgreement.of(new Alignment(scale, shift).apply(teacher), teacher);
    assertThat(same.absRel()).isCloseTo(0, within(1e-4));
    assertThat(same.delta1()).isEqualTo(1);
    assertThat(same.pearson()).isCloseTo(1, within(1e-6));
    assertThat(same.residual()).isCloseTo(1, within(1e-6));
    assertThat(same.edges()).isCloseTo(1, within(1e-3));
  }

  /**
   * By hand: the fit of 1, 0, 0, 0 to 4, 1, 1, 3 is s = 7/3, t = 5/3; the errors are 0, 2/3, 2/3
   * and 4/3 of a mean of 9/4, and of 4/4, (5/3)/1, (5/3)/1 and 3/(5/3) only the first is near.
   */
  @Test
  void theFiguresAreThoseWorkedOutByHand() {
    TeacherAgreement agreement = TeacherAgreement.of(map(1, 0, 0, 0), map(4, 1, 1, 3));
    assertThat(agreement.absRel()).isCloseTo(8 / 3.0 / 9, within(1e-7));
    assertThat(agreement.delta1()).isEqualTo(0.25);
  }

  @Test
  void refusesWhatIsNoNumber() {
    assertThatThrownBy(() -> TeacherAgreement.of(map(1, Float.NaN, 0, 0), map(4, 1, 1, 3)))
        .isInstanceOf(MetricsException.class)
        .hasMessageContaining("non-finite values");
  }

  private static DepthMap map(float... values) {
    return new DepthMap(DepthMap.Kind.DISPARITY, values.length, 1, values);
  }

  private static DepthMap noise(long seed) {
    Random random = new Random(seed);
    float[] values = new float[24 * 16];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + random.nextFloat();
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, 24, 16, values);
  }
}
