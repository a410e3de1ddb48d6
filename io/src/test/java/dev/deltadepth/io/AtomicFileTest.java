package dev.deltadepth.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir Path folder;

  @Test
  void aNameThatIsTooLongIsSaid() {
    Path file = folder.resolve("ü".repeat(126) + ".png");
    assertThatThrownBy(() -> AtomicFile.write(file, out -> out.write(1)))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("whose name has 256 bytes; choose a shorter one: ")
        .hasMessageNotContaining("disk");
  }

  @Test
  void aNameMayBeAsLongAsTheSystemAllows() throws IOException {
    Path file = folder.resolve("ü".repeat(125) + ".npy");
    AtomicFile.write(file, out -> out.write(7));
    assertThat(Files.readAllBytes(file)).containsExactly(7);
    assertThat(names()).hasSize(1);
  }

  @Test
  void whatFailsLeavesNothingAndTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IOException("the disk is full");
                    }))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("a.txt")
        .hasMessageContaining("the disk is full");
    assertThat(Files.readString(file)).isEqualTo("old");
    assertThat(names()).containsExactly("a.txt");
  }

  /** Threads that begin files as fast as they can while the process ends. */
  static final class Writers {
    public static void main(String[] arguments) throws InterruptedException {
      Runnable[] writers = new Runnable[8];
      for (int i = 0; i < writers.length; i++) {
        Path file = Path.of(arguments[0], "file" + i);
        writers[i] =
            () -> {
              while (true) {
                AtomicFile.write(file, out -> out.write(new byte[1000]));
              }
            };
      }
      EndingProcess.during(writers);
    }
  }

  @Test
  void aProcessThatEndsWhileItWritesLeavesNoTemporaryFile() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(EndingProcess.run(Writers.class, folder)).isZero();
      assertThat(names()).isNotEmpty().allMatch(name -> name.startsWith("file"));
    }
  }

  @Test
  void whatAKilledProcessLeftIsSwept() throws IOException {
    long dead = 4_000_000_000L;
    Path old = Files.createFile(folder.resolve(".delta-" + dead + "-1.tmp"));
    Path young = Files.createFile(folder.resolve(".delta-" + dead + "-2.tmp"));
    Path alive =
        Files.createFile(folder.resolve(".delta-" + ProcessHandle.current().pid() + "-x.tmp"));
    Path other = Files.createFile(folder.resolve("delta-1-1.tmp"));
    FileTime then = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    for (Path file : new Path[] {old, alive, other}) {
      Files.setLastModifiedTime(file, then);
    }
    AtomicFile.sweep(folder);
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(alive).exists();
    assertThat(other).exists();
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList().stream();
    }
  }
}
