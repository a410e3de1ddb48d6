package dev.deltadepth.distill.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.distill.data.Planes;
import dev.deltadepth.distill.export.EmbeddedWeights;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.weights.Safetensors;
import dev.deltadepth.torch.Tensors;
import dev.deltadepth.torch.TorchOps;
import dev.deltadepth.torch.TorchWeights;
import java.nio.file.Path;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudentTeacherTest {

  private static final int HEIGHT = 64;
  private static final int WIDTH = 96;
  private static final int VALUES = 3 * HEIGHT * WIDTH;

  @TempDir private Path folder;

  /** Whole bytes, which is what the exported graph takes. */
  private static float[] pictures(int count) {
    Random random = new Random(5);
    float[] rgb = new float[count * VALUES];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextInt(256) / 255f;
    }
    return rgb;
  }

  @Test
  void labelsAndFeaturesAreTheNetworks() {
    EmbeddedWeights.Content content = EmbeddedWeights.read();
    DepthNetwork student = DepthNetwork.delta();
    float[] rgb = pictures(2);
    try (OnnxTeacher teacher = StudentTeacher.embedded(1);
        TorchWeights weights = new TorchWeights(student.parameters(), content.weights());
        PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Labeller.Labels labels = teacher.label(rgb, 2, HEIGHT, WIDTH);
      DepthNetwork.Output<Tensor> output =
          student.apply(TorchOps.inference(weights), Tensors.of(rgb, 2, 3, HEIGHT, WIDTH));
      assertThat(teacher.contentHash()).isEqualTo(content.contentHash());
      assertThat(labels.disparity())
          .containsExactly(Tensors.toArray(output.disparity()), within(1e-3f));
      assertThat(labels.features()).hasSameSizeAs(teacher.features());
      for (int i = 0; i < labels.features().size(); i++) {
        Planes feature = labels.features().get(i);
        Tensor expected = output.features().get(i);
        assertThat(feature.channels()).isEqualTo(teacher.features().get(i).channels());
        assertThat(feature.height()).isEqualTo(HEIGHT / teacher.features().get(i).stride());
        float[] values = Tensors.toArray(expected);
        double largest = largest(values);
        assertThat(feature.data()).containsExactly(values, within((float) (2e-3 * largest)));
      }
    }
  }

  @Test
  void weightsInAFileAreNamedAndHashedByIt() {
    Path file = folder.resolve("student.safetensors");
    Safetensors.write(EmbeddedWeights.read().weights(), file);
    try (OnnxTeacher teacher = StudentTeacher.open(file, 1);
        OnnxTeacher embedded = StudentTeacher.embedded(1)) {
      assertThat(teacher.name()).isEqualTo(embedded.name());
      assertThat(teacher.nativeSize()).isEqualTo(256);
      assertThat(teacher.contentHash()).isEqualTo(Sha256.of(file));
      float[] rgb = pictures(1);
      assertThat(teacher.label(rgb, 1, HEIGHT, WIDTH).disparity())
          .isEqualTo(embedded.label(rgb, 1, HEIGHT, WIDTH).disparity());
    }
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
