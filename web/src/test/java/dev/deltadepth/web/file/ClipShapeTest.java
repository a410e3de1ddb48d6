package dev.deltadepth.web.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipShapeTest {

  @ParameterizedTest
  @CsvSource({
    "320, 240, false, 320, 240",
    "321, 241, false, 322, 242",
    "3840, 2160, false, 1280, 720",
    "2160, 3840, false, 720, 1280",
    "320, 240, true, 640, 240",
    "1920, 1080, true, 1280, 360",
    "1080, 1920, true, 1280, 1138",
    "8, 4000, false, 16, 1280",
    "1, 1, true, 32, 16"
  })
  void sidesAreEvenAndNotTooLong(
      int width, int height, boolean both, int clipWidth, int clipHeight) {
    ClipShape shape = ClipShape.of(width, height, both);
    assertThat(shape.width()).isEqualTo(clipWidth);
    assertThat(shape.height()).isEqualTo(clipHeight);
    assertThat(shape.frameWidth()).isEqualTo(both ? clipWidth / 2 : clipWidth);
  }
}
