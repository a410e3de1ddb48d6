package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderCommandTest {
  @TempDir Path folder;

  @Test
  void drawsAPictureAndItsDepth() {
    Path depth = folder.resolve("street.npy");
    Path picture = folder.resolve("street.jpg");
    Run run = delta("render", "street", "-o", picture, "--size", "64x48", "--depth", depth);
    assertThat(run).isEqualTo(new Run(0, "", ""));
    RgbImage image = ImageFiles.read(picture);
    assertThat(image.width()).isEqualTo(64);
    assertThat(image.height()).isEqualTo(48);
    FloatArray metres = NpyFile.read(depth);
    assertThat(metres.shape()).containsExactly(48, 64);
    assertThat(metres.data()).contains(Float.POSITIVE_INFINITY).doesNotContain(0f);
  }

  @Test
  void theSameSeedDrawsTheSameFile() throws IOException {
    Path first = folder.resolve("first.png");
    Path second = folder.resolve("second.png");
    Path third = folder.resolve("third.png");
    delta("render", "still-life", "-o", first, "--size", "32x32", "--seed", 5);
    delta("render", "still-life", "-o", second, "--size", "32x32", "--seed", 5);
    delta("render", "still-life", "-o", third, "--size", "32x32", "--seed", 6);
    assertThat(Files.readAllBytes(first)).isEqualTo(Files.readAllBytes(second));
    assertThat(Files.readAllBytes(first)).isNotEqualTo(Files.readAllBytes(third));
  }

  @Test
  void aFileThatExistsIsLeftAlone() throws IOException {
    Path picture = Files.writeString(folder.resolve("room.png"), "mine");
    Run run = delta("render", "room", "-o", picture, "--size", "8x8");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors())
        .containsExactly("delta: " + picture + " exists; use --overwrite to replace it");
    assertThat(picture).hasContent("mine");
    assertThat(delta("render", "room", "-o", picture, "--size", "8x8", "--overwrite").exitCode())
        .isZero();
  }

  @Test
  void aStainChangesColoursAndNoDepth() {
    Path clean = folder.resolve("clean.png");
    Path stained = folder.resolve("stained.png");
    Path depth = folder.resolve("clean.npy");
    Path same = folder.resolve("stained.npy");
    delta("render", "wall", "-o", clean, "--size", "64x48", "--depth", depth);
    Run run =
        delta(
            "render",
            "wall",
            "-o",
            stained,
            "--size",
            "64x48",
            "--depth",
            same,
            "--stain",
            "0.35,.4,0.3,202020");
    assertThat(run).isEqualTo(new Run(0, "", ""));
    assertThat(NpyFile.read(same).data()).isEqualTo(NpyFile.read(depth).data());
    RgbImage before = ImageFiles.read(clean);
    RgbImage after = ImageFiles.read(stained);
    int x = (int) (0.35 * 64);
    int y = (int) (0.4 * 48);
    assertThat(after.value(x, y, 0)).isLessThan(before.value(x, y, 0));
    assertThat(after.value(0, 47, 0)).isEqualTo(before.value(0, 47, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.5,0.4,0.3       | must be X,Y,METRES,RRGGBB",
        "0.5,0.4,0.3,red   | must be X,Y,METRES,RRGGBB",
        "-1,0.4,0.3,202020 | must be X,Y,METRES,RRGGBB",
        "1.5,0.4,0.3,202020| between 0 and 1",
        "0.5,0,0.3,202020  | no flat surface",
      })
  void aStainThatCannotBePaintedIsTold(String stain, String said) {
    Path picture = folder.resolve("a.png");
    Run run = delta("render", "street", "-o", picture, "--size", "8x8", "--stain=" + stain);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors().get(0)).contains(said);
    assertThat(picture).doesNotExist();
  }
}
