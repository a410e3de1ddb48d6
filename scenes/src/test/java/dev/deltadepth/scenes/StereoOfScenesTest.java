package dev.deltadepth.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Nearness;
import dev.deltadepth.core.view.Stereo;
import dev.deltadepth.core.view.StereoPair;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Of scenes with exact depth, blocks of the left picture are looked for in the right one. The
 * scenes are painted with noise, so that every block can be told from its neighbours.
 */
class StereoOfScenesTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int RADIUS = 5;

  @ParameterizedTest
  @CsvSource({"ROOM,1,5,0.5", "ROOM,4,2.5,0", "STREET,2,4,0.3", "STILL_LIFE,3,6,1"})
  void theShiftIsTheIntendedOneWithinHalfAPixel(
      Scene.Kind kind, long seed, double divergence, double convergence) {
    RenderedScene scene = new SceneRenderer(WIDTH, HEIGHT, 3).render(Scene.of(kind, seed));
    Stereo stereo = new Stereo(divergence, convergence);
    StereoPair pair = StereoPair.of(painted(scene.image()), scene.disparity(), stereo);
    Nearness nearness = Nearness.of(scene.disparity());
    int measured = 0;
    int right = 0;
    for (int y = RADIUS; y < HEIGHT - RADIUS; y += 7) {
      for (int x = 30; x < WIDTH - 30; x += 7) {
        if (!isSmooth(nearness, x, y)) {
          continue;
        }
        double intended = stereo.shift(nearness.value(x, y), WIDTH);
        int left = (int) Math.round(x + intended / 2);
        measured++;
        if (Math.abs(shift(pair, left, y) - intended) <= 0.5) {
          right++;
        }
      }
    }
    assertThat(measured).isGreaterThan(100);
    assertThat((double) right / measured).as("of " + measured).isGreaterThanOrEqualTo(0.99);
  }

  /** By the least squared difference, with a parabola through it and its neighbours. */
  private static double shift(StereoPair pair, int left, int y) {
    int most = 20;
    double[] costs = new double[2 * most + 1];
    int best = 1;
    for (int k = 0; k < costs.length; k++) {
      costs[k] = cost(pair, left, left - (k - most), y);
      if (k > 0 && k < costs.length - 1 && costs[k] < costs[best]) {
        best = k;
      }
    }
    double before = costs[best - 1];
    double after = costs[best + 1];
    double bend = before - 2 * costs[best] + after;
    return best - most + (bend > 0 ? 0.5 * (before - after) / bend : 0);
  }

  private static double cost(StereoPair pair, int left, int right, int y) {
    double sum = 0;
    for (int dy = -RADIUS; dy <= RADIUS; dy++) {
      for (int dx = -RADIUS; dx <= RADIUS; dx++) {
        for (int c = 0; c < 3; c++) {
          int a = Math.max(0, Math.min(WIDTH - 1, left + dx));
          int b = Math.max(0, Math.min(WIDTH - 1, right + dx));
          double difference = pair.left().value(a, y + dy, c) - pair.right().value(b, y + dy, c);
          sum += difference * difference;
        }
      }
    }
    return sum;
  }

  /** Whether no edge is so near that it may hide a part of the block. */
  private static boolean isSmooth(Nearness nearness, int x, int y) {
    float low = 1;
    float high = 0;
    for (int dy = -RADIUS; dy <= RADIUS; dy++) {
      for (int dx = -2 * RADIUS - 10; dx <= 2 * RADIUS + 10; dx++) {
        float value = nearness.value(Math.max(0, Math.min(WIDTH - 1, x + dx)), y + dy);
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return high - low < 0.1;
  }

  /** Each pixel a quarter of itself and the rest noise, two pixels wide. */
  private static RgbImage painted(RgbImage image) {
    Random random = new Random(9);
    byte[] out = image.data().clone();
    int[] noise = random.ints(out.length + 3, 0, 192).toArray();
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) ((out[i] & 0xff) / 4 + (noise[i] + noise[i + 3]) / 2);
    }
    return new RgbImage(image.width(), image.height(), out);
  }
}
