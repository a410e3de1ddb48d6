package dev.deltadepth.distill.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.RgbImage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WindowTest {

  private static Window grey(int level, int width, int height) {
    byte[] data = new byte[width * height * 3];
    Arrays.fill(data, (byte) level);
    return Window.whole("grey", new RgbImage(width, height, data));
  }

  @Test
  void anInsetCoversItsRectangleAlone() {
    Window.Inset inset = new Window.Inset(grey(255, 30, 50), 0.25, 0.5, 0.5, 0.25);
    float[] rgb = Window.draw(List.of(grey(0, 40, 20), grey(0, 40, 20).with(inset)), 8, 16);
    assertThat(Arrays.copyOf(rgb, 3 * 8 * 16)).containsOnly(0);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 16; x++) {
          boolean covered = x >= 4 && x < 12 && y >= 4 && y < 6;
          float value = rgb[((3 + c) * 8 + y) * 16 + x];
          assertThat(value).as("%d, %d, %d", c, y, x).isCloseTo(covered ? 1 : 0, within(1e-6f));
        }
      }
    }
  }

  @Property(tries = 200)
  void anInsetCoversTheSameShareAtEveryResolution(@ForAll long seed) {
    Window.Inset inset = Window.Inset.random(grey(255, 30, 50), new Random(seed));
    assertThat(inset.left()).isBetween(0.0, 1 - inset.width());
    assertThat(inset.top()).isBetween(0.0, 1 - inset.height());
    Window window = grey(0, 40, 20).with(inset);
    double share = inset.width() * inset.height();
    assertThat(mean(Window.draw(List.of(window), 96, 160))).isCloseTo(share, within(0.02));
    assertThat(mean(Window.draw(List.of(window), 32, 32))).isCloseTo(share, within(0.05));
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
