package dev.deltadepth.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.eval.Contestant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final RgbImage GREEN = green(64, 48);

  @Test
  void aSheetHasAColumnForThePhotoAndEachModel() {
    Comparison comparison = new Comparison(List.of(slope("a"), slope("b")), false);
    comparison.add("one.jpg", GREEN);
    comparison.add("two.jpg", green(48, 64));
    RgbImage page = comparison.page();
    assertThat(comparison.size()).isZero();
    // Three cells of 320 with gaps of 12; rows of 240 and 427 with room for their names.
    assertThat(page.width()).isEqualTo(3 * 332 + 12);
    assertThat(page.height()).isEqualTo(36 + 240 + 427 + 2 * 30);
    assertThat(colour(page, 12 + 160, 36 + 120)).containsExactly(0, 200, 0);
    // The maps grow to the right, from the first colour to the last.
    assertThat(brightness(page, 344 + 10)).isLessThan(brightness(page, 344 + 310));
    assertThat(brightness(page, 676 + 10)).isLessThan(brightness(page, 676 + 310));
  }

  @Test
  void titlesAndNamesAreWritten() {
    Comparison named = new Comparison(List.of(slope("a model")), false);
    named.add("photo.jpg", GREEN);
    Comparison other = new Comparison(List.of(slope("another one")), false);
    other.add("photo.jpg", GREEN);
    RgbImage page = named.page();
    assertThat(page.data()).isNotEqualTo(other.page().data());
    assertThat(dark(page, 344, 12, 320, 20)).isPositive();
    assertThat(dark(page, 12, 36 + 242, 320, 20)).isPositive();
    assertThat(dark(page, 344 + 200, 12, 100, 20)).isZero();
  }

  @Test
  void theDifferenceIsWhatScaleAndShiftDoNotExplain() {
    DepthMap map = slope("a").estimate(GREEN);
    float[] same = Comparison.distances(new Alignment(3, -2).apply(map), map);
    for (float distance : same) {
      assertThat(distance).isCloseTo(0, within(1e-4f));
    }
    float[] bumped = map.data().clone();
    bumped[1000] += 100;
    float[] apart =
        Comparison.distances(new DepthMap(DepthMap.Kind.DISPARITY, 64, 48, bumped), map);
    assertThat(apart[1000]).isGreaterThan(apart[1001]);
    Comparison comparison = new Comparison(List.of(slope("a"), slope("b")), true);
    comparison.add("one.jpg", GREEN);
    assertThat(comparison.page().width()).isEqualTo(4 * 332 + 12);
  }

  @Test
  void aConstantMapHasAColourToo() {
    DepthMap flat = new DepthMap(DepthMap.Kind.DISPARITY, 64, 48, new float[64 * 48]);
    Comparison comparison = new Comparison(List.of(new Contestant("flat", image -> flat)), true);
    comparison.add("one.jpg", GREEN);
    assertThat(colour(comparison.page(), 344 + 160, 36 + 120)).containsExactly(0, 0, 4);
  }

  private static int[] colour(RgbImage image, int x, int y) {
    return new int[] {image.value(x, y, 0), image.value(x, y, 1), image.value(x, y, 2)};
  }

  private static int brightness(RgbImage page, int x) {
    return Arrays.stream(colour(page, x, 36 + 120)).sum();
  }

  /** How many pixels of a rectangle are ink. */
  private static int dark(RgbImage page, int left, int top, int width, int height) {
    int count = 0;
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        count += page.value(x, y, 1) < 100 ? 1 : 0;
      }
    }
    return count;
  }

  private static RgbImage green(int width, int height) {
    byte[] data = new byte[3 * width * height];
    for (int i = 1; i < data.length; i += 3) {
      data[i] = (byte) 200;
    }
    return new RgbImage(width, height, data);
  }

  private static Contestant slope(String name) {
    return new Contestant(
        name,
        image -> {
          float[] values = new float[image.width() * image.height()];
          for (int i = 0; i < values.length; i++) {
            values[i] = i % image.width();
          }
          return new DepthMap(DepthMap.Kind.DISPARITY, image.width(), image.height(), values);
        });
  }
}
