package dev.deltadepth.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.DepthMap.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColormapTest {

  /** Entries 0, 128 and 255 of matplotlib's tables; turbo's of Mikhailov's. */
  @ParameterizedTest
  @CsvSource({
    "inferno, 000004, bc3754, fcffa4",
    "viridis, 440154, 21918c, fde725",
    "magma, 000004, b73779, fcfdbf",
    "plasma, 0d0887, cc4778, f0f921",
    "turbo, 30123b, a4fc3c, 7a0403",
    "spectral, 5e4fa2, ffffbe, 9e0142",
    "gray, 000000, 808080, ffffff"
  })
  void coloursAreThePublishedOnes(String name, String first, String middle, String last) {
    Colormap map = Colormap.named(name);
    assertNear(map.rgb(0), first);
    assertNear(map.rgb(128 / 255f), middle);
    assertNear(map.rgb(1), last);
  }

  private static void assertNear(int rgb, String published) {
    int expected = Integer.parseInt(published, 16);
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(Math.abs((rgb >> shift & 0xff) - (expected >> shift & 0xff)))
          .as("%06x against %s", rgb, published)
          .isLessThanOrEqualTo(5);
    }
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNamesThereAre() {
    assertThatThrownBy(() -> Colormap.named("jet"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jet")
        .hasMessageContaining("inferno, viridis, magma, plasma, turbo, spectral, gray");
  }

  @Test
  void theLowestIsFirstTheHighestLastAndNothingBlack() {
    DepthMap map =
        new DepthMap(Kind.DISPARITY, 4, 1, new float[] {3, Float.NaN, 7, Float.POSITIVE_INFINITY});
    RgbImage image = Colormap.named("viridis").apply(map);
    assertThat(pixel(image, 0)).isEqualTo(0x440154);
    assertThat(pixel(image, 1)).isZero();
    assertThat(pixel(image, 2)).isEqualTo(0xfde725);
    assertThat(pixel(image, 3)).isEqualTo(0xfde725);
  }

  @Test
  void aGivenWindowHoldsForAllPictures() {
    DepthMap map = new DepthMap(Kind.DISPARITY, 3, 1, new float[] {-1, 5, 20});
    RgbImage image = Colormap.named("gray").apply(map, new Normalization(0, 10));
    assertThat(pixel(image, 0)).isZero();
    assertThat(pixel(image, 1)).isEqualTo(0x808080);
    assertThat(pixel(image, 2)).isEqualTo(0xffffff);
  }

  @Test
  void aMapWithoutExtentIsTheFirstColour() {
    DepthMap flat = new DepthMap(Kind.DISPARITY, 2, 1, new float[] {4, 4});
    assertThat(pixel(Colormap.named("viridis").apply(flat), 1)).isEqualTo(0x440154);
    DepthMap nothing = new DepthMap(Kind.DISPARITY, 1, 1, new float[] {Float.NaN});
    assertThat(pixel(Colormap.named("viridis").apply(nothing), 0)).isZero();
  }

  @Test
  void aWindowThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new Normalization(2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Normalization(Float.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void windowsOfTheWholeRangeOfFloatsDoNotOverflow() {
    Normalization window = new Normalization(-Float.MAX_VALUE, Float.MAX_VALUE);
    assertThat(window.apply(0)).isEqualTo(0.5f);
  }

  private static int pixel(RgbImage image, int x) {
    return image.value(x, 0, 0) << 16 | image.value(x, 0, 1) << 8 | image.value(x, 0, 2);
  }
}
