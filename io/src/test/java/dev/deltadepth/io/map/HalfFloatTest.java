package dev.deltadepth.io.map;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfFloatTest {

  @ParameterizedTest
  @CsvSource({
    "0x0000, 0.0",
    "0x8000, -0.0",
    "0x3c00, 1.0",
    "0xc000, -2.0",
    "0x3555, 0.333251953125",
    "0x7bff, 65504.0",
    "0x0400, 6.103515625e-5",
    "0x03ff, 6.097555160522461e-5",
    "0x0001, 5.960464477539063e-8",
    "0x7c00, Infinity",
    "0xfc00, -Infinity"
  })
  void knownFloat16Values(String bits, float value) {
    short half = (short) Integer.decode(bits).intValue();
    assertThat(HalfFloat.fromFloat16(half)).isEqualTo(value);
    assertThat(HalfFloat.toFloat16(value)).isEqualTo(half);
  }

  @ParameterizedTest
  @CsvSource({"0x3f80, 1.0", "0xc000, -2.0", "0x3eab, 0.333984375", "0x7f80, Infinity"})
  void knownBfloat16Values(String bits, float value) {
    assertThat(HalfFloat.fromBfloat16((short) Integer.decode(bits).intValue())).isEqualTo(value);
  }

  @Test
  void everyFloat16ComesBack() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      float value = HalfFloat.fromFloat16((short) bits);
      if (Float.isNaN(value)) {
        assertThat(HalfFloat.fromFloat16(HalfFloat.toFloat16(value))).isNaN();
      } else {
        assertThat(HalfFloat.toFloat16(value)).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void tiesGoToTheEvenNeighbour() {
    assertThat(HalfFloat.toFloat16(1 + 0x1p-11f)).isEqualTo((short) 0x3c00);
    assertThat(HalfFloat.toFloat16(1 + 3 * 0x1p-11f)).isEqualTo((short) 0x3c02);
    assertThat(HalfFloat.toFloat16(0x1p-25f)).isZero();
    assertThat(HalfFloat.toFloat16(3 * 0x1p-25f)).isEqualTo((short) 2);
    assertThat(HalfFloat.toFloat16(65519.996f)).isEqualTo((short) 0x7bff);
    assertThat(HalfFloat.toFloat16(65520)).isEqualTo((short) 0x7c00);
  }

  @Property
  void roundingPicksTheNearest(@ForAll short bits, @ForAll float between) {
    float low = HalfFloat.fromFloat16((short) (bits & 0x7bff));
    float high = HalfFloat.fromFloat16((short) ((bits & 0x7bff) + 1));
    float share = Math.abs(between % 1);
    float value = Float.isInfinite(high) ? low : low + share * (high - low);
    float rounded = HalfFloat.fromFloat16(HalfFloat.toFloat16(value));
    assertThat(Math.abs(rounded - value))
        .isLessThanOrEqualTo(Math.min(Math.abs(value - low), Math.abs(high - value)));
  }
}
