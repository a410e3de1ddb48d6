package dev.deltadepth.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.server.http.ServerException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFolderTest {
  @TempDir Path parent;

  @Test
  void itsUserAloneMayOpenIt() throws IOException {
    try (JobFolder folder = JobFolder.in(parent)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
          .isEqualTo("rwx------");
    }
    assertThat(parent).isEmptyDirectory();
  }

  /** Killed or not: that is what the lock tells. */
  @Test
  void theFolderOfAnotherProcessStaysUntilThatIsKilled() throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LockHolder.class.getName(),
            parent.toString());
    Process other = java.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
      Path folder = Path.of(said.readLine());
      try (JobFolder own = JobFolder.in(parent)) {
        assertThat(folder.resolve(JobFolder.LOCK)).exists();
        assertThat(own.path()).isNotEqualTo(folder);
      }
      other.destroyForcibly().waitFor();
      assertThat(folder).exists();
      try (JobFolder own = JobFolder.in(parent)) {
        assertThat(folder).doesNotExist();
        assertThat(own.path()).exists();
      }
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    Path precious = Files.writeString(parent.resolve("precious"), "x");
    Path left = Files.createDirectory(parent.resolve(JobFolder.PREFIX + "1"));
    Files.writeString(left.resolve(JobFolder.LOCK), "");
    Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve(JobFolder.LOCK), "");
    Files.createSymbolicLink(left.resolve("link"), elsewhere);
    Files.createSymbolicLink(left.resolve("file"), precious);
    Files.createSymbolicLink(parent.resolve(JobFolder.PREFIX + "2"), elsewhere);
    try (JobFolder own = JobFolder.in(parent)) {
      assertThat(left).doesNotExist();
      assertThat(elsewhere.resolve(JobFolder.LOCK)).exists();
      assertThat(precious).exists();
      assertThat(own.path()).exists();
    }
  }

  @Test
  void whatHasNoLockIsOnlyRemovedWhenItIsOld() throws IOException {
    Path made = Files.createDirectory(parent.resolve(JobFolder.PREFIX + "1"));
    JobFolder.in(parent).close();
    assertThat(made).exists();
    Files.setLastModifiedTime(made, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
    JobFolder.in(parent).close();
    assertThat(made).doesNotExist();
  }

  @Test
  void whereThereIsNoFolder() {
    assertThatThrownBy(() -> JobFolder.in(parent.resolve("none")))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("cannot make a folder for videos in")
        .hasMessageContaining("--jobs 0");
  }
}
