package dev.deltadepth.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CropTest {

  /** The rectangles that the usual code cuts out of KITTI's commonest size. */
  @Test
  void theRectanglesAreThoseOfPublishedFigures() {
    assertThat(Crop.NONE.in(7, 3)).isEqualTo(new Crop.Box(0, 0, 7, 3));
    assertThat(Crop.NYU_EIGEN.in(640, 480)).isEqualTo(new Crop.Box(41, 45, 601, 471));
    assertThat(Crop.GARG.in(1242, 375)).isEqualTo(new Crop.Box(44, 153, 1197, 371));
    assertThat(Crop.KITTI_EIGEN.in(1242, 375)).isEqualTo(new Crop.Box(44, 124, 1197, 342));
    assertThat(Crop.KITTI_BENCHMARK.in(1242, 375)).isEqualTo(new Crop.Box(13, 23, 1229, 375));
  }

  @Property(tries = 100)
  void everyRectangleLiesWithinThePicture(
      @ForAll @IntRange(min = 1216, max = 2000) int width,
      @ForAll @IntRange(min = 352, max = 900) int height) {
    for (Crop crop : Crop.values()) {
      if (crop != Crop.NYU_EIGEN) {
        Crop.Box box = crop.in(width, height);
        assertThat(box.left()).isBetween(0, box.right() - 1);
        assertThat(box.top()).isBetween(0, box.bottom() - 1);
        assertThat(box.right()).isLessThanOrEqualTo(width);
        assertThat(box.bottom()).isLessThanOrEqualTo(height);
      }
    }
  }

  @Test
  void sizesThatACropIsNotMadeForAreRefused() {
    assertThatThrownBy(() -> Crop.NYU_EIGEN.in(561, 427))
        .isInstanceOf(MetricsException.class)
        .hasMessage("crop nyu-eigen requires ground truth of 640x480, not 561x427");
    assertThatThrownBy(() -> Crop.KITTI_BENCHMARK.in(1242, 350))
        .isInstanceOf(MetricsException.class)
        .hasMessageContaining("at least 1216x352");
    assertThatThrownBy(() -> Region.upTo(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Region(0, 10, Crop.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
