package dev.deltadepth.cli.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.hostile.Child.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose disk is soon full: a small tmpfs of their own, in a namespace of their own. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
  private static final String SCRIPT =
      """
      mount -t tmpfs -o size="$SIZE" none "$FULL" || exit 99
      "$@"
      code=$?
      cd "$FULL" && find . -type f -exec ls -l {} + | awk '{ print "file", $5, $NF }'
      exit $code
      """;

  @TempDir Path folder;
  private Path full;
  private SmallInputs inputs;

  @BeforeEach
  void writeInputs() throws IOException {
    full = Files.createDirectory(folder.resolve("full"));
    inputs = SmallInputs.write(folder, 6, 300, 200);
  }

  /** The command on a disk of some kilobytes. */
  private Child on(String size) {
    return new Child(Map.of("FULL", full.toString(), "SIZE", size))
        .startedBy("unshare", "-rm", "sh", "-c", SCRIPT, "sh");
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
                    .containsAnyOf("No space left on device", "MB are free, but it takes"));
    assertThat(ended.lines()).noneMatch(line -> line.startsWith("\tat "));
  }

  @Test
  void estimateLeavesWholeMapsOnly() throws Exception {
    Ended ended =
        on("640k")
            .run(
                "estimate",
                inputs.photos(),
                "-f",
                "npy",
                "-o",
                full,
                "-q",
                "--model",
                inputs.model());
    assertSaysSo(ended);
    // 240,128 bytes each: two of six.
    assertThat(left(ended)).hasSizeLessThanOrEqualTo(2).allMatch(file -> file.contains("240128"));
  }

  @Test
  void labelLeavesWholeLabelsOnly() throws Exception {
    Ended ended =
        on("40k")
            .run(
                "label",
                inputs.photos(),
                "--teacher",
                inputs.model(),
                "--format",
                "npy16",
                "-o",
                full,
                "-q");
    assertSaysSo(ended);
    assertThat(left(ended).stream().filter(file -> file.endsWith(".npy")))
        .allMatch(file -> file.contains("12416"));
  }

  @Test
  void picturesAreWholeOrNotThere() throws Exception {
    for (List<Object> line :
        List.<List<Object>>of(
            List.of("render", "room", "--size", "640x480", "-o", full.resolve("room.png")),
            List.of("stereo", inputs.photos(), "--model", inputs.model(), "-o", full, "-q"),
            List.of("fog", inputs.photos(), "--model", inputs.model(), "-o", full, "-q"),
            List.of("orbit", inputs.photos(), "--model", inputs.model(), "-o", full, "-q"))) {
      Ended ended = on("100k").run(line.toArray());
      assertSaysSo(ended);
      assertThat(left(ended)).hasSizeLessThan(6);
    }
  }

  @Test
  void evaluateAndExportSayWhatIsWrong() throws Exception {
    inputs.dataSet();
    Path maps = full.resolve("maps");
    assertSaysSo(
        on("640k")
            .run(
                "evaluate",
                "--data",
                folder,
                "--model",
                inputs.model(),
                "-q",
                "--save-predictions",
                maps));
    assertSaysSo(
        on("640k")
            .run(
                "export",
                Path.of("../weights/delta.safetensors"),
                "-o",
                full.resolve("delta.onnx")));
  }

  @Test
  void distillSaysHowMuchItNeeds() throws Exception {
    Path recipe = inputs.recipe(0, 2, 1);
    assertSaysSo(on("640k").run("distill", "--config", recipe, "-o", full.resolve("run"), "-q"));
  }
}
