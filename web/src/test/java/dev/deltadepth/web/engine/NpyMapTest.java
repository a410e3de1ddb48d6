package dev.deltadepth.web.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.web.browser.WebException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyMapTest {
  @TempDir Path folder;

  @Test
  void whatTheServerWritesIsRead() throws IOException {
    float[] values = {0, 0.25f, -1, Float.NaN, 1e-20f, 3};
    DepthMap map = NpyMap.read(file(new FloatArray(new int[] {2, 3}, values)));
    assertThat(map.width()).isEqualTo(3);
    assertThat(map.height()).isEqualTo(2);
    assertThat(map.data()).isEqualTo(values);
  }

  @Test
  void anAnswerThatIsNotWholeIsRefused() throws IOException {
    byte[] whole = file(new FloatArray(new int[] {2, 3}, new float[6]));
    for (int length : new int[] {0, 5, 20, whole.length - 1}) {
      assertThatThrownBy(() -> NpyMap.read(Arrays.copyOf(whole, length)))
          .isInstanceOf(WebException.class)
          .hasMessageStartingWith("the server's response");
    }
  }

  @Test
  void anArrayThatIsNoMapIsRefused() throws IOException {
    byte[] cube = file(new FloatArray(new int[] {1, 2, 3}, new float[6]));
    assertThatThrownBy(() -> NpyMap.read(cube)).isInstanceOf(WebException.class);
  }

  private byte[] file(FloatArray array) throws IOException {
    Path file = folder.resolve("map.npy");
    NpyFile.write(array, file);
    return Files.readAllBytes(file);
  }
}
