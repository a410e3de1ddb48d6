package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.io.view.StereoFormat;
import dev.deltadepth.runtime.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The model of these tests gives a pixel's red as its disparity. */
class ViewCommandsTest {
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void writeModel() {
    model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
  }

  @ParameterizedTest
  @CsvSource({
    "stereo,room.anaglyph.png",
    "bokeh,room.bokeh.jpg",
    "cutout,room.cutout.png",
    "fog,room.fog.jpg",
    "orbit,room.orbit.gif"
  })
  void aPhotoGetsItsPictureBesideIt(String command, String name) throws IOException {
    Path photo = photo("in/room.png");
    Run run = delta(command, photo, "--model", model);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    Path file = folder.resolve("in").resolve(name);
    assertThat(run.out()).startsWith(photo + " -> " + file + " (");
    assertThat(ImageFiles.read(file).width()).isEqualTo(90);
    // What exists is reported, kept or replaced, and is not taken as a photo.
    assertThat(delta(command, photo, "--model", model).err()).contains("exists; use --overwrite");
    Run kept = delta(command, folder.resolve("in"), "--model", model, "--skip-existing");
    assertThat(kept.err()).contains("1 photo is done already");
    assertThat(kept.exitCode()).isZero();
    Run replaced = delta(command, folder.resolve("in"), "--model", model, "--overwrite", "--quiet");
    assertThat(replaced).isEqualTo(new Run(0, "", ""));
    assertThat(files(folder.resolve("in"))).containsExactlyInAnyOrder("room.png", name);
  }

