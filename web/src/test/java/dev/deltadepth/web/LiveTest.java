package dev.deltadepth.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.live.FrameRate;
import dev.deltadepth.core.live.SizeChooser;
import dev.deltadepth.web.page.LatestFrame;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** The rules by which live depth keeps up. */
class LiveTest {

  @Test
  void theNewestFrameWaitsAndTheOneBeforeIsDropped() {
    LatestFrame frames = new LatestFrame();
    assertThat(frames.offer()).isTrue();
    assertThat(frames.offer()).isFalse();
    assertThat(frames.offer()).isFalse();
    assertThat(frames.offer()).isFalse();
    assertThat(frames.dropped()).isEqualTo(2);
    assertThat(frames.done()).isTrue();
    assertThat(frames.done()).isFalse();
    assertThat(frames.offer()).isTrue();
    assertThat(frames.dropped()).isEqualTo(2);
  }

  @Test
  void theRateIsThatOfTheLastTwoSeconds() {
    FrameRate rate = new FrameRate();
    assertThat(rate.add(0)).isZero();
    for (int now = 1000; now <= 4000; now += 1000) {
      rate.add(now);
    }
    double last = 0;
    for (int now = 4100; now <= 9000; now += 100) {
      last = rate.add(now);
    }
    assertThat(last).isCloseTo(10, within(1e-9));
  }

  /** A device whose time grows with the picture's area. */
  @Property
  void theSizeSettlesAboveFourFramesASecondWhereThatCanBe(
      @ForAll @DoubleRange(min = 2, max = 3000) double millisecondsAtNative) {
    SizeChooser sizes = new SizeChooser(256);
    int before = 0;
    for (int i = 0; i < 200; i++) {
      before = sizes.size();
      sizes.took(time(millisecondsAtNative, sizes.size()));
    }
    assertThat(sizes.size()).as("it has settled").isEqualTo(before).isBetween(96, 256);
    if (time(millisecondsAtNative, 96) <= 200) {
      assertThat(time(millisecondsAtNative, sizes.size())).isLessThan(250);
    } else {
      assertThat(sizes.size()).isEqualTo(96);
    }
  }

  @Test
  void aFastDeviceGetsTheNativeSize() {
    SizeChooser sizes = new SizeChooser(256);
    for (int i = 0; i < 50; i++) {
      sizes.took(20);
    }
    assertThat(sizes.size()).isEqualTo(256);
  }

  private static double time(double atNative, int size) {
    return atNative * size * size / (256.0 * 256);
  }
}
