package dev.deltadepth.cli.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.hostile.Child.Ended;
import dev.deltadepth.io.map.GreyImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at any moment leaves whole files, and the next one goes on. */
class KillTest {
  /** A long run has more: {@code -Ddelta.mutations=1000000} gives 100. */
  private static final int KILLS = Integer.getInteger("delta.mutations", 300) > 10_000 ? 100 : 3;

  private final Random random = new Random(3);
  private final Child child = new Child(Map.of());

  @TempDir Path folder;

  private void succeed(Object... arguments) throws Exception {
    Ended ended = child.run(arguments);
    assertThat(ended.exitCode()).as(String.join("\n", ended.lines())).isZero();
  }

  /** Commands of other machines may be at work on a temporary file for an hour. */
  private static void age(Path folder) throws IOException {
    for (Path temporary : temporaries(folder)) {
      Files.setLastModifiedTime(temporary, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }
  }

  private static List<Path> temporaries(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(".tmp")).toList();
    }
  }

  private static void assertSameFiles(Path actual, Path expected) throws IOException {
    try (Stream<Path> files = Files.list(expected)) {
      for (Path file : files.toList()) {
        assertThat(actual.resolve(file.getFileName())).hasSameBinaryContentAs(file);
      }
    }
    assertThat(temporaries(actual)).isEmpty();
  }

  @Test
  void estimateGoesOn() throws Exception {
    SmallInputs inputs = SmallInputs.write(folder, 60, 320, 200);
    Path whole = folder.resolve("whole");
    Path maps = folder.resolve("maps");
    Object[] estimate = {
      "estimate",
      inputs.photos(),
      "-f",
      "npy,png16",
      "-o",
      maps,
      "--skip-existing",
      "-q",
      "--model",
      inputs.model()
    };
    for (int kill = 0; kill < KILLS; kill++) {
      child.kill(random, maps, estimate);
    }
    age(maps);
    Files.deleteIfExists(maps.resolve("photo0.npy"));
    succeed(estimate);
    succeed(
        "estimate",
        inputs.photos(),
        "-f",
        "npy,png16",
        "-o",
        whole,
        "-q",
        "--model",
        inputs.model());
    assertSameFiles(maps, whole);
  }

  /** Ctrl-C and SIGTERM leave no temporary file, unlike a kill. */
  @Test
  void whoeverStopsItPolitelyFindsNoTemporaryFile() throws Exception {
    SmallInputs inputs = SmallInputs.write(folder, 60, 320, 200);
    for (int stop = 0; stop < KILLS; stop++) {
      Path maps = Files.createDirectory(folder.resolve("maps" + stop));
      Path said = folder.resolve("said" + stop);
      Process process =
          child.start(
              said,
              "estimate",
              inputs.photos(),
              "-f",
              "npy,png16",
              "-o",
              maps,
              "-q",
              "--model",
              inputs.model());
      while (process.isAlive() && temporaries(maps).isEmpty()) {
        Thread.onSpinWait();
      }
      process.destroy();
      assertThat(process.waitFor()).as(Files.readString(said)).isIn(0, 143);
      assertThat(temporaries(maps)).isEmpty();
    }
  }

  @Test
  void labelGoesOn() throws Exception {
    SmallInputs inputs = SmallInputs.write(folder, 60, 160, 100);
    Path whole = folder.resolve("whole");
    Path labels = folder.resolve("labels");
    for (int kill = 0; kill < KILLS; kill++) {
      child.kill(
          random,
          labels,
          "label",
          inputs.photos(),
          "--teacher",
          inputs.model(),
          "-o",
          labels,
          "-q");
    }
    age(labels);
    // One photo without a label, so that there is something to do.
    Files.deleteIfExists(labels.resolve("photo0.png"));
    succeed("label", inputs.photos(), "--teacher", inputs.model(), "-o", labels, "-q");
    succeed("label", inputs.photos(), "--teacher", inputs.model(), "-o", whole, "-q");
    List<String> index = Files.readAllLines(labels.resolve("index.csv"));
    assertThat(index.stream().distinct())
        .containsExactlyInAnyOrderElementsOf(Files.readAllLines(whole.resolve("index.csv")));
    Files.delete(labels.resolve("index.csv"));
    Files.delete(whole.resolve("index.csv"));
    assertSameFiles(labels, whole);
  }

  @Test
  void evaluateGoesOn() throws Exception {
    SmallInputs inputs = SmallInputs.write(folder, 60, 160, 100);
    Path depth = Files.createDirectory(folder.resolve("depth"));
    for (int i = 0; i < 60; i++) {
      char[] millimetres = new char[160 * 100];
      for (int j = 0; j < millimetres.length; j++) {
        millimetres[j] = (char) (1000 + random.nextInt(9000));
      }
      GreyImage.write(
          new GreyImage(160, 100, 16, millimetres), depth.resolve("photo" + i + ".png"));
    }
    Files.writeString(
        folder.resolve("eval.json"),
        """
        {"format": 1, "sets": [
          {"name": "s", "kind": "depth_mm16", "rgb": "photos", "depth": "depth", "count": 60}]}
        """);
    Path report = folder.resolve("report");
    Path whole = folder.resolve("whole");
    Object[] evaluate = {"evaluate", "--data", folder, "--model", inputs.model(), "-q", "-o"};
    for (int kill = 0; kill < KILLS; kill++) {
      child.kill(random, report, with(evaluate, report));
    }
    succeed(with(evaluate, report));
    succeed(with(evaluate, whole));
    assertThat(report.resolve("samples.csv")).hasSameTextualContentAs(whole.resolve("samples.csv"));
  }

  @Test
  void distillGoesOn() throws Exception {
    Path recipe = SmallInputs.write(folder, 8, 80, 64).recipe(0, 16, 2);
    Path run = folder.resolve("run");
    Path whole = folder.resolve("whole");
    Object[] first = {"distill", "--config", recipe, "--threads", 1, "-q", "-o"};
    // Without a checkpoint there is nothing to go on from.
    for (int kill = 0; kill < KILLS; kill++) {
      boolean begun = Files.exists(run.resolve("checkpoint/state.json"));
      child.kill(
          random,
          run.resolve("checkpoint"),
          begun ? new Object[] {"distill", "--resume", run, "-q"} : with(first, run));
    }
    succeed("distill", "--resume", run, "-q");
    succeed(with(first, whole));
    assertThat(run.resolve("small.onnx")).exists();
    assertThat(Files.readAllLines(run.resolve("validation.csv")))
        .isEqualTo(Files.readAllLines(whole.resolve("validation.csv")));
  }

  private static Object[] with(Object[] line, Path folder) {
    Object[] longer = Arrays.copyOf(line, line.length + 1);
    longer[line.length] = folder;
    return longer;
  }
}
