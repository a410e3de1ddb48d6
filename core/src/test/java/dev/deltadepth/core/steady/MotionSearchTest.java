package dev.deltadepth.core.steady;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MotionSearchTest {
  private static final int WIDTH = 128;
  private static final int HEIGHT = 64;

  private final Pyramid now = new Pyramid(WIDTH, HEIGHT);
  private final Pyramid before = new Pyramid(WIDTH, HEIGHT);
  private final float[] right = new float[WIDTH * HEIGHT];
  private final float[] down = new float[WIDTH * HEIGHT];

  private void search(DoubleBinaryOperator here, DoubleBinaryOperator there) {
    now.take(Made.picture(WIDTH, HEIGHT, here));
    before.take(Made.picture(WIDTH, HEIGHT, there));
    new MotionSearch(now).search(now, before, right, down);
  }

  /** The largest distance from a motion but for one pixel in fifty, away from the border. */
  private double most(double u, double v) {
    List<Double> errors = new ArrayList<>();
    for (int y = 20; y < HEIGHT - 20; y++) {
      for (int x = 20; x < WIDTH - 20; x++) {
        int i = y * WIDTH + x;
        errors.add(Math.hypot(right[i] - u, down[i] - v));
      }
    }
    Collections.sort(errors);
    return errors.get(errors.size() * 49 / 50);
  }

  @ParameterizedTest
  @CsvSource({"2.3, -1.6", "-0.5, 0.25", "7.4, 5.2", "-12, 3"})
  void aTranslatingTextureIsFound(double u, double v) {
    DoubleBinaryOperator waves = Made.waves(1);
    search(waves, (x, y) -> waves.applyAsDouble(x - u, y - v));
    assertThat(most(u, v)).isLessThan(0.3);
  }

  @Test
  void itIsFoundInOtherLight() {
    DoubleBinaryOperator waves = Made.waves(1);
    search(waves, (x, y) -> 0.95 * waves.applyAsDouble(x - 3.5, y - 1) + 15);
    assertThat(most(3.5, 1)).isLessThan(0.3);
  }

  @Test
  void whatStandsStillIsExactlyStillDespiteNoise() {
    DoubleBinaryOperator waves = Made.waves(3);
    Random random = new Random(1);
    search(
        (x, y) -> waves.applyAsDouble(x, y) + 1.2 * random.nextGaussian(),
        (x, y) -> waves.applyAsDouble(x, y) + 1.2 * random.nextGaussian());
    assertThat(right).containsOnly(0);
    assertThat(down).containsOnly(0);
  }

  @Test
  void withoutTextureNothingMoves() {
    search((x, y) -> 90, (x, y) -> 90);
    assertThat(right).containsOnly(0);
    assertThat(down).containsOnly(0);
  }

  @Test
  void aThingMovesBeforeAStillBackground() {
    DoubleBinaryOperator behind = Made.waves(4);
    DoubleBinaryOperator thing = Made.waves(5);
    search(
        (x, y) -> inside(x - 50, y - 20) ? thing.applyAsDouble(x, y) : behind.applyAsDouble(x, y),
        (x, y) ->
            inside(x - 44, y - 20) ? thing.applyAsDouble(x + 6, y) : behind.applyAsDouble(x, y));
    int middle = 30 * WIDTH + 62;
    assertThat(Math.hypot(right[middle] + 6, down[middle])).isLessThan(0.3);
    int still = 20 * WIDTH + 100;
    assertThat(right[still]).isZero();
    assertThat(down[still]).isZero();
  }

  private static boolean inside(double x, double y) {
    return x >= 0 && x < 24 && y >= 0 && y < 24;
  }
}
