package dev.deltadepth.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import dev.deltadepth.nn.Activation;
import dev.deltadepth.nn.DepthAnythingV2;
import dev.deltadepth.nn.Ops;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.ParityFixture;
import dev.deltadepth.nn.ParityGenerator;
import dev.deltadepth.nn.weights.WeightPrecision;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.torch.Tensors;
import dev.deltadepth.torch.TorchOps;
import dev.deltadepth.torch.TorchWeights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Depth Anything V2 against the official code with the same weights, computed and exported. */
@Tag("shared")
class DepthAnythingParityTest {

  private static final ParityFixture FIXTURE = ParityFixture.of("depth_anything_v2_vits");
  private static final DepthAnythingV2 NETWORK = DepthAnythingV2.named("vits");
  private static Weights weights = Weights.of(Map.of());

  @BeforeAll
  static void readWeights() {
    Tensors.threads(1);
    weights = FIXTURE.weights("");
  }

  @AfterAll
  static void forgetWeights() {
    weights = Weights.of(Map.of());
  }

  @Test
  void namesShapesAndCountsAreThoseOfTheOfficialNetwork() {
    List<Parameter> used = NETWORK.parameters();
    List<Parameter> all = new ArrayList<>(used);
    all.addAll(NETWORK.unused());
    weights.requireAll(all);
    assertThat(all.stream().map(Parameter::name))
        .containsExactlyInAnyOrderElementsOf(weights.names());
    assertThat(all.stream().mapToLong(Parameter::count).sum()).isEqualTo(24_785_089);
    assertThat(used.stream().mapToLong(Parameter::count).sum()).isEqualTo(24_710_849);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1x3x252x252", "1x3x210x280"})
  void libtorchGivesTheOfficialNumbers(String input) {
    JsonNode expected = FIXTURE.expected(input);
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard();
        TorchWeights tensors = new TorchWeights(NETWORK.parameters(), weights)) {
      int[] shape = ParityFixture.ints(expected.get("input").get("shape"));
      Tensor image = Tensors.of(image(input, shape), 1, 3, shape[2], shape[3]);
      Map<String, float[]> values = new LinkedHashMap<>();
      values(TorchOps.inference(tensors), image)
          .forEach((name, tensor) -> values.put(name, Tensors.toArray(tensor)));
      compare(expected, values);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1x3x252x252,STANDARD",
    "1x3x210x280,STANDARD",
    "1x3x252x252,ONNX_RUNTIME",
    "1x3x210x280,ONNX_RUNTIME"
  })
  void onnxRuntimeGivesTheOfficialNumbers(String input, OnnxDialect dialect) throws OrtException {
    JsonNode expected = FIXTURE.expected(input);
    OnnxGraph graph = new OnnxGraph("parity", WeightPrecision.FLOAT32);
    graph.input("image", DataType.FLOAT, List.of(1, 3, "height", "width"));
    OnnxOps.Value image = new OnnxOps.Value("image", 3, new OnnxExtent(1, 1));
    values(new OnnxOps(graph, weights, dialect), image)
        .forEach(
            (name, value) -> graph.output(value.name(), name, DataType.FLOAT, freeShape(name)));
    int[] shape = ParityFixture.ints(expected.get("input").get("shape"));
    Map<String, float[]> values = new LinkedHashMap<>();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session =
            environment.createSession(OnnxExporter.model(graph, Map.of(), dialect));
        OnnxTensor tensor =
            OnnxTensor.createTensor(
                environment,
                FloatBuffer.wrap(image(input, shape)),
                new long[] {1, 3, shape[2], shape[3]});
        OrtSession.Result result = session.run(Map.of("image", tensor))) {
      result.forEach(
          output -> {
            FloatBuffer floats = ((OnnxTensor) output.getValue()).getFloatBuffer();
            float[] array = new float[floats.remaining()];
            floats.get(array);
            values.put(output.getKey(), array);
          });
    }
    compare(expected, values);
  }

  private static List<?> freeShape(String name) {
    return name.equals("pos_embed")
        ? List.of(1, "places", NETWORK.width())
        : List.of(1, name + " channels", name + " rows", name + " columns");
  }

  private static float[] image(String input, int[] shape) {
    return ParityGenerator.values("input:" + input, 0, 1, 3 * shape[2] * shape[3]);
  }

  /** Everything that the fixture stores, by its name there. */
  private static <T> Map<String, T> values(Ops<T> ops, T image) {
    Map<String, T> values = new LinkedHashMap<>();
    List<T> features = NETWORK.features(ops, image);
    values.put("pos_embed", NETWORK.positions(ops, features.get(0)));
    for (int i = 0; i < features.size(); i++) {
      values.put("tokens" + NETWORK.layers().get(i), features.get(i));
    }
    T raw = NETWORK.head(ops, image, features);
    values.put("pre_relu", raw);
    values.put("depth", ops.activation(raw, Activation.RELU));
    return values;
  }

  private static void compare(JsonNode expected, Map<String, float[]> values) {
    List<String> names = new ArrayList<>();
    for (JsonNode output : expected.get("outputs")) {
      String name = output.get("name").asText();
      names.add(name);
      int[] shape = ParityFixture.ints(output.get("shape"));
      float[] whole = values.get(name);
      if (name.startsWith("tokens")) {
        whole = tokensLast(whole, shape[2]);
      }
      float[] slice = ParityFixture.slice(whole, shape, output.get("slice").asText());
      double error = ParityFixture.relativeL2(slice, FIXTURE.stored(output).data());
      assertThat(error).as("relative L2 of %s to the official network", name).isLessThan(1e-5);
      double norm = output.get("l2").asDouble();
      assertThat(ParityFixture.l2(whole)).isCloseTo(norm, within(norm * 1e-5));
    }
    assertThat(names).containsExactlyInAnyOrderElementsOf(values.keySet());
  }

  /** [1, C, h, w] to [1, h w, C], in which the fixture has it. */
  private static float[] tokensLast(float[] map, int channels) {
    int places = map.length / channels;
    float[] tokens = new float[map.length];
    for (int i = 0; i < map.length; i++) {
      tokens[i % places * channels + i / places] = map[i];
    }
    return tokens;
  }
}
