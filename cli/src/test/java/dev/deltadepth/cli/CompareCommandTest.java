package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.runtime.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  @TempDir Path folder;
  private Path photos;
  private Path model;

  @BeforeEach
  void write() throws IOException {
    photos = Files.createDirectories(folder.resolve("photos"));
    for (int i = 0; i < 3; i++) {
      byte[] noise = new byte[3 * 40 * 30];
      new Random(i).nextBytes(noise);
      ImageFiles.writePng(new RgbImage(40, 30, noise), photos.resolve(i + ".png"));
    }
    model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
  }

  @Test
  void allPhotosAreOnOneSheet() {
    Path sheet = folder.resolve("sheet.png");
    Run run =
        delta(
            "compare",
            model,
            "embedded",
            "--on",
            photos,
            "-o",
            sheet,
            "--size",
            64,
            "--difference");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualToNormalizingNewlines(sheet + "\n");
    RgbImage drawn = ImageFiles.read(sheet);
    assertThat(drawn.width()).isEqualTo(4 * 332 + 12);
    assertThat(drawn.height()).isEqualTo(36 + 3 * 270);
    run = delta("compare", model, "--on", photos, "-o", sheet);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors())
        .singleElement()
        .asString()
        .contains(sheet + " exists; use --overwrite");
  }

  @Test
  void manyPhotosFillSeveralSheets() {
    Path sheet = folder.resolve("sheet.png");
    Run run = delta("compare", model, "--on", photos, "-o", sheet, "--rows", 2);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().toList())
        .containsExactly(
            folder.resolve("sheet-1.png").toString(), folder.resolve("sheet-2.png").toString());
    assertThat(ImageFiles.read(folder.resolve("sheet-1.png")).height()).isEqualTo(36 + 2 * 270);
    assertThat(ImageFiles.read(folder.resolve("sheet-2.png")).height()).isEqualTo(36 + 270);
    assertThat(sheet).doesNotExist();
  }

  @Test
  void aBadPhotoHasItsLineAndTheRestIsDrawn() throws IOException {
    Path bad = photos.resolve("1.png");
    Files.writeString(bad, "no picture");
    Path sheet = folder.resolve("sheet.png");
    Run run = delta("compare", model, "--on", photos, "-o", sheet);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).singleElement().asString().startsWith("delta: " + bad);
    assertThat(ImageFiles.read(sheet).height()).isEqualTo(36 + 2 * 270);
  }
}
