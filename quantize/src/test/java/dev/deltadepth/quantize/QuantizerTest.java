package dev.deltadepth.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.onnx.ParsedGraph;
import dev.deltadepth.quantize.Quantizer.Settings;
import dev.deltadepth.quantize.Quantizer.Variant;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EmbeddedModel;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelSource;
import dev.deltadepth.runtime.TestModels;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The embedded model and small ones, on rendered scenes. */
class QuantizerTest {
  private static final int SIDE = 192;
  private static final List<RgbImage> PHOTOS = new ArrayList<>();
  private static Variant embeddedInBytes =
      new Variant(new byte[0], new Verdict(0, 0, 0), 0, List.of());

  @TempDir Path folder;

  private static final class Counter implements Quantizer.Listener {
    private final AtomicInteger expected = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    @Override
    public void begin(String task, int steps) {
      expected.addAndGet(steps);
    }

    @Override
    public void step() {
      done.incrementAndGet();
    }
  }

  @BeforeAll
  static void quantizeOnce() throws IOException {
    SceneRenderer renderer = new SceneRenderer(SIDE * 4 / 3, SIDE, 2);
    for (int seed = 0; PHOTOS.size() < 6; seed++) {
      for (Scene.Kind kind : Scene.Kind.values()) {
        PHOTOS.add(renderer.render(Scene.of(kind, seed)).image());
      }
    }
    Counter counter = new Counter();
    embeddedInBytes = new Quantizer(ModelSource.embedded(), PHOTOS, settings(0.9), counter).int8();
    assertThat(counter.done.get()).isEqualTo(counter.expected.get()).isPositive();
  }

  private static Settings settings(double agreement) {
    return new Settings(SIDE, Calibration.MSE, agreement, Set.of());
  }

  private static Quantizer quantizer(Path model, Settings settings) {
    return quantizer(ModelSource.of(model), settings);
  }

  private static Quantizer quantizer(ModelSource model, Settings settings) {
    return new Quantizer(model, PHOTOS, settings, new Counter());
  }

  @Test
  void theEmbeddedModelInBytesSaysTheSameInHalfTheFile() throws IOException {
    assertThat(embeddedInBytes.onnx().length)
        .isLessThan(EmbeddedModel.FLOAT.bytes().length * 2 / 3);
    assertThat(embeddedInBytes.verdict().pearson()).isGreaterThan(0.99);
    assertThat(embeddedInBytes.layers()).isGreaterThan(50);
    Path file = folder.resolve("int8.onnx");
    Files.write(file, embeddedInBytes.onnx());
    EstimatorOptions options = EstimatorOptions.defaults().withSize(SIDE);
    try (DepthEstimator bytes = DepthEstimator.open(file, options);
        DepthEstimator floats = DepthEstimator.embedded(options)) {
      assertThat(bytes.description()).isEqualTo(floats.description());
      RgbImage photo = PHOTOS.get(3);
      float[] a = bytes.estimate(photo).data();
      float[] b = floats.estimate(photo).data();
      double difference = 0;
      for (int i = 0; i < a.length; i++) {
        difference += Math.abs(a[i] - b[i]) / a.length;
      }
      assertThat(difference).isBetween(1e-6, 0.05);
      // One file for every size.
      assertThat(bytes.estimate(photo, 192).width()).isEqualTo(photo.width());
    }
  }

  @Test
  void whatDoesNotSurviveStaysInFloats() throws IOException {
    List<String> layers =
        new Int8Plan(ParsedGraph.read(EmbeddedModel.FLOAT.bytes(), "embedded"), Set.of())
            .layerNames();
    // The coarse end of the network, where a map is resized, too.
    List<String> tried = layers.subList(layers.size() - 12, layers.size());
    Set<String> others = new HashSet<>(layers);
    tried.forEach(others::remove);
    Settings loose = new Settings(SIDE, Calibration.MSE, 0.5, others);
    Variant all = quantizer(ModelSource.embedded(), loose).int8();
    assertThat(all.layers()).isEqualTo(tried.size());
    double more = 1 - (1 - all.verdict().residual()) * 0.8;
    Settings strict = new Settings(SIDE, Calibration.MSE, more, others);
    Variant variant = quantizer(ModelSource.embedded(), strict).int8();
    assertThat(variant.verdict().residual()).isGreaterThanOrEqualTo(more);
    assertThat(variant.inFloat()).isNotEmpty().isSubsetOf(tried);
    assertThat(variant.layers() + variant.inFloat().size()).isEqualTo(tried.size());
  }

