package dev.deltadepth.cli.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.hostile.Child.Ended;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.runtime.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Photos of 12 megapixels and what each command may take of Java's heap; with less it says so. */
class MemoryTest {
  private static final int WIDTH = 4000;
  private static final int HEIGHT = 3000;

  @TempDir Path folder;
  private Path photos;
  private Path model;

  @BeforeEach
  void writeInputs() throws IOException {
    photos = Files.createDirectory(folder.resolve("photos"));
    model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      rgb[3 * i] = (byte) (255 * (i % WIDTH) / WIDTH);
      rgb[3 * i + 1] = (byte) (255 * (i / WIDTH) / HEIGHT);
      rgb[3 * i + 2] = (byte) (i % 7 * 30);
    }
    ImageFiles.writeJpeg(new RgbImage(WIDTH, HEIGHT, rgb), photos.resolve("a.jpg"), 0.9f);
  }

  private Ended run(String heap, Object... arguments) throws Exception {
    return new Child(Map.of(), "-Xmx" + heap, "-XX:+UseSerialGC").run(arguments);
  }

  private void succeed(String heap, Object... arguments) throws Exception {
    Ended ended = run(heap, arguments);
    assertThat(ended.exitCode()).as(String.join("\n", ended.lines())).isZero();
  }

  /** One plain sentence, and nothing of Java's own. */
  private void fail(String heap, Object... arguments) throws Exception {
    Ended ended = run(heap, arguments);
    String said = String.join("\n", ended.lines());
    assertThat(ended.exitCode()).as(said).isEqualTo(1);
    assertThat(ended.lines().stream().filter(line -> line.startsWith("delta: ")))
        .as(said)
        .hasSize(1)
        .allSatisfy(line -> assertThat(line).contains("memory").contains("-Xmx"));
    assertThat(said)
        .doesNotContain("Exception", "OutOfMemory", "Error", "\tat ", "#", "heap space");
    try (Stream<Path> files = Files.list(Path.of(""))) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.startsWith("hs_err"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "estimate, 300m",
    "fog, 400m",
    "orbit, 400m",
    "cutout, 600m",
    "stereo, 600m",
    "bokeh, 800m"
  })
  void photosInAndPicturesOut(String command, String enough) throws Exception {
    Path out = folder.resolve("out");
    List<Object> line =
        new ArrayList<>(List.of(command, photos, "--model", model, "-o", out, "-q"));
    fail("64m", line.toArray());
    succeed(enough, line.toArray());
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void verify() throws Exception {
    Path map = folder.resolve("a.png");
    Path photo = photos.resolve("a.jpg");
    succeed("300m", "estimate", photo, "--model", model, "-f", "png16", "-o", map, "-q");
    succeed("350m", "verify", map, photo, "--model", model);
    fail("48m", "verify", map, photo, "--model", model);
  }

  @Test
  void label() throws Exception {
    Path labels = folder.resolve("labels");
    Object[] line = {"label", photos, "--teacher", model, "-o", labels, "-q"};
    fail("48m", line);
    succeed("300m", line);
    assertThat(labels.resolve("a.png")).exists();
  }

  @Test
  void compare() throws Exception {
    Path sheet = folder.resolve("sheet.png");
    fail("48m", "compare", model, "--on", photos, "-o", sheet);
    succeed("500m", "compare", model, "--on", photos, "-o", sheet);
    assertThat(sheet).exists();
  }

  /** Of many photos only one is held at full size. */
  @Test
  void quantize() throws Exception {
    for (int i = 0; i < 11; i++) {
      Files.copy(photos.resolve("a.jpg"), photos.resolve("copy" + i + ".jpg"));
    }
    Path small = TestModels.convolutions(folder.resolve("small.onnx"));
    for (String form : List.of("int8", "fp16")) {
      Path variant = folder.resolve(form + ".onnx");
      List<Object> line =
          List.of("quantize", small, "--to", form, "--photos", photos, "--agreement", 0.5, "-q");
      List<Object> whole = new ArrayList<>(line);
      whole.addAll(List.of("-o", variant));
      Ended ended = run("48m", whole.toArray());
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.lines())
          .as("a line for each photo and one at the end")
          .hasSize(13)
          .allSatisfy(said -> assertThat(said).startsWith("delta: ").doesNotContain("Exception"));
      assertThat(ended.lines().subList(0, 12))
          .allSatisfy(said -> assertThat(said).contains("memory", "-Xmx"));
      assertThat(variant).doesNotExist();
      succeed("250m", whole.toArray());
      assertThat(variant).exists();
    }
  }

  @Test
  void evaluate() throws Exception {
    Path depth = Files.createDirectory(folder.resolve("depth"));
    char[] millimetres = new char[WIDTH * HEIGHT];
    for (int i = 0; i < millimetres.length; i++) {
      millimetres[i] = (char) (1000 + i % WIDTH + i / WIDTH);
    }
    GreyImage.write(new GreyImage(WIDTH, HEIGHT, 16, millimetres), depth.resolve("a.png"));
    Files.writeString(
        folder.resolve("eval.json"),
        """
        {"format": 1, "sets": [{"name": "s", "rgb": "photos", "depth": "depth", "kind": "depth_mm16"}]}
        """);
    Object[] line = {"evaluate", "--data", folder, "--model", model, "-q"};
    fail("64m", line);
    succeed("900m", line);
  }

  /** Few pixels take as long as they must: each is a cast of many rays. */
  @Test
  void render() throws Exception {
    Path wall = folder.resolve("wall.png");
    fail("64m", "render", "wall", "-o", wall, "--size", WIDTH + "x" + HEIGHT);
    assertThat(wall).doesNotExist();
    succeed("24m", "render", "wall", "-o", wall, "--size", "320x240");
    assertThat(wall).exists();
  }

  @Test
  void bench() throws Exception {
    Object[] line = {
      "bench", model, "--on", photos.resolve("a.jpg"), "--runs", 1, "--warm-up", 0, "-q"
    };
    fail("48m", line);
    succeed("300m", line);
  }

  @Test
  void export() throws Exception {
    Path exported = folder.resolve("teacher.onnx");
    fail("64m", "export", "--random", "vits", "-o", exported);
    assertThat(exported).doesNotExist();
    succeed("300m", "export", "--random", "vits", "-o", exported);
    assertThat(exported).exists();
  }

  /** libtorch, too, keeps to what Java may take; of many photos few are held at full size. */
  @Test
  void distill() throws Exception {
    for (int i = 0; i < 11; i++) {
      Path copy = Files.copy(photos.resolve("a.jpg"), photos.resolve("copy" + i + ".jpg"));
      // Copies of one photo would all be held out, or none.
      Files.write(copy, new byte[] {(byte) i}, StandardOpenOption.APPEND);
    }
    Path recipe = new SmallInputs(folder, photos, model).recipe(0, 2, 2);
    Path trained = folder.resolve("run");
    Object[] line = {"distill", "--config", recipe, "-o", trained, "--threads", 1, "-q"};
    fail("32m", line);
    fail("64m", line);
    succeed("300m", line);
    assertThat(trained.resolve("small.onnx")).exists();
  }

  @Test
  void info() throws Exception {
    succeed("48m", "info");
    fail("12m", "info");
  }
}
