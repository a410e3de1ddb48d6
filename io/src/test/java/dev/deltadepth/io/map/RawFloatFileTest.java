package dev.deltadepth.io.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawFloatFileTest {
  @TempDir private Path folder;
  private Path file;

  /** What NumPy's tofile writes for [1.5, inf]. */
  @BeforeEach
  void write() throws IOException {
    file =
        Files.write(
            folder.resolve("depth"), new byte[] {0, 0, (byte) 0xc0, 0x3f, 0, 0, (byte) 0x80, 0x7f});
  }

  @Test
  void valuesAreReadAsTheyAre() {
    assertThat(RawFloatFile.read(file, 2)).containsExactly(1.5f, Float.POSITIVE_INFINITY);
  }

  @Test
  void anotherNumberOfValuesIsRefused() {
    assertThatThrownBy(() -> RawFloatFile.read(file, 3))
        .isInstanceOf(FileException.class)
        .hasMessage(file + " has 8 bytes, but 12 (3 float32) are expected: copy it again");
    assertThatThrownBy(() -> RawFloatFile.read(folder.resolve("gone"), 3))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("gone does not exist");
    Path notes = folder.resolve("notes.txt");
    assertThatThrownBy(() -> ImageFiles.size(Files.writeString(notes, "no picture")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("notes.txt is not a picture");
  }
}
