package dev.deltadepth.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RegionTest {

  private static DepthMap metres(int width, int height, float... values) {
    return new DepthMap(DepthMap.Kind.METRES, width, height, values);
  }

  @Test
  void bothBoundsAreExclusiveAsFloats() {
    Region region = new Region(0.1, 10, Crop.NONE);
    float[] counted = region.counted(metres(6, 1, 0.1f, 0.11f, 9.99f, 10f, Float.NaN, -1f)).data();
    assertThat(counted).containsExactly(Float.NaN, 0.11f, 9.99f, Float.NaN, Float.NaN, Float.NaN);
  }

  @Test
  void ofDisparityWhatIsAboveZeroCounts() {
    DepthMap truth =
        new DepthMap(DepthMap.Kind.DISPARITY, 4, 1, new float[] {0, 1e-6f, 500, Float.NaN});
    assertThat(Region.upTo(10).counted(truth).data())
        .containsExactly(Float.NaN, 1e-6f, 500, Float.NaN);
    assertThat(Region.upTo(10).disparity(truth)).isEqualTo(Region.upTo(10).counted(truth));
  }

  @Test
  void metresAreInvertedWhereTheyCount() {
    DepthMap disparity = Region.upTo(10).disparity(metres(3, 1, 2, 20, 4));
    assertThat(disparity.kind()).isEqualTo(DepthMap.Kind.DISPARITY);
    assertThat(disparity.data()).containsExactly(0.5f, Float.NaN, 0.25f);
  }

  @Test
  void outsideOfACropNothingCounts() {
    float[] depth = new float[640 * 480];
    Arrays.fill(depth, 3);
    float[] counted = new Region(10, Crop.NYU_EIGEN).counted(metres(640, 480, depth)).data();
    int left = 0;
    for (float value : counted) {
      left += Float.isNaN(value) ? 1 : 0;
    }
    assertThat(left / (640.0 * 480)).isCloseTo(1 - 560 * 426 / (640.0 * 480), within(1e-12));
    assertThat(counted[45 * 640 + 41]).isEqualTo(3);
    assertThat(counted[44 * 640 + 41]).isNaN();
    assertThat(counted[45 * 640 + 40]).isNaN();
  }
}
