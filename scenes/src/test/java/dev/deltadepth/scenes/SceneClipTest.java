package dev.deltadepth.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.steady.Motion;
import dev.deltadepth.scenes.SceneClip.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SceneClipTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;
  private static final SceneRenderer SMALL = new SceneRenderer(WIDTH, HEIGHT, 1);

  @Test
  void theSameSeedGivesTheSameClip() {
    SceneClip first = SceneClip.of(Scene.Kind.ROOM, 5, Path.WALKING);
    SceneClip second = SceneClip.of(Scene.Kind.ROOM, 5, Path.WALKING);
    ClipFrame frame = first.frame(SMALL, 20);
    assertThat(second.frame(SMALL, 20).rendered()).isEqualTo(frame.rendered());
    assertThat(SceneClip.of(Scene.Kind.ROOM, 6, Path.WALKING).frame(SMALL, 20).rendered())
        .isNotEqualTo(frame.rendered());
  }

  @Test
  void onATripodOnlyTheThingMovesAndTheNoiseChanges() {
    SceneClip clip = SceneClip.of(Scene.Kind.INTERIOR, 2, Path.STILL);
    ClipFrame before = clip.frame(SMALL, 9);
    ClipFrame now = clip.frame(SMALL, 10);
    int still = 0;
    int moving = 0;
    int uncovered = 0;
    int noisy = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      float right = now.motion().right()[i];
      if (Float.isNaN(right)) {
        assertThat(metres(before, i)).isLessThan(metres(now, i));
        uncovered++;
      } else if (Math.abs(right) > 1e-3) {
        moving++;
      } else {
        assertThat(metres(before, i)).isEqualTo(metres(now, i));
        still++;
        noisy += colour(before, i) == colour(now, i) ? 0 : 1;
      }
    }
    assertThat(still).isGreaterThan(WIDTH * HEIGHT / 2);
    assertThat(moving).isGreaterThan(50);
    assertThat(uncovered).isBetween(1, moving);
    assertThat(noisy).isGreaterThan(still / 2);
  }

  /** Where nothing is hidden, the point seen now lies on the surface that was seen before. */
  @ParameterizedTest
  @EnumSource(Path.class)
  void theMotionLeadsToTheSameDepth(Path path) {
    SceneClip clip = SceneClip.of(Scene.Kind.WALL, 3, path);
    int compared = 0;
    int far = 0;
    for (int k = 30; k < 33; k++) {
      DepthMap before = clip.frame(SMALL, k - 1).rendered().disparity();
      ClipFrame now = clip.frame(SMALL, k);
      Camera was = clip.scene(k - 1).camera();
      Camera is = clip.scene(k).camera();
      Motion motion = now.motion();
      for (int i = 0; i < WIDTH * HEIGHT; i++) {
        int row = i / WIDTH;
        float x = i % WIDTH + motion.right()[i];
        float y = row + motion.down()[i];
        if (!(x >= 0 && y >= 0 && x < WIDTH - 1 && y < HEIGHT - 1)) {
          continue;
        }
        Vector ray = is.direction(i % WIDTH + 0.5, row + 0.5, WIDTH, HEIGHT);
        Vector point = is.position().plus(ray.times(metres(now, i)));
        double depth = was.project(point, WIDTH, HEIGHT).z();
        compared++;
        far += Math.abs(1 / depth - bilinear(before, x, y)) > 0.01 / depth ? 1 : 0;
      }
    }
    assertThat(compared).isGreaterThan(2 * WIDTH * HEIGHT);
    // What remains is the moving thing and its edge.
    assertThat(far).isLessThan(compared / 8);
  }

  @Test
  void nothingIsKnownOfTheTimeBeforeTheFirstFrame() {
    SceneClip clip = SceneClip.of(Scene.Kind.STILL_LIFE, 1, Path.HAND_HELD);
    assertThat(clip.frame(SMALL, 0).motion().right()).containsOnly(Float.NaN);
    assertThatThrownBy(() -> clip.frame(SMALL, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 0");
  }

  @Test
  void aMovedCameraStaysUprightAndProjectsWhatItSees() {
    Camera camera = Camera.at(new Vector(1, 2, 3), new Vector(0.5, 1.5, 6), 50);
    Camera moved = camera.moved(new Vector(0.1, 0.2, 0.3), 0.2, -0.1);
    assertThat(moved.right().dot(moved.up())).isCloseTo(0, within(1e-12));
    assertThat(moved.right().cross(moved.up()).dot(moved.forward()))
        .isCloseTo(camera.right().cross(camera.up()).dot(camera.forward()), within(1e-12));
    Vector point = moved.position().plus(moved.direction(12.5, 40, WIDTH, HEIGHT).times(2.5));
    Vector seen = moved.project(point, WIDTH, HEIGHT);
    assertThat(seen.x()).isCloseTo(12.5, within(1e-9));
    assertThat(seen.y()).isCloseTo(40, within(1e-9));
    assertThat(seen.z()).isCloseTo(2.5, within(1e-9));
    // Turning right brings things to the left, turning up brings them down.
    Vector ahead = camera.position().plus(camera.forward().times(2));
    Vector turned = camera.moved(Vector.ZERO, 0.1, 0.1).project(ahead, WIDTH, HEIGHT);
    assertThat(turned.x()).isLessThan(WIDTH / 2.0);
    assertThat(turned.y()).isGreaterThan(HEIGHT / 2.0);
  }

  private static float metres(ClipFrame frame, int i) {
    return frame.rendered().depthMetres().data()[i];
  }

  private static int colour(ClipFrame frame, int i) {
    RgbImage image = frame.rendered().image();
    return image.value(i % WIDTH, i / WIDTH, 0) << 8 | image.value(i % WIDTH, i / WIDTH, 1);
  }

  private static double bilinear(DepthMap map, float x, float y) {
    int column = (int) x;
    int row = (int) y;
    double fx = x - column;
    double fy = y - row;
    double upper = map.value(column, row) * (1 - fx) + map.value(column + 1, row) * fx;
    double lower = map.value(column, row + 1) * (1 - fx) + map.value(column + 1, row + 1) * fx;
    return upper * (1 - fy) + lower * fy;
  }
}
