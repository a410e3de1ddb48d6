package dev.deltadepth.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.metrics.Crop;
import dev.deltadepth.metrics.Region;
import org.junit.jupiter.api.Test;

class ViewsTest {

  @Test
  void truthOutsideOfTheCropIsGrey() {
    float[] depth = new float[640 * 480];
    for (int i = 0; i < depth.length; i++) {
      depth[i] = 1 + 8f * i / depth.length;
    }
    DepthMap truth = new DepthMap(DepthMap.Kind.METRES, 640, 480, depth);
    assertThat(grey(Views.truth(truth, Region.upTo(10)))).isLessThan(0.02);
    assertThat(grey(Views.truth(truth, new Region(10, Crop.NYU_EIGEN)))).isBetween(0.2, 0.25);
  }

  /** The share of pixels that are grey, but for what JPEG does to them. */
  private static double grey(byte[] jpeg) {
    RgbImage image = ImageFiles.read(jpeg, "a view");
    int grey = 0;
    for (int i = 0; i < image.data().length; i += 3) {
      boolean near = true;
      for (int c = 0; c < 3; c++) {
        near &= Math.abs((image.data()[i + c] & 0xff) - 0x80) < 10;
      }
      grey += near ? 1 : 0;
    }
    return 3.0 * grey / image.data().length;
  }
}
