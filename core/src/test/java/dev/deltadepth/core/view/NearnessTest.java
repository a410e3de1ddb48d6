package dev.deltadepth.core.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NearnessTest {
  private static final float NAN = Float.NaN;

  @Test
  void theFarthestIsZeroAndTheNearestIsOne() {
    assertThat(of(2, 3, 4, 6)).containsExactly(0, 0.25f, 0.5f, 1);
    DepthMap metres =
        new DepthMap(Kind.METRES, 4, 1, new float[] {1, 2, 4, Float.POSITIVE_INFINITY});
    assertThat(Nearness.of(metres).data()).containsExactly(1, 0.5f, 0.25f, 0);
  }

  @Test
  void whatHasNoValueTakesItsNeighbours() {
    assertThat(of(NAN, 1, NAN, 3)).containsExactly(0, 0, 0, 1);
    float[] rows = {NAN, NAN, 1, 2, NAN, NAN};
    assertThat(Nearness.of(new DepthMap(Kind.DISPARITY, 2, 3, rows)).data())
        .containsExactly(0, 1, 0, 1, 0, 1);
    assertThat(of(NAN, Float.POSITIVE_INFINITY)).containsExactly(0.5f, 0.5f);
    assertThat(of(7, 7)).containsExactly(0.5f, 0.5f);
  }

  @Test
  void theSubjectIsTheForegroundInTheMiddle() {
    float[] values = new float[100];
    for (int i = 0; i < values.length; i++) {
      int x = i % 10;
      // A wall, a person beside the centre, and something nearer at the very edge.
      values[i] = x == 3 ? 0.7f : x == 9 ? 1 : 0.1f;
    }
    Nearness nearness = new Nearness(10, 10, values);
    assertThat(nearness.subject()).isEqualTo(0.7f);
    assertThat(nearness.around(0.5, 0.5)).isEqualTo(0.1f);
    assertThat(nearness.around(1, 1)).isEqualTo(1);
    assertThat(new Nearness(1, 1, new float[] {0.5f}).subject()).isEqualTo(0.5);
  }

  @Test
  void aFewWrongValuesDoNotSetTheRange() {
    float[] values = new float[100_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    values[500] = 1e9f;
    float[] nearness = Nearness.of(new DepthMap(Kind.DISPARITY, 1000, 100, values)).data();
    assertThat(nearness[500]).isEqualTo(1);
    assertThat(nearness[50_000]).isBetween(0.49f, 0.51f);
  }

  @Test
  void extremesAreThoseOfTheSquareAround() {
    Random random = new Random(3);
    int width = 13;
    int height = 9;
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    for (int radius = 0; radius < 12; radius++) {
      float[] high = Extremes.highest(values, width, height, radius);
      float[] low = Extremes.lowest(values, width, height, radius);
      for (int i = 0; i < values.length; i++) {
        float highest = 0;
        float lowest = 1;
        for (int j = 0; j < values.length; j++) {
          if (Math.abs(i % width - j % width) <= radius
              && Math.abs(i / width - j / width) <= radius) {
            highest = Math.max(highest, values[j]);
            lowest = Math.min(lowest, values[j]);
          }
        }
        assertThat(high[i]).isEqualTo(highest);
        assertThat(low[i]).isEqualTo(lowest);
      }
    }
  }

  @Test
  void aRampBetweenTwoSurfacesBecomesAStepAndASlopeStays() {
    int width = 512;
    float[] edge = new float[width * width];
    float[] slope = new float[width * width];
    for (int i = 0; i < edge.length; i++) {
      int x = i % width;
      edge[i] = Math.max(0.2f, Math.min(0.8f, 0.2f + 0.6f * (x - 254) / 4));
      slope[i] = x / (float) width;
    }
    float[] steps = Edges.steps(new Nearness(width, width, edge));
    for (float value : steps) {
      assertThat(value).isIn(0.2f, 0.8f);
    }
    assertThat(Edges.steps(new Nearness(width, width, slope))).isEqualTo(slope);
  }

  @Test
  void theArrayMustFit() {
    assertThatThrownBy(() -> new Nearness(2, 2, new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] of(float... values) {
    return Nearness.of(new DepthMap(Kind.DISPARITY, values.length, 1, values)).data();
  }
}
