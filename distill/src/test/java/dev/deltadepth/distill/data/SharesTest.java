package dev.deltadepth.distill.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class SharesTest {

  @Property(tries = 100)
  void everyPrefixHasItsSharesAndCountsItsSources(
      @ForAll @DoubleRange(min = 0.01, max = 0.6) double first,
      @ForAll @DoubleRange(min = 0.01, max = 0.38) double second) {
    List<Double> wanted = List.of(first, second, 1 - first - second);
    Shares shares = new Shares(wanted);
    long[] seen = new long[3];
    for (long crop = 0; crop < 2500; crop++) {
      int source = shares.source(crop);
      assertThat(shares.earlier(crop)).isEqualTo(seen[source]);
      seen[source]++;
      for (int k = 0; k < 3; k++) {
        assertThat((double) seen[k]).isCloseTo(wanted.get(k) * (crop + 1), within(4.0));
      }
    }
  }

  @Test
  void aSourceAloneHasAllCrops() {
    Shares shares = new Shares(List.of(1.0));
    assertThat(shares.source(12_345)).isZero();
    assertThat(shares.earlier(12_345)).isEqualTo(12_345);
  }
}
