package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.runtime.Provider;
import dev.deltadepth.runtime.TestModels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What estimate's maps look like and say, and where they go. The model gives a pixel's red as its
 * disparity.
 */
class EstimateOutputTest {
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void writeModel() {
    model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
  }

  private Path photo(String name, int width, int height) throws IOException {
    return RedPhoto.write(folder.resolve(name), width, height);
  }

  private static Run piped(byte[] input, Object... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input));
    try {
      return delta(arguments);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aPhotoMayComeFromStandardInputAndItsMapGoToStandardOutput() throws IOException {
    byte[] photo = Files.readAllBytes(photo("room.png", 90, 60));
    Path map = folder.resolve("map.npy");
    assertThat(piped(photo, "estimate", "-", "-f", "npy", "-o", map, "--model", model).exitCode())
        .isZero();
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes));
    try {
      Run run = piped(photo, "estimate", "-", "-f", "npy", "-o", "-", "--model", model);
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).isEmpty();
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.toByteArray()).isEqualTo(Files.readAllBytes(map));
  }

  @Test
  void whatStandardInputHoldsIsNamed() {
    Run run = piped(new byte[] {1, 2}, "estimate", "-", "-o", folder.resolve("a.png"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("standard input is not");
    assertThat(delta("estimate", "-", "-o", "-", "-f", "png,npy").exitCode()).isEqualTo(2);
  }

  @Test
  void nearCanBeDarkAndTheRangeGiven() throws IOException {
    Path photo = photo("room.png", 90, 60);
    assertThat(delta("estimate", photo, "-f", "png16", "--invert", "--model", model).exitCode())
        .isZero();
    char[] inverted = GreyImage.read(folder.resolve("room.depth16.png")).data();
    assertThat((int) inverted[0]).isEqualTo(65535);
    assertThat((int) inverted[89]).isZero();
    assertThat(
            delta(
                    "estimate",
                    photo,
                    "-f",
                    "png16",
                    "--range",
                    "0,2",
                    "--overwrite",
                    "--model",
                    model)
                .exitCode())
        .isZero();
    char[] half = GreyImage.read(folder.resolve("room.depth16.png")).data();
    assertThat((int) half[89]).isBetween(32000, 32768);
    assertThat(
            delta(
                    "estimate",
                    photo,
                    "-f",
                    "png16",
                    "--clip",
                    "10,50",
                    "--overwrite",
                    "--model",
                    model)
                .exitCode())
        .isZero();
    char[] clipped = GreyImage.read(folder.resolve("room.depth16.png")).data();
    assertThat((int) clipped[8]).isZero();
    assertThat((int) clipped[46]).isEqualTo(65535);
  }

  @ParameterizedTest
  @CsvSource({
    "--range, 1, expected LOW",
    "--range, '2,1', expected LOW",
    "--range, 'nan,1', expected LOW",
    "--clip, '-1,98', expected two percentages",
    "--clip, '2,101', expected two percentages"
  })
  void rangesMustBeInOrder(String option, String value, String message) {
    Run run = delta("estimate", "a.jpg", option + "=" + value);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(delta("estimate", "a.jpg", "--range", "0,1", "--clip", "2,98").err())
        .contains("--range and --clip exclude each other");
  }

  @Test
  void framesCanShareOneRange() throws IOException {
    photo("in/a.png", 90, 60);
    photo("in/b.png", 45, 60);
    Run run =
        delta(
            "estimate",
            folder.resolve("in"),
            "-f",
            "png16,npy",
            "--range",
            "shared",
            "--sidecar",
            "--model",
            model);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    String a = Files.readString(folder.resolve("in/a.depth16.png.json"));
    String b = Files.readString(folder.resolve("in/b.depth16.png.json"));
    assertThat(a.replaceFirst("\"model\".*", "")).isEqualTo(b.replaceFirst("\"model\".*", ""));
    assertThat(folder.resolve("in/a.npy.json")).exists();
  }

  @Test
  void aMapIsVerifiedAgainstItsPhoto() throws IOException {
    Path photo = photo("in/room.png", 90, 60);
    Path other = photo("in/other.png", 45, 60);
    delta("estimate", photo, "-f", "png,npz,pfm", "--model", model);
    for (String map : List.of("in/room.depth.png", "in/room.npz")) {
      Run run = delta("verify", folder.resolve(map), photo, "--model", model);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("Relative disparity").contains("belongs to " + photo);
      Run wrong = delta("verify", folder.resolve(map), other, "--model", model);
      assertThat(wrong.exitCode()).isEqualTo(1);
      assertThat(wrong.err()).contains("was estimated from another photo than " + other);
    }
    Run pfm = delta("verify", folder.resolve("in/room.pfm"), photo, "--model", model);
    assertThat(pfm.exitCode()).isEqualTo(1);
    assertThat(pfm.err()).contains("room.pfm does not say where it comes from");
  }

  @Test
  void standardOutputThatFailsIsAnError() throws IOException {
    Path photo = photo("room.png", 90, 60);
    PrintStream before = System.out;
    System.setOut(
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int value) throws IOException {
                throw new IOException("full");
              }
            }));
    try {
      Run run = delta("estimate", photo, "-f", "npy", "-o", "-", "--model", model);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("room.png: cannot write to standard output");
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void tilesAreSeenByTheModelOneByOne() throws IOException {
    Path photo = photo("room.png", 90, 60);
    Run run =
        delta("estimate", photo, "-f", "npy,npz", "--tiles", 2, "--size", 64, "--model", model);
    assertThat(run.exitCode()).as(run.err()).isZero();
    float[] map = NpyFile.read(folder.resolve("room.npy")).data();
    for (int x = 0; x < 90; x++) {
      assertThat(map[30 * 90 + x]).isCloseTo(x / 89f, within(0.02f));
    }
    assertThat(delta("verify", folder.resolve("room.npz"), photo, "--model", model).exitCode())
        .isZero();
    assertThat(delta("estimate", photo("high.png", 30, 60), "--wrap", "--model", model).err())
        .contains("at least as wide as high");
  }

  @Test
  void theProcessorIsADeviceAndHardwareThatIsNotThereIsNamed() throws IOException {
    Path photo = photo("a.png", 90, 60);
    Path map = folder.resolve("cpu.npy");
    Object[] line = {"estimate", photo, "--model", model, "-f", "npy", "-o"};
    assertThat(delta(with(line, map)).exitCode()).isZero();
    byte[] usual = Files.readAllBytes(map);
    for (String device : List.of("cpu", "CPU", "auto")) {
      Run run = delta(with(line, map, "--device", device, "--overwrite"));
      assertThat(run.err()).isEmpty();
      assertThat(map).hasBinaryContent(usual);
    }
    for (Provider absent : Provider.values()) {
      if (!Provider.available().contains(absent)) {
        Path none = folder.resolve(absent + ".npy");
        Run run = delta(with(line, none, "--device", absent.name()));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errors())
            .singleElement()
            .asString()
            .startsWith("delta: this ONNX Runtime does not support " + absent + "; choose from ")
            .contains("CPU");
        assertThat(none).doesNotExist();
      }
    }
  }

  private static Object[] with(Object[] line, Object... more) {
    return Stream.concat(Arrays.stream(line), Arrays.stream(more)).toArray();
  }

  /** A name may hold whatever a file system takes. */
  @Test
  void everyMessageIsOneLine() throws IOException {
    Path photos = photo("photos/two\nlines \u001b[31mred.png", 90, 60).getParent();
    Path bad = Files.writeString(photos.resolve("no\npicture.png"), "text");
    Files.createSymbolicLink(photos.resolve("gone\n.png"), folder.resolve("gone"));
    for (String command : List.of("estimate", "fog")) {
      Run run = delta(command, photos, "--model", model, "-o", folder.resolve(command));
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out().lines())
          .singleElement()
          .asString()
          .contains("photos/two lines ?[31mred.png -> ");
      assertThat(run.errors()).hasSize(2);
      assertThat(run.errors().get(0)).contains("1 broken link");
      assertThat(run.errors().get(1)).contains("no picture.png is not a picture");
      assertThat(run.err()).doesNotContain(bad.toString());
    }
  }

  @Test
  void aStackTraceIsPrintedForAPhotoIfWanted() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
    assertThat(delta("estimate", broken, "--model", model).err()).doesNotContain("\tat ");
    assertThat(delta("estimate", broken, "--debug", "--model", model).err()).contains("\tat ");
  }
}
