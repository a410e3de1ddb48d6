package dev.deltadepth.distill;

import java.util.Random;

/**
 * Random brightness, contrast, gamma, saturation and colour cast; now and then no colour at all.
 * Only the student's picture is changed: the teacher sees the photo as it is, and the student
 * learns that depth does not depend on such things.
 */
final class ColourJitter {

  private static final double GREY = 0.05;
  private static final double UNTOUCHED = 0.2;

  private ColourJitter() {}

  /**
   * Changes one picture in place.
   *
   * @param rgb holds [3, pixels] at {@code offset}, RGB in [0, 1]; stays in that range
   */
  static void apply(float[] rgb, int offset, int pixels, Random random) {
    if (random.nextDouble() < UNTOUCHED) {
      return;
    }
    float contrast = between(random, 0.7, 1.3);
    float brightness = between(random, -0.15, 0.15);
    float saturation = random.nextDouble() < GREY ? 0 : between(random, 0.5, 1.5);
    float[] cast = {
      between(random, 0.9, 1.1), between(random, 0.9, 1.1), between(random, 0.9, 1.1)
    };
    float[] gamma = gammaTable(Math.exp(between(random, -0.4, 0.4)));
    for (int i = offset; i < offset + pixels; i++) {
      float red = rgb[i];
      float green = rgb[i + pixels];
      float blue = rgb[i + 2 * pixels];
      // Luma of ITU-R BT.601.
      float grey = 0.299f * red + 0.587f * green + 0.114f * blue;
      for (int c = 0; c < 3; c++) {
        float value = rgb[i + c * pixels];
        value = (grey + saturation * (value - grey)) * cast[c];
        value = (value - 0.5f) * contrast + 0.5f + brightness;
        float place = Math.min(Math.max(value, 0), 1) * (gamma.length - 2);
        int below = (int) place;
        rgb[i + c * pixels] = gamma[below] + (place - below) * (gamma[below + 1] - gamma[below]);
      }
    }
  }

  /** x^gamma at 0, 1/256 ... 1, with the last one twice, so that 1 can be interpolated too. */
  private static float[] gammaTable(double gamma) {
    float[] table = new float[258];
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) Math.pow(Math.min(i, 256) / 256.0, gamma);
    }
    return table;
  }

  private static float between(Random random, double low, double high) {
    return (float) (low + (high - low) * random.nextDouble());
  }
}
