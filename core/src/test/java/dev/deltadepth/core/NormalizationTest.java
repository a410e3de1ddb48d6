package dev.deltadepth.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalizationTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITE = Float.POSITIVE_INFINITY;

  @Test
  void theWindowGoesOverTheFiniteValues() {
    assertThat(Normalization.of(new float[] {NAN, 3, -1, INFINITE}))
        .isEqualTo(new Normalization(-1, 3));
    assertThat(Normalization.of(new float[] {NAN, INFINITE})).isEqualTo(new Normalization(0, 0));
    assertThat(Normalization.of(new float[0])).isEqualTo(new Normalization(0, 0));
  }

  @Test
  void stretchingKeepsOnlyFiniteValues() {
    float[] values = {NAN, 3, -1, INFINITE, 0};
    Normalization.stretch(values);
    assertThat(values).containsExactly(NAN, 1, 0, NAN, 0.25f);
    float[] flat = {2, 2, NAN};
    Normalization.stretch(flat);
    assertThat(flat).containsExactly(0, 0, NAN);
    float[] none = {NAN, INFINITE};
    Normalization.stretch(none);
    assertThat(none).containsExactly(NAN, NAN);
  }

  @Test
  void greyForPicturesUsesTheWholeRange() {
    DepthMap map = new DepthMap(DepthMap.Kind.DISPARITY, 4, 1, new float[] {-1, 1, 3, NAN});
    assertThat(Normalization.of(map).sixteenBits(map))
        .containsExactly((char) 0, (char) 32768, (char) 65535, (char) 0);
  }

  @Test
  void greyWithHolesTellsTheLowestValueFromNothing() {
    char[] grey = Normalization.greyWithHoles(new float[] {0, 1, NAN, 0.5f});
    assertThat(grey).containsExactly((char) 1, (char) 65535, (char) 0, (char) 32768);
    float[] read = Normalization.fromGreyWithHoles(grey);
    assertThat(read).containsExactly(0, 1, NAN, 0.5f);
    for (int i = 0; i <= 1000; i++) {
      float value = i / 1000f;
      char[] stored = Normalization.greyWithHoles(new float[] {value});
      assertThat(Normalization.fromGreyWithHoles(stored)[0])
          .isCloseTo(value, within(0.5f / 65534 + 1e-7f));
    }
  }
}
