package dev.deltadepth.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.deltadepth.distill.loss.WeightedLosses;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.Stage;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.weights.Initializer;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.torch.Tensors;
import dev.deltadepth.torch.TorchWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradientsTest {

  private static final DepthNetwork STUDENT = DepthNetwork.delta();
  private static final WeightedLosses LOSSES = new WeightedLosses(Map.of("ssi", 1.0, "l1", 0.5));

  @TempDir static Path folder;
  private static Batch batch;

  @BeforeAll
  static void makeBatch() throws IOException {
    Tensors.threads(1);
    SmallRun.photos(folder, 4);
    batch =
        new BatchMaker(
                SmallRun.all(folder, PlainTeacher.withNativeSize(32)), true, SmallRun.recipe(1, 1))
            .make(0, 0, new Stage(32, 4, 1, 0, 0, Stage.Statistics.BATCH));
  }

  /** The gradients and, as "terms", the loss and its terms. */
  private static Map<String, float[]> gradients(Batch pictures, int threads) {
    return gradients(pictures, threads, Recipe.Precision.FP32);
  }

  private static Map<String, float[]> gradients(
      Batch pictures, int threads, Recipe.Precision precision) {
    List<Parameter> parameters = STUDENT.parameters();
    Map<String, float[]> found = new LinkedHashMap<>();
    try (PointerScope scope = new PointerScope();
        TorchWeights weights = new TorchWeights(parameters, Initializer.random(parameters, 5));
        Gradients gradients =
            new Gradients(STUDENT, Optional.empty(), LOSSES, precision, weights, threads)) {
      Map<String, Double> terms = gradients.add(pictures, 1, Stage.Statistics.BATCH);
      assertThat(terms.keySet()).containsExactlyInAnyOrder("loss", "ssi", "l1");
      assertThat(terms.get("loss"))
          .isCloseTo(terms.get("ssi") + 0.5 * terms.get("l1"), within(1e-5));
      found.put("loss", new float[] {terms.get("loss").floatValue()});
      for (Parameter parameter : parameters) {
        if (parameter.trainable()) {
          found.put(
              parameter.name(), Tensors.toArray(weights.get(parameter.name()).mutable_grad()));
        }
      }
      Weights after = weights.toWeights();
      found.put("statistics", after.get("encoder.stem.bn.running_mean").data());
    }
    return found;
  }

  /** On every processor: whether it is fast is another matter. */
  @Test
  void bfloat16HasTheSameLossWithinItsEightBits() {
    float exact = gradients(batch, 1).get("loss")[0];
    Map<String, float[]> rounded = gradients(batch, 1, Recipe.Precision.BF16);
    assertThat(rounded.get("loss")[0]).isNotEqualTo(exact).isCloseTo(exact, withinPercentage(5));
  }

  @ParameterizedTest
  @CsvSource({
    "BF16, amd64,   AVX2,        FP32",
    "BF16, x86_64,  DEFAULT,     FP32",
    "BF16, amd64,   AVX512,      BF16",
    "BF16, amd64,   AVX512_BF16, BF16",
    "BF16, aarch64, DEFAULT,     BF16",
    "FP32, amd64,   AVX2,        FP32",
    "FP32, amd64,   AVX512,      FP32"
  })
  void bfloat16IsLeftToProcessorsThatHaveKernelsForIt(
      Recipe.Precision wanted, String architecture, String capability, Recipe.Precision used) {
    assertThat(Autocast.here(wanted, architecture, capability)).isEqualTo(used);
  }

  /** Every share normalises by itself, so half a batch in each of two threads is two batches. */
  @Test
  void twoThreadsAddUpTheGradientsOfTheirShares() {
    Map<String, float[]> both = gradients(batch, 2);
    Map<String, float[]> first = gradients(batch.slice(0, 2), 1);
    Map<String, float[]> second = gradients(batch.slice(2, 4), 1);
    assertThat(both.get("statistics")).isEqualTo(first.get("statistics"));
    both.forEach(
        (name, sum) -> {
          if (!name.equals("statistics")) {
            float[] a = first.get(name);
            float[] b = second.get(name);
            double scale = 1e-6;
            for (float value : sum) {
              scale = Math.max(scale, Math.abs(value));
            }
            for (int i = 0; i < sum.length; i++) {
              double mean = 0.5 * (a[i] + (double) b[i]);
              assertThat((double) sum[i]).as(name).isCloseTo(mean, within(1e-4 * scale));
            }
          }
        });
  }

  @Test
  void moreThreadsThanPicturesDoNoHarm() {
    Batch two = batch.slice(0, 2);
    Map<String, float[]> many = gradients(two, 5);
    assertThat(many.get("loss")[0]).isFinite();
  }

  @Test
  void oneThreadGivesTheSameBitsTwice() {
    Map<String, float[]> once = gradients(batch, 1);
    Map<String, float[]> again = gradients(batch, 1);
    once.forEach((name, values) -> assertThat(again.get(name)).as(name).isEqualTo(values));
  }
}
