package dev.deltadepth.io.map;

/** The two 16-bit floating-point formats; the JDK converts them itself only from version 20 on. */
public final class HalfFloat {

  /** Magnitudes from here on round to infinity in float16: half a step above 65504. */
  public static final float OVERFLOW = 65520;

  private static final int INFINITY = 0x7c00;

  private HalfFloat() {}

  /** Converts IEEE 754 binary16 (5 bits of exponent, 10 of fraction) to float32, exactly. */
  public static float fromFloat16(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >> 10) & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent + (127 - 15);
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }

  /** Converts bfloat16, the upper half of a float32, exactly. */
  public static float fromBfloat16(short half) {
    return Float.intBitsToFloat(half << 16);
  }

  /** Rounds float32 to the nearest binary16, ties to even. */
  public static short toFloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | INFINITY | 0x200);
    }
    if (magnitude >= OVERFLOW) {
      return (short) (sign | INFINITY);
    }
    if (magnitude < 0x1p-14f) {
      // Subnormal steps of 2^-24; 1024 of them are the smallest normal number, in bits too.
      return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
    }
    int fraction = bits & 0x7fffffff;
    int toEven = 0xfff + ((fraction >> 13) & 1);
    return (short) (sign | (fraction + toEven - ((127 - 15) << 23)) >> 13);
  }
}
