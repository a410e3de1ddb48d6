package dev.deltadepth.estimate;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.InputSize;
import dev.deltadepth.io.FileException;
import org.junit.jupiter.api.Test;

class NetworkMemoryTest {
  @Test
  void whatDoesNotFitIsRefusedWithTheSizeThatDoes() {
    NetworkMemory little = new NetworkMemory(4_000_000_000L);
    InputSize panorama = InputSize.ofPhoto(20000, 400, 2048, 32);
    assertThatThrownBy(() -> little.require(panorama, "wide.jpg"))
        .isInstanceOf(FileException.class)
        .hasMessage(
            "wide.jpg: the network would see 16384x2048 pixels, which takes about 15.1 GB of memory,"
                + " and 4.0 GB are free; use --size 1024 or less");
    InputSize smaller = InputSize.ofPhoto(20000, 400, 1024, 32);
    assertThatCode(() -> little.require(smaller, "wide.jpg")).doesNotThrowAnyException();
    assertThatThrownBy(() -> new NetworkMemory(10).require(smaller, "wide.jpg"))
        .hasMessageEndingWith("cut the photo into parts");
  }

  @Test
  void aPhotoAtTheNativeSizeFitsHere() {
    assertThatCode(() -> NetworkMemory.here().require(new InputSize(384, 256), "a.jpg"))
        .doesNotThrowAnyException();
  }
}
