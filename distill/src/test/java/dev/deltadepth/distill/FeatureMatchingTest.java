package dev.deltadepth.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.distill.data.Planes;
import dev.deltadepth.distill.label.Labeller;
import dev.deltadepth.distill.label.Teacher;
import dev.deltadepth.distill.loss.Attention;
import dev.deltadepth.distill.loss.Features;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.nn.MobileVit;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.weights.Initializer;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.torch.Tensors;
import dev.deltadepth.torch.TorchOps;
import dev.deltadepth.torch.TorchWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class FeatureMatchingTest {

  /** Speaks of maps that nobody asks it for. */
  private record Described(List<Feature> features) implements Teacher {
    @Override
    public String name() {
      return "described";
    }

    @Override
    public String contentHash() {
      return "00";
    }

    @Override
    public int multiple() {
      return 32;
    }

    @Override
    public int nativeSize() {
      return 64;
    }

    @Override
    public Labels label(float[] rgb, int batch, int height, int width) {
      throw new UnsupportedOperationException("only described");
    }

    @Override
    public void close() {}
  }

  private static FeatureMatching matching(Labeller.Feature... features) {
    return new FeatureMatching(
        List.of(new Features(true)), MobileVit.xs(""), new Described(List.of(features)));
  }

  private static List<String> names(FeatureMatching matching) {
    return matching.parameters().stream().map(Parameter::name).toList();
  }

  @Test
  void mapsArePairedByStride() {
    FeatureMatching matching =
        matching(
            new Labeller.Feature(16, 7), new Labeller.Feature(14, 9), new Labeller.Feature(4, 5));
    assertThat(matching.parameters())
        .containsExactly(
            new Parameter("adapter.16.weight", List.of(7, 80, 1, 1), Parameter.Role.CONV_WEIGHT),
            new Parameter("adapter.16.bias", List.of(7), Parameter.Role.BIAS),
            new Parameter("adapter.4.weight", List.of(5, 48, 1, 1), Parameter.Role.CONV_WEIGHT),
            new Parameter("adapter.4.bias", List.of(5), Parameter.Role.BIAS));
  }

  @Test
  void twoMapsOfOneStrideHaveTwoAdapters() {
    FeatureMatching matching =
        matching(
            new Labeller.Feature(16, 7), new Labeller.Feature(16, 7), new Labeller.Feature(16, 9));
    assertThat(names(matching)).hasSize(6).doesNotHaveDuplicates().contains("adapter.16.weight");
  }

  @Test
  void aTeacherWithoutFittingMapsIsRefused() {
    assertThatThrownBy(FeatureMatchingTest::matching)
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("described has no feature maps");
    assertThatThrownBy(() -> matching(new Labeller.Feature(14, 384)))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("described has no feature maps");
  }

  @Test
  void aPlainTransformersMapsArePairedWithTheCoarsestOnes() {
    Labeller.Feature tokens = new Labeller.Feature(14, 384);
    FeatureMatching matching = matching(tokens, tokens, tokens, tokens);
    assertThat(names(matching))
        .contains("adapter.4.weight", "adapter.8.weight", "adapter.16.weight", "adapter.32.weight")
        .hasSize(8);
  }

  @Test
  void attentionNeedsNoAdapterAndIsTheMeanOfAbsolutes() {
    FeatureMatching matching =
        new FeatureMatching(
            List.of(new Attention(false)),
            MobileVit.xs(""),
            new Described(List.of(new Labeller.Feature(8, 2))));
    assertThat(matching.parameters()).isEmpty();
    float[] student = new float[64 * 4];
    java.util.Arrays.fill(student, -3);
    float[] teacher = {1, 1, 1, 1, -3, -3, -3, -3};
    try (PointerScope scope = new PointerScope()) {
      Tensor third = Tensors.of(student, 1, 64, 2, 2);
      List<Tensor> maps = List.of(third, third, third, third, third);
      Map<String, Tensor> losses =
          matching.losses(maps, List.of(), List.of(new Planes(2, 2, 2, teacher)), 1);
      // |student| has the mean 3, |teacher| the mean 2.
      assertThat(losses.get("attention").item_float()).isCloseTo(1, within(1e-6f));
      assertThat(losses).hasSize(1);
    }
  }

  @Test
  void aPerfectAdapterHasNoLoss() {
    // Channel c of the teacher is channel c of the student, scaled and shifted.
    int channels = 3;
    int height = 4;
    int width = 6;
    int batch = 2;
    FeatureMatching matching = matching(new Labeller.Feature(8, channels));
    Random random = new Random(4);
    float[] student = new float[batch * 64 * height * width];
    float[] teacher = new float[batch * channels * height * width];
    int plane = height * width;
    for (int i = 0; i < student.length; i++) {
      student[i] = (float) random.nextGaussian();
    }
    double[] mean = new double[channels];
    double[] square = new double[channels];
    for (int n = 0; n < batch; n++) {
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < plane; p++) {
          float x = student[(n * 64 + c) * plane + p];
          teacher[(n * channels + c) * plane + p] = 3 * x + 10 * c - 5;
          mean[c] += x / (batch * plane);
          square[c] += x * x / (batch * plane);
        }
      }
    }
    float[] kernel = new float[channels * 64];
    float[] bias = new float[channels];
    for (int c = 0; c < channels; c++) {
      double deviation = Math.sqrt(square[c] - mean[c] * mean[c]);
      kernel[c * 64 + c] = (float) (1 / deviation);
      bias[c] = (float) (-mean[c] / deviation);
    }
    Map<String, FloatArray> perfect = new TreeMap<>();
    perfect.put("adapter.8.weight", new FloatArray(new int[] {channels, 64, 1, 1}, kernel));
    perfect.put("adapter.8.bias", new FloatArray(new int[] {channels}, bias));
    Planes map = new Planes(channels, height, width, teacher);
    Weights start = Initializer.random(matching.parameters(), 1);
    float[] maps = student;
    assertThat(loss(matching, Weights.of(perfect), maps, map)).isCloseTo(0, within(1e-9));
    assertThat(loss(matching, start, maps, map)).isGreaterThan(0.1);
  }

  private static double loss(
      FeatureMatching matching, Weights weights, float[] student, Planes map) {
    try (PointerScope scope = new PointerScope();
        TorchWeights torch = new TorchWeights(matching.parameters(), weights)) {
      Tensor third = Tensors.of(student, 2, 64, map.height(), map.width());
      List<Tensor> maps = new ArrayList<>(List.of(third, third, third, third, third));
      List<Tensor> adapted = matching.adapt(TorchOps.training(torch), maps);
      return matching
          .losses(maps, adapted, List.of(map), 2)
          .get("features-normalized")
          .item_float();
    }
  }

  @Test
  void aConstantChannelOfTheTeacherIsNoReasonToExplode() {
    FeatureMatching matching = matching(new Labeller.Feature(8, 2));
    float[] constant = new float[2 * 2 * 4 * 6];
    java.util.Arrays.fill(constant, 7);
    Planes map = new Planes(2, 4, 6, constant);
    Weights zeros =
        Weights.of(
            Map.of(
                "adapter.8.weight",
                new FloatArray(new int[] {2, 64, 1, 1}, new float[128]),
                "adapter.8.bias",
                new FloatArray(new int[] {2}, new float[2])));
    assertThat(loss(matching, zeros, new float[2 * 64 * 24], map)).isZero();
  }
}
