package dev.deltadepth.distill.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.distill.data.Planes;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.nn.DepthAnythingV2;
import dev.deltadepth.nn.ImageNet;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.ParityGenerator;
import dev.deltadepth.nn.weights.DepthAnythingWeights;
import dev.deltadepth.nn.weights.Safetensors;
import dev.deltadepth.torch.Tensors;
import dev.deltadepth.torch.TorchOps;
import dev.deltadepth.torch.TorchWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With random weights, on pictures of a few patches. */
class DepthAnythingTeacherTest {
  private static final int HEIGHT = 28;
  private static final int WIDTH = 42;
  private static final int PIXELS = HEIGHT * WIDTH;

  @TempDir private static Path folder;
  private static Path file = Path.of("");
  private static final DepthAnythingWeights RANDOM = DepthAnythingWeights.random("vits", 3);

  @BeforeAll
  static void writeWeights() {
    Tensors.threads(1);
    file = folder.resolve("vits.safetensors");
    Safetensors.write(RANDOM.weights(), file);
  }

  private static float[] pictures(int count) {
    return ParityGenerator.values("pictures", 0.5, 0.5, count * 3 * PIXELS);
  }

  @Test
  void labelsAreTheNetworksStretchedAndItsTokens() {
    float[] rgb = pictures(1);
    float[] normalised = new float[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      int c = i / PIXELS;
      normalised[i] = (float) ((rgb[i] - ImageNet.MEAN.get(c)) / ImageNet.STD.get(c));
    }
    try (DepthAnythingTeacher teacher = DepthAnythingTeacher.open(file, "vits", 518);
        TorchWeights weights = new TorchWeights(RANDOM.network().parameters(), RANDOM.weights());
        PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Labeller.Labels labels = teacher.label(rgb, 1, HEIGHT, WIDTH);
      DepthAnythingV2.Output<Tensor> output =
          RANDOM
              .network()
              .apply(TorchOps.inference(weights), Tensors.of(normalised, 1, 3, HEIGHT, WIDTH));
      float[] raw = Tensors.toArray(output.disparity());
      float[] sorted = raw.clone();
      Arrays.sort(sorted);
      float low = sorted[0];
      float high = sorted[sorted.length - 1];
      assertThat(high).as("a map that says something").isGreaterThan(low);
      for (int i = 0; i < raw.length; i++) {
        assertThat(labels.disparity()[i]).isCloseTo((raw[i] - low) / (high - low), within(1e-5f));
      }
      assertThat(labels.features()).hasSize(4);
      for (int f = 0; f < 4; f++) {
        Planes map = labels.features().get(f);
        assertThat(List.of(map.channels(), map.height(), map.width())).containsExactly(384, 2, 3);
        assertThat(map.data()).isEqualTo(Tensors.toArray(output.features().get(f)));
      }
    }
  }

  @Test
  void aBatchIsItsPictures() {
    float[] rgb = pictures(2);
    try (DepthAnythingTeacher teacher = DepthAnythingTeacher.open(file, "vits", 518)) {
      Labeller.Labels both = teacher.label(rgb, 2, HEIGHT, WIDTH);
      float[] second = Arrays.copyOfRange(rgb, 3 * PIXELS, 6 * PIXELS);
      Labeller.Labels alone = teacher.label(second, 1, HEIGHT, WIDTH);
      assertThat(Arrays.copyOfRange(both.disparity(), PIXELS, 2 * PIXELS))
          .isEqualTo(alone.disparity());
      int tokens = 384 * 6;
      assertThat(Arrays.copyOfRange(both.features().get(3).data(), tokens, 2 * tokens))
          .isEqualTo(alone.features().get(3).data());
    }
  }

  @Test
  void saysWhatItIs() {
    try (DepthAnythingTeacher teacher = DepthAnythingTeacher.open(file, "vits", 280)) {
      assertThat(teacher.name()).isEqualTo("depth-anything-v2-vits");
      assertThat(teacher.multiple()).isEqualTo(14);
      assertThat(teacher.nativeSize()).isEqualTo(280);
      assertThat(teacher.features())
          .containsExactlyElementsOf(Collections.nCopies(4, new Labeller.Feature(14, 384)));
      assertThat(teacher.contentHash()).isEqualTo(Sha256.of(file));
      assertThatThrownBy(() -> teacher.label(new float[3 * 32 * 28], 1, 32, 28))
          .isInstanceOf(DistillException.class)
          .hasMessageContaining("multiples of 14, not 28x32");
    }
  }

  @Test
  void whatDoesNotFitIsNamed() throws IOException {
    assertThatThrownBy(() -> DepthAnythingTeacher.open(file, "vitb", 518))
        .isInstanceOf(DistillException.class)
        .hasMessage(
            file
                + " contains weights for vits, not vitb; give another file or set the encoder to vits");
    assertThatThrownBy(() -> DepthAnythingTeacher.open(file, "vits", 500))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("multiple of 14, not 500");
    assertThatThrownBy(() -> DepthAnythingTeacher.open(file, "vitx", 518))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("encoder 'vitx'");
    Path torn = folder.resolve("torn.pth");
    Files.writeString(torn, "PK\3\4 and no more");
    assertThatThrownBy(() -> DepthAnythingTeacher.open(torn, "vits", 518))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("torn.pth");
  }
}
