package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.io.map.PfmFile;
import dev.deltadepth.runtime.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model of these tests gives a pixel's red as its disparity. */
class EstimateCommandTest {
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void writeModel() {
    model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
  }

  @Test
  void aPhotoGetsAColouredMapBesideIt() throws IOException {
    Path photo = photo("in/room.png", 90, 60);
    Run run = delta("estimate", photo, "--model", model);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    Path map = folder.resolve("in/room.depth.png");
    assertThat(run.out().lines())
        .singleElement()
        .asString()
        .matches("\\Q" + photo + " -> " + map + "\\E \\(\\d+ ms\\)");
    RgbImage colours = ImageFiles.read(map);
    assertThat(colours.width()).isEqualTo(90);
    assertThat(colours.height()).isEqualTo(60);
    assertThat(rgb(colours, 0, 30)).isEqualTo(Colormap.named("inferno").rgb(0));
    assertThat(rgb(colours, 89, 30)).isEqualTo(Colormap.named("inferno").rgb(1));
  }

  @Test
  void aMapThatSaysNothingIsAnError() {
    Path plain = folder.resolve("plain.png");
    ImageFiles.writePng(new RgbImage(64, 48, new byte[64 * 48 * 3]), plain);
    Run run = delta("estimate", plain, "--model", model);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("plain.png: its map has no two different values");
    assertThat(folder.resolve("plain.depth.png")).doesNotExist();
  }

  @Test
  void theOutputOfOnePhotoMayBeAFile() throws IOException {
    Path photo = photo("in/room.png", 90, 60);
    Path map = folder.resolve("depth.png");
    assertThat(delta("estimate", photo, "-o", map, "--model", model).exitCode()).isZero();
    assertThat(ImageFiles.read(map).width()).isEqualTo(90);
    photo("in/other.png", 90, 60);
    Run two =
        delta("estimate", folder.resolve("in"), "-o", folder.resolve("both.png"), "--model", model);
    assertThat(two.exitCode()).isEqualTo(1);
    assertThat(two.err()).contains("both.png is a file, but there are 2 photos");
  }

  @Test
  void whatExistsMayBeSkipped() throws IOException {
    Path photo = photo("in/room.png", 90, 60);
    assertThat(delta("estimate", photo, "--model", model).exitCode()).isZero();
    Run again = delta("estimate", photo, "--model", model, "--skip-existing");
    assertThat(again.exitCode()).isZero();
    assertThat(again.err()).contains("1 photo has its map already");
    Run both = delta("estimate", photo, "--model", model, "--skip-existing", "-f", "png,npy");
    assertThat(both.out()).contains("room.npy").doesNotContain("depth.png");
  }

  @Test
  void argumentsCanComeFromAFile() throws IOException {
    Path first = photo("in/a room #1.png", 90, 60);
    Path second = photo("in/# two.png", 90, 60);
    Path list = Files.writeString(folder.resolve("list"), first + "\n\n" + second + "\n--quiet\n");
    assertThat(delta("estimate", "@" + list, "--model", model)).isEqualTo(new Run(0, "", ""));
    assertThat(folder.resolve("in/a room #1.depth.png")).exists();
    assertThat(folder.resolve("in/# two.depth.png")).exists();
  }

  @Test
  void aLargePhotoIsReadReducedAndSaysSo() throws IOException {
    Path photo = photo("in/large.png", 1500, 800);
    Run run = delta("estimate", photo, "--model", model, "--max-pixels", "1");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("large.png has 1500 x 800 pixels: it was read at 1/2 of that");
    assertThat(ImageFiles.read(folder.resolve("in/large.depth.png")).width()).isEqualTo(750);
  }

  @Test
  void everyFormatIsWrittenAtThePhotosSizeWithTheNearLarger() throws IOException {
    Path photo = photo("room.png", 90, 60);
    Path out = folder.resolve("new/out");
    Run run =
        delta(
            "estimate",
            photo,
            "-f",
            "png,png16,PFM",
            "-f",
            "npy,side",
            "-o",
            out,
            "--model",
            model,
            "--colormap",
            "gray");
    assertThat(run.err()).isEmpty();
    assertThat(files(out))
        .containsExactly(
            "room.depth.png", "room.depth16.png", "room.npy", "room.pfm", "room.side.png");

    FloatArray npy = NpyFile.read(out.resolve("room.npy"));
    assertThat(npy.shape()).containsExactly(60, 90);
    assertThat(npy.data()[30 * 90]).isCloseTo(0, within(0.01f));
    assertThat(npy.data()[30 * 90 + 89]).isCloseTo(1, within(0.01f));
    DepthMap pfm = PfmFile.read(out.resolve("room.pfm"), DepthMap.Kind.DISPARITY);
    assertThat(pfm.data()).isEqualTo(npy.data());
    GreyImage grey = GreyImage.read(out.resolve("room.depth16.png"));
    assertThat(grey.width()).isEqualTo(90);
    assertThat(grey.bits()).isEqualTo(16);
    RgbImage side = ImageFiles.read(out.resolve("room.side.png"));
    assertThat(side.width()).isEqualTo(180);
    assertThat(rgb(side, 45, 30)).isEqualTo(rgb(ImageFiles.read(photo), 45, 30));
    assertThat(rgb(side, 179, 30)).isEqualTo(0xffffff);
  }