  @Test
  void everyLayoutIsWritten() throws IOException {
    Path photo = photo("room.png");
    Path out = folder.resolve("new/out");
    String all =
        Arrays.stream(StereoFormat.values())
            .map(StereoFormat::label)
            .collect(Collectors.joining(","));
    Run run = delta("stereo", photo, "--model", model, "-o", out, "--layout", all);
    assertThat(run.err()).isEmpty();
    assertThat(files(out))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(StereoFormat.values()).map(format -> "room" + format.suffix()).toList());
    assertThat(ImageFiles.read(out.resolve("room.sbs.jpg")).width()).isEqualTo(180);
    assertThat(ImageFiles.read(out.resolve("room.half-sbs.jpg")).width()).isEqualTo(90);
    RgbImage vr = ImageFiles.read(out.resolve("room_180x180_LR.jpg"));
    assertThat(vr.width()).isEqualTo(2 * vr.height());
  }

  @Test
  void crossedEyesAreExchanged() throws IOException {
    Path photo = photo("room.png");
    Path left = folder.resolve("left.png");
    Path crossed = folder.resolve("crossed.png");
    delta("stereo", photo, "--model", model, "-o", left, "--layout", "left");
    delta("stereo", photo, "--model", model, "-o", crossed, "--layout", "right", "--cross-eyed");
    assertThat(ImageFiles.read(left)).isEqualTo(ImageFiles.read(crossed));
  }

  /** Nothing at all, the same everywhere, and infinity: no picture, and no folder for it. */
  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, 2, Float.POSITIVE_INFINITY})
  void aMapThatSaysNothingIsRefused(float value) throws IOException {
    Path photo = photo("room.png");
    float[] values = new float[30 * 45];
    Arrays.fill(values, value);
    Path map = folder.resolve("map.npy");
    NpyFile.write(new FloatArray(new int[] {30, 45}, values), map);
    for (String command : List.of("stereo", "bokeh", "cutout", "fog", "orbit")) {
      Run run = delta(command, photo, "--map", map, "-o", folder.resolve("out"));
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err().lines())
          .singleElement()
          .asString()
          .endsWith("its map has no two different values; try another model or map");
      assertThat(folder.resolve("out"))
          .satisfiesAnyOf(
              out -> assertThat(out).doesNotExist(), out -> assertThat(out).isEmptyDirectory());
    }
  }

  @Test
  void aMapFromAFileIsTakenAndMustFit() throws IOException {
    Path photo = photo("room.png");
    float[] values = new float[30 * 45];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 45;
    }
    Path map = folder.resolve("map.npy");
    NpyFile.write(new FloatArray(new int[] {30, 45}, values), map);
    Path out = folder.resolve("own.png");
    Run run = delta("bokeh", photo, "--map", map, "-o", out, "--focus", "0.9,0.5");
    assertThat(run.err()).isEmpty();
    assertThat(ImageFiles.read(out).height()).isEqualTo(60);
    NpyFile.write(new FloatArray(new int[] {45, 30}, values), map);
    Run other = delta("bokeh", photo, "--map", map, "-o", folder.resolve("other.png"));
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.err()).contains("room.png: ", "map.npy has 30 x 45 values", "another shape");
    photo("second.png");
    Run two = delta("bokeh", photo, folder.resolve("second.png"), "--map", map);
    assertThat(two.err()).contains("--map is for one photo, but there are 2");
  }

  @Test
  void anOrbitMayBeAPngOrAFolderOfFrames() throws IOException {
    Path photo = photo("room.png");
    Path png = folder.resolve("a.png");
    Run run = delta("orbit", photo, "--model", model, "-o", png, "--seconds", "0.2");
    assertThat(run.err()).isEmpty();
    assertThat(Files.readString(png, StandardCharsets.ISO_8859_1))
        .contains("acTL")
        .contains("fdAT");
    Path out = folder.resolve("out");
    delta("orbit", photo, "--model", model, "-o", out, "-f", "frames", "--seconds", "0.2");
    assertThat(files(out.resolve("room.orbit")))
        .containsExactlyInAnyOrder(
            "frame-0001.png", "frame-0002.png", "frame-0003.png", "frame-0004.png");
  }

  @ParameterizedTest
  @ValueSource(strings = {".mp4", ".mov", ".mkv", ".webm"})
  void anOrbitMayBeAVideo(String ending) throws IOException {
    Path photo = photo("room.png");
    Path out = folder.resolve("a" + ending);
    Run run = delta("orbit", photo, "--model", model, "-o", out, "--seconds", "0.2");
    assertThat(run.err()).isEmpty();
    assertThat(TestFilm.frames(out)).isEqualTo(4);
    assertThat(files(folder)).contains("a" + ending).noneMatch(name -> name.startsWith("."));
  }

  @Test
  void whatCannotBeDoneIsToldInOneLine() throws IOException {
    Path broken = Files.write(folder.resolve("broken.jpg"), new byte[] {1, 2, 3});
    Path photo = photo("room.png");
    Path out = folder.resolve("out");
    Run run = delta("fog", broken, photo, "--model", model, "-o", out);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).singleElement().asString().contains("broken.jpg");
    assertThat(files(out)).containsExactly("room.fog.jpg");
    Run file = delta("fog", photo, broken, "--model", model, "-o", folder.resolve("x.jpg"));
    assertThat(file.err()).contains("x.jpg is a file, but there are 2 photos");
    Run text =
        delta("fog", photo, "--model", model, "-o", Files.createFile(folder.resolve("a.txt")));
    assertThat(text.err()).contains("a.txt is not a folder; give -o a folder, or a file that ends");
    assertThat(delta("fog", folder.resolve("none.jpg"), "--model", model).err())
        .contains("none.jpg does not exist");
  }

  private Path photo(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    byte[] rgb = new byte[90 * 60 * 3];
    for (int i = 0; i < 90 * 60; i++) {
      rgb[3 * i] = (byte) (255 * (i % 90) / 89);
      rgb[3 * i + 1] = (byte) (i * 37);
      rgb[3 * i + 2] = 90;
    }
    ImageFiles.writePng(new RgbImage(90, 60, rgb), file);
    return file;
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
