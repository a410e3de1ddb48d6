package dev.deltadepth.cli.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.TestFilm;
import dev.deltadepth.cli.hostile.Child.Ended;
import dev.deltadepth.runtime.TestModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long videos, those that are interrupted and those that are killed. */
class LongVideoTest {
  private final Child child = new Child(Map.of());

  @TempDir Path folder;

  private Object[] command() {
    Path film = TestFilm.write(folder.resolve("film.mp4"), 320, 240, 60);
    Path model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    return new Object[] {"video", film, "--model", model, "-o", folder.resolve("out.mp4")};
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Waits until a part of the video has some content, so that there is something to finish. */
  private static void untilFramesAreWritten(Process process, Path folder) throws Exception {
    while (process.isAlive()) {
      try (Stream<Path> files = Files.walk(folder)) {
        if (files.anyMatch(
            file ->
                file.getFileName().toString().equals("unfinished.tmp")
                    && file.toFile().length() > 0)) {
          return;
        }
      } catch (UncheckedIOException e) {
        // A file was renamed meanwhile.
      }
      Thread.onSpinWait();
    }
  }

  private static void assertEnded(List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle process : processes) {
      process.onExit().get(60, TimeUnit.SECONDS);
    }
  }

  /** Nothing is kept of frames that are done: a heap of 48 MB does for any number of them. */
  @Test
  void memoryDoesNotGrowWithTheLength() throws Exception {
    Path film = TestFilm.write(folder.resolve("film.mp4"), 64, 48, 500);
    Path model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    Path out = folder.resolve("out.mp4");
    Ended ended =
        new Child(Map.of(), "-Xmx48m", "-XX:+UseSerialGC")
            .run("video", film, "--model", model, "-o", out, "-q");
    assertThat(ended.exitCode()).as(String.join("\n", ended.lines())).isZero();
    assertThat(TestFilm.frames(out)).isEqualTo(5000);
  }

  @Test
  void interrupted() throws Exception {
    Process process = child.start(folder.resolve("said.txt"), command());
    untilFramesAreWritten(process, folder);
    List<ProcessHandle> children = process.descendants().toList();
    assertThat(children).as(Files.readString(folder.resolve("said.txt"))).isNotEmpty();
    // SIGTERM, as ctrl-C.
    process.destroy();
    process.waitFor();
    assertEnded(children);
    assertThat(TestFilm.frames(folder.resolve("out.mp4"))).isBetween(1L, 599L);
    assertThat(names()).containsExactly("film.mp4", "out.mp4", "red.onnx", "said.txt");
  }

  @Test
  void killed() throws Exception {
    Object[] command = command();
    Process process = child.start(folder.resolve("said.txt"), command);
    untilFramesAreWritten(process, folder);
    List<ProcessHandle> children = process.descendants().toList();
    assertThat(children).as(Files.readString(folder.resolve("said.txt"))).isNotEmpty();
    process.destroyForcibly().waitFor();
    assertEnded(children);
    assertThat(names()).doesNotContain("out.mp4");
    Ended ended =
        child.run(Stream.concat(Stream.of(command), Stream.of("--duration", "1")).toArray());
    assertThat(ended.exitCode()).as(String.join("\n", ended.lines())).isZero();
    assertThat(TestFilm.frames(folder.resolve("out.mp4"))).isEqualTo(10);
    assertThat(names()).containsExactly("film.mp4", "out.mp4", "red.onnx", "said.txt");
  }
}
