package dev.deltadepth.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanarImageTest {

  /** Red, green and blue of the pixels of a row. */
  private static float[][] colours(PlanarImage image, int y) {
    float[][] channels = new float[3][image.width()];
    image.row(y, channels[0], channels[1], channels[2]);
    // Functions that are one colour each.
    float[][] terms = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}};
    image.adapt(terms[0], terms[1], terms[2], terms[3]);
    float[][] colours = new float[image.width()][3];
    for (int x = 0; x < image.width(); x++) {
      for (int c = 0; c < 3; c++) {
        colours[x][c] = terms[3][c];
        for (int k = 0; k < 3; k++) {
          colours[x][c] += terms[k][c] * channels[k][x];
        }
      }
    }
    return colours;
  }

  @ParameterizedTest
  @CsvSource({
    // Primaries as both recommendations store them: light, blueness, redness.
    "BT601, 81, 90, 240, 1, 0, 0",
    "BT601, 145, 54, 34, 0, 1, 0",
    "BT601, 41, 240, 110, 0, 0, 1",
    "BT709, 63, 102, 240, 1, 0, 0",
    "BT709, 173, 42, 26, 0, 1, 0",
    "BT709, 32, 240, 118, 0, 0, 1",
    "BT709, 235, 128, 128, 1, 1, 1",
    "BT601, 16, 128, 128, 0, 0, 0"
  })
  void primariesAreThemselves(
      PlanarImage.Matrix matrix,
      int light,
      int blueness,
      int redness,
      float red,
      float green,
      float blue) {
    byte[] data = {(byte) light, (byte) blueness, (byte) redness};
    PlanarImage image = new PlanarImage(1, 1, matrix, data);
    assertThat(colours(image, 0)[0])
        .usingComparatorWithPrecision(0.01f)
        .containsExactly(red, green, blue);
  }

  @Test
  void fourPixelsShareAColourAndOddSidesHaveTheirs() {
    // 3x3: 9 of light, 2x2 of each colour.
    byte[] data = new byte[PlanarImage.bytes(3, 3)];
    assertThat(data).hasSize(17);
    Arrays.fill(data, 0, 9, (byte) 126);
    data[9 + 3] = (byte) 240;
    Arrays.fill(data, 9, 12, (byte) 128);
    Arrays.fill(data, 13, 17, (byte) 128);
    PlanarImage image = new PlanarImage(3, 3, PlanarImage.Matrix.BT709, data);
    for (int y = 0; y < 3; y++) {
      float[][] colours = colours(image, y);
      for (int x = 0; x < 3; x++) {
        boolean blue = x == 2 && y == 2;
        assertThat(colours[x][2] > 0.9f).as("%s, %s", x, y).isEqualTo(blue);
        assertThat(colours[x][0]).isCloseTo(110 / 219f, within(1e-5f));
      }
    }
  }

  @Test
  void otherLengthsAreRefused() {
    assertThatThrownBy(() -> new PlanarImage(3, 3, PlanarImage.Matrix.BT709, new byte[13]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("13 bytes do not make a 3x3 planar picture");
  }
}
