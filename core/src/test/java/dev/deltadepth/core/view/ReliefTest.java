package dev.deltadepth.core.view;

import static dev.deltadepth.core.view.StereoPairTest.map;
import static dev.deltadepth.core.view.StereoPairTest.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReliefTest {
  private static final int SIZE = 64;

  /** A near square in the middle of a far wall. */
  private static DepthMap square() {
    return map(SIZE, SIZE, (x, y) -> x >= 20 && x < 44 && y >= 20 && y < 44 ? 1 : 0);
  }

  /** Twice the area of all triangles, positive if they are counter-clockwise with y up. */
  private static double area(Relief.Layer layer) {
    double sum = 0;
    float[] v = layer.vertices();
    for (int k = 0; k < layer.triangles().length; k += 3) {
      int a = 3 * layer.triangles()[k];
      int b = 3 * layer.triangles()[k + 1];
      int c = 3 * layer.triangles()[k + 2];
      double one = (v[b] - v[a]) * (v[a + 1] - v[c + 1]) - (v[c] - v[a]) * (v[a + 1] - v[b + 1]);
      assertThat(one).isPositive();
      sum += one;
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"2,2", "2,9", "31,17", "64,64"})
  void theFrontCoversEveryCellOnce(int width, int height) {
    Relief relief =
        Relief.of(noise(width, height), map(width, height, (x, y) -> (x * 7 + y * 3) % 5), 3);
    double cells = (width - 1.0) * (height - 1);
    assertThat(area(relief.front())).isCloseTo(2 * cells / (width * height), within(1e-4));
  }

  @Test
  void noTriangleOfTheFrontReachesAcrossAnEdge() {
    Relief relief = Relief.of(noise(SIZE, SIZE), square(), 4);
    float[] v = relief.front().vertices();
    int[] triangles = relief.front().triangles();
    for (int k = 0; k < triangles.length; k += 3) {
      float low = 1;
      float high = 0;
      for (int i = k; i < k + 3; i++) {
        low = Math.min(low, v[3 * triangles[i] + 2]);
        high = Math.max(high, v[3 * triangles[i] + 2]);
      }
      assertThat(high - low).isLessThan(0.5f);
    }
  }

  @Test
  void theWallGoesOnBehindTheSquare() {
    Relief relief = Relief.of(noise(SIZE, SIZE), square(), 4);
    assertThat(relief.back().triangles()).isNotEmpty();
    float[] v = relief.back().vertices();
    // What is drawn behind the square's edge is as far as the wall.
    int inside = 3 * (32 * SIZE + 20);
    assertThat(v[inside + 2]).isLessThan(0.1f);
    assertThat(relief.front().vertices()[inside + 2]).isGreaterThan(0.9f);
    assertThat(area(relief.back())).isLessThan(area(relief.front()) / 2);
  }

  @Test
  void aFlatMapHasNothingBehind() {
    Relief relief = Relief.of(noise(8, 8), map(8, 8, (x, y) -> 3), 4);
    assertThat(relief.back().triangles()).isEmpty();
    assertThat(relief.front().triangles()).hasSize(7 * 7 * 6);
  }

  @Test
  void reliefsOfTheSamePhotoAndMapAreEqual() {
    Relief relief = Relief.of(noise(SIZE, SIZE), square(), 4);
    assertThat(relief)
        .isEqualTo(Relief.of(noise(SIZE, SIZE), square(), 4))
        .hasSameHashCodeAs(Relief.of(noise(SIZE, SIZE), square(), 4))
        .isNotEqualTo(Relief.of(noise(SIZE, SIZE), square(), 8));
    assertThat(relief.front()).hasToString("Layer[5760 vertices, 8562 triangles]");
  }

  @Test
  void whatCannotBeAReliefSaysSo() {
    assertThatThrownBy(() -> Relief.of(noise(1, 8), map(1, 8, (x, y) -> y), 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two columns");
    assertThatThrownBy(() -> Relief.of(noise(8, 8), map(8, 8, (x, y) -> y), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
