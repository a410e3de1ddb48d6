package dev.deltadepth.video.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.Normalization;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColourPlanesTest {
  private static final Colormap INFERNO = Colormap.named("inferno");

  private static float[][] map(int width, int height) {
    Random random = new Random(4);
    float[][] rows = new float[height][width];
    for (float[] row : rows) {
      for (int x = 0; x < width; x++) {
        row[x] = random.nextInt(9) == 0 ? Float.NaN : 1.4f * random.nextFloat() - 0.2f;
      }
    }
    return rows;
  }

  private static byte[] drawn(float[][] rows, boolean nearIsDark, Normalization window) {
    ColourPlanes.Drawing drawing =
        new ColourPlanes(INFERNO, nearIsDark).draw(rows[0].length, rows.length, window);
    for (float[] row : rows) {
      drawing.add(row);
    }
    return drawing.finish();
  }

  /** Light, blueness and redness by BT.709 in its limited range, not rounded. */
  private static double[] expected(float value, boolean nearIsDark) {
    float share = Math.max(0, Math.min(1, value));
    int rgb = Float.isNaN(value) ? 0 : INFERNO.rgb(nearIsDark ? 1 - share : share);
    double r = (rgb >> 16 & 0xff) / 255.0;
    double g = (rgb >> 8 & 0xff) / 255.0;
    double b = (rgb & 0xff) / 255.0;
    double y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    return new double[] {16 + 219 * y, 128 + 224 * (b - y) / 1.8556, 128 + 224 * (r - y) / 1.5748};
  }

  @ParameterizedTest
  @CsvSource({"32, 18, false", "33, 19, false", "33, 18, true", "1, 1, false", "16, 17, true"})
  void everyPixelHasItsLightAndEverySquareItsColour(int width, int height, boolean nearIsDark) {
    float[][] rows = map(width, height);
    byte[] planes = drawn(rows, nearIsDark, new Normalization(0, 1));
    int wide = VideoCodec.H264.side(width);
    int high = VideoCodec.H264.side(height);
    assertThat(planes).hasSize(wide * high * 3 / 2);
    for (int y = 0; y < high; y += 2) {
      for (int x = 0; x < wide; x += 2) {
        double[] mean = new double[3];
        for (int k = 0; k < 4; k++) {
          int row = Math.min(y + k / 2, height - 1);
          int column = Math.min(x + k % 2, width - 1);
          double[] one = expected(rows[row][column], nearIsDark);
          double light = planes[(y + k / 2) * wide + x + k % 2] & 0xff;
          assertThat(light).isCloseTo(one[0], within(3.0));
          for (int c = 0; c < 3; c++) {
            mean[c] += one[c] / 4;
          }
        }
        int square = wide * high + y / 2 * (wide / 2) + x / 2;
        double blue = planes[square] & 0xff;
        double red = planes[square + wide * high / 4] & 0xff;
        assertThat(blue).isCloseTo(mean[1], within(3.0));
        assertThat(red).isCloseTo(mean[2], within(3.0));
      }
    }
  }

  @Test
  void aMapWithoutAnExtentHasOneColour() {
    byte[] planes = drawn(new float[][] {{1, 1}}, false, new Normalization(1, 1));
    assertThat(planes[0]).isEqualTo(planes[1]);
  }
}
