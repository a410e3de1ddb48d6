package dev.deltadepth.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class WindowMeansTest {

  private static double mean(float[] values, int width, int height, int x, int y, int radius) {
    double sum = 0;
    int count = 0;
    for (int j = Math.max(0, y - radius); j <= Math.min(height - 1, y + radius); j++) {
      for (int i = Math.max(0, x - radius); i <= Math.min(width - 1, x + radius); i++) {
        sum += values[j * width + i];
        count++;
      }
    }
    return sum / count;
  }

  @Property(tries = 200)
  void eachValueBecomesTheMeanOfItsWindow(
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll @IntRange(min = 1, max = 4) int radius,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    float[] means = values.clone();
    new WindowMeans(1, width, height, radius).over(means);
    for (int i = 0; i < values.length; i++) {
      double expected = mean(values, width, height, i % width, i / width, radius);
      assertThat((double) means[i]).isCloseTo(expected, within(1e-6));
    }
  }

  @Property(tries = 50)
  void quantitiesDoNotMix(@ForAll @IntRange(min = 1, max = 12) int height, @ForAll long seed) {
    Random random = new Random(seed);
    int width = 9;
    float[][] values = new float[2][width * height];
    for (int i = 0; i < width * height; i++) {
      values[0][i] = random.nextFloat();
      values[1][i] = 100 + random.nextFloat();
    }
    WindowMeans means = new WindowMeans(2, width, height, 2);
    float[] out = new float[width];
    for (int y = 0; y < height + 2; y++) {
      for (int k = 0; k < 2 && y < height; k++) {
        System.arraycopy(values[k], y * width, means.row(k, y), 0, width);
      }
      for (int k = 0; k < 2 && y >= 2; k++) {
        means.mean(k, y - 2, out);
        for (int x = 0; x < width; x++) {
          double expected = mean(values[k], width, height, x, y - 2, 2);
          assertThat((double) out[x]).isCloseTo(expected, within(1e-4));
        }
      }
    }
  }
}
