package dev.deltadepth.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParityGeneratorTest {

  @Test
  void selfCheckOfTheFixturesHolds() {
    long seed = ParityGenerator.seed("check");
    assertThat(seed).isEqualTo(0x830cf17637260a67L);
    long[] bits = new long[5];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = ParityGenerator.bits(seed, i);
    }
    assertThat(bits)
        .containsExactly(
            0x8610568c690593a9L,
            0xfd30aaded741f1aaL,
            0xdef8fbe328e3e55eL,
            0xfafa5c4c3e2d4593L,
            0x164e3d5cd8d6a0b6L);
    assertThat(ParityGenerator.uniform("check", 5))
        .containsExactly(
            0.047373598632515,
            0.9780477130975807,
            0.7419733866861682,
            0.9607653972892454,
            -0.8257373139043223);
  }

  @Test
  void valuesAreRoundedOnceFromDouble() {
    assertThat(ParityGenerator.values("check", 1, 0.2, 2))
        .containsExactly(
            (float) (1 + 0.2 * 0.047373598632515), (float) (1 + 0.2 * 0.9780477130975807));
  }
}
