package dev.deltadepth.cli.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.Main;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.runtime.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at any moment leaves whole files, and the next one goes on. */
class KillTest {
  private static final int PHOTOS = 60;

  /** A long run has more: {@code -Ddelta.mutations=1000000} gives 100. */
  private static final int KILLS = Integer.getInteger("delta.mutations", 300) > 10_000 ? 100 : 3;

  @TempDir Path folder;

  private Process estimate(Path photos, Path model, Path maps) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "estimate",
                photos.toString(),
                "-f",
                "npy,png16",
                "-o",
                maps.toString(),
                "--skip-existing",
                "--quiet",
                "--model",
                model.toString()));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static long count(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void killedAtAnyMomentItLeavesWholeMapsAndGoesOn() throws Exception {
    Path model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Random random = new Random(3);
    for (int i = 0; i < PHOTOS; i++) {
      byte[] rgb = new byte[3 * 320 * 200];
      random.nextBytes(rgb);
      ImageFiles.writePng(new RgbImage(320, 200, rgb), photos.resolve("photo" + i + ".png"));
    }
    Path whole = folder.resolve("whole");
    assertThat(estimate(photos, model, whole).waitFor()).isZero();
    Path maps = folder.resolve("maps");
    for (int kill = 0; kill < KILLS; kill++) {
      long before = count(maps);
      Process process = estimate(photos, model, maps);
      // Not before it works, and then at a moment left to chance.
      while (process.isAlive() && count(maps) <= before) {
        Thread.sleep(5);
      }
      Thread.sleep(random.nextInt(60));
      process.destroyForcibly().waitFor();
    }
    // What killed processes left is swept an hour later, when no other machine can be at work on
    // it.
    Files.deleteIfExists(maps.resolve("photo0.npy"));
    for (Path temporary : temporaries(maps)) {
      Files.setLastModifiedTime(temporary, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }
    assertThat(estimate(photos, model, maps).waitFor()).isZero();
    try (Stream<Path> files = Files.list(whole)) {
      for (Path file : files.toList()) {
        assertThat(maps.resolve(file.getFileName())).hasSameBinaryContentAs(file);
      }
    }
    assertThat(temporaries(maps)).isEmpty();
  }

  private static List<Path> temporaries(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(".tmp")).toList();
    }
  }
}
