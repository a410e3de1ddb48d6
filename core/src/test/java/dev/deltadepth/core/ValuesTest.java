package dev.deltadepth.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.DepthMap.Kind;
import org.junit.jupiter.api.Test;

/** Maps and pictures are compared by what they hold. */
class ValuesTest {
  @Test
  void mapsAreEqualWhenTheirValuesAre() {
    DepthMap map = map(1, Float.NaN);
    assertThat(map).isEqualTo(map(1, Float.NaN)).hasSameHashCodeAs(map(1, Float.NaN));
    assertThat(map).isNotEqualTo(map(1, 2)).isNotEqualTo("a map");
    assertThat(map).isNotEqualTo(new DepthMap(Kind.METRES, 2, 1, map.data()));
    assertThat(map).isNotEqualTo(new DepthMap(Kind.DISPARITY, 1, 2, map.data()));
    assertThat(map).hasToString("DepthMap[DISPARITY, 2x1]");
  }

  @Test
  void picturesAreEqualWhenTheirPixelsAre() {
    RgbImage image = new RgbImage(1, 1, new byte[] {1, 2, 3});
    RgbImage same = new RgbImage(1, 1, new byte[] {1, 2, 3});
    assertThat(image).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(image).isNotEqualTo(new RgbImage(1, 1, new byte[] {1, 2, 4}));
    assertThat(image).hasToString("RgbImage[1x1]");
  }

  private static DepthMap map(float... values) {
    return new DepthMap(Kind.DISPARITY, values.length, 1, values);
  }
}
