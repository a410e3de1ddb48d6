package dev.deltadepth.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputSizeTest {

  @ParameterizedTest
  @CsvSource({
    "640, 480, 256, 32, 352, 256",
    "480, 640, 256, 32, 256, 352",
    "1, 1, 256, 32, 256, 256",
    "4000, 100, 256, 32, 2048, 256",
    "100, 2000000000, 256, 32, 256, 2048",
    "1920, 1080, 378, 14, 672, 378"
  })
  void thePhotosShapeIsKeptUpToEightTimesAsLong(
      int width, int height, int shorter, int multiple, int seenWidth, int seenHeight) {
    assertThat(InputSize.ofPhoto(width, height, shorter, multiple))
        .isEqualTo(new InputSize(seenWidth, seenHeight));
  }

  @Test
  void sidesBelowOneAreRefused() {
    assertThatThrownBy(() -> InputSize.ofPhoto(0, 5, 256, 32))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
