package dev.deltadepth.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.distill.recipe.OptimizerSettings;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.torch.Tensors;
import dev.deltadepth.torch.TorchWeights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptimizerTest {

  private static final List<Parameter> PARAMETERS =
      List.of(
          new Parameter("kernel", List.of(2, 2, 3, 3), Parameter.Role.CONV_WEIGHT),
          new Parameter("matrix", List.of(2, 3), Parameter.Role.LINEAR_WEIGHT),
          new Parameter("bias", List.of(2), Parameter.Role.BIAS),
          new Parameter("scale", List.of(2), Parameter.Role.NORM_WEIGHT),
          new Parameter("shift", List.of(2), Parameter.Role.NORM_BIAS),
          new Parameter("mean", List.of(2), Parameter.Role.RUNNING_MEAN));

  @TempDir Path folder;

  /** Every value is 0.5. */
  private static Weights start() {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (Parameter parameter : PARAMETERS) {
      float[] data = new float[parameter.count()];
      Arrays.fill(data, 0.5f);
      int[] shape = parameter.shape().stream().mapToInt(Integer::intValue).toArray();
      arrays.put(parameter.name(), new FloatArray(shape, data));
    }
    return Weights.of(arrays);
  }

  /** At the rate 1, so that the share of a step is its rate. */
  private static Optimizer adamW(TorchWeights weights, double weightDecay) {
    return new Optimizer(weights, settings(OptimizerSettings.Name.ADAMW, 1, weightDecay));
  }

  private static OptimizerSettings settings(
      OptimizerSettings.Name name, double encoderRate, double weightDecay) {
    return new OptimizerSettings(
        name,
        1,
        encoderRate,
        OptimizerSettings.ScheduleName.COSINE,
        weightDecay,
        0.9,
        0,
        1,
        1,
        5,
        List.of());
  }

  /** Adds {@code factor * i} to the gradient of a value at index i. */
  private static void backward(TorchWeights weights, float factor) {
    try (PointerScope scope = new PointerScope()) {
      for (Parameter parameter : PARAMETERS) {
        if (parameter.trainable()) {
          float[] slope = new float[parameter.count()];
          for (int i = 0; i < slope.length; i++) {
            slope[i] = factor * i;
          }
          long[] shape = parameter.shape().stream().mapToLong(Integer::longValue).toArray();
          Tensor loss = weights.get(parameter.name()).mul(Tensors.of(slope, shape)).sum();
          loss.backward();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ADAMW", "MUON"})
  void onlyKernelsAndMatricesDecay(OptimizerSettings.Name name) {
    try (TorchWeights weights = new TorchWeights(PARAMETERS, start());
        Optimizer optimizer = new Optimizer(weights, settings(name, 1, 0.1))) {
      backward(weights, 0);
      optimizer.step(0.5, 1);
      for (Parameter parameter : PARAMETERS) {
        float expected = parameter.decays() ? 0.5f * (1 - 0.5f * 0.1f) : 0.5f;
        for (float value : weights.toWeights().get(parameter.name()).data()) {
          assertThat(value).as(parameter.name()).isCloseTo(expected, within(1e-6f));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ADAMW", "MUON"})
  void theFirstStepsOfABiasAreThoseOfThePaper(OptimizerSettings.Name name) {
    double[] gradients = {0.3, -0.1, 0.2};
    try (TorchWeights weights = new TorchWeights(PARAMETERS, start());
        Optimizer optimizer = new Optimizer(weights, settings(name, 1, 0))) {
      double value = 0.5;
      double first = 0;
      double second = 0;
      for (int t = 1; t <= 3; t++) {
        double g = gradients[t - 1];
        backward(weights, (float) g);
        optimizer.step(0.01, 1e6);
        first = 0.9 * first + 0.1 * g;
        second = 0.999 * second + 0.001 * g * g;
        double corrected = Math.sqrt(second / (1 - Math.pow(0.999, t)));
        value -= 0.01 * first / (1 - Math.pow(0.9, t)) / (corrected + 1e-8);
        // The slope at index 1 is the factor itself.
        assertThat((double) weights.toWeights().get("bias").data()[1])
            .isCloseTo(value, within(1e-6));
      }
    }
  }

  @Test
  void theEncoderHasARateOfItsOwn() {
    List<Parameter> two =
        List.of(
            new Parameter("encoder.kernel", List.of(2), Parameter.Role.BIAS),
            new Parameter("decoder.kernel", List.of(2), Parameter.Role.BIAS));
    Weights zeros =
        Weights.of(
            Map.of(
                "encoder.kernel", new FloatArray(new int[] {2}, new float[2]),
                "decoder.kernel", new FloatArray(new int[] {2}, new float[2])));
    for (OptimizerSettings.Name name : OptimizerSettings.Name.values()) {
      try (TorchWeights weights = new TorchWeights(two, zeros);
          Optimizer optimizer = new Optimizer(weights, settings(name, 0.01, 0))) {
        try (PointerScope scope = new PointerScope()) {
          weights.get("encoder.kernel").sum().add(weights.get("decoder.kernel").sum()).backward();
        }
        optimizer.step(0.5, 1e6);
        double encoder = weights.toWeights().get("encoder.kernel").data()[0];
        double decoder = weights.toWeights().get("decoder.kernel").data()[0];
        assertThat(decoder).as(name.toString()).isNegative();
        assertThat(encoder / decoder).as(name.toString()).isCloseTo(0.01, within(1e-5));
      }
    }
  }

  @Test
  void momentumIsNesterovs() {
    try (TorchWeights weights = new TorchWeights(PARAMETERS, start());
        Optimizer optimizer = new Optimizer(weights, settings(OptimizerSettings.Name.SGD, 1, 0))) {
      double value = 0.5;
      double velocity = 0;
      for (double g : new double[] {0.3, -0.1, 0.2}) {
        backward(weights, (float) g);
        optimizer.step(0.1, 1e6);
        velocity = 0.9 * velocity + g;
        value -= 0.1 * (g + 0.9 * velocity);
        assertThat((double) weights.toWeights().get("bias").data()[1])
            .isCloseTo(value, within(1e-6));
      }
    }
  }

  @Test
  void aLongGradientIsShortenedAndItsNormReturned() {
    double squares = 0;
    for (Parameter parameter : PARAMETERS) {
      for (int i = 0; parameter.trainable() && i < parameter.count(); i++) {
        squares += (double) i * i;
      }
    }
    double norm = Math.sqrt(squares);
    try (TorchWeights long1 = new TorchWeights(PARAMETERS, start());
        TorchWeights short1 = new TorchWeights(PARAMETERS, start());
        Optimizer clipped = adamW(long1, 0);
        Optimizer plain = adamW(short1, 0)) {
      // A second step tells lengths apart: the first of Adam does not depend on them.
      backward(long1, 1);
      backward(short1, (float) (1 / norm));
      assertThat(clipped.step(0.01, 1)).isCloseTo(norm, within(norm * 1e-5));
      assertThat(plain.step(0.01, 1e6)).isCloseTo(1, within(1e-5));
      backward(long1, (float) (-0.1 / norm));
      backward(short1, (float) (-0.1 / norm));
      clipped.step(0.01, 1);
      plain.step(0.01, 1e6);
      float[] a = long1.toWeights().get("kernel").data();
      float[] b = short1.toWeights().get("kernel").data();
      for (int i = 0; i < a.length; i++) {
        assertThat(a[i]).isCloseTo(b[i], within(1e-5f));
      }
    }
  }

  @Test
  void aGradientThatIsNotFiniteChangesNothing() {
    try (TorchWeights weights = new TorchWeights(PARAMETERS, start());
        Optimizer optimizer = adamW(weights, 0.1)) {
      backward(weights, Float.NaN);
      assertThat(optimizer.step(0.5, 1)).isNaN();
      assertThat(SmallRun.differences(weights.toWeights(), start())).isEmpty();
      backward(weights, 1);
      assertThat(optimizer.step(0.5, 1)).as("the gradient was cleared").isFinite();
    }
  }

  @Test
  void clearedGradientsAreForgotten() {
    try (TorchWeights weights = new TorchWeights(PARAMETERS, start());
        Optimizer optimizer = adamW(weights, 0)) {
      backward(weights, 5);
      optimizer.clear();
      backward(weights, 0);
      assertThat(optimizer.step(0.5, 1)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsSavedGoesOnAlike(OptimizerSettings.Name name) {
    Path file = folder.resolve("optimizer.pt");
    try (TorchWeights weights = new TorchWeights(PARAMETERS, start());
        Optimizer optimizer = new Optimizer(weights, settings(name, 1, 0.1))) {
      for (int i = 0; i < 3; i++) {
        backward(weights, 0.1f * (i - 1.5f));
        optimizer.step(0.01, 1);
      }
      optimizer.save(file);
      try (TorchWeights copy = new TorchWeights(PARAMETERS, weights.toWeights());
          Optimizer loaded = new Optimizer(copy, settings(name, 1, 0.1))) {
        loaded.load(file);
        for (int i = 0; i < 3; i++) {
          backward(weights, 0.2f);
          backward(copy, 0.2f);
          assertThat(loaded.step(0.02, 1)).isEqualTo(optimizer.step(0.02, 1));
          assertThat(SmallRun.differences(copy.toWeights(), weights.toWeights())).isEmpty();
        }
      }
    }
  }

  @Test
  void theAverageFollowsItsFormula() {
    float[] steps = {1, -2, 4, 0};
    try (TorchWeights weights = new TorchWeights(PARAMETERS, start());
        MovingAverage average = new MovingAverage(weights, 0.2)) {
      double expected = 0.5;
      for (int step = 0; step < steps.length; step++) {
        set(weights, steps[step]);
        average.update(weights, step);
        double keep = Math.min(0.2, (1.0 + step) / (10.0 + step));
        expected = keep * expected + (1 - keep) * steps[step];
        for (Parameter parameter : PARAMETERS) {
          float value = average.weights().toWeights().get(parameter.name()).data()[0];
          assertThat((double) value).as(parameter.name()).isCloseTo(expected, within(1e-5));
        }
      }
    }
  }

  private static void set(TorchWeights weights, float value) {
    for (Parameter parameter : PARAMETERS) {
      weights.get(parameter.name()).detach().data_ptr_float().put(filled(parameter, value));
    }
  }

  private static float[] filled(Parameter parameter, float value) {
    float[] data = new float[parameter.count()];
    Arrays.fill(data, value);
    return data;
  }

  @Test
  void anAverageWithoutDecayIsTheWeights() {
    try (TorchWeights weights = new TorchWeights(PARAMETERS, start());
        MovingAverage average = new MovingAverage(weights, 0)) {
      set(weights, 3);
      average.update(weights, 100);
      assertThat(SmallRun.differences(average.weights().toWeights(), weights.toWeights()))
          .isEmpty();
      set(weights, 4);
      assertThat(average.weights().toWeights().get("bias").data())
          .as("the average has arrays of its own")
          .containsOnly(3);
    }
  }
}
