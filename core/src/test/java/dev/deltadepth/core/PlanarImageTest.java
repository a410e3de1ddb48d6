package dev.deltadepth.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanarImageTest {

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
    float[][] row = new float[3][1];
    new PlanarImage(1, 1, matrix, data).row(0, row[0], row[1], row[2]);
    assertThat(row[0][0]).isCloseTo(red, within(0.01f));
    assertThat(row[1][0]).isCloseTo(green, within(0.01f));
    assertThat(row[2][0]).isCloseTo(blue, within(0.01f));
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
    float[][] rows = new float[3][3];
    for (int y = 0; y < 3; y++) {
      image.row(y, rows[0], rows[1], rows[2]);
      for (int x = 0; x < 3; x++) {
        boolean blue = x == 2 && y == 2;
        assertThat(rows[2][x] > 0.9f).as("%s, %s", x, y).isEqualTo(blue);
        assertThat(rows[0][x]).isCloseTo(110 / 219f, within(1e-5f));
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
