package dev.deltadepth.core.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraTest {
  private static final Camera SKEWED = new Camera(40, 30, 50, 60, 10, 12);

  @Test
  void aLensOn35mmFilmHasItsKnownFocalLength() {
    // The picture has the shape of film, so a pixel is 36/3600 mm.
    Camera camera = Camera.ofFocalLength35mm(3600, 2400, 50);
    assertThat(camera.fx()).isCloseTo(5000, within(1e-9));
    assertThat(camera.fy()).isEqualTo(camera.fx());
    assertThat(camera.cx()).isEqualTo(1800);
    assertThat(camera.cy()).isEqualTo(1200);
    assertThat(camera.fieldOfView()).isCloseTo(39.6, within(0.01));
  }

  @Property
  void theFieldOfViewIsThatOfTheLongerSide(
      @ForAll @IntRange(min = 1, max = 5000) int width,
      @ForAll @IntRange(min = 1, max = 5000) int height,
      @ForAll @DoubleRange(min = 1, max = 179) double degrees) {
    Camera camera = Camera.ofFieldOfView(width, height, degrees);
    assertThat(camera.fieldOfView()).isCloseTo(degrees, within(1e-9));
    assertThat(Camera.ofFieldOfView(height, width, degrees).fx()).isEqualTo(camera.fx());
  }

  @Test
  void anUnknownCameraHasSixtyDegrees() {
    assertThat(Camera.unknown(640, 480).fieldOfView()).isCloseTo(60, within(1e-9));
    assertThat(Camera.unknown(640, 480).fx()).isCloseTo(554.256, within(1e-3));
  }

  @Test
  void resizingAndCroppingKeepDirections() {
    Camera half = SKEWED.resized(20, 15);
    assertThat(half).isEqualTo(new Camera(20, 15, 25, 30, 5, 6));
    Camera part = SKEWED.cropped(4, 6, 20, 20);
    assertThat(part.right(0)).isEqualTo(SKEWED.right(4));
    assertThat(part.up(3)).isEqualTo(SKEWED.up(9));
    assertThat(SKEWED.right(10)).isEqualTo(0.01);
    assertThat(SKEWED.up(11)).isCloseTo(0.5 / 60, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 40, 30, 50, 60, 10, 12",
    "2, 40, 30, 50, 60, 30, 12",
    "3, 40, 30, 50, 60, 30, 18",
    "4, 40, 30, 50, 60, 10, 18",
    "5, 30, 40, 60, 50, 12, 10",
    "6, 30, 40, 60, 50, 18, 10",
    "7, 30, 40, 60, 50, 18, 30",
    "8, 30, 40, 60, 50, 12, 30"
  })
  void turnsWithThePicture(
      int orientation, int width, int height, double fx, double fy, double cx, double cy) {
    assertThat(SKEWED.turned(orientation)).isEqualTo(new Camera(width, height, fx, fy, cx, cy));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9})
  void refusesOtherOrientations(int orientation) {
    assertThatThrownBy(() -> SKEWED.turned(orientation))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 8");
  }

  @Test
  void refusesNumbersThatAreNoCamera() {
    assertThatThrownBy(() -> new Camera(0, 1, 1, 1, 0, 0)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new Camera(1, 1, 0, 1, 0, 0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new Camera(1, 1, 1, Double.NaN, 0, 0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new Camera(1, 1, 1, 1, Double.NaN, 0)).hasMessageContaining("finite");
    assertThatThrownBy(() -> Camera.ofFieldOfView(4, 4, 180)).hasMessageContaining("180 degrees");
    assertThatThrownBy(() -> Camera.ofFocalLength35mm(4, 4, -1)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> SKEWED.require(41, 30))
        .hasMessageContaining("40x30")
        .hasMessageContaining("41x30");
    assertThat(SKEWED.require(40, 30)).isSameAs(SKEWED);
  }
}
