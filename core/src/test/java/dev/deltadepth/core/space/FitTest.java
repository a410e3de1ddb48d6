package dev.deltadepth.core.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.space.Fit.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FitTest {
  /** Values 0 to 0.99, row by row. */
  private static final DepthMap MAP = ramp(10, 10);

  private static DepthMap ramp(int width, int height) {
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) i / values.length;
    }
    return new DepthMap(Kind.DISPARITY, width, height, values);
  }

  private static Point at(int pixel, double metres) {
    return new Point("point " + pixel, pixel % 10, pixel / 10, metres);
  }

  @Property
  void pointsThatFitExactlyGiveTheirScaleAndShift(
      @ForAll @DoubleRange(min = 0.01, max = 5) double scale,
      @ForAll @DoubleRange(min = 0.01, max = 2) double shift,
      @ForAll @IntRange(min = 2, max = 100) int count) {
    List<Point> points = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      points.add(at(k, 1 / (scale * MAP.data()[k] + shift)));
    }
    Fit fit = Fit.of(MAP, points);
    assertThat(fit.calibration().metric()).isTrue();
    assertThat(fit.calibration().alignment().scale()).isCloseTo(scale, within(1e-6));
    assertThat(fit.calibration().alignment().shift()).isCloseTo(shift, within(1e-6));
    assertThat(fit.residuals()).hasSize(count).allMatch(Fit.Residual::used);
    assertThat(fit.residuals()).allSatisfy(r -> assertThat(r.error()).isCloseTo(0, within(1e-5)));
  }

  @Property(tries = 100)
  void upToAThirdOfWrongPointsAreNamedAndDoNoHarm(
      @ForAll @IntRange(min = 6, max = 40) int count, @ForAll long seed) {
    Random random = new Random(seed);
    List<Point> points = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      int pixel = k * 100 / count;
      double metres = 1 / (0.5 * MAP.data()[pixel] + 0.1);
      points.add(at(pixel, k % 3 == 1 ? metres * (5 + random.nextDouble()) : metres));
    }
    Fit fit = Fit.of(MAP, points);
    assertThat(fit.calibration().alignment().scale()).isCloseTo(0.5, within(1e-6));
    for (int k = 0; k < count; k++) {
      assertThat(fit.residuals().get(k).used()).as("point %s", k).isEqualTo(k % 3 != 1);
      assertThat(fit.residuals().get(k).point()).isEqualTo(points.get(k));
    }
    assertThat(fit.residuals().get(1).error()).isBetween(-0.84, -0.79);
  }

  @Test
  void smallErrorsRejectNothing() {
    List<Point> points =
        List.of(at(5, 1.03 / 0.15), at(30, 0.97 / 0.4), at(50, 1.02 / 0.6), at(90, 0.99));
    assertThat(Fit.of(MAP, points).residuals()).allMatch(Fit.Residual::used);
  }

  @Test
  void ofFourPointsNoneIsRejected() {
    Fit fit = Fit.of(MAP, List.of(at(10, 5), at(50, 2), at(70, 7), at(90, 0.4)));
    assertThat(fit.residuals()).allMatch(Fit.Residual::used);
  }

  @Test
  void aReferenceOfAnotherSizeWithHolesAndErrorsIsFitted() {
    DepthMap map = ramp(40, 30);
    float[] metres = new float[20 * 15];
    for (int y = 0; y < 15; y++) {
      for (int x = 0; x < 20; x++) {
        float value = map.value(2 * x + 1, 2 * y + 1);
        metres[y * 20 + x] = 1 / (0.3f * value + 0.2f);
      }
    }
    for (int i = 0; i < metres.length; i += 5) {
      metres[i] = i % 2 == 0 ? Float.NaN : 30;
    }
    Calibration found = Fit.toReference(map, new DepthMap(Kind.METRES, 20, 15, metres));
    assertThat(found.alignment().scale()).isCloseTo(0.3, within(1e-3));
    assertThat(found.alignment().shift()).isCloseTo(0.2, within(1e-3));
  }

  @Test
  void refusesPointsThatSayNothing() {
    refused(List.of(at(1, 1)), "at least two");
    refused(List.of(at(1, 1), at(1, 2)), "same value");
    refused(List.of(at(1, 1), at(5, 1)), "same distance");
    refused(List.of(at(1, 1), at(90, 5)), "contradict");
    refused(List.of(at(1, 1), new Point("lamp", 10, 0, 5)), "lamp lies outside");
    refused(List.of(at(1, 1), new Point("lamp", 0, -1, 5)), "lamp lies outside");
    assertThatThrownBy(() -> new Point("door", 0, 0, 0)).hasMessageContaining("door");
    DepthMap holes = new DepthMap(Kind.DISPARITY, 2, 1, new float[] {Float.NaN, 1});
    assertThatThrownBy(() -> Fit.of(holes, List.of(at(0, 1), at(1, 2))))
        .hasMessageContaining("no value at point 0");
  }

  private static void refused(List<Point> points, String message) {
    assertThatThrownBy(() -> Fit.of(MAP, points))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesReferencesThatSayNothing() {
    float[] nothing = {Float.NaN, 0};
    assertThatThrownBy(() -> Fit.toReference(ramp(2, 1), new DepthMap(Kind.METRES, 2, 1, nothing)))
        .hasMessageContaining("in common");
    float[] flat = {2, 2};
    assertThatThrownBy(() -> Fit.toReference(ramp(2, 1), new DepthMap(Kind.METRES, 2, 1, flat)))
        .hasMessageContaining("one distance");
    assertThatThrownBy(
            () -> Fit.toReference(ramp(20, 10), new DepthMap(Kind.METRES, 4, 4, new float[16])))
        .hasMessageContaining("another shape");
    float[] upsideDown = {1, 2, 3, 4, 5, 6};
    assertThatThrownBy(
            () -> Fit.toReference(ramp(6, 1), new DepthMap(Kind.METRES, 6, 1, upsideDown)))
        .hasMessageContaining("contradict");
  }
}
