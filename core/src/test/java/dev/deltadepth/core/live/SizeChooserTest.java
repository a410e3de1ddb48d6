package dev.deltadepth.core.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SizeChooserTest {
  private static final int NATIVE = 256;

  /** A device that takes so many nanoseconds for each pixel of a square. */
  private static IntToDoubleFunction device(double nanoseconds) {
    return size -> size * size * nanoseconds / 1e6;
  }

  private static void run(SizeChooser sizes, IntToDoubleFunction device, int maps) {
    for (int i = 0; i < maps; i++) {
      sizes.took(device.applyAsDouble(sizes.size()));
    }
  }

  @Test
  void aFastDeviceSeesTheNativeSizeAndNoMore() {
    SizeChooser sizes = new SizeChooser(NATIVE);
    assertThat(sizes.size()).isEqualTo(192);
    run(sizes, device(500), 1000);
    assertThat(sizes.size()).isEqualTo(NATIVE);
  }

  @Test
  void aSlowDeviceKeepsFourMapsASecond() {
    SizeChooser sizes = new SizeChooser(NATIVE);
    run(sizes, device(9000), 100);
    assertThat(sizes.size()).isEqualTo(128);
    run(sizes, device(1e6), 1000);
    assertThat(sizes.size()).as("there is a smallest").isEqualTo(96);
  }

  @Test
  void aSizeIsTriedAgainOnceTheDeviceIsNoLongerBusy() {
    SizeChooser sizes = new SizeChooser(NATIVE);
    run(sizes, device(500), 50);
    run(sizes, device(9000), 30);
    assertThat(sizes.size()).isLessThan(NATIVE);
    run(sizes, device(500), 100);
    assertThat(sizes.size()).as("not at once").isLessThan(NATIVE);
    run(sizes, device(500), 5000);
    assertThat(sizes.size()).isEqualTo(NATIVE);
  }

  @Test
  void aSizeThatStaysTooSlowIsTriedEverMoreRarely() {
    SizeChooser sizes = new SizeChooser(NATIVE);
    // Larger sizes look as if they were quick enough, and are not.
    IntToDoubleFunction deceptive = size -> size > 128 ? 300 : 20;
    run(sizes, deceptive, 1000);
    int early = tooLarge(sizes, deceptive, 4000);
    int late = tooLarge(sizes, deceptive, 4000);
    assertThat(early).isPositive();
    assertThat(late).isLessThanOrEqualTo(early).isLessThan(40);
  }

  private static int tooLarge(SizeChooser sizes, IntToDoubleFunction device, int maps) {
    int found = 0;
    for (int i = 0; i < maps; i++) {
      found += sizes.size() > 128 ? 1 : 0;
      run(sizes, device, 1);
    }
    return found;
  }
}
