package dev.deltadepth.core.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.RgbImage;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StereoPairTest {

  @Test
  void aFlatMapGivesThePhotoTwice() {
    RgbImage photo = noise(31, 17);
    DepthMap flat = map(31, 17, (x, y) -> 4);
    StereoPair pair = StereoPair.of(photo, flat, new Stereo(10, 0));
    assertThat(pair.left()).isEqualTo(photo);
    assertThat(pair.right()).isEqualTo(photo);
    assertThat(StereoPair.of(photo, map(31, 17, (x, y) -> x), new Stereo(0, 0)).left())
        .isEqualTo(photo);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,9", "9,1", "2,2", "3,5", "33,2"})
  void anySizeWorks(int width, int height) {
    RgbImage photo = noise(width, height);
    DepthMap map = map(width, height, (x, y) -> (x * 7 + y * 3) % 5);
    StereoPair pair = StereoPair.of(photo, map, new Stereo(20, 0.3));
    assertThat(pair.left().width()).isEqualTo(width);
    assertThat(pair.right().height()).isEqualTo(height);
    for (StereoLayout layout : StereoLayout.values()) {
      assertThat(layout.join(pair).data()).isNotEmpty();
    }
  }

  /** A square in front of a wall: what is on the screen stays, what is in front moves apart. */
  @Test
  void whatIsNearMovesApartAndTheScreenStays() {
    int width = 200;
    RgbImage photo = striped(width, 40);
    DepthMap map = map(width, 40, (x, y) -> inSquare(x, y) ? 2 : 1);
    StereoPair pair = StereoPair.of(photo, map, new Stereo(8, 0));
    for (int x = 0; x < 60; x++) {
      assertThat(pair.left().value(x, 20, 0)).isEqualTo(photo.value(x, 20, 0));
      assertThat(pair.right().value(x, 20, 0)).isEqualTo(photo.value(x, 20, 0));
    }
    // 8 % of 200 pixels: 8 to the right for the left eye, 8 to the left for the right eye.
    for (int x = 84; x < 116; x++) {
      assertThat(pair.left().value(x + 8, 20, 0)).isEqualTo(photo.value(x, 20, 0));
      assertThat(pair.right().value(x - 8, 20, 0)).isEqualTo(photo.value(x, 20, 0));
    }
  }

  @Test
  void holesAreFilledFromTheBackgroundAlone() {
    int width = 200;
    byte[] rgb = new byte[width * 40 * 3];
    for (int i = 0; i < width * 40; i++) {
      boolean near = inSquare(i % width, i / width);
      // The wall is green of changing strength, the square is red.
      rgb[3 * i + (near ? 0 : 1)] = (byte) (near ? 200 : 100 + i % 7);
    }
    DepthMap map = map(width, 40, (x, y) -> inSquare(x, y) ? 2 : 1);
    StereoPair pair = StereoPair.of(new RgbImage(width, 40, rgb), map, new Stereo(10, 0.5));
    for (RgbImage eye : new RgbImage[] {pair.left(), pair.right()}) {
      int red = 0;
      for (int x = 0; x < width; x++) {
        boolean isRed = eye.value(x, 20, 0) > 0;
        red += isRed ? 1 : 0;
        assertThat(eye.value(x, 20, 1)).isBetween(isRed ? 0 : 100, 106);
      }
      assertThat(red).isCloseTo(40, within(3));
    }
  }

  @Test
  void metresWorkAsWellAndWhatHasNoValueIsFilled() {
    RgbImage photo = striped(100, 20);
    DepthMap disparity = map(100, 20, (x, y) -> x < 50 ? 1 : 0.25f);
    DepthMap metres =
        new DepthMap(Kind.METRES, 100, 20, map(100, 20, (x, y) -> x < 50 ? 1 : 4).data());
    assertThat(StereoPair.of(photo, metres, Stereo.defaults()))
        .isEqualTo(StereoPair.of(photo, disparity, Stereo.defaults()));
    disparity.data()[10 * 100 + 20] = Float.NaN;
    assertThat(StereoPair.of(photo, disparity, Stereo.defaults()))
        .isEqualTo(StereoPair.of(photo, metres, Stereo.defaults()));
  }

  @Test
  void nothingButGoodSettingsIsTaken() {
    assertThatThrownBy(() -> new Stereo(-1, 0.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Stereo(21, 0.5)).hasMessageContaining("between 0 and 20 percent");
    assertThatThrownBy(() -> new Stereo(2, Double.NaN)).hasMessageContaining("between 0 and 1");
    assertThatThrownBy(() -> StereoPair.of(noise(4, 4), map(4, 5, (x, y) -> x), Stereo.defaults()))
        .hasMessageContaining("4 x 4 pixels, but its map 4 x 5");
    assertThatThrownBy(() -> new StereoPair(noise(2, 2), noise(3, 2)))
        .hasMessageContaining("differ in size");
  }

  @Test
  void layoutsPutThemWhereTheyBelong() {
    StereoPair pair = new StereoPair(grey(4, 2, 10), grey(4, 2, 20));
    assertThat(row(StereoLayout.SIDE_BY_SIDE.join(pair), 0))
        .containsExactly(10, 10, 10, 10, 20, 20, 20, 20);
    assertThat(row(StereoLayout.SIDE_BY_SIDE.join(pair.crossed()), 1)).startsWith(20).endsWith(10);
    assertThat(row(StereoLayout.HALF_SIDE_BY_SIDE.join(pair), 0)).containsExactly(10, 10, 20, 20);
    RgbImage over = StereoLayout.TOP_BOTTOM.join(pair);
    assertThat(over.height()).isEqualTo(4);
    assertThat(row(over, 1)).containsOnly(10);
    assertThat(row(over, 2)).containsOnly(20);
    assertThat(StereoLayout.HALF_TOP_BOTTOM.join(pair).height()).isEqualTo(2);
    RgbImage rows = StereoLayout.INTERLACED.join(pair);
    assertThat(row(rows, 0)).containsOnly(10);
    assertThat(row(rows, 1)).containsOnly(20);
    assertThat(StereoLayout.named("half-side-by-side")).contains(StereoLayout.HALF_SIDE_BY_SIDE);
    assertThat(StereoLayout.named("sideways")).isEmpty();
  }

  @Test
  void anaglyphsMixAsTheirMatricesSay() {
    StereoPair pair = new StereoPair(colour(200, 100, 50), colour(10, 20, 30));
    assertThat(Anaglyph.COLOUR.join(pair)).isEqualTo(colour(200, 20, 30));
    // 0.299 x 200 + 0.587 x 100 + 0.114 x 50 = 124.2, and 18.15 of the other one.
    assertThat(Anaglyph.GREY.join(pair)).isEqualTo(colour(124, 18, 18));
    assertThat(Anaglyph.HALF_COLOUR.join(pair)).isEqualTo(colour(124, 20, 30));
    // White and black stay what they are: the rows of the two matrices add up to about one.
    StereoPair white = new StereoPair(colour(255, 255, 255), colour(255, 255, 255));
    RgbImage sum = Anaglyph.DUBOIS.join(white);
    for (int c = 0; c < 3; c++) {
      assertThat(sum.value(0, 0, c)).isBetween(253, 255);
    }
    // Red alone for the left eye: 0.437 of the light of 255, encoded, is 177; the rest is below 0.
    StereoPair red = new StereoPair(colour(255, 0, 0), colour(0, 0, 0));
    assertThat(Anaglyph.DUBOIS.join(red)).isEqualTo(colour(177, 0, 0));
    assertThat(Anaglyph.named("half-colour")).contains(Anaglyph.HALF_COLOUR);
    assertThat(Anaglyph.named("red")).isEmpty();
  }

  private static boolean inSquare(int x, int y) {
    return x >= 80 && x < 120 && y >= 5 && y < 35;
  }

  interface Values {
    float at(int x, int y);
  }

  static DepthMap map(int width, int height, Values values) {
    float[] data = new float[width * height];
    for (int i = 0; i < data.length; i++) {
      data[i] = values.at(i % width, i / width);
    }
    return new DepthMap(Kind.DISPARITY, width, height, data);
  }

  static RgbImage noise(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    new Random(5).nextBytes(rgb);
    return new RgbImage(width, height, rgb);
  }

  private static RgbImage striped(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (100 + (i / 3 % width * 37) % 100);
    }
    return new RgbImage(width, height, rgb);
  }

  private static RgbImage grey(int width, int height, int value) {
    byte[] rgb = new byte[width * height * 3];
    Arrays.fill(rgb, (byte) value);
    return new RgbImage(width, height, rgb);
  }

  private static RgbImage colour(int red, int green, int blue) {
    return new RgbImage(1, 1, new byte[] {(byte) red, (byte) green, (byte) blue});
  }

  private static int[] row(RgbImage image, int y) {
    int[] row = new int[image.width()];
    for (int x = 0; x < row.length; x++) {
      row[x] = image.value(x, y, 0);
    }
    return row;
  }
}
