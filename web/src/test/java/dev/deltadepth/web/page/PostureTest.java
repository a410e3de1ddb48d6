package dev.deltadepth.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostureTest {
  private static final double SMALL = Math.sin(Math.toRadians(5)) / Math.sin(Math.toRadians(20));

  @Test
  void aDeviceThatIsNotMovedTiltsNothing() {
    Posture posture = new Posture(123, 45, -6);
    posture.move(123, 45, -6, 90);
    assertThat(posture.x()).isCloseTo(0, within(1e-12));
    assertThat(posture.y()).isCloseTo(0, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    // Flat on a table, the right edge lifted towards the user.
    "0, 0, 0,     0, 0, -5,    0,   -1, 0",
    // The right edge lowered.
    "0, 0, 0,     0, 0, 5,     0,    1, 0",
    // The upper edge lifted.
    "0, 0, 0,     0, 5, 0,     0,    0, 1",
    // Upright before the user, turned to the right about the vertical, where alpha falls.
    "100, 90, 0,  95, 90, 0,   0,   -1, 0",
    // Upright and leaned back.
    "100, 90, 0,  100, 85, 0,  0,    0, -1",
    // Across north, where alpha starts again.
    "2, 90, 0,    357, 90, 0,  0,   -1, 0",
    // The device lies on its left side: its upper edge is the screen's left one.
    "0, 0, 0,     0, 5, 0,     90,   1, 0",
    "0, 0, 0,     0, 0, 5,     90,   0, -1",
    "0, 0, 0,     0, 0, 5,     180, -1, 0",
    "0, 0, 0,     0, 5, 0,     270, -1, 0",
  })
  void itTiltsAsTheScreenIsTurned(
      double alpha,
      double beta,
      double gamma,
      double newAlpha,
      double newBeta,
      double newGamma,
      double screen,
      int x,
      int y) {
    Posture posture = new Posture(alpha, beta, gamma);
    posture.move(newAlpha, newBeta, newGamma, screen);
    assertThat(posture.x()).isCloseTo(x * SMALL, within(1e-9));
    assertThat(posture.y()).isCloseTo(y * SMALL, within(1e-9));
  }

  /** Past the vertical, gamma changes its sign and alpha by half a turn. */
  @Test
  void itIsSteadyWhereAnglesJump() {
    Posture posture = new Posture(10, 89.9, 0.1);
    posture.move(190, 89.9, 179.9, 0);
    assertThat(posture.x()).isCloseTo(0, within(0.02));
    assertThat(posture.y()).isCloseTo(0, within(0.02));
  }

  @Test
  void itTiltsNoFartherThanOne() {
    Posture posture = new Posture(0, 0, 0);
    posture.move(0, 0, 60, 0);
    assertThat(posture.x()).isEqualTo(1);
  }
}