  @Test
  void aFolderKeepsItsSubFolders() throws IOException {
    photo("in/a.jpg", 40, 40);
    photo("in/deep/er/b.png", 40, 40);
    photo("in/.hidden/c.png", 40, 40);
    photo("in/a.side.png", 40, 40);
    Files.writeString(folder.resolve("in/notes.txt"), "no picture");
    Path out = folder.resolve("out");
    Run run = delta("estimate", folder.resolve("in"), "-o", out, "--model", model);
    assertThat(run.err()).isEmpty();
    assertThat(files(out)).containsExactly("a.depth.png", "deep/er/b.depth.png");
  }

  @Test
  void whatWasWrittenIsNotTakenAsAPhotoTheNextTime() throws IOException {
    photo("in/a.jpg", 40, 40);
    Object[] arguments = {
      "estimate", folder.resolve("in"), "-f", "png,png16,side", "--overwrite", "--model", model
    };
    assertThat(delta(arguments).exitCode()).isZero();
    List<String> once = files(folder.resolve("in"));
    assertThat(delta(arguments).exitCode()).isZero();
    assertThat(files(folder.resolve("in"))).isEqualTo(once);
  }

  @ParameterizedTest
  @CsvSource({
    "in/*.jpg,a.depth.png b.depth.png",
    "'in/?.{jpg,png}',a.depth.png b.depth.png c.depth.png",
    "in/**/*.jpg,a.depth.png b.depth.png deep/d.depth.png",
    "in/**.jpg,a.depth.png b.depth.png deep/d.depth.png",
    "in/[bc].*,b.depth.png c.depth.png"
  })
  void aQuotedPatternIsExpanded(String pattern, String expected) throws IOException {
    photo("in/a.jpg", 40, 40);
    photo("in/b.jpg", 40, 40);
    photo("in/c.png", 40, 40);
    photo("in/deep/d.jpg", 40, 40);
    Path out = folder.resolve("out");
    Run run = delta("estimate", folder + "/" + pattern, "-o", out, "--model", model);
    assertThat(run.err()).isEmpty();
    assertThat(files(out)).containsExactly(expected.split(" "));
  }

  @Test
  void aFileWhoseNameLooksLikeAPatternIsTakenAsItIs() throws IOException {
    Path photo = photo("in/room [1].jpg", 40, 40);
    assertThat(delta("estimate", photo, "--model", model).exitCode()).isZero();
    assertThat(folder.resolve("in/room [1].depth.png")).exists();
  }

