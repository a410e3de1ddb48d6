package dev.deltadepth.distill.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.RecipeFile;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.weights.Initializer;
import dev.deltadepth.nn.weights.Safetensors;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.runtime.ModelMetadata;
import dev.deltadepth.torch.Tensors;
import dev.deltadepth.torch.TorchOps;
import dev.deltadepth.torch.TorchWeights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitialWeightsTest {

  @TempDir Path folder;

  @BeforeEach
  void oneThread() {
    Tensors.threads(1);
  }

  /** As timm's file has them: without this project's prefix, with what is not an encoder's. */
  private static Weights timm(DepthNetwork student) {
    Weights random = Initializer.random(student.parameters(), 3);
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    random.names().stream()
        .filter(name -> name.startsWith("encoder."))
        .forEach(name -> arrays.put(name.substring("encoder.".length()), random.get(name)));
    arrays.put("head.fc.weight", new FloatArray(new int[] {1}, new float[1]));
    return Weights.of(arrays);
  }

  private Path file(Weights timm) {
    Path file = folder.resolve("timm.safetensors");
    Safetensors.write(timm, file);
    return file;
  }

  private static List<Tensor> maps(DepthNetwork student, Weights weights, float[] rgb) {
    Tensor image = Tensors.of(rgb, 1, 3, 64, 64);
    try (TorchWeights torch = new TorchWeights(student.parameters(), weights)) {
      return student.encoder().apply(TorchOps.inference(torch), image);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mobilevit-xs", "mobilenetv3-large-skips", "efficientnet-b0"})
  void theEncoderComputesWhatTimmsDoesOfItsOwnInput(String name) {
    DepthNetwork student = DepthNetwork.named(name);
    Weights timm = timm(student);
    Weights all = Initializer.random(student.parameters(), 4);
    float[] rgb = new float[3 * 64 * 64];
    float[] asTimmGetsIt = new float[rgb.length];
    float[] mean = {0.485f, 0.456f, 0.406f};
    float[] deviation = {0.229f, 0.224f, 0.225f};
    Random random = new Random(5);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextFloat();
      int channel = i / (64 * 64);
      asTimmGetsIt[i] =
          name.equals("mobilevit-xs") ? rgb[i] : (rgb[i] - mean[channel]) / deviation[channel];
    }
    Map<String, FloatArray> plain = new LinkedHashMap<>();
    timm.names().forEach(n -> plain.put("encoder." + n, timm.get(n)));
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      List<Tensor> expected = maps(student, Weights.of(plain).overlaid(all), asTimmGetsIt);
      List<Tensor> found =
          maps(student, InitialWeights.encoder(student, file(timm)).overlaid(all), rgb);
      // Away from the border, where timm's padding is the mean colour and ours black.
      Tensor a = expected.get(0).narrow(2, 4, 8).narrow(3, 4, 8);
      Tensor b = found.get(0).narrow(2, 4, 8).narrow(3, 4, 8);
      float[] wanted = Tensors.toArray(a);
      float[] got = Tensors.toArray(b);
      double scale = 1e-6;
      for (float value : wanted) {
        scale = Math.max(scale, Math.abs(value));
      }
      for (int i = 0; i < wanted.length; i++) {
        assertThat((double) got[i]).isCloseTo(wanted[i], within(1e-3 * scale));
      }
    }
  }

  @Test
  void otherPeoplesWeightsAreNamed() {
    Weights wrong = timm(DepthNetwork.named("efficientnet-b0"));
    assertThatThrownBy(() -> InitialWeights.encoder(DepthNetwork.delta(), file(wrong)))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("timm.safetensors does not contain")
        .hasMessageContaining("mobilevit-xs");
  }

  private Weights written(String name, float value, String provenance) {
    Weights weights =
        Weights.of(Map.of("a", new FloatArray(new int[] {1}, new float[] {value})))
            .withMetadata(Map.of(ModelMetadata.NAME, name, ModelMetadata.PROVENANCE, provenance));
    Safetensors.write(weights, folder.resolve(name + ".safetensors"));
    return weights;
  }

  private Weights startingFrom(String files) {
    return InitialWeights.of(
        RecipeFile.parse(
                """
                name: mean
                start: %s
                photos: {folder: photos}
                teacher: {model: teacher.onnx}
                stages: [{size: 64, batch: 8, steps: 100}]
                """
                    .formatted(files),
                "mean.yaml")
            .mapped(path -> folder.resolve(path).toString()));
  }

  @Test
  void severalWeightsStartAsTheirMean() {
    String first = "{\"steps\":1,\"start\":null}";
    written("one", 1, first);
    written("two", 2, "{\"steps\":2,\"start\":" + first + "}");
    written("three", 6, "{\"steps\":3,\"start\":null}");
    Weights mean = startingFrom("[one.safetensors, two.safetensors, three.safetensors]");
    assertThat(mean.get("a").data()).containsExactly(3);
    assertThat(mean.metadata())
        .containsEntry(ModelMetadata.NAME, "one")
        .containsEntry(
            ModelMetadata.PROVENANCE,
            "[{\"steps\":2,\"start\":{\"steps\":1,\"start\":null}},{\"steps\":3,\"start\":null}]");
  }

  @Test
  void weightsGetWhatAModelHasLearnedSinceTheyLeftIt() {
    written("old", 1, "{\"steps\":1,\"start\":null}");
    written("new", 4, "{\"steps\":2,\"start\":null}");
    written("mine", 10, "{\"steps\":3,\"start\":null}");
    String half = "{before: old.safetensors, after: new.safetensors, scale: 0.5}";
    Weights sum = startingFrom("mine.safetensors\ntask-vector: " + half);
    assertThat(sum.get("a").data()).containsExactly(11.5f);
    assertThat(sum.metadata())
        .containsEntry(ModelMetadata.NAME, "mine")
        .containsEntry(
            ModelMetadata.PROVENANCE,
            "[{\"steps\":3,\"start\":null},{\"steps\":2,\"start\":null}]");
  }

  @Test
  void differentStudentsHaveNoMean() {
    written("one", 1, "null");
    Map<String, String> relu =
        Map.of(ModelMetadata.STUDENT, "mobilevit-xs-relu", ModelMetadata.NAME, "two");
    Safetensors.write(
        written("two", 1, "null").withMetadata(relu), folder.resolve("two.safetensors"));
    assertThatThrownBy(() -> startingFrom("[one.safetensors, two.safetensors]"))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("[mobilevit-xs, mobilevit-xs-relu]");
  }

  @Test
  void whatOneHasGoneThroughIsNotToldTwice() {
    String first = "{\"steps\":1,\"start\":null}";
    String second = "{\"steps\":2,\"start\":" + first + "}";
    written("one", 1, first);
    written("two", 4, second);
    Weights mean = startingFrom("[one.safetensors, one.safetensors, two.safetensors]");
    assertThat(mean.get("a").data()).containsExactly(2);
    assertThat(mean.metadata()).containsEntry(ModelMetadata.PROVENANCE, second);
    assertThat(startingFrom("two.safetensors").get("a").data()).containsExactly(4);
  }

  @Test
  void theEmbeddedWeightsAreThoseOfTheRepository() {
    EmbeddedWeights.Content content = EmbeddedWeights.read();
    assertThat(content.contentHash())
        .isEqualTo(dev.deltadepth.io.Sha256.of(Path.of("..", "weights", "delta.safetensors")));
    assertThat(ModelExport.student(content.weights())).isEqualTo(DepthNetwork.delta());
    assertThat(EmbeddedWeights.named("embedded")).isTrue();
    assertThat(EmbeddedWeights.named("./embedded")).isFalse();
  }

  @Test
  void theThesissDecoderDoesNotStartSaturatedOnATrainedEncoder() {
    DepthNetwork student = DepthNetwork.named("mobilevit-xs-minidpt");
    Weights embedded = EmbeddedWeights.read().weights();
    Map<String, FloatArray> encoder = new LinkedHashMap<>();
    embedded.names().stream()
        .filter(array -> array.startsWith(DepthNetwork.ENCODER))
        .forEach(array -> encoder.put(array, embedded.get(array)));
    Weights start = Weights.of(encoder).overlaid(Initializer.random(student.parameters(), 1));
    float[] rgb = new float[3 * 64 * 96];
    Random random = new Random(6);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextFloat();
    }
    for (float value : disparity(student, start, rgb)) {
      assertThat(value).isBetween(0.02f, 0.98f);
    }
  }

  private static float[] disparity(DepthNetwork student, Weights weights, float[] rgb) {
    Tensor image = Tensors.of(rgb, 1, 3, 64, 96);
    try (TorchWeights torch = new TorchWeights(student.parameters(), weights);
        PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      return Tensors.toArray(student.apply(TorchOps.inference(torch), image).disparity());
    }
  }

  @Test
  void theWeightsOfANarrowerStudentStartAWiderOneAtTheSameMaps() {
    DepthNetwork wide = DepthNetwork.named("mobilevit-s");
    Weights embedded = EmbeddedWeights.read().weights();
    Weights start = startingFrom("embedded\nstudent: mobilevit-s");
    start.requireAll(wide.parameters());
    float[] rgb = new float[3 * 64 * 96];
    Random random = new Random(7);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = i % 96 / 96f * 0.5f + 0.5f * random.nextFloat();
    }
    float[] wanted = disparity(DepthNetwork.delta(), embedded, rgb);
    float[] got = disparity(wide, start, rgb);
    for (int i = 0; i < wanted.length; i++) {
      assertThat(got[i]).isCloseTo(wanted[i], within(1e-4f));
    }
    assertThat(start.metadata()).isEqualTo(embedded.metadata());
  }

  @Test
  void aNarrowerStudentStartsWithEvenlySpacedChannelsOfAWiderOne() {
    Weights embedded = EmbeddedWeights.read().weights();
    DepthNetwork narrow = DepthNetwork.named("mobilevit-xxs");
    Weights start = startingFrom("embedded\nstudent: mobilevit-xxs");
    start.requireAll(narrow.parameters());
    assertThat(start.metadata()).isEqualTo(embedded.metadata());
    String qkv = "encoder.stages.2.1.transformer.0.attn.qkv.weight";
    FloatArray from = embedded.get(qkv); // 3 x 4 heads of 24 rows, 96 columns
    FloatArray to = start.get(qkv); // 3 x 4 heads of 16 rows, 64 columns
    assertThat(from.shape()).containsExactly(288, 96);
    assertThat(to.shape()).containsExactly(192, 64);
    for (int row : new int[] {0, 1, 2, 15, 16, 63, 64, 191}) {
      int rowBefore = row / 16 * 24 + row % 16 * 24 / 16;
      for (int column = 0; column < 64; column++) {
        assertThat(to.data()[row * 64 + column])
            .as("%d, %d", row, column)
            .isEqualTo(from.data()[rowBefore * 96 + column * 96 / 64]);
      }
    }
  }
}
