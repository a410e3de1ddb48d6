package dev.deltadepth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.PfmFile;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EmbeddedModel;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.scenes.RenderedScene;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every example runs on real files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesTest {

  @TempDir static Path folder;
  @TempDir static Path output;

  @BeforeAll
  void renderPairs() {
    SceneRenderer renderer = new SceneRenderer(160, 128, 2);
    for (int seed = 1; seed <= 12; seed++) {
      RenderedScene scene = renderer.render(Scene.of(Scene.Kind.ROOM, seed));
      ImageFiles.writeJpeg(scene.image(), folder.resolve("room-" + seed + ".jpg"), 0.9f);
      PfmFile.write(scene.depthMetres(), folder.resolve("room-" + seed + ".pfm"));
    }
  }

  @Test
  void aPhotoBecomesADepthMap() {
    Path photo = folder.resolve("room-1.jpg");
    Path depth = output.resolve("depth.png");
    String printed =
        printed(() -> EstimateDepth.main(new String[] {photo.toString(), depth.toString()}));
    assertThat(printed).matches("centre: 0[.,]\\d{3}\\R");
    RgbImage coloured = ImageFiles.read(depth);
    assertThat(coloured.width()).isEqualTo(160);
    assertThat(coloured.height()).isEqualTo(128);
  }

  @Test
  void aPhotoBecomesAScene() {
    Path scene = output.resolve("scene.glb");
    String photo = folder.resolve("room-1.jpg").toString();
    String printed =
        printed(() -> PhotoToScene.main(new String[] {photo, scene.toString(), "1", "6"}));
    assertThat(printed).matches("camera: unknown, taken to be 60 degrees wide\\R\\d+ triangles\\R");
    assertThat(scene).isNotEmptyFile();
  }

  @Test
  void pairsAreEvaluated() {
    String printed = printed(() -> EvaluatePairs.main(new String[] {folder.toString()}));
    assertThat(printed).matches("12 photos, marigold: AbsRel 0[.,]\\d{4}, delta1 0[.,]\\d{3}\\R");
  }

  @Test
  void photosAreDistilledAndTheRunResumes() throws IOException {
    Path teacher = Files.write(output.resolve("teacher.onnx"), EmbeddedModel.FLOAT.bytes());
    Path run = output.resolve("run");
    String[] arguments = {folder.toString(), teacher.toString(), run.toString(), "3"};
    assertThat(printed(() -> DistillPhotos.main(arguments)))
        .contains("model: ", "mine.onnx")
        .doesNotContain(" 0 held-out");
    try (DepthEstimator mine =
        DepthEstimator.open(run.resolve("mine.onnx"), EstimatorOptions.defaults().withSize(64))) {
      RgbImage photo = ImageFiles.read(folder.resolve("room-1.jpg"));
      assertThat(mine.estimate(photo).width()).isEqualTo(photo.width());
    }
    assertThat(run.resolve("comparison.jpg")).exists();
    assertThat(printed(() -> DistillPhotos.main(arguments))).contains("step 3 of 3");
  }

  private interface Program {
    void run() throws IOException;
  }

  private static String printed(Program program) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      program.run();
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