  @Test
  void aPhotoGivenTwiceIsDoneOnce() throws IOException {
    Path photo = photo("in/a.jpg", 40, 40);
    Run run = delta("estimate", photo, folder.resolve("in"), photo, "--model", model);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).hasSize(1);
  }

  @Test
  void badFilesHaveTheirLineAndTheRestIsDone() throws IOException {
    Path good = photo("in/good.jpg", 40, 40);
    byte[] jpeg = Files.readAllBytes(photo("whole.jpg", 200, 200));
    write("in/cut.jpg", Arrays.copyOf(jpeg, jpeg.length / 2));
    write("in/text.jpg", "not a picture".getBytes(StandardCharsets.UTF_8));
    write("in/zero.jpg", new byte[0]);
    Path missing = folder.resolve("in/missing.jpg");
    Files.createDirectory(folder.resolve("empty"));

    Run run =
        delta(
            "estimate",
            folder.resolve("in"),
            missing,
            folder.resolve("empty"),
            folder + "/in/*.xyz",
            "--model",
            model);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains(good.toString());
    assertThat(files(folder.resolve("in"))).contains("good.depth.png").hasSize(5);
    assertThat(run.errors()).hasSize(6).allMatch(line -> line.startsWith("delta: "));
    for (String name :
        List.of("cut.jpg", "text.jpg", "zero.jpg", "missing.jpg", "empty contains", "*.xyz")) {
      assertThat(run.errors()).filteredOn(line -> line.contains(name)).as(name).hasSize(1);
    }
  }

  @Test
  void anOutputThatExistsIsKeptUnlessToldOtherwise() throws IOException {
    Path photo = photo("a.jpg", 40, 40);
    Path map = Files.writeString(folder.resolve("a.depth.png"), "mine");
    Run run = delta("estimate", photo, "-f", "npy,png", "--model", model);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors())
        .singleElement()
        .asString()
        .contains(photo.toString(), map + " exists; use --overwrite");
    assertThat(map).hasContent("mine");
    assertThat(folder.resolve("a.npy")).doesNotExist();

    assertThat(delta("estimate", photo, "--overwrite", "--model", model).exitCode()).isZero();
    assertThat(ImageFiles.read(map).width()).isEqualTo(40);
  }

  @Test
  void twoPhotosWithOneOutputAreNotWrittenOverEachOther() throws IOException {
    Path first = photo("a.jpg", 40, 40);
    Path second = photo("a.png", 40, 40);
    Run run = delta("estimate", first, second, "--model", model, "--overwrite");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors())
        .singleElement()
        .asString()
        .startsWith("delta: " + second)
        .contains("is already the output of " + first);
    assertThat(run.out()).contains(first.toString());
  }

  @Test
  void anOutputFolderThatIsAFileIsNamed() throws IOException {
    Path photo = photo("a.jpg", 40, 40);
    Path file = Files.createFile(folder.resolve("file"));
    assertOneError(delta("estimate", photo, "-o", file, "--model", model), file.toString());
    assertOneError(
        delta("estimate", photo, "-o", file.resolve("below"), "--model", model), "below");
  }

  @Test
  void aSubFolderThatCannotBeMadeIsNamedAndTheRestIsDone() throws IOException {
    photo("in/a.jpg", 40, 40);
    photo("in/deep/b.jpg", 40, 40);
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.createFile(out.resolve("deep"));
    Run run = delta("estimate", folder.resolve("in"), "-o", out, "--model", model);
    assertOneError(run, "deep");
    assertThat(files(out)).containsExactly("a.depth.png", "deep");
  }

  @Test
  void aModelThatIsNoneIsNamed() throws IOException {
    Path photo = photo("a.jpg", 40, 40);
    Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
    assertOneError(delta("estimate", photo, "--model", text), text + " is not a model");
    Path foreign = TestModels.foreign(folder.resolve("foreign.onnx"));
    assertOneError(
        delta("estimate", photo, "--model", foreign), folder.resolve("foreign.json").toString());
  }

  @Test
  void quietSaysNothingWhenAllIsWell() throws IOException {
    Run run = delta("estimate", photo("a.jpg", 40, 40), "--quiet", "--model", model);
    assertThat(run).isEqualTo(new Run(0, "", ""));
  }

  @Test
  void anEmbeddedModelIsChosenByItsLabel() throws IOException {
    Path photo = photo("a.png", 48, 32);
    List<byte[]> maps = new ArrayList<>();
    for (String options : List.of("", " --model embedded", " --model embedded-int8")) {
      String line = "estimate " + photo + " -q -f npy --overwrite" + options;
      assertThat(delta((Object[]) line.split(" "))).isEqualTo(new Run(0, "", ""));
      maps.add(Files.readAllBytes(folder.resolve("a.npy")));
    }
    assertThat(maps.get(1)).isEqualTo(maps.get(0));
    assertThat(maps.get(2)).hasSameSizeAs(maps.get(0)).isNotEqualTo(maps.get(0));
  }

  @Test
  void aLargerSizeIsWhatTheNetworkSees() throws IOException {
    Path photo = photo("a.png", 400, 300);
    Path out = folder.resolve("out");
    assertThat(
            delta(
                    "estimate",
                    photo,
                    "-f",
                    "npy",
                    "-o",
                    out,
                    "--size",
                    "288",
                    "--threads",
                    "1",
                    "--model",
                    model)
                .exitCode())
        .isZero();
    float[] fine = NpyFile.read(out.resolve("a.npy")).data();
    delta(
        "estimate", photo, "-f", "npy", "-o", out, "--size", "32", "--model", model, "--overwrite");
    float[] coarse = NpyFile.read(out.resolve("a.npy")).data();
    // The last column is as red as can be, which a coarse map has averaged away.
    assertThat(fine[399]).isGreaterThan(coarse[399] + 0.005f);
  }

  @Test
  void manyPhotosAreAllDone() throws IOException {
    for (int i = 0; i < 30; i++) {
      photo("in/" + i + ".png", 20 + i, 50 - i);
    }
    Run run =
        delta("estimate", folder.resolve("in"), "-o", folder.resolve("out"), "--model", model);
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines()).hasSize(30);
    for (int i = 0; i < 30; i++) {
      RgbImage map = ImageFiles.read(folder.resolve("out/" + i + ".depth.png"));
      assertThat(List.of(map.width(), map.height())).containsExactly(20 + i, 50 - i);
    }
  }

  private static void assertOneError(Run run, String part) {
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).singleElement().asString().startsWith("delta: ").contains(part);
  }

  private Path photo(String name, int width, int height) throws IOException {
    return RedPhoto.write(folder.resolve(name), width, height);
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }

  private static int rgb(RgbImage image, int x, int y) {
    return image.value(x, y, 0) << 16 | image.value(x, y, 1) << 8 | image.value(x, y, 2);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }
}
