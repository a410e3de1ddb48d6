package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.TestModels;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizeCommandTest {
  @TempDir Path folder;
  private Path photos = Path.of("");

  @BeforeEach
  void renderPhotos() throws IOException {
    photos = Files.createDirectory(folder.resolve("photos"));
    SceneRenderer renderer = new SceneRenderer(96, 64, 2);
    for (int i = 0; i < 4; i++) {
      ImageFiles.writeJpeg(
          renderer.render(Scene.of(Scene.Kind.ROOM, i)).image(),
          photos.resolve("room" + i + ".jpg"),
          0.9f);
    }
  }

  @Test
  void theEmbeddedModelBecomesAnInt8One() {
    Path variant = folder.resolve("int8.onnx");
    Run run =
        delta(
            "quantize",
            "embedded",
            "--photos",
            photos,
            "--size",
            64,
            "--agreement",
            0.5,
            "-o",
            variant);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("layers in int8").contains("agreement with the model: ");
    assertThat(delta("info", variant).out()).contains("larger is nearer");
    Path map = folder.resolve("maps");
    assertThat(
            delta("estimate", photos.resolve("room1.jpg"), "--model", variant, "-o", map)
                .exitCode())
        .isZero();
    Run again = delta("quantize", "embedded", "--photos", photos, "-o", variant);
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("exists; use --overwrite");
  }

  @Test
  void aDamagedPhotoIsLeftOut() throws IOException {
    Files.writeString(photos.resolve("a-broken.jpg"), "no picture");
    Path model = TestModels.convolutions(folder.resolve("small.onnx"));
    Path variant = folder.resolve("half.onnx");
    Run run =
        delta(
            "quantize",
            model,
            "--to",
            "fp16",
            "--photos",
            photos,
            "--agreement",
            0.5,
            "-o",
            variant);
    assertThat(run.err()).contains("a-broken.jpg is not a picture");
    assertThat(run.exitCode()).isZero();
    assertThat(variant).exists();
  }

  @Test
  void aModelsDescriptionGoesWithIt() throws IOException {
    Path model = TestModels.convolutions(folder.resolve("small.onnx"));
    Path sidecar = ModelDescription.sidecar(model);
    Files.writeString(
        sidecar,
        """
        {"name": "small",
         "input": {"name": "image", "layout": "NHWC", "type": "uint8"},
         "size": {"multiple": 32, "shorter_side": 64, "keep_aspect": true},
         "output": {"name": "disparity", "kind": "disparity"}}
        """);
    Path variant = folder.resolve("half.onnx");
    Run run =
        delta(
            "quantize",
            model,
            "--to",
            "fp16",
            "--photos",
            photos,
            "--agreement",
            0.9,
            "-o",
            variant);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).doesNotContain("layers in int8");
    assertThat(ModelDescription.sidecar(variant)).hasSameTextualContentAs(sidecar);
    Files.delete(variant);
    Run again = delta("quantize", model, "--to", "fp16", "--photos", photos, "-o", variant);
    assertThat(again.err()).contains("half.json exists; use --overwrite");
  }

  @Test
  void aVariantThatIsRefusedIsNotWritten() {
    Path model = TestModels.convolutions(folder.resolve("small.onnx"));
    Path variant = folder.resolve("int8.onnx");
    Run run = delta("quantize", model, "--photos", photos, "--agreement", 1, "-o", variant);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("was refused");
    assertThat(variant).doesNotExist();
  }

  @Test
  void withoutPhotosNothingIsDone() throws IOException {
    Path none = Files.createDirectory(folder.resolve("none"));
    Run run = delta("quantize", "embedded", "--photos", none, "-o", folder.resolve("x.onnx"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("contains no images", "no photos; give some");
  }
}
