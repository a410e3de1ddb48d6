package dev.deltadepth.distill;

import java.util.Random;

/**
 * Ragged patches of other paint on what a picture shows, light and shade kept: the colour of a
 * thing says nothing of its depth.
 */
final class Paint {
  private static final int MOST_PATCHES = 4;

  /** Radii as shares of the picture's shorter side. */
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
    float[] colour = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
    float opacity = 0.4f + 0.6f * random.nextFloat();
    double light = Math.max(brightness(blob), 0.05);
    blob.visit(
        height,
        width,
        at -> {
          // A surface twice as bright as its patch's mean is twice as bright in the other paint.
          float shade = (float) Math.min(luma(at) / light, 2);
          for (int c = 0; c < 3; c++) {
            int i = offset + c * height * width + at;
            float painted = Math.min(colour[c] * shade, 1);
            rgb[i] += opacity * (painted - rgb[i]);
          }
        });
  }

  /** The mean luma under a patch. */
  private double brightness(Blob blob) {
    double[] sum = new double[2];
    blob.visit(
        height,
        width,
        at -> {
          sum[0] += luma(at);
          sum[1]++;
        });
    return sum[1] == 0 ? 0 : sum[0] / sum[1];
  }

  /** Of ITU-R BT.601. */
  private double luma(int at) {
    int plane = height * width;
    return 0.299 * rgb[offset + at]
        + 0.587 * rgb[offset + plane + at]
        + 0.114 * rgb[offset + 2 * plane + at];
  }

  /**
   * A shape whose radius waves around its middle.
   *
   * @param flatness height by width
   * @param waves amplitude of each wave as a share of the radius
   * @param phases of the waves
   */
  private record Blob(
      double x, double y, double radius, double flatness, double[] waves, double[] phases) {

    interface Visitor {
      /**
       * @param at index of a pixel in a plane
       */
      void at(int at);
    }

    static Blob random(double x, double y, double radius, Random random) {
      double[] waves = new double[WAVES];
      double[] phases = new double[WAVES];
      for (int i = 0; i < WAVES; i++) {
        waves[i] = 0.3 * random.nextDouble() / (i + 1);
        phases[i] = 2 * Math.PI * random.nextDouble();
      }
      return new Blob(x, y, radius, 0.5 + random.nextDouble(), waves, phases);
    }

    void visit(int height, int width, Visitor visitor) {
      double reach = 2 * radius;
      int bottom = (int) Math.min(height - 1.0, y + reach);
      int right = (int) Math.min(width - 1.0, x + reach);
      for (int row = (int) Math.max(0, y - reach); row <= bottom; row++) {
        for (int column = (int) Math.max(0, x - reach); column <= right; column++) {
          if (inside(column - x, (row - y) / flatness)) {
            visitor.at(row * width + column);
          }
        }
      }
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
