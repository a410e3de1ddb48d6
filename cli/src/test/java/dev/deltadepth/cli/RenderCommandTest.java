package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.NpyArray;
import dev.deltadepth.io.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    NpyArray metres = NpyFile.read(depth);
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
  void wrongUsageIsTold() {
    assertThat(delta("render", "attic", "-o", "a.png").errors().get(0))
        .contains("'attic' is not one of room, street, still-life, wall");
    assertThat(delta("render", "room", "-o", "a.gif").exitCode()).isEqualTo(2);
    assertThat(delta("render", "room", "-o", "a.png", "--size", "big").exitCode()).isEqualTo(2);
    assertThat(delta("render", "room", "-o", "a.png", "--size", "0x5").exitCode()).isEqualTo(2);
  }
}
