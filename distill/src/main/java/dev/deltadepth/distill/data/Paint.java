package dev.deltadepth.distill.data;

import java.awt.Color;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Ragged patches of paint on the surfaces in an image, shading kept: the colour of a surface says
 * nothing about its depth.
 */
final class Paint {
  private static final int MOST_PATCHES = 4;

  /** Radii as shares of the image's shorter side. */
  private static final double SMALLEST = 0.04;

  private static final double LARGEST = 0.3;

  /** Waves around a patch's rim. */
  private static final int WAVES = 5;

  private final float[] rgb;
  private final int offset;
  private final int height;
  private final int width;

  private Paint(float[] rgb, int offset, int height, int width) {
    this.rgb = rgb;
    this.offset = offset;
    this.height = height;
    this.width = width;
  }

  /**
   * Paints one to four patches in place.
   *
   * @param rgb holds [3, height, width] at {@code offset}, RGB in [0, 1]; stays in that range
   */
  static void patches(float[] rgb, int offset, int height, int width, Random random) {
    Paint paint = new Paint(rgb, offset, height, width);
    int patches = 1 + random.nextInt(MOST_PATCHES);
    for (int i = 0; i < patches; i++) {
      paint.patch(random);
    }
  }

  private void patch(Random random) {
    double radius =
        Math.min(height, width) * SMALLEST * Math.pow(LARGEST / SMALLEST, random.nextDouble());
    Blob blob =
        Blob.random(random.nextDouble() * width, random.nextDouble() * height, radius, random);
    int[] patch = blob.pixels(height, width);
    float[] colour = colour(random);
    float opacity = 0.4f + 0.6f * random.nextFloat();
    double light = Math.max(Arrays.stream(patch).mapToDouble(this::luma).average().orElse(0), 0.05);
    for (int at : patch) {
      // A surface twice as bright as its patch's mean stays twice as bright once painted.
      float shade = (float) Math.min(luma(at) / light, 2);
      for (int c = 0; c < 3; c++) {
        int i = offset + c * height * width + at;
        float painted = Math.min(colour[c] * shade, 1);
        rgb[i] += opacity * (painted - rgb[i]);
      }
    }
  }

  /**
   * A third of the patches are nearly black, which networks mistake for holes; a third bright and
   * saturated, which they mistake for objects in front of the wall; the rest have any colour.
   */
  private static float[] colour(Random random) {
    float hue = random.nextFloat();
    float saturation = random.nextFloat();
    float brightness = random.nextFloat();
    Color colour =
        switch (random.nextInt(3)) {
          case 0 -> Color.getHSBColor(hue, saturation, 0.1f * brightness);
          case 1 -> Color.getHSBColor(hue, 0.5f + 0.5f * saturation, 0.8f + 0.2f * brightness);
          default -> Color.getHSBColor(hue, saturation, brightness);
        };
    return colour.getRGBColorComponents(null);
  }

  /** Luma of ITU-R BT.601. */
  private double luma(int at) {
    int plane = height * width;
    return 0.299 * rgb[offset + at]
        + 0.587 * rgb[offset + plane + at]
        + 0.114 * rgb[offset + 2 * plane + at];
  }

  /**
   * A shape whose radius varies in waves around its centre.
   *
   * @param flatness height to width
   * @param waves amplitude of each wave as a share of the radius
   * @param phases of the waves
   */
  private record Blob(
      double x, double y, double radius, double flatness, double[] waves, double[] phases) {

    static Blob random(double x, double y, double radius, Random random) {
      double[] waves = new double[WAVES];
      double[] phases = new double[WAVES];
      for (int i = 0; i < WAVES; i++) {
        waves[i] = 0.3 * random.nextDouble() / (i + 1);
        phases[i] = 2 * Math.PI * random.nextDouble();
      }
      return new Blob(x, y, radius, 0.5 + random.nextDouble(), waves, phases);
    }

    /** Indices of the pixels that it covers, row by row. */
    int[] pixels(int height, int width) {
      double reach = 2 * radius;
      int top = (int) Math.max(0, y - reach);
      int bottom = (int) Math.min(height - 1.0, y + reach);
      int left = (int) Math.max(0, x - reach);
      int right = (int) Math.min(width - 1.0, x + reach);
      return IntStream.rangeClosed(top, bottom)
          .flatMap(row -> IntStream.rangeClosed(row * width + left, row * width + right))
          .filter(at -> inside(at % width - x, (Math.floorDiv(at, width) - y) / flatness))
          .toArray();
    }

    private boolean inside(double dx, double dy) {
      double distance = Math.sqrt(dx * dx + dy * dy) / radius;
      if (distance > 1.8) {
        return false;
      }
      double angle = Math.atan2(dy, dx);
      double rim = 1;
      for (int i = 0; i < WAVES; i++) {
        rim += waves[i] * Math.sin((i + 2) * angle + phases[i]);
      }
      return distance < rim;
    }
  }
}
