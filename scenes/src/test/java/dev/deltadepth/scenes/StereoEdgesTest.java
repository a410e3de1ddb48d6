package dev.deltadepth.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.JointUpsampler;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Stereo;
import dev.deltadepth.core.view.StereoPair;
import org.junit.jupiter.api.Test;

/**
 * Specks along the edges of a stereo pair. A picture whose colours are its own columns and rows
 * tells where each pixel of an eye's picture is from; a speck is from elsewhere than six or more of
 * its eight neighbours.
 */
class StereoEdgesTest {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 360;

  /** Pixels of the photo; colours tell places to about one. */
  private static final double ELSEWHERE = 4;

  /** Maps as a network gives them: a fifth of the size, enlarged along the edges of the photo. */
  @Test
  void softEdgesLeaveFewSpecks() {
    double usual = 0;
    double twice = 0;
    double pixels = 0;
    for (Scene.Kind kind : Scene.Kind.values()) {
      RenderedScene scene = new SceneRenderer(WIDTH, HEIGHT, 1).render(Scene.of(kind, 2));
      DepthMap small = Resizer.resizeAntialiased(scene.disparity(), WIDTH / 5, HEIGHT / 5);
      DepthMap map = JointUpsampler.enlarge(small, scene.image());
      usual += specks(map, 2.5);
      twice += specks(map, 5);
      pixels += 2 * WIDTH * HEIGHT;
    }
    assertThat(usual / pixels).isLessThan(12e-6);
    assertThat(twice / pixels).isLessThan(110e-6);
  }

  private static int specks(DepthMap map, double divergence) {
    StereoPair pair = StereoPair.of(places(), map, new Stereo(divergence, 0.5));
    return specks(pair.left()) + specks(pair.right());
  }

  private static RgbImage places() {
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    for (int y = 0, i = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++, i += 3) {
        rgb[i] = (byte) Math.round(255.0 * x / (WIDTH - 1));
        rgb[i + 1] = (byte) Math.round(255.0 * y / (HEIGHT - 1));
      }
    }
    return new RgbImage(WIDTH, HEIGHT, rgb);
  }

  private static int specks(RgbImage eye) {
    int specks = 0;
    for (int y = 1; y < HEIGHT - 1; y++) {
      for (int x = 1; x < WIDTH - 1; x++) {
        int others = 0;
        for (int dy = -1; dy <= 1; dy++) {
          for (int dx = -1; dx <= 1; dx++) {
            others += distance(eye, x, y, dx, dy) > ELSEWHERE ? 1 : 0;
          }
        }
        specks += others >= 6 ? 1 : 0;
      }
    }
    return specks;
  }

  /** How far apart, but for the step itself, two neighbours were in the photo. */
  private static double distance(RgbImage eye, int x, int y, int dx, int dy) {
    double columns = (eye.value(x + dx, y + dy, 0) - eye.value(x, y, 0)) * (WIDTH - 1) / 255.0;
    double rows = (eye.value(x + dx, y + dy, 1) - eye.value(x, y, 1)) * (HEIGHT - 1) / 255.0;
    return Math.hypot(columns - dx, rows - dy);
  }
}
