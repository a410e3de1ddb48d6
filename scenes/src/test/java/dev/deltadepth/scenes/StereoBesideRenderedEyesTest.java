package dev.deltadepth.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.JointUpsampler;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Stereo;
import dev.deltadepth.core.view.StereoPair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an eye would see of a street, drawn from the picture between the eyes, beside the street
 * rendered from the eye's own place. Streets have a sky, whose disparity of 0 does not move.
 */
class StereoBesideRenderedEyesTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final double DIVERGENCE = 6;

  /** Columns at the ends that the picture between the eyes may not show. */
  private static final int MARGIN = 30;

  /** Mean squared errors over what both can see, and over what only the eye sees. */
  private record Errors(double seen, double hidden) {}

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 14})
  void newSidesShowTheBackground(long seed) {
    Scene scene = Scene.of(Scene.Kind.STREET, seed);
    SceneRenderer renderer = new SceneRenderer(WIDTH, HEIGHT, 2);
    RenderedScene middle = renderer.render(scene);
    double nearest = highest(middle.disparity());
    double focal = scene.camera().focal() * Math.min(WIDTH, HEIGHT);
    double base = DIVERGENCE / 100 * WIDTH / (focal * nearest);
    RenderedScene eye = renderer.render(seenFrom(scene, base / 2));

    DepthMap small = Resizer.resizeAntialiased(middle.disparity(), WIDTH / 4, HEIGHT / 4);
    DepthMap map = JointUpsampler.enlarge(small, middle.image());
    RgbImage drawn = StereoPair.of(middle.image(), map, new Stereo(DIVERGENCE, 0)).right();

    double half = focal * base / 2;
    Errors ours = errors(drawn, eye, middle, half);
    Errors unmoved = errors(middle.image(), eye, middle, half);
    assertThat(ours.hidden()).isLessThan(0.25 * unmoved.hidden());
    assertThat(ours.seen()).isLessThan(0.2 * unmoved.seen());
  }

  private static Scene seenFrom(Scene scene, double rightwards) {
    Camera camera = scene.camera().moved(new Vector(rightwards, 0, 0), 0, 0);
    return new Scene(camera, scene.solids(), scene.lights(), scene.air());
  }

  /**
   * The errors of a picture of the right eye.
   *
   * @param half by how many pixels a disparity of 1 per metre moves from the middle to the eye
   */
  private static Errors errors(
      RgbImage picture, RenderedScene eye, RenderedScene middle, double half) {
    double[] sum = new double[2];
    int[] count = new int[2];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = MARGIN; x < WIDTH - MARGIN; x++) {
        int kind = isSeen(middle, eye, x, y, half) ? 0 : 1;
        for (int c = 0; c < 3; c++) {
          double difference = picture.value(x, y, c) - eye.image().value(x, y, c);
          sum[kind] += difference * difference;
        }
        count[kind] += 3;
      }
    }
    assertThat(count[1]).isGreaterThan(100);
    return new Errors(sum[0] / count[0], sum[1] / count[1]);
  }

  /** Whether the picture between the eyes shows, to a quarter of a pixel, what the eye sees. */
  private static boolean isSeen(
      RenderedScene middle, RenderedScene eye, int x, int y, double half) {
    double disparity = 1 / eye.depthMetres().value(x, y);
    int column = (int) Math.round(x + half * disparity);
    for (int near = column - 1; near <= column + 1; near++) {
      int inside = Math.max(0, Math.min(WIDTH - 1, near));
      double there = 1 / middle.depthMetres().value(inside, y);
      if (Math.abs(there - disparity) * half <= 0.25) {
        return true;
      }
    }
    return false;
  }

  private static double highest(DepthMap map) {
    double highest = 0;
    for (float value : map.data()) {
      highest = Math.max(highest, value);
    }
    return highest;
  }
}
