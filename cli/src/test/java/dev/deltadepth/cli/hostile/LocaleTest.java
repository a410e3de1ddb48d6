package dev.deltadepth.cli.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.hostile.Child.Ended;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.runtime.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command writes does not depend on the user's language, digits or encoding. */
class LocaleTest {
  @TempDir Path folder;
  private Path photos;
  private Path model;

  @BeforeEach
  void writeInputs() throws IOException {
    model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    photos = Files.createDirectory(folder.resolve("photos"));
    Random random = new Random(3);
    for (int i = 0; i < 2; i++) {
      byte[] rgb = new byte[3 * 60 * 50];
      random.nextBytes(rgb);
      ImageFiles.writePng(new RgbImage(60, 50, rgb), photos.resolve("photo" + i + ".png"));
    }
    Files.writeString(
        folder.resolve("eval.json"),
        """
        {"format": 1, "sets": [{"name": "plain", "kind": "unlabelled", "rgb": "photos"}]}
        """);
    Files.writeString(
        folder.resolve("recipe.yaml"),
        """
        name: small
        seed: 1
        photos: {folder: photos, scenes: 2, validation: 0.3, shorter-side: 64, memory: 1}
        teacher: {model: red.onnx}
        stages: [{size: 32, batch: 1, steps: 1}]
        optimizer: {rate: 0.001, weight-decay: 0, warm-up: 1, clip: 1}
        losses: {ssi: 1}
        precision: fp32
        native-size: 64
        checkpoint-every: 1
        validate-every: 1
        """);
  }

  /** The files that four commands write and what they say, for one language. */
  private Map<String, String> written(String name, String... options) throws Exception {
    Path out = Files.createDirectory(folder.resolve(name));
    Child child = new Child(Map.of(), options);
    StringBuilder said = new StringBuilder();
    for (List<Object> line :
        List.<List<Object>>of(
            List.of(
                "estimate",
                photos,
                "--model",
                model,
                "-o",
                out.resolve("maps"),
                "-q",
                "--sidecar",
                "-f",
                "png,png16,npy,npz,pfm,exr,ply,glb,obj,normals"),
            List.of("render", "room", "--size", "64x48", "-o", out.resolve("room.png")),
            List.of(
                "evaluate", "--data", folder, "--model", model, "-o", out.resolve("report"), "-q"),
            List.of("info", model, "--json", out.resolve("info.json")),
            List.of(
                "distill",
                "--config",
                folder.resolve("recipe.yaml"),
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

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "tr-TR", "bn-BD", "de-DE"})
  void filesAreTheSameInEveryLanguage(String tag) throws Exception {
    String[] parts = tag.split("-");
    Map<String, String> local =
        written("local", "-Duser.language=" + parts[0], "-Duser.country=" + parts[1]);
    Map<String, String> english = written("english", "-Duser.language=en", "-Duser.country=US");
    assertThat(local).isEqualTo(english);
    assertThat(local).containsKey("-run/small.onnx");
  }

  /** Java cannot name such a file without a UTF-8 locale; the others do not suffer. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aNameThatCannotBeReadCostsItsOwnLine() throws Exception {
    Files.copy(photos.resolve("photo0.png"), photos.resolve("\u00fc\u0628.png"));
    Child child = new Child(Map.of("LC_ALL", "POSIX"));
    Ended ended =
        child.run("estimate", photos, "--model", model, "-o", folder.resolve("maps"), "-q");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.lines()).singleElement().asString().contains("no UTF-8 locale");
    assertThat(folder.resolve("maps/photo0.depth.png")).isNotEmptyFile();
    assertThat(folder.resolve("maps/photo1.depth.png")).isNotEmptyFile();
  }
}
