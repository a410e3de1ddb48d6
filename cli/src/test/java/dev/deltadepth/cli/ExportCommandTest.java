package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.nn.DepthAnythingV2;
import dev.deltadepth.nn.ImageNet;
import dev.deltadepth.nn.weights.DepthAnythingWeights;
import dev.deltadepth.nn.weights.Safetensors;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.ModelOutputs;
import dev.deltadepth.runtime.ModelSource;
import dev.deltadepth.runtime.OnnxModel;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import dev.deltadepth.torch.Tensors;
import dev.deltadepth.torch.TorchOps;
import dev.deltadepth.torch.TorchWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Depth Anything V2; what {@link DistillCommandTest} exports is a run's student. */
class ExportCommandTest {
  @TempDir Path folder;

  @Test
  void weightsOfDepthAnythingBecomeAModelWithItsDescription() {
    DepthAnythingWeights teacher = DepthAnythingWeights.random("vits", 5);
    Path weights = folder.resolve("some.safetensors");
    Safetensors.write(teacher.weights(), weights);
    Path model = folder.resolve("dav2s.onnx");
    Run export = delta("export", weights, "-o", model, "--native-size", 56, "--full-precision");
    assertThat(export.err()).isEmpty();
    assertThat(export.exitCode()).isZero();

    ModelDescription description = ModelDescription.beside(model).orElseThrow();
    assertThat(description.name()).isEqualTo("depth-anything-v2-vits");
    assertThat(description.size()).isEqualTo(new ModelDescription.Size(14, 56, true));
    assertThat(description.licence()).isEqualTo("Apache-2.0");
    assertThat(description.source()).isEqualTo("some.safetensors");
    assertThat(description.features()).hasSize(4);
    assertThat(delta("info", model).out())
        .contains("24,710,849 trained", "shorter side 56, multiples of 14", "larger is nearer")
        .doesNotContain("random");

    int height = 28;
    int width = 42;
    Random random = new Random(7);
    float[] rgb = new float[3 * height * width];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextFloat();
    }
    try (OnnxModel onnx =
            OnnxModel.open(ModelSource.of(model), EstimatorOptions.defaults().withThreads(1));
        TorchWeights torch = new TorchWeights(teacher.network().parameters(), teacher.weights());
        PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      ModelOutputs outputs = onnx.run(rgb, 1, height, width);
      float[] normalised = rgb.clone();
      for (int i = 0; i < rgb.length; i++) {
        int c = i / (height * width);
        double centred = rgb[i] - ImageNet.MEAN.get(c);
        normalised[i] = (float) (centred / ImageNet.STD.get(c));
      }
      DepthAnythingV2.Output<Tensor> expected =
          teacher
              .network()
              .apply(TorchOps.inference(torch), Tensors.of(normalised, 1, 3, height, width));
      assertClose(outputs.disparity(), Tensors.toArray(expected.disparity()));
      for (int f = 0; f < 4; f++) {
        assertClose(outputs.features().get(f).data(), Tensors.toArray(expected.features().get(f)));
      }
    }
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).as("values that say something").isGreaterThan(1e-3f);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-4f * largest));
    }
  }

  @Test
  void randomWeightsAreMarkedAndRun() {
    Path model = folder.resolve("timing.onnx");
    assertThat(delta("export", "--random", "vits", "-o", model).exitCode()).isZero();
    ModelDescription description = ModelDescription.beside(model).orElseThrow();
    assertThat(description.name()).isEqualTo("depth-anything-v2-vits-random");
    assertThat(description.source()).isEqualTo("weights: random, for measuring time only");
    assertThat(description.licence()).isEmpty();
    assertThat(description.size().shorterSide()).isEqualTo(518);
    assertThat(delta("info", model).out())
        .contains("delta.weights", "random, for measuring time only", "57.28 G at 518 x 518");

    Path photo = folder.resolve("room.png");
    ImageFiles.writePng(
        new SceneRenderer(80, 64, 1).render(Scene.of(Scene.Kind.ROOM, 1)).image(), photo);
    Run estimate = delta("estimate", photo, "--model", model, "--size", 70);
    assertThat(estimate.err()).isEmpty();
    assertThat(folder.resolve("room.depth.png")).isNotEmptyFile();
  }

  @Test
  void nothingIsOverwrittenUnasked() throws Exception {
    Path model = folder.resolve("a.onnx");
    Path json = Files.writeString(folder.resolve("a.json"), "{}");
    Run export = delta("export", "--random", "vits", "-o", model);
    assertThat(export.exitCode()).isEqualTo(1);
    assertThat(export.errors())
        .containsExactly("delta: " + json + " exists; use --overwrite to replace it");
    assertThat(model).doesNotExist();
  }

  @Test
  void theSizeIsAMultipleAndTheSourceExists() {
    Path model = folder.resolve("a.onnx");
    Run size = delta("export", "--random", "vits", "-o", model, "--native-size", 512);
    assertThat(size.exitCode()).isEqualTo(2);
    assertThat(size.errors().get(0))
        .isEqualTo("delta: --native-size must be a multiple of 14, not '512'");
    assertThat(delta("export", folder.resolve("no.pth"), "-o", model).errors())
        .containsExactly(
            "delta: "
                + folder.resolve("no.pth")
                + " does not exist; check the path of the weights");
  }
}
