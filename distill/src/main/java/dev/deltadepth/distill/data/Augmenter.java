package dev.deltadepth.distill.data;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.recipe.Augmentation;
import dev.deltadepth.io.ImageFiles;
import java.util.Random;

/**
 * Augmentations that do not change depth: paint, light, colour, focus, noise, compression. They
 * apply to the student's image only; the teacher sees the original photo.
 */
public final class Augmenter {

  /** Share of colour changes that remove all colour. */
  private static final double GREY = 0.05;

  /** Lowest and highest JPEG quality, 0 to 1: low enough for visible blocks. */
  private static final double JPEG_LOW = 0.1;

  private static final double JPEG_HIGH = 0.6;

  private Augmenter() {}

  /**
   * Changes one image in place, applying each augmentation with its own probability, in the order
   * of the scene and the camera: paint, focus, light, noise, colour, compression.
   *
   * @param rgb holds [3, height, width] at {@code offset}, RGB in [0, 1]; stays in that range
   */
  public static void apply(
      float[] rgb, int offset, int height, int width, Augmentation shares, Random random) {
    int pixels = height * width;
    if (random.nextDouble() < shares.paint()) {
      Paint.patches(rgb, offset, height, width, random);
    }
    if (random.nextDouble() < shares.blur()) {
      blur(rgb, offset, height, width, between(random, 0.4, 1.6));
    }
    boolean dark = random.nextDouble() < shares.lowLight();
    if (dark) {
      darken(rgb, offset, pixels, random);
    }
    if (random.nextDouble() < shares.noise()) {
      noise(rgb, offset, pixels, random);
    }
    if (random.nextDouble() < shares.colour()) {
      colour(rgb, offset, pixels, random);
    }
    if (random.nextDouble() < shares.jpeg()) {
      compress(rgb, offset, height, width, between(random, JPEG_LOW, JPEG_HIGH));
    }
  }

  /** Brightness, contrast, gamma, saturation and colour cast; occasionally no colour at all. */
  private static void colour(float[] rgb, int offset, int pixels, Random random) {
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
        rgb[i + c * pixels] = lookUp(gamma, value);
      }
    }
  }

  /** A fifth to half of the light, and darker shadows. */
  private static void darken(float[] rgb, int offset, int pixels, Random random) {
    float light = between(random, 0.2, 0.5);
    float[] gamma = gammaTable(between(random, 1, 1.6));
    for (int i = offset; i < offset + 3 * pixels; i++) {
      rgb[i] = light * lookUp(gamma, rgb[i]);
    }
  }

  /** Read noise of the sensor, independent of light, and shot noise, proportional to its root. */
  private static void noise(float[] rgb, int offset, int pixels, Random random) {
    float sensor = between(random, 0, 0.03);
    float shot = between(random, 0, 0.06);
    for (int i = offset; i < offset + 3 * pixels; i++) {
      double deviation = sensor + shot * Math.sqrt(rgb[i]);
      rgb[i] = clamp(rgb[i] + (float) (deviation * random.nextGaussian()));
    }
  }

  /** Defocus: a Gaussian with a standard deviation in pixels, along rows and then columns. */
  private static void blur(float[] rgb, int offset, int height, int width, double deviation) {
    int reach = (int) Math.ceil(2.5 * deviation);
    float[] kernel = new float[2 * reach + 1];
    float sum = 0;
    for (int k = -reach; k <= reach; k++) {
      kernel[k + reach] = (float) Math.exp(-k * k / (2 * deviation * deviation));
      sum += kernel[k + reach];
    }
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] /= sum;
    }
    for (int c = 0; c < 3; c++) {
      int plane = offset + c * height * width;
      for (int y = 0; y < height; y++) {
        line(rgb, plane + y * width, 1, width, kernel);
      }
      for (int x = 0; x < width; x++) {
        line(rgb, plane + x, width, height, kernel);
      }
    }
  }

  /** Blurs the values at {@code start + i * step}; border values are repeated. */
  private static void line(float[] values, int start, int step, int count, float[] kernel) {
    int reach = kernel.length / 2;
    float[] line = new float[count];
    for (int i = 0; i < count; i++) {
      line[i] = values[start + i * step];
    }
    for (int i = 0; i < count; i++) {
      float sum = 0;
      for (int k = -reach; k <= reach; k++) {
        sum += kernel[k + reach] * line[Math.min(Math.max(i + k, 0), count - 1)];
      }
      values[start + i * step] = clamp(sum);
    }
  }

  private static void compress(float[] rgb, int offset, int height, int width, float quality) {
    int pixels = height * width;
    byte[] bytes = new byte[3 * pixels];
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < 3; c++) {
        bytes[3 * i + c] = (byte) Math.round(255 * clamp(rgb[offset + c * pixels + i]));
      }
    }
    byte[] jpeg = ImageFiles.jpeg(new RgbImage(width, height, bytes), quality);
    byte[] decoded = ImageFiles.read(jpeg, "a compressed crop").data();
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < 3; c++) {
        rgb[offset + c * pixels + i] = (decoded[3 * i + c] & 0xff) / 255f;
      }
    }
  }

  /** x^gamma at 0, 1/256 ... 1, the last one twice, so that 1 can be interpolated, too. */
  private static float[] gammaTable(double gamma) {
    float[] table = new float[258];
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) Math.pow(Math.min(i, 256) / 256.0, gamma);
    }
    return table;
  }

  private static float lookUp(float[] gamma, float value) {
    float place = clamp(value) * (gamma.length - 2);
    int below = (int) place;
    return gamma[below] + (place - below) * (gamma[below + 1] - gamma[below]);
  }

  private static float clamp(float value) {
    return Math.min(Math.max(value, 0), 1);
  }

  private static float between(Random random, double low, double high) {
    return (float) (low + (high - low) * random.nextDouble());
  }
}
