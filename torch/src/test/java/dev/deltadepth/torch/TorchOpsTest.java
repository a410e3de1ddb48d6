package dev.deltadepth.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.Activation;
import dev.deltadepth.nn.BatchNorm;
import dev.deltadepth.nn.Conv2d;
import dev.deltadepth.nn.CostOps;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.Linear;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.ParityGenerator;
import dev.deltadepth.nn.weights.Initializer;
import dev.deltadepth.nn.weights.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchOpsTest {

  private PointerScope scope;

  @BeforeAll
  static void threads() {
    Tensors.threads(1);
  }

  @BeforeEach
  void openScope() {
    scope = new PointerScope();
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  private static float[] values(String name, int count) {
    return ParityGenerator.values(name, 0, 1, count);
  }

  private static Tensor tensor(String name, long... shape) {
    return Tensors.of(values(name, (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)), shape);
  }

  /** Weights for what a layer asks for on a shape: variances around 1, the rest around 0. */
  private static TorchWeights weights(Consumer<CostOps> layer) {
    CostOps costs = new CostOps();
    layer.accept(costs);
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (Parameter parameter : costs.parameters()) {
      boolean variance = parameter.role() == Parameter.Role.RUNNING_VAR;
      int[] shape = parameter.shape().stream().mapToInt(Integer::intValue).toArray();
      arrays.put(
          parameter.name(),
          new FloatArray(
              shape,
              ParityGenerator.values(
                  parameter.name(), variance ? 1 : 0, variance ? 0.5 : 1, parameter.count())));
    }
    return new TorchWeights(costs.parameters(), Weights.of(arrays));
  }

  private static void assertClose(Tensor actual, Tensor expected, float tolerance) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    float[] a = Tensors.toArray(actual);
    float[] b = Tensors.toArray(expected);
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i]).isCloseTo(b[i], within(tolerance));
    }
  }

  @ParameterizedTest
  @CsvSource({"3,2,8,8", "3,2,7,9", "5,2,6,5", "3,3,10,7", "3,2,1,1", "3,1,6,6"})
  void trainingStridesADepthwiseConvolutionAsInferenceDoes(
      int kernel, int stride, int height, int width) {
    Conv2d conv = Conv2d.depthwise("dw", 6, kernel, stride);
    CostOps.Shape shape = new CostOps.Shape(2, 6, height, width);
    try (TorchWeights weights = weights(costs -> costs.conv(shape, conv))) {
      Tensor x = tensor("x", 2, 6, height, width);
      Tensor direct = TorchOps.inference(weights).conv(x, conv);
      assertThat(direct.size(2)).isEqualTo((height + stride - 1) / stride);
      assertClose(TorchOps.training(weights).conv(x, conv), direct, 1e-5f);
      assertClose(TorchOps.trainingByBatch(weights).conv(x, conv), direct, 1e-5f);
    }
  }

  @Test
  void theGradientsOfBothWaysAgree() {
    Conv2d conv = Conv2d.depthwise("dw", 6, 3, 2);
    CostOps.Shape shape = new CostOps.Shape(2, 6, 7, 9);
    Tensor x = tensor("x", 2, 6, 7, 9);
    Tensor slope = tensor("slope", 2, 6, 4, 5);
    try (TorchWeights one = weights(costs -> costs.conv(shape, conv));
        TorchWeights two = weights(costs -> costs.conv(shape, conv))) {
      TorchOps.training(one).conv(x, conv).mul(slope).sum().backward();
      TorchOps.inference(two).conv(x, conv).mul(slope).sum().backward();
      assertClose(one.get("dw.weight").grad(), two.get("dw.weight").grad(), 1e-4f);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,5,8,2", "4,9,12,4", "2,1,6,3", "8,16,16,1"})
  void attentionIsLibtorchsOwn(int batch, int tokens, int width, int heads) {
    Tensor x = tensor("x", batch, tokens, width);
    Linear layer = new Linear("qkv", width, 3 * width);
    CostOps.Shape shape = new CostOps.Shape(batch, width, tokens, 1);
    TorchWeights weights = weights(costs -> costs.linear(shape, layer));
    Tensor qkv = TorchOps.inference(weights).linear(x, layer);
    long[] split = {batch, tokens, 3, heads, width / heads};
    Tensor parts = qkv.reshape(split).permute(2, 0, 3, 1, 4);
    Tensor expected =
        torch
            .scaled_dot_product_attention(
                parts.select(0, 0).contiguous(),
                parts.select(0, 1).contiguous(),
                parts.select(0, 2).contiguous(),
                new TensorOptional(),
                0.0,
                false,
                new DoubleOptional(),
                false)
            .transpose(1, 2)
            .reshape(batch, tokens, width);
    try (weights) {
      assertClose(TorchOps.inference(weights).attention(x, layer, heads), expected, 1e-5f);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,3,4,6,2", "2,5,6,4,2", "1,2,9,6,3"})
  void foldUndoesUnfold(int batch, int channels, int height, int width, int patch) {
    Tensor x = tensor("x", batch, channels, height, width);
    try (TorchWeights none = new TorchWeights(List.of(), Weights.of(Map.of()))) {
      TorchOps ops = TorchOps.inference(none);
      Tensor tokens = ops.unfold(x, patch);
      long places = (long) batch * patch * patch;
      long perPlace = (long) height * width / patch / patch;
      assertThat(tokens.shape()).containsExactly(places, perPlace, channels);
      assertThat(Tensors.toArray(ops.fold(tokens, x, patch))).isEqualTo(Tensors.toArray(x));
    }
  }

  @Test
  void unfoldGathersTheSamePlaceOfEveryPatch() {
    Tensor x = Tensors.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7}, 1, 1, 2, 4);
    try (TorchWeights none = new TorchWeights(List.of(), Weights.of(Map.of()))) {
      assertThat(Tensors.toArray(TorchOps.inference(none).unfold(x, 2)))
          .containsExactly(0, 2, 1, 3, 4, 6, 5, 7);
    }
  }

  @Test
  void hardActivationsAreTheirFormulas() {
    float[] values = {-4, -3, -1.5f, 0, 1, 3, 5};
    try (TorchWeights none = new TorchWeights(List.of(), Weights.of(Map.of()))) {
      TorchOps ops = TorchOps.inference(none);
      Tensor x = Tensors.of(values, values.length);
      assertThat(Tensors.toArray(ops.activation(x, Activation.HARD_SIGMOID)))
          .containsExactly(new float[] {0, 0, 0.25f, 0.5f, 4 / 6f, 1, 1}, within(1e-6f));
      assertThat(Tensors.toArray(ops.activation(x, Activation.HARD_SWISH)))
          .containsExactly(new float[] {0, 0, -0.375f, 0, 4 / 6f, 3, 5}, within(1e-6f));
    }
  }

  @Test
  void everyChannelOfEveryPictureHasItsOwnMeanAndFactor() {
    try (TorchWeights none = new TorchWeights(List.of(), Weights.of(Map.of()))) {
      TorchOps ops = TorchOps.inference(none);
      Tensor x = Tensors.of(new float[] {1, 3, 2, 6, -1, 3, 10, 20}, 2, 2, 1, 2);
      Tensor means = ops.channelMeans(x);
      assertThat(means.shape()).containsExactly(2, 2, 1, 1);
      assertThat(Tensors.toArray(means)).containsExactly(2, 4, 1, 15);
      assertThat(Tensors.toArray(ops.scaleChannels(x, means)))
          .containsExactly(2, 6, 8, 24, -1, 3, 150, 300);
    }
  }

  @Test
  void onlyTrainingByTheBatchsStatisticsMovesTheRunningOnes() {
    Conv2d conv = Conv2d.pointwise("conv", 3, 4);
    BatchNorm norm = BatchNorm.of("bn", 4);
    CostOps.Shape shape = new CostOps.Shape(2, 3, 4, 4);
    Tensor x = tensor("x", 2, 3, 4, 4);
    try (TorchWeights weights = weights(costs -> costs.convNorm(shape, conv, norm))) {
      Weights before = weights.toWeights();
      Tensor byBatch = TorchOps.trainingByBatch(weights).convNorm(x, conv, norm);
      assertThat(weights.toWeights().get("bn.running_mean").data())
          .isEqualTo(before.get("bn.running_mean").data());
      assertThat(weights.toWeights().get("bn.running_var").data())
          .isEqualTo(before.get("bn.running_var").data());
      Tensor inference = TorchOps.inference(weights).convNorm(x, conv, norm);
      Tensor byRunning = TorchOps.trainingByRunning(weights).convNorm(x, conv, norm);
      assertClose(byRunning, inference, 1e-6f);
      byRunning.sum().backward();
      assertThat(weights.get("bn.weight").grad().defined()).isTrue();
      assertThat(weights.toWeights().get("bn.running_mean").data())
          .isEqualTo(before.get("bn.running_mean").data());
      Tensor training = TorchOps.training(weights).convNorm(x, conv, norm);
      assertClose(training, byBatch, 1e-6f);
      float[] map = Tensors.toArray(TorchOps.inference(weights).conv(x, conv));
      Weights after = weights.toWeights();
      for (int c = 0; c < 4; c++) {
        double mean = 0;
        double square = 0;
        for (int i = 0; i < 32; i++) {
          double value = map[(i / 16 * 4 + c) * 16 + i % 16];
          mean += value / 32;
          square += value * value / 32;
        }
        double unbiased = (square - mean * mean) * 32 / 31;
        assertThat((double) after.get("bn.running_mean").data()[c])
            .isCloseTo(0.9 * before.get("bn.running_mean").data()[c] + 0.1 * mean, within(1e-5));
        assertThat((double) after.get("bn.running_var").data()[c])
            .isCloseTo(0.9 * before.get("bn.running_var").data()[c] + 0.1 * unbiased, within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mobilevit-xs",
        "mobilevit-xs-relu",
        "mobilenetv3-large-plain",
        "mobilenetv3-large-skips",
        "efficientnet-b0"
      })
  void everyParameterOfAStudentGetsAGradient(String name) {
    DepthNetwork student = DepthNetwork.named(name);
    Weights random = Initializer.random(student.parameters(), 3);
    try (TorchWeights weights = new TorchWeights(student.parameters(), random)) {
      Tensor x = tensor("x", 2, 3, 64, 64);
      student.apply(TorchOps.training(weights), x).disparity().sum().backward();
      for (Parameter parameter : student.parameters()) {
        assertThat(weights.get(parameter.name()).grad().defined())
            .as(parameter.name())
            .isEqualTo(parameter.trainable());
      }
    }
  }

  @Test
  void aNetworkInInferenceChangesNothing() {
    DepthNetwork student = DepthNetwork.delta();
    Weights random = Initializer.random(student.parameters(), 2);
    try (TorchWeights weights = new TorchWeights(student.parameters(), random)) {
      Tensor out =
          student.apply(TorchOps.inference(weights), tensor("x", 1, 3, 32, 64)).disparity();
      assertThat(out.shape()).containsExactly(1, 1, 32, 64);
      Weights after = weights.toWeights();
      for (String name : random.names()) {
        assertThat(after.get(name).data()).as(name).isEqualTo(random.get(name).data());
      }
    }
  }

  @Test
  void aSingleValueLeavesTheRunningStatisticsFinite() {
    Tensors.threads(1);
    DepthNetwork student = DepthNetwork.delta();
    try (PointerScope scope = new PointerScope();
        TorchWeights weights =
            new TorchWeights(student.parameters(), Initializer.random(student.parameters(), 1))) {
      // 32x32 pixels are one value per channel at the coarsest stride.
      float[] picture = new float[3 * 32 * 32];
      for (int i = 0; i < picture.length; i++) {
        picture[i] = i % 7 / 7f;
      }
      student.apply(TorchOps.training(weights), Tensors.of(picture, 1, 3, 32, 32));
      Weights after = weights.toWeights();
      for (String name : after.names()) {
        for (float value : after.get(name).data()) {
          assertThat(value).as(name).isFinite();
        }
      }
    }
  }
}
