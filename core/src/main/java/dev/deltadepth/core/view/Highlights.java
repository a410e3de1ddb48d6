package dev.deltadepth.core.view;

/**
 * Linear light in which values near white stand for more light than they hold: a camera cuts off a
 * lamp, but its blurred disc shows how bright it is. Encoding undoes it exactly.
 */
final class Highlights {
  /** Light above this is stretched. */
  private static final double FROM = 0.7;

  /** How much: white becomes FROM + (1 - FROM) / (1 - BEND). */
  private static final double BEND = 0.8;

  private static final double MOST = FROM + (1 - FROM) / (1 - BEND);
  private static final float[] LIGHT = new float[256];
  private static final byte[] ENCODED = new byte[1 << 16];

  static {
    for (int i = 0; i < LIGHT.length; i++) {
      double plain = LinearLight.levels()[i];
      double share = (plain - FROM) / (1 - FROM);
      LIGHT[i] = (float) (share <= 0 ? plain : FROM + (plain - FROM) / (1 - BEND * share));
    }
    for (int i = 0; i < ENCODED.length; i++) {
      double light = MOST * i / (ENCODED.length - 1);
      double above = light - FROM;
      double plain = above <= 0 ? light : FROM + (1 - FROM) * above / (1 - FROM + BEND * above);
      ENCODED[i] = LinearLight.encode((float) plain);
    }
  }

  private Highlights() {}

  /** The light of the 256 values; not to be written to. */
  static float[] light() {
    return LIGHT;
  }

  /** The value of an amount of light; beyond the range the nearest end. */
  static byte encode(float light) {
    int step = (int) (light * (float) ((ENCODED.length - 1) / MOST) + 0.5f);
    return ENCODED[Math.max(0, Math.min(ENCODED.length - 1, step))];
  }
}
