package dev.deltadepth.core.view;

/** The curve of sRGB (IEC 61966-2-1) between 8-bit values and amounts of light. */
final class LinearLight {
  private static final float[] LEVELS = new float[256];

  /** Encoded values of this many even steps of light: at most one step off, and only in black. */
  private static final byte[] ENCODED = new byte[1 << 16];

  static {
    for (int i = 0; i < LEVELS.length; i++) {
      double v = i / 255.0;
      LEVELS[i] = (float) (v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
    }
    for (int i = 0; i < ENCODED.length; i++) {
      double light = i / (double) (ENCODED.length - 1);
      double v = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
      ENCODED[i] = (byte) Math.round(255 * v);
    }
  }

  private LinearLight() {}

  /** The light, 0..1, of the 256 values; not to be written to. */
  static float[] levels() {
    return LEVELS;
  }

  /** The value of an amount of light; beyond 0..1 the nearest end. */
  static byte encode(float light) {
    int step = (int) (light * (ENCODED.length - 1) + 0.5f);
    return ENCODED[Math.max(0, Math.min(ENCODED.length - 1, step))];
  }
}
