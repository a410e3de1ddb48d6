package dev.deltadepth.core.view;

import static dev.deltadepth.core.view.StereoPairTest.map;
import static dev.deltadepth.core.view.StereoPairTest.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrbitTest {
  private static final int SIZE = 160;

  @ParameterizedTest
  @CsvSource({"1,1", "1,6", "6,1", "2,2", "31,17"})
  void anySizeWorks(int width, int height) {
    DepthMap map = map(width, height, (x, y) -> (x + 2 * y) % 7);
    for (CameraPath path : CameraPath.values()) {
      Orbit orbit = new Orbit(noise(width, height), map, motion(path, 10), 20);
      assertThat(Math.max(orbit.width(), orbit.height()))
          .isEqualTo(Math.min(20, Math.max(width, height)));
      for (int i = 0; i < orbit.count(); i++) {
        assertThat(orbit.frame(i).width()).isEqualTo(orbit.width());
      }
    }
  }

  @Test
  void aFlatMapGivesThePhotoInEveryFrame() {
    RgbImage photo = noise(24, 16);
    Orbit orbit = new Orbit(photo, map(24, 16, (x, y) -> 3), motion(CameraPath.ZOOM, 5), 24);
    RgbImage first = orbit.frame(0);
    assertThat(first.width()).isEqualTo(24);
    for (int i = 1; i < orbit.count(); i++) {
      assertThat(orbit.frame(i)).isEqualTo(first);
    }
  }

  /** A white square in front of a wall: it moves as far as was asked for, what is still stays. */
  @Test
  void theNearestMovesByTheAmount() {
    Orbit orbit = new Orbit(square(), squareMap(), motion(CameraPath.SWING, 5), SIZE);
    double left = middle(orbit.frame(1), false);
    double right = middle(orbit.frame(3), false);
    // 5 % of 160 pixels to each side, enlarged by the crop of 2 x 5 %.
    assertThat(right - left).isCloseTo(2 * 0.05 * SIZE * 1.1, within(0.7));
    assertThat(middle(orbit.frame(0), false)).isCloseTo((SIZE - 1) / 2.0, within(0.6));
    assertThat(middle(orbit.frame(1), true)).isCloseTo((SIZE - 1) / 2.0, within(0.6));
  }

  @Test
  void movingForwardMakesTheNearestGrow() {
    Orbit orbit = new Orbit(square(), squareMap(), motion(CameraPath.ZOOM, 5), SIZE);
    double before = area(orbit.frame(0));
    double after = area(orbit.frame(2));
    // 3 x 5 % nearer: larger by 1 / (1 - 0.15) along both sides.
    assertThat(Math.sqrt(after / before)).isCloseTo(1 / 0.85, within(0.03));
  }

  @Test
  void holesAreFilledFromTheBackgroundAlone() {
    Orbit orbit = new Orbit(square(), squareMap(), motion(CameraPath.SWING, 10), SIZE);
    RgbImage frame = orbit.frame(1);
    for (int y = 0; y < SIZE; y++) {
      int white = 0;
      for (int x = 0; x < SIZE; x++) {
        white += frame.value(x, y, 0) > 150 ? 1 : 0;
      }
      assertThat(white).isLessThan(60);
    }
  }

  @ParameterizedTest
  @EnumSource(CameraPath.class)
  void pathsAreClosedAndStayInTheirRange(CameraPath path) {
    assertThat(path.at(0).x()).isCloseTo(path.at(2 * Math.PI).x(), within(1e-9));
    assertThat(path.at(0).forward()).isCloseTo(path.at(2 * Math.PI).forward(), within(1e-9));
    for (double turn = 0; turn < 7; turn += 0.1) {
      CameraPath.Pose pose = path.at(turn);
      assertThat(Math.abs(pose.x())).isLessThanOrEqualTo(1);
      assertThat(Math.abs(pose.y())).isLessThanOrEqualTo(1);
      assertThat(pose.forward()).isBetween(0.0, 1.0);
    }
    assertThat(CameraPath.named(path.toString())).contains(path);
  }

  @Test
  void aWiggleHasTwoFrames() {
    StereoPair pair = new StereoPair(square(), noise(SIZE, SIZE));
    Frames frames = Frames.wiggle(pair, 120);
    assertThat(frames.count()).isEqualTo(2);
    assertThat(frames.millis()).isEqualTo(120);
    assertThat(frames.frame(0)).isEqualTo(pair.left());
    assertThat(frames.frame(1)).isEqualTo(pair.right());
  }

  @Test
  void nothingButGoodSettingsIsTaken() {
    assertThatThrownBy(() -> motion(CameraPath.SWING, 11)).hasMessageContaining("10 percent");
    assertThatThrownBy(() -> new Orbit.Motion(CameraPath.SWING, 1, 2, 3, 4))
        .hasMessageContaining("between 0 and 1");
    assertThatThrownBy(() -> new Orbit.Motion(CameraPath.SWING, 1, 0, 0, 4))
        .hasMessageContaining("at least one frame");
    assertThatThrownBy(() -> new Orbit(square(), squareMap(), motion(CameraPath.SWING, 1), 0))
        .hasMessageContaining("at least 1");
  }

  /** Four frames; the farthest stays still. */
  private static Orbit.Motion motion(CameraPath path, double amount) {
    return new Orbit.Motion(path, amount, 0, 4, 50);
  }

  private static boolean inSquare(int x, int y) {
    return x >= 60 && x < 100 && y >= 60 && y < 100;
  }

  /** A white square before a dark wall with a grey cross far up in its middle. */
  private static RgbImage square() {
    byte[] rgb = new byte[SIZE * SIZE * 3];
    for (int i = 0; i < SIZE * SIZE; i++) {
      int x = i % SIZE;
      int y = i / SIZE;
      int value = inSquare(x, y) ? 250 : 20;
      if (y < 30 && (x == 79 || x == 80)) {
        value = 120;
      }
      for (int c = 0; c < 3; c++) {
        rgb[3 * i + c] = (byte) value;
      }
    }
    return new RgbImage(SIZE, SIZE, rgb);
  }

  private static DepthMap squareMap() {
    return map(SIZE, SIZE, (x, y) -> inSquare(x, y) ? 2 : 1);
  }

  private static double area(RgbImage frame) {
    double sum = 0;
    for (int y = 40; y < 120; y++) {
      for (int x = 0; x < SIZE; x++) {
        sum += Math.max(0, frame.value(x, y, 0) - 20) / 230.0;
      }
    }
    return sum;
  }

  /** The mean column of what is bright in the row of the square, or of the cross. */
  private static double middle(RgbImage frame, boolean cross) {
    double sum = 0;
    double weights = 0;
    for (int x = 0; x < SIZE; x++) {
      double weight = Math.max(0, frame.value(x, cross ? 15 : SIZE / 2, 0) - 30);
      sum += weight * x;
      weights += weight;
    }
    return sum / weights;
  }
}
