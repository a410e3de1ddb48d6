package dev.deltadepth.distill.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.distill.loss.MultiScaleGradient.Scales;
import dev.deltadepth.nn.ParityGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and gradients against the reference implementations of the parity fixtures. */
@Tag("shared")
class LossParityTest {

  /** The sums of the fixtures are zero below 1e-12; a single element is far closer. */
  private static final double ROUNDING = 1e-15;

  private PointerScope scope;

  @BeforeAll
  static void oneThread() {
    openblas.blas_set_num_threads(1);
    torch.set_num_threads(1);
  }

  @BeforeEach
  void openScope() {
    scope = new PointerScope();
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  static List<Arguments> results() throws IOException {
    Path file = Path.of(System.getProperty("delta.shared"), "parity", "losses.json");
    List<Arguments> arguments = new ArrayList<>();
    for (JsonNode result : new ObjectMapper().readTree(file.toFile()).get("results")) {
      String loss = result.get("loss").asText();
      String input = result.get("input").asText();
      arguments.add(argumentSet(loss + " of " + input, loss, input, result));
    }
    assertThat(arguments).hasSize(70);
    return arguments;
  }

  @ParameterizedTest
  @MethodSource("results")
  void valueAndGradientInFloat64(String loss, String input, JsonNode expected) {
    compare(loss, input, expected, ScalarType.Double, 1e-9);
  }

  @ParameterizedTest
  @MethodSource("results")
  void valueAndGradientInFloat32(String loss, String input, JsonNode expected) {
    compare(loss, input, expected, ScalarType.Float, 1e-5);
  }

  private static void compare(
      String loss, String input, JsonNode expected, ScalarType type, double tolerance) {
    List<Tensor> inputs = inputs(input, type);
    Tensor prediction = inputs.get(0).set_requires_grad(true);
    Tensor value = loss(loss, prediction, inputs.get(1), inputs.get(2));
    value.backward();

    assertThat(value.shape()).isEmpty();
    assertThat(value.item_double())
        .as("value")
        .isCloseTo(number(expected, "value"), rel(tolerance, number(expected, "value")));
    double[] gradient = doubles(prediction.grad());
    JsonNode reference = expected.get("gradient");
    double l2 = number(reference, "l2");
    double absSum = number(reference, "abs_sum");
    double sum = 0;
    double squares = 0;
    double absolutes = 0;
    for (double g : gradient) {
      sum += g;
      squares += g * g;
      absolutes += Math.abs(g);
    }
    assertThat(Math.sqrt(squares)).as("L2 norm").isCloseTo(l2, rel(tolerance, l2));
    assertThat(absolutes).as("sum of absolutes").isCloseTo(absSum, rel(tolerance, absSum));
    // The sum cancels, mostly to zero: its error is that of the terms.
    assertThat(sum).as("sum").isCloseTo(number(reference, "sum"), rel(tolerance, absSum));
    double largest = 0;
    for (double g : gradient) {
      largest = Math.max(largest, Math.abs(g));
    }
    for (int i = 0; i < reference.get("index").size(); i++) {
      int index = reference.get("index").get(i).asInt();
      double element = reference.get("at_index").get(i).asDouble();
      assertThat(gradient[index])
          .as("gradient[%d]", index)
          .isCloseTo(element, rel(tolerance, type == ScalarType.Double ? element : largest));
    }
  }

  private static Offset<Double> rel(double tolerance, double of) {
    return within(Math.max(tolerance * Math.abs(of), ROUNDING));
  }

  private static double number(JsonNode node, String name) {
    return node.get(name).asDouble();
  }

  private static Tensor loss(String name, Tensor p, Tensor t, Tensor mask) {
    return switch (name) {
      case "l1", "feature_l1" -> new L1().of(Maps.of(p, t));
      case "mse" -> p.sub(t).square().mean();
      case "silog_variance" -> new Silog(1, false).of(Maps.of(p, t));
      case "silog_sqrt_lambda0.5" -> new Silog(0.5, true).of(Maps.of(p, t));
      case "gradient_sobel_zero" -> new SobelGradient(Padding.ZERO).of(Maps.of(p, t));
      case "gradient_sobel_replicate" -> new SobelGradient(Padding.REPLICATE).of(Maps.of(p, t));
      case "gradient_sobel_reflect" -> new SobelGradient(Padding.REFLECT).of(Maps.of(p, t));
      case "gradient_sobel_valid" -> new SobelGradient(Padding.VALID).of(Maps.of(p, t));
      case "gradient_forward_4_scales_sum" ->
          new MultiScaleGradient(Scales.SUMMED, false).of(Maps.of(p, t));
      case "gradient_forward_4_scales_pooled" ->
          new MultiScaleGradient(Scales.POOLED, false).of(Maps.of(p, t));
      case "ssi_l1" -> new Ssi(Deviation.MEAN).of(Maps.of(p, t));
      case "ssi_l1_detached" -> new Ssi(Deviation.MEAN_DETACHED).of(Maps.of(p, t));
      case "ssi_l1_median_abs_dev" -> new Ssi(Deviation.MEDIAN).of(Maps.of(p, t));
      case "ssi_plus_gradient" -> ssiPlusGradient(Maps.of(p, t));
      case "ssim_valid" -> new Ssim(Padding.VALID).similarity(Maps.of(p, t));
      case "ssim_zero_padded" -> new Ssim(Padding.ZERO).similarity(Maps.of(p, t));
      case "silog_variance_masked" -> new Silog(1, false).of(Maps.of(p, t, mask));
      case "ssi_l1_masked" -> new Ssi(Deviation.MEAN).of(Maps.of(p, t, mask));
      case "ssi_plus_gradient_masked" -> ssiPlusGradient(Maps.of(p, t, mask));
      case "attention_mse" -> new Attention(false).of(p, t);
      case "attention_mse_l2_normalised" -> new Attention(true).of(p, t);
      default -> throw new AssertionError("no loss is known as " + name);
    };
  }

  /** As ZipDepth trains. */
  private static Tensor ssiPlusGradient(Maps maps) {
    Tensor gradient = new MultiScaleGradient(Scales.POOLED, true).of(maps);
    return new Ssi(Deviation.MEAN).of(maps).add(gradient.mul(new Scalar(2.0)));
  }

  /** Prediction, target and mask (of ones but for pair B), as the fixtures' formulas give them. */
  private static List<Tensor> inputs(String name, ScalarType type) {
    return switch (name) {
      case "A" -> pair("A", type, 1, 1, 24, 32);
      case "B" -> correlatedPair(type);
      case "C" -> pair("C", type, 1, 1, 23, 31);
      case "D" -> pair("D", type, 2, 1, 24, 32);
      case "feature_student8 / feature_teacher8" -> features(8, type);
      case "feature_student8 / feature_teacher12" -> features(12, type);
      default -> throw new AssertionError("no input is known as " + name);
    };
  }

  private static List<Tensor> pair(String name, ScalarType type, long... shape) {
    int count = count(shape);
    Tensor prediction =
        tensor(ParityGenerator.values("loss:" + name + ":pred", 0.5, 0.45, count), type, shape);
    Tensor target =
        tensor(ParityGenerator.values("loss:" + name + ":target", 0.5, 0.45, count), type, shape);
    return List.of(prediction, target, torch.ones_like(target));
  }

  private static List<Tensor> correlatedPair(ScalarType type) {
    long[] shape = {1, 1, 24, 32};
    int count = count(shape);
    float[] target = ParityGenerator.values("loss:B:target", 0.5, 0.4, count);
    double[] noise = ParityGenerator.uniform("loss:B:pred", count);
    double[] place = ParityGenerator.uniform("loss:B:mask", count);
    float[] prediction = new float[count];
    float[] mask = new float[count];
    for (int i = 0; i < count; i++) {
      prediction[i] = (float) (0.1 + 0.8 * target[i] + 0.05 * noise[i]);
      mask[i] = place[i] > -0.7 ? 1 : 0;
    }
    return List.of(
        tensor(prediction, type, shape), tensor(target, type, shape), tensor(mask, type, shape));
  }

  private static List<Tensor> features(int teacherChannels, ScalarType type) {
    long[] studentShape = {2, 8, 12, 16};
    long[] teacherShape = {2, teacherChannels, 12, 16};
    Tensor student =
        tensor(
            ParityGenerator.values("loss:feature:student8", 0, 1, count(studentShape)),
            type,
            studentShape);
    Tensor teacher =
        tensor(
            ParityGenerator.values(
                "loss:feature:teacher" + teacherChannels, 0, 1, count(teacherShape)),
            type,
            teacherShape);
    return List.of(student, teacher, torch.ones_like(student));
  }

  private static int count(long... shape) {
    long count = 1;
    for (long side : shape) {
      count *= side;
    }
    return Math.toIntExact(count);
  }

  private static Tensor tensor(float[] values, ScalarType type, long... shape) {
    return AbstractTensor.create(values, shape).to(type);
  }

  private static double[] doubles(Tensor tensor) {
    double[] copy = new double[Math.toIntExact(tensor.numel())];
    try (DoubleIndexer indexer = tensor.to(ScalarType.Double).flatten().createIndexer()) {
      indexer.get(0, copy);
    }
    return copy;
  }
}
