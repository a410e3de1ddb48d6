package dev.deltadepth.distill.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.distill.recipe.Augmentation;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AugmenterTest {

  private static final int HEIGHT = 16;
  private static final int WIDTH = 24;
  private static final int PIXELS = HEIGHT * WIDTH;

  private static Augmentation shares(
      double paint, double colour, double lowLight, double blur, double noise, double jpeg) {
    return new Augmentation(0, 0, 0, 0, paint, colour, lowLight, blur, noise, jpeg);
  }

  private static float[] pictures(Random random) {
    float[] rgb = new float[3 * 3 * PIXELS];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = i % 7 == 0 ? 0 : i % 7 == 1 ? 1 : random.nextFloat();
    }
    return rgb;
  }

  @Property(tries = 100)
  void coloursStayInRangeAndOtherPicturesAlone(@ForAll long seed) {
    Random random = new Random(seed);
    float[] rgb = pictures(random);
    float[] before = rgb.clone();
    Augmenter.apply(rgb, 3 * PIXELS, HEIGHT, WIDTH, shares(1, 1, 1, 1, 1, 1), random);
    for (int i = 0; i < rgb.length; i++) {
      if (i < 3 * PIXELS || i >= 6 * PIXELS) {
        assertThat(rgb[i]).isEqualTo(before[i]);
      } else {
        assertThat(rgb[i]).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void eachWayChangesThePictureAndNoneLeavesItAlone() {
    float[] before = pictures(new Random(1));
    float[] rgb = before.clone();
    Augmenter.apply(rgb, 0, HEIGHT, WIDTH, shares(0, 0, 0, 0, 0, 0), new Random(2));
    assertThat(rgb).isEqualTo(before);
    List<Augmentation> ways =
        List.of(
            shares(1, 0, 0, 0, 0, 0),
            shares(0, 1, 0, 0, 0, 0),
            shares(0, 0, 1, 0, 0, 0),
            shares(0, 0, 0, 1, 0, 0),
            shares(0, 0, 0, 0, 1, 0),
            shares(0, 0, 0, 0, 0, 1));
    for (Augmentation way : ways) {
      float[] changed = before.clone();
      Augmenter.apply(changed, 0, HEIGHT, WIDTH, way, new Random(2));
      assertThat(changed).as(way.toString()).isNotEqualTo(before);
    }
  }

  @Test
  void paintKeepsLightAndShadeAndMostOfThePicture() {
    float[] rgb = new float[3 * PIXELS];
    for (int i = 0; i < rgb.length; i++) {
      // The left half in the shade, the right one twice as bright.
      rgb[i] = i % WIDTH < WIDTH / 2 ? 0.3f : 0.6f;
    }
    float[] before = rgb.clone();
    Paint.patches(rgb, 0, HEIGHT, WIDTH, new Random(8));
    double shade = 0;
    double light = 0;
    int painted = 0;
    for (int i = 0; i < PIXELS; i++) {
      boolean changed =
          rgb[i] != before[i]
              || rgb[i + PIXELS] != before[i + PIXELS]
              || rgb[i + 2 * PIXELS] != before[i + 2 * PIXELS];
      painted += changed ? 1 : 0;
      if (i % WIDTH < WIDTH / 2) {
        shade += rgb[i];
      } else {
        light += rgb[i];
      }
    }
    assertThat(painted).isBetween(5, PIXELS * 3 / 4);
    assertThat(light).isGreaterThan(1.2 * shade);
  }

  @Test
  void dusksAreDarkAndBlursAreSmooth() {
    float[] before = pictures(new Random(1));
    float[] dark = before.clone();
    Augmenter.apply(dark, 0, HEIGHT, WIDTH, shares(0, 0, 1, 0, 0, 0), new Random(3));
    assertThat(mean(dark)).isLessThan(0.55 * mean(before));
    float[] blurred = before.clone();
    Augmenter.apply(blurred, 0, HEIGHT, WIDTH, shares(0, 0, 0, 1, 0, 0), new Random(3));
    assertThat(steps(blurred)).isLessThan(0.7 * steps(before));
    assertThat(mean(blurred)).isBetween(0.9 * mean(before), 1.1 * mean(before));
  }

  private static double mean(float[] rgb) {
    double sum = 0;
    for (int i = 0; i < 3 * PIXELS; i++) {
      sum += rgb[i] / (3 * PIXELS);
    }
    return sum;
  }

  /** Mean difference of neighbours in a row. */
  private static double steps(float[] rgb) {
    double sum = 0;
    for (int i = 1; i < 3 * PIXELS; i++) {
      sum += Math.abs(rgb[i] - rgb[i - 1]);
    }
    return sum;
  }
}
