package dev.deltadepth.distill.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.recipe.Augmentation;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CropTest {

  private static final Augmentation OFTEN = new Augmentation(0.5, 0.5, 0, 0, 0, 0, 0, 0, 0, 0);

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
    Crop crop = Crop.random(photo(width, height, 1), aspect, smallest, OFTEN, new Random(seed));
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
    Crop crop = Crop.random(photo, 1, 0.6, OFTEN, new Random(seed));
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

  @Property(tries = 50)
  void aLabelIsDrawnAsItsPhotoIs(@ForAll long seed) {
    // The same values as a picture and as maps: the same window of both, at any size of the maps.
    RgbImage photo = photo(40, 30, seed);
    float[] planes = new float[3 * 40 * 30];
    for (int i = 0; i < 40 * 30; i++) {
      for (int c = 0; c < 3; c++) {
        planes[c * 1200 + i] = (photo.data()[3 * i + c] & 0xff) / 255f;
      }
    }
    Crop crop = Crop.random(photo, 1, 0.6, OFTEN, new Random(seed));
    float[] ofMaps = new float[3 * 16 * 16];
    crop.draw(new Planes(3, 30, 40, planes), 40, 30, ofMaps, 0, 16, 16);
    float[] ofPhoto = draw(crop, photo, 16, 16);
    for (int i = 0; i < ofMaps.length; i++) {
      // A photo's places are counted in 256ths of a pixel, and this one is noise.
      assertThat(ofMaps[i]).isCloseTo(ofPhoto[i], within(0.01f));
    }
  }

  @Test
  void aLabelOfAnotherSizeCoversTheSamePartOfTheWorld() {
    // A ramp from left to right, at a quarter of the photo's size.
    float[] ramp = new float[10 * 8];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (i % 10 + 0.5f) / 10;
    }
    Crop crop = new Crop(20, 16, 20, 16, 0, false);
    float[] out = new float[4 * 4];
    crop.draw(new Planes(1, 8, 10, ramp), 40, 32, out, 0, 4, 4);
    for (int i = 0; i < out.length; i++) {
      assertThat(out[i]).isCloseTo(0.25f + 0.5f * (i % 4 + 0.5f) / 4, within(1e-5f));
    }
  }
}
