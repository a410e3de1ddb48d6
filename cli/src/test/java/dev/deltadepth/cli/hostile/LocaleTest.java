package dev.deltadepth.cli.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.hostile.Child.Ended;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a command writes does not depend on the user's language, digits or encoding. */
class LocaleTest {
  @TempDir Path folder;
  private SmallInputs inputs;
  private Path recipe;

  @BeforeEach
  void writeInputs() throws IOException {
    inputs = SmallInputs.write(folder, 2, 60, 50);
    inputs.dataSet();
    recipe = inputs.recipe(2, 1, 1);
  }

  /** The files that five commands write and what they say, for one language. */
  private Map<String, String> written(String name, String... options) throws Exception {
    Path out = Files.createDirectory(folder.resolve(name));
    Child child = new Child(Map.of(), options);
    StringBuilder said = new StringBuilder();
    for (List<Object> line :
        List.<List<Object>>of(
            List.of(
                "estimate",
                inputs.photos(),
                "--model",
                inputs.model(),
                "-o",
                out.resolve("maps"),
                "-q",
                "--sidecar",
                "-f",
                "png,png16,npy,npz,pfm,exr,ply,glb,obj,normals"),
            List.of("render", "room", "--size", "64x48", "-o", out.resolve("room.png")),
            List.of(
                "evaluate",
                "--data",
                folder,
                "--model",
                inputs.model(),
                "-o",
                out.resolve("report"),
                "-q"),
            List.of("info", inputs.model(), "--json", out.resolve("info.json")),
            List.of(
                "distill",
                "--config",
                recipe,
                "--threads",
                1,
                "-q",
                "-o",
                folder.resolve(name + "-run")))) {
      Ended ended = child.run(line.toArray());
      assertThat(ended.exitCode()).as(String.join("\n", ended.lines())).isZero();
      said.append(String.join("\n", ended.lines()));
    }
    Map<String, String> files = new TreeMap<>();
    files.put("", said.toString().replace(name, ""));
    try (Stream<Path> all = Files.walk(out)) {
      for (Path file : all.filter(LocaleTest::isRepeated).toList()) {
        files.put(out.relativize(file).toString(), Sha256.of(ImageFiles.content(file)));
      }
    }
    try (Stream<Path> all = Files.walk(folder.resolve(name + "-run"))) {
      all.forEach(file -> files.put(folder.relativize(file).toString().replace(name, ""), ""));
    }
    return files;
  }

  /** The others tell in which order two threads finished. */
  private static boolean isRepeated(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && !name.equals("journal.jsonl")
        && !name.equals("figures.json")
        && !name.equals("report.html");
  }

  @Test
  void filesAreTheSameInEveryLanguage() throws Exception {
    Map<String, String> english = written("en-US", "-Duser.language=en", "-Duser.country=US");
    assertThat(english).containsKey("-run/small.onnx");
    for (String tag : List.of("ar-EG", "tr-TR", "bn-BD", "de-DE")) {
      String[] parts = tag.split("-");
      assertThat(written(tag, "-Duser.language=" + parts[0], "-Duser.country=" + parts[1]))
          .as(tag)
          .isEqualTo(english);
    }
  }

  /** Java cannot write such a name without a UTF-8 locale; the others do not suffer. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aNameThatCannotBeWrittenCostsItsOwnLine() throws Exception {
    Files.copy(inputs.photos().resolve("photo0.png"), inputs.photos().resolve("\u00fc\u0628.png"));
    Child child = new Child(Map.of("LC_ALL", "POSIX"));
    Path out = folder.resolve("maps");
    for (Map.Entry<String, String> command :
        Map.of("estimate", ".depth.png", "fog", ".fog.jpg", "label", ".png").entrySet()) {
      String model = command.getKey().equals("label") ? "--teacher" : "--model";
      Ended ended =
          child.run(command.getKey(), inputs.photos(), model, inputs.model(), "-o", out, "-q");
      assertThat(ended.exitCode()).as(command.getKey()).isEqualTo(1);
      assertThat(ended.lines()).singleElement().asString().contains("no UTF-8 locale");
      assertThat(out.resolve("photo0" + command.getValue())).isNotEmptyFile();
      assertThat(out.resolve("photo1" + command.getValue())).isNotEmptyFile();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aNameThatIsNotUtf8IsCalledSo() throws Exception {
    String copy = "cd \"$1\" && cp photo0.png \"$(printf 'a\\377.png')\"";
    String photos = inputs.photos().toString();
    assertThat(new ProcessBuilder("sh", "-c", copy, "sh", photos).start().waitFor()).isZero();
    Path out = folder.resolve("maps");
    Ended ended =
        new Child(Map.of("LC_ALL", "C.UTF-8"))
            .run("estimate", photos, "--model", inputs.model(), "-o", out, "-q");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.lines())
        .singleElement()
        .asString()
        .startsWith("delta: " + photos + "/a")
        .endsWith(": this name is not UTF-8; rename the file");
    assertThat(out.resolve("photo0.depth.png")).isNotEmptyFile();
  }
}
