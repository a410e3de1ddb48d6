package dev.deltadepth.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.RgbImage;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class CropTest {

  private static RgbImage photo(int width, int height, long seed) {
    byte[] data = new byte[width * height * 3];
    new Random(seed).nextBytes(data);
    return new RgbImage(width, height, data);
  }

  private static float[] draw(Crop crop, RgbImage photo, int height, int width) {
    float[] out = new float[3 * height * width];
    crop.draw(photo, out, 0, height, width);
    return out;
  }

  @Property(tries = 300)
  void theWindowLiesWithinThePhoto(
      @ForAll @IntRange(min = 1, max = 300) int width,
      @ForAll @IntRange(min = 1, max = 300) int height,
      @ForAll @DoubleRange(min = 0.5, max = 2) double aspect,
      @ForAll @DoubleRange(min = 0.1, max = 1) double smallest,
      @ForAll long seed) {
    Crop crop = Crop.random(photo(width, height, 1), aspect, smallest, new Random(seed));
    double cos = Math.cos(crop.angle());
    double sin = Math.sin(crop.angle());
    for (int corner = 0; corner < 4; corner++) {
      double u = (corner % 2 == 0 ? -0.5 : 0.5) * crop.width();
      double v = (corner < 2 ? -0.5 : 0.5) * crop.height();
      assertThat(crop.centreX() + u * cos - v * sin).isBetween(-1e-9, width + 1e-9);
      assertThat(crop.centreY() + u * sin + v * cos).isBetween(-1e-9, height + 1e-9);
    }
    assertThat(crop.width() / crop.height() / aspect).isBetween(1 / 1.2 - 1e-9, 1.2 + 1e-9);
  }

  @Property(tries = 50)
  void anUprightWindowOfFullSizeIsThePhoto(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll long seed) {
    RgbImage photo = photo(width, height, seed);
    Crop whole = new Crop(width / 2.0, height / 2.0, width, height, 0, false);
    float[] drawn = draw(whole, photo, height, width);
    Crop mirror = new Crop(width / 2.0, height / 2.0, width, height, 0, true);
    float[] mirrored = draw(mirror, photo, height, width);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int row = (c * height + y) * width;
          assertThat(drawn[row + x]).isCloseTo(photo.value(x, y, c) / 255f, within(1e-4f));
          assertThat(mirrored[row + width - 1 - x]).isCloseTo(drawn[row + x], within(1e-4f));
        }
      }
    }
  }

  @Property(tries = 50)
  void oneWindowShowsTheSameAtTwoSizes(@ForAll long seed) {
    RgbImage photo = photo(90, 70, seed);
    Crop crop = Crop.random(photo, 1, 0.6, new Random(seed));
    float[] small = draw(crop, photo, 32, 32);
    float[] large = draw(crop, photo, 96, 96);
    for (int c = 0; c < 3; c++) {
      // Noise is the hardest picture: means over quarters agree all the same.
      for (int quarter = 0; quarter < 4; quarter++) {
        assertThat(mean(small, 32, c, quarter))
            .isCloseTo(mean(large, 96, c, quarter), within(0.02));
      }
    }
  }

  private static double mean(float[] planes, int side, int c, int quarter) {
    int half = side / 2;
    double sum = 0;
    for (int y = 0; y < half; y++) {
      for (int x = 0; x < half; x++) {
        int row = c * side * side + (y + quarter / 2 * half) * side;
        sum += planes[row + x + quarter % 2 * half];
      }
    }
    return sum / (half * half);
  }

  @Property(tries = 100)
  void jitterKeepsColoursInRangeAndOtherPicturesAlone(@ForAll long seed) {
    int pixels = 50;
    Random random = new Random(seed);
    float[] rgb = new float[3 * 3 * pixels];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = i % 7 == 0 ? 0 : i % 7 == 1 ? 1 : random.nextFloat();
    }
    float[] before = rgb.clone();
    ColourJitter.apply(rgb, 3 * pixels, pixels, random);
    for (int i = 0; i < rgb.length; i++) {
      if (i < 3 * pixels || i >= 6 * pixels) {
        assertThat(rgb[i]).isEqualTo(before[i]);
      } else {
        assertThat(rgb[i]).isBetween(0f, 1f);
      }
    }
  }
}
