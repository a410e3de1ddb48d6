package dev.deltadepth.cli.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.hostile.Child.Ended;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.runtime.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands whose disk is soon full: a small tmpfs of their own, or where the system allows none,
 * files that may not grow.
 */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
  private static final String TMPFS =
      """
      mount -t tmpfs -o size="$SIZE" none "$FULL" || exit 99
      "$@"
      code=$?
      cd "$FULL" && find . -type f -exec ls -l {} + | awk '{ print "file", $5, $NF }'
      exit $code
      """;
  private static final String LIMITED =
      """
      ulimit -f 20
      "$@"
      code=$?
      cd "$FULL" && find . -type f -exec ls -l {} + | awk '{ print "file", $5, $NF }'
      exit $code
      """;

  @TempDir Path folder;
  private Path full;
  private Path photos;
  private Path model;

  @BeforeEach
  void writeInputs() throws Exception {
    model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    full = Files.createDirectory(folder.resolve("full"));
    photos = Files.createDirectory(folder.resolve("photos"));
    Random random = new Random(3);
    for (int i = 0; i < 6; i++) {
      byte[] rgb = new byte[3 * 300 * 200];
      random.nextBytes(rgb);
      ImageFiles.writePng(new RgbImage(300, 200, rgb), photos.resolve("photo" + i + ".png"));
    }
  }

  /** The command on a disk of some kilobytes. */
  private Child on(String size) throws IOException, InterruptedException {
    Child plain = new Child(Map.of("FULL", full.toString(), "SIZE", size));
    return mounts()
        ? plain.startedBy("unshare", "-rm", "sh", "-c", TMPFS, "sh")
        : plain.startedBy("sh", "-c", LIMITED, "sh");
  }

  private boolean mounts() throws IOException, InterruptedException {
    List<String> line = List.of("unshare", "-rm", "mount", "-t", "tmpfs", "none", full.toString());
    return new ProcessBuilder(line).redirectErrorStream(true).start().waitFor() == 0;
  }

  /** The files that are left with their sizes. */
  private static List<String> left(Ended ended) {
    List<String> files = new ArrayList<>();
    for (String line : ended.lines()) {
      if (line.startsWith("file ")) {
        files.add(line);
      }
    }
    assertThat(files).noneMatch(file -> file.contains(".tmp"));
    return files;
  }

  private static void assertSaysSo(Ended ended) {
    List<String> errors = ended.lines().stream().filter(line -> line.startsWith("delta:")).toList();
    assertThat(ended.exitCode()).as(String.join("\n", ended.lines())).isEqualTo(1);
    assertThat(errors)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).doesNotContain("unexpected", "Exception"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .containsAnyOf("No space left", "File too large", "full", "needs", "room"));
    assertThat(ended.lines()).noneMatch(line -> line.startsWith("\tat "));
  }

  @Test
  void estimateLeavesWholeMapsOnly() throws Exception {
    Ended ended =
        on("640k").run("estimate", photos, "-f", "npy", "-o", full, "-q", "--model", model);
    assertSaysSo(ended);
    // 240,128 bytes each: two of six, or none where files may not grow.
    assertThat(left(ended)).hasSizeLessThanOrEqualTo(2).allMatch(file -> file.contains("240128"));
  }

  @Test
  void labelLeavesWholeLabelsOnly() throws Exception {
    Ended ended =
        on("40k").run("label", photos, "--teacher", model, "--format", "npy16", "-o", full, "-q");
    assertSaysSo(ended);
    assertThat(left(ended).stream().filter(file -> file.endsWith(".npy")))
        .allMatch(file -> file.contains("12416"));
  }

  @Test
  void picturesAreWholeOrNotThere() throws Exception {
    for (List<Object> line :
        List.<List<Object>>of(
            List.of("render", "room", "--size", "2000x1500", "-o", full.resolve("room.png")),
            List.of("stereo", photos, "--model", model, "-o", full, "-q"),
            List.of("fog", photos, "--model", model, "-o", full, "-q"),
            List.of("orbit", photos, "--model", model, "-o", full, "-q"))) {
      Ended ended = on("200k").run(line.toArray());
      assertSaysSo(ended);
      assertThat(left(ended)).hasSizeLessThan(6);
    }
  }

  @Test
  void evaluateAndExportSayWhatIsWrong() throws Exception {
    Files.writeString(
        folder.resolve("eval.json"),
        """
        {"format": 1, "sets": [{"name": "plain", "kind": "unlabelled", "rgb": "photos"}]}
        """);
    Path maps = full.resolve("maps");
    assertSaysSo(
        on("640k")
            .run("evaluate", "--data", folder, "--model", model, "-q", "--save-predictions", maps));
    assertSaysSo(
        on("640k")
            .run(
                "export",
                Path.of("../weights/delta.safetensors"),
                "-o",
                full.resolve("random.onnx")));
  }

  @Test
  void distillSaysHowMuchItNeeds() throws Exception {
    Path recipe =
        Files.writeString(
            folder.resolve("recipe.yaml"),
            """
            name: small
            seed: 1
            photos: {folder: photos, validation: 0.2, shorter-side: 64, memory: 1}
            teacher: {model: red.onnx}
            stages: [{size: 32, batch: 1, steps: 2}]
            optimizer: {rate: 0.001, weight-decay: 0, warm-up: 1, clip: 1}
            losses: {ssi: 1}
            precision: fp32
            native-size: 64
            checkpoint-every: 1
            validate-every: 2
            """);
    assertSaysSo(on("640k").run("distill", "--config", recipe, "-o", full.resolve("run"), "-q"));
  }
}
