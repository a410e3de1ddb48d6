package dev.deltadepth.core.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BandsTest {
  private static final int WIDTH = 1500;
  private static final int HEIGHT = 3001;
  private static final int RADIUS = 7;

  @Test
  void whatIsMadeInBandsIsWhatIsMadeAtOnce() {
    float[] values = new float[WIDTH * HEIGHT];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    List<Integer> heights = new ArrayList<>();
    float[] bands =
        Bands.apply(
            values,
            WIDTH,
            HEIGHT,
            RADIUS,
            (band, rows) -> {
              heights.add(rows);
              return Extremes.highest(band, WIDTH, rows, RADIUS);
            });
    assertThat(bands).isEqualTo(Extremes.highest(values, WIDTH, HEIGHT, RADIUS));
    assertThat(heights).containsExactly(1333 + RADIUS, 1333 + 2 * RADIUS, 335 + RADIUS);
  }

  @Test
  void aSmallPictureIsOneBand() {
    float[] values = {1, 2, 3, 4, 5, 6};
    assertThat(Bands.apply(values, 2, 3, 50, (band, rows) -> band)).isSameAs(values);
  }
}
