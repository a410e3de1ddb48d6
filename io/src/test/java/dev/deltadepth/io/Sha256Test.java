package dev.deltadepth.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
  /** FIPS 180-4's examples. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final String NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @TempDir Path folder;

  @Test
  void filesBytesAndTextsHaveTheSameHash() throws IOException {
    assertThat(Sha256.of("abc")).isEqualTo(ABC);
    assertThat(Sha256.of(new byte[] {'a', 'b', 'c'})).isEqualTo(ABC);
    assertThat(Sha256.of(Files.writeString(folder.resolve("abc"), "abc"))).isEqualTo(ABC);
    assertThat(Sha256.of(Files.createFile(folder.resolve("empty")))).isEqualTo(NOTHING);
    byte[] large = new byte[3_000_000];
    assertThat(Sha256.of(Files.write(folder.resolve("large"), large))).isEqualTo(Sha256.of(large));
  }

  @Test
  void severalHashesGiveTheHashOfTheirBytes() {
    assertThat(Sha256.ofHashes(List.of())).isEqualTo(NOTHING);
    // Twice the bytes of ABC, hashed with sha256sum.
    assertThat(Sha256.ofHashes(List.of(ABC, ABC)))
        .isEqualTo("3b771ca97e3c17698aff21227fa046b5622a30d8ee5d2de4ee1111a1cdf258ee");
  }

  @Test
  void theMessageTellsAMissingFileAFolderAndAProtectedFileApart() {
    Path missing = folder.resolve("missing.jpg");
    assertThatThrownBy(() -> Sha256.of(missing))
        .isInstanceOf(FileException.class)
        .hasMessage(missing + " does not exist: check the path");
    assertThatThrownBy(() -> Sha256.of(folder))
        .isInstanceOf(FileException.class)
        .hasMessage(folder + " is a folder: give the path of a file");
    // Tests may run as root, who may read everything.
    assertThat(FileException.unreadable(missing, new AccessDeniedException(missing.toString())))
        .hasMessage("cannot read " + missing + ": permission denied");
    assertThat(FileException.unreadable(missing, new IOException("Input/output error")))
        .hasMessage("cannot read " + missing + ": Input/output error");
  }
}
