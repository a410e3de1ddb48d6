package dev.deltadepth.core.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.live.YuvFrame.Plane;
import dev.deltadepth.core.live.YuvFrame.Range;
import org.junit.jupiter.api.Test;

class YuvFrameTest {
  private static Plane plane(int rowStride, int pixelStride, int... values) {
    byte[] data = new byte[values.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) values[i];
    }
    return new Plane(data, rowStride, pixelStride);
  }

  private static int[] pixel(Range range, int y, int u, int v) {
    RgbImage one =
        new YuvFrame(1, 1, plane(1, 1, y), plane(1, 1, u), plane(1, 1, v), range).picture(0, false);
    return new int[] {one.value(0, 0, 0), one.value(0, 0, 1), one.value(0, 0, 2)};
  }

  @Test
  void knownColoursOfBothRanges() {
    assertThat(pixel(Range.FULL, 0, 128, 128)).containsExactly(0, 0, 0);
    assertThat(pixel(Range.FULL, 255, 128, 128)).containsExactly(255, 255, 255);
    // JFIF: red 76, 85, 255; green 150, 44, 21; blue 29, 255, 107.
    assertThat(pixel(Range.FULL, 76, 85, 255)).containsExactly(254, 0, 0);
    assertThat(pixel(Range.FULL, 150, 44, 21)).containsExactly(0, 255, 1);
    assertThat(pixel(Range.FULL, 29, 255, 107)).containsExactly(0, 0, 254);
    assertThat(pixel(Range.LIMITED, 16, 128, 128)).containsExactly(0, 0, 0);
    assertThat(pixel(Range.LIMITED, 235, 128, 128)).containsExactly(255, 255, 255);
    // BT.601's colour bars.
    assertThat(pixel(Range.LIMITED, 81, 90, 240)).containsExactly(254, 0, 0);
    assertThat(pixel(Range.LIMITED, 145, 54, 34)).containsExactly(0, 255, 1);
    assertThat(pixel(Range.LIMITED, 41, 240, 110)).containsExactly(0, 0, 255);
  }

  @Test
  void everyValueIsThatOfTheFormulas() {
    for (int y = 0; y < 256; y += 5) {
      for (int u = 0; u < 256; u += 5) {
        for (int v = 0; v < 256; v += 5) {
          check(pixel(Range.FULL, y, u, v), y, (u - 128), (v - 128));
          check(
              pixel(Range.LIMITED, y, u, v),
              (y - 16) * 255 / 219.0,
              (u - 128) * 255 / 224.0,
              (v - 128) * 255 / 224.0);
        }
      }
    }
  }

  private static void check(int[] rgb, double y, double u, double v) {
    double[] exact = {
      y + 1.402 * v, y - 0.114 * 1.772 / 0.587 * u - 0.299 * 1.402 / 0.587 * v, y + 1.772 * u
    };
    for (int c = 0; c < 3; c++) {
      assertThat((double) rgb[c])
          .isCloseTo(Math.max(0, Math.min(255, exact[c])), within(0.5 + 1e-4));
    }
  }

  /** Five by three pixels of different brightness; three by two colours. */
  private static final int[] LIGHT = {
    10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150
  };

  private static final int[] BLUE = {100, 128, 150, 90, 140, 160};
  private static final int[] RED = {120, 130, 140, 150, 110, 128};

  private static YuvFrame planar() {
    return new YuvFrame(5, 3, plane(5, 1, LIGHT), plane(3, 1, BLUE), plane(3, 1, RED), Range.FULL);
  }

  @Test
  void oddSizesTakeTheLastColours() {
    RgbImage picture = planar().picture(0, false);
    assertThat(picture.width()).isEqualTo(5);
    assertThat(picture.height()).isEqualTo(3);
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 5; column++) {
        int colour = row / 2 * 3 + column / 2;
        assertThat(
                new int[] {
                  picture.value(column, row, 0),
                  picture.value(column, row, 1),
                  picture.value(column, row, 2)
                })
            .containsExactly(pixel(Range.FULL, LIGHT[row * 5 + column], BLUE[colour], RED[colour]));
      }
    }
  }

  @Test
  void interleavedPlanesAndPaddingAreTheSamePicture() {
    // Rows of eight bytes for five pixels; the last row ends with its last value.
    byte[] light = new byte[2 * 8 + 5];
    byte[] both = new byte[10 + 6];
    for (int i = 0; i < LIGHT.length; i++) {
      light[i / 5 * 8 + i % 5] = (byte) LIGHT[i];
    }
    for (int i = 0; i < BLUE.length; i++) {
      both[i / 3 * 10 + i % 3 * 2] = (byte) BLUE[i];
      both[i / 3 * 10 + i % 3 * 2 + 1] = (byte) RED[i];
    }
    // Android gives the second of two interleaved planes as the same bytes, one later.
    byte[] second = new byte[both.length - 1];
    System.arraycopy(both, 1, second, 0, second.length);
    Plane y = new Plane(light, 8, 1);
    YuvFrame nv12 =
        new YuvFrame(5, 3, y, new Plane(both, 10, 2), new Plane(second, 10, 2), Range.FULL);
    assertThat(nv12.picture(0, false)).isEqualTo(planar().picture(0, false));
    YuvFrame nv21 =
        new YuvFrame(5, 3, y, new Plane(second, 10, 2), new Plane(both, 10, 2), Range.FULL);
    YuvFrame exchanged =
        new YuvFrame(5, 3, plane(5, 1, LIGHT), plane(3, 1, RED), plane(3, 1, BLUE), Range.FULL);
    assertThat(nv21.picture(0, false)).isEqualTo(exchanged.picture(0, false));
  }

  @Test
  void framesAreTurnedClockwiseAndThenMirrored() {
    RgbImage upright = planar().picture(0, false);
    for (int degrees = 0; degrees < 360; degrees += 90) {
      RgbImage expected = upright;
      for (int turned = 0; turned < degrees; turned += 90) {
        expected = quarter(expected);
      }
      assertThat(planar().picture(degrees, false)).as("%d", degrees).isEqualTo(expected);
      assertThat(planar().picture(degrees, true)).as("%d", degrees).isEqualTo(mirrored(expected));
    }
  }

  private static RgbImage quarter(RgbImage image) {
    byte[] out = new byte[image.data().length];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int to = x * image.height() + image.height() - 1 - y;
        System.arraycopy(image.data(), 3 * (y * image.width() + x), out, 3 * to, 3);
      }
    }
    return new RgbImage(/* width= */ image.height(), /* height= */ image.width(), out);
  }

  private static RgbImage mirrored(RgbImage image) {
    byte[] out = new byte[image.data().length];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int to = y * image.width() + image.width() - 1 - x;
        System.arraycopy(image.data(), 3 * (y * image.width() + x), out, 3 * to, 3);
      }
    }
    return new RgbImage(image.width(), image.height(), out);
  }

  @Test
  void aPictureComesBackFromItsPlanes() {
    byte[] rgb = new byte[3 * 6 * 5];
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 6; x++) {
        // The colours change every two pixels, as far as these planes can tell.
        int at = 3 * (y * 6 + x);
        rgb[at] = (byte) (x / 2 * 100 + 20);
        rgb[at + 1] = (byte) (y / 2 * 90 + 30);
        rgb[at + 2] = (byte) 200;
      }
    }
    RgbImage picture = new RgbImage(6, 5, rgb);
    YuvFrame frame = YuvFrame.of(picture);
    assertThat(YuvFrame.of(new RgbImage(1, 1, new byte[] {(byte) 255, 0, 0})).y().value(0, 0))
        .isEqualTo(81);
    assertThat(YuvFrame.of(new RgbImage(1, 1, new byte[] {(byte) 255, 0, 0})).u().value(0, 0))
        .isEqualTo(90);
    assertThat(YuvFrame.of(new RgbImage(1, 1, new byte[] {(byte) 255, 0, 0})).v().value(0, 0))
        .isEqualTo(240);
    RgbImage back = frame.picture(0, false);
    for (int i = 0; i < rgb.length; i++) {
      assertThat((double) (back.data()[i] & 0xff)).isCloseTo(rgb[i] & 0xff, within(2.0));
    }
  }

  @Test
  void whatDoesNotFitIsRefusedInWords() {
    Plane two = plane(2, 1, 0, 0, 0, 0);
    Plane one = plane(1, 1, 128);
    assertThatThrownBy(() -> new YuvFrame(0, 2, two, one, one, Range.FULL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width and height of a frame must be at least 1, not 0x2");
    assertThatThrownBy(() -> new YuvFrame(2, 3, two, one, one, Range.FULL))
        .hasMessage("Y: 2x3 values need 6 bytes, not 4");
    assertThatThrownBy(() -> new YuvFrame(3, 1, two, one, one, Range.FULL))
        .hasMessage("Y: rows of 3 values, 1 bytes apart, do not fit into a row stride of 2");
    assertThatThrownBy(() -> new YuvFrame(2, 2, two, plane(1, 1), one, Range.FULL))
        .hasMessage("U: 1x1 values need 1 bytes, not 0");
    assertThatThrownBy(() -> plane(0, 1, 0)).hasMessage("strides must be at least 1, not 0 and 1");
    assertThatThrownBy(() -> new YuvFrame(2, 2, two, one, one, Range.FULL).picture(45, false))
        .hasMessage("a frame is turned by 0, 90, 180 or 270 degrees, not 45");
    assertThatThrownBy(() -> new YuvFrame(2, 2, two, one, one, Range.FULL).picture(-90, false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