  @Test
  void theGateRefusesWhatSaysSomethingElse() {
    Quantizer strict = quantizer(TestModels.convolutions(folder.resolve("a.onnx")), settings(1));
    assertThatThrownBy(strict::int8)
        .isInstanceOf(QuantizeException.class)
        .hasMessageContaining("was refused")
        .hasMessageContaining("below the required 1.0000");
  }

  @Test
  void nodesCanBeKeptInFloats() throws IOException {
    ParsedGraph graph = ParsedGraph.read(EmbeddedModel.FLOAT.bytes(), "embedded");
    List<String> layers = new Int8Plan(graph, Set.of()).layerNames();
    Set<String> kept = Set.of(layers.get(0), layers.get(5));
    Int8Plan plan = new Int8Plan(graph, kept);
    assertThat(plan.layerNames()).hasSize(layers.size() - 2).doesNotContainAnyElementsOf(kept);
  }

  @ParameterizedTest
  @EnumSource(Calibration.class)
  void aSmallModelIsQuantizedWithEveryCalibration(Calibration calibration) {
    Path model = TestModels.convolutions(folder.resolve("small.onnx"));
    Settings settings = new Settings(64, calibration, 0.95, Set.of());
    Variant variant = quantizer(model, settings).int8();
    assertThat(variant.layers()).as("the last convolution stays in floats").isEqualTo(1);
    assertThat(variant.verdict().residual()).isGreaterThan(0.95);
  }

  /** Before anything is calibrated; a newer one works. */
  @ParameterizedTest
  @ValueSource(ints = {9, 10, 11, 12, 13})
  void anOperatorSetThatIsTooOldIsRefusedFirst(int version) throws IOException {
    Path model = TestModels.ofOperatorSet(folder.resolve("old.onnx"), version);
    Counter counter = new Counter();
    Quantizer quantizer = new Quantizer(ModelSource.of(model), PHOTOS, settings(0.9), counter);
    assertThat(quantizer.float16().verdict().residual()).isGreaterThan(0.99);
    if (version < 13) {
      assertThatThrownBy(quantizer::int8)
          .isInstanceOf(QuantizeException.class)
          .hasMessage(
              "%s uses operator set %s, but int8 for each channel needs 13 or newer: export it again"
                  .formatted(model, version));
      assertThat(counter.expected.get()).isZero();
    } else {
      assertThat(quantizer.int8().layers()).isEqualTo(1);
    }
  }

  @Test
  void weightsInSixteenBitsAreHalfAsLarge() throws IOException {
    Path model = TestModels.convolutions(folder.resolve("small.onnx"));
    Variant variant = quantizer(model, settings(0.999)).float16();
    assertThat(variant.verdict().worst()).isGreaterThan(0.999);
    long parameters = 16 * 3 * 9 + 16 * 9;
    assertThat(Files.size(model) - variant.onnx().length).isCloseTo(2 * parameters, within(500L));
    assertThat(quantizer(ModelSource.embedded(), settings(0.999)).float16().onnx().length)
        .as("they are already")
        .isCloseTo(EmbeddedModel.FLOAT.bytes().length, within(10_000));
  }

  @Test
  void whatCannotBeUsedIsSaid() throws IOException {
    Path red = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    Path model = TestModels.convolutions(folder.resolve("small.onnx"));
    assertThatThrownBy(
            () ->
                new Quantizer(
                    ModelSource.of(model), PHOTOS.subList(0, 1), settings(0.9), new Counter()))
        .isInstanceOf(QuantizeException.class)
        .hasMessageContaining("at least two photos are needed");
    Settings allKept = new Settings(64, Calibration.MSE, 0.9, Set.of("wide"));
    assertThatThrownBy(() -> quantizer(model, allKept).int8())
        .isInstanceOf(QuantizeException.class)
        .hasMessageContaining("no convolutions or matrices");
    Settings misspelt = new Settings(64, Calibration.MSE, 0.9, Set.of("wied"));
    assertThatThrownBy(() -> quantizer(model, misspelt).int8())
        .isInstanceOf(QuantizeException.class)
        .hasMessageContaining("has no node with the output 'wied'");
    assertThat(quantizer(red, settings(0.5)).int8().layers()).isEqualTo(1);
  }
}
