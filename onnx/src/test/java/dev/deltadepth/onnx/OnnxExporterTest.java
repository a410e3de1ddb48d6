package dev.deltadepth.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.CostOps;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.ParityGenerator;
import dev.deltadepth.nn.weights.WeightPrecision;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.onnx.OnnxExporter.Form;
import dev.deltadepth.torch.Tensors;
import dev.deltadepth.torch.TorchOps;
import dev.deltadepth.torch.TorchWeights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxExporterTest {

  private static final Map<String, Weights> WEIGHTS = new HashMap<>();

  @BeforeAll
  static void threads() {
    Tensors.threads(1);
  }

  /** One set of weights a student, for all sizes. */
  private static Weights weights(String name) {
    return WEIGHTS.computeIfAbsent(name, n -> measured(DepthNetwork.named(n)));
  }

  /**
   * Weights whose every statistic is away from identity, so that no folding can be forgotten, and
   * measured on noise as training does, so that no map vanishes and no sigmoid saturates.
   */
  private static Weights measured(DepthNetwork student) {
    float[] noise = ParityGenerator.values("noise", 0.5, 0.5, 2 * 3 * 64 * 64);
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard();
        TorchWeights weights = new TorchWeights(student.parameters(), random(student))) {
      Tensor x = Tensors.of(noise, 2, 3, 64, 64);
      for (int i = 0; i < 25; i++) {
        student.apply(TorchOps.training(weights), x);
      }
      return weights.toWeights();
    }
  }

  private static Weights random(DepthNetwork student) {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (Parameter parameter : student.parameters()) {
      boolean one =
          parameter.role() == Parameter.Role.NORM_WEIGHT
              || parameter.role() == Parameter.Role.RUNNING_VAR;
      boolean matrix = parameter.decays();
      int fanIn = parameter.count() / parameter.shape().get(0);
      // A gentle last layer keeps the map in the middle of the sigmoid, where differences show.
      double gain = parameter.name().equals("decoder.head.out.weight") ? 0.5 : 1;
      double scale = matrix ? gain * Math.sqrt(6.0 / fanIn) : 0.2;
      int[] shape = parameter.shape().stream().mapToInt(Integer::intValue).toArray();
      float[] data =
          ParityGenerator.values(parameter.name(), one ? 1 : 0, scale, parameter.count());
      arrays.put(parameter.name(), new FloatArray(shape, data));
    }
    return Weights.of(arrays);
  }

  @ParameterizedTest
  @CsvSource({
    "mobilevit-xs,256,256",
    "mobilevit-xs,384,384",
    "mobilevit-xs,256,448",
    "mobilevit-xs,224,224",
    "mobilevit-xs,32,32",
    "mobilevit-xs,160,96",
    "mobilevit-xs-relu,160,96",
    "mobilenetv3-large-plain,224,224",
    "mobilenetv3-large-plain,32,32",
    "mobilenetv3-large-plain,160,96",
    "mobilenetv3-large-skips,224,224",
    "mobilenetv3-large-skips,32,32",
    "mobilenetv3-large-skips,160,96",
    "efficientnet-b0,224,224",
    "efficientnet-b0,32,32",
    "efficientnet-b0,160,96"
  })
  void onnxRuntimeAgreesWithLibtorch(String name, int height, int width) throws OrtException {
    DepthNetwork student = DepthNetwork.named(name);
    Weights weights = weights(name);
    byte[] image = noise(height, width);
    float[] expected = libtorch(student, weights, image, height, width);
    for (OnnxDialect dialect : OnnxDialect.values()) {
      Form form = new Form(dialect, WeightPrecision.FLOAT32);
      float[] actual = onnxRuntime(student, weights, form, image, height, width);
      assertThat(largestDifference(expected, actual))
          .as("largest difference of %s in %s at %dx%d", name, dialect, height, width)
          .isLessThan(1e-4f);
    }
    assertThat(range(expected))
        .as("range of the map, hundreds of tolerances, so that the comparison says something")
        .isGreaterThan(0.05f);
  }

  @Test
  void weightsIn16BitsHalveTheFileAndHardlyMoveTheMap() throws OrtException {
    DepthNetwork student = DepthNetwork.delta();
    Weights weights = weights("mobilevit-xs");
    byte[] image = noise(160, 96);
    Form whole = new Form(OnnxDialect.ONNX_RUNTIME, WeightPrecision.FLOAT32);
    float[] expected = onnxRuntime(student, weights, whole, image, 160, 96);
    float[] actual = onnxRuntime(student, weights, Form.defaults(), image, 160, 96);
    assertThat(largestDifference(expected, actual)).isBetween(1e-7f, range(expected) / 50);
    int half = OnnxExporter.export(student, weights, Map.of(), Form.defaults()).length;
    int full = OnnxExporter.export(student, weights, Map.of(), whole).length;
    assertThat(half / (double) full).isLessThan(0.55);
  }

  @Test
  void theStandardDialectHasNoOperatorOfOnnxRuntimesOwn() throws InvalidProtocolBufferException {
    for (OnnxDialect dialect : OnnxDialect.values()) {
      Form form = new Form(dialect, WeightPrecision.FLOAT16);
      DepthNetwork student = DepthNetwork.delta();
      byte[] model = OnnxExporter.export(student, weights("mobilevit-xs"), Map.of(), form);
      assertThat(ModelProto.parseFrom(model).getGraph().getNodeList())
          .filteredOn(node -> !node.getDomain().isEmpty())
          .hasSize(dialect == OnnxDialect.STANDARD ? 0 : 9);
    }
  }

  /** Every map whose shape the graph states is read out: equal names have to be equal sides. */
  @ParameterizedTest
  @CsvSource({"160,96", "96,224"})
  void statedShapesAreThoseOfTheMaps(int height, int width)
      throws InvalidProtocolBufferException, OrtException {
    DepthNetwork student = DepthNetwork.delta();
    byte[] bytes = OnnxExporter.export(student, weights("mobilevit-xs"), Map.of(), Form.defaults());
    ModelProto.Builder model = ModelProto.newBuilder().mergeFrom(bytes);
    List<ValueInfoProto> stated = List.copyOf(model.getGraph().getValueInfoList());
    model.getGraphBuilder().addAllOutput(stated).clearValueInfo();
    Map<String, Long> sides = new HashMap<>(Map.of("height", (long) height, "width", (long) width));
    try (OrtSession session =
            OrtEnvironment.getEnvironment().createSession(model.build().toByteArray());
        OnnxTensor input = image(noise(height, width), height, width);
        OrtSession.Result result = session.run(Map.of("image", input))) {
      for (ValueInfoProto map : stated) {
        long[] shape = ((OnnxTensor) result.get(map.getName()).orElseThrow()).getInfo().getShape();
        List<TensorShapeProto.Dimension> names =
            map.getType().getTensorType().getShape().getDimList();
        assertThat(shape[1]).isEqualTo(names.get(1).getDimValue());
        for (int axis = 2; axis < 4; axis++) {
          String name = names.get(axis).getDimParam();
          sides.putIfAbsent(name, shape[axis]);
          assertThat(shape[axis]).as(map.getName() + ": " + name).isEqualTo(sides.get(name));
        }
      }
    }
    assertThat(stated).hasSizeGreaterThan(50);
    assertThat(sides).containsEntry("ceil(height / 16)", height / 16L);
  }

  private static OnnxTensor image(byte[] image, int height, int width) throws OrtException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(image.length).order(ByteOrder.nativeOrder());
    buffer.put(image).rewind();
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(),
        buffer,
        new long[] {1, height, width, 3},
        OnnxJavaType.UINT8);
  }

  private static byte[] noise(int height, int width) {
    byte[] image = new byte[height * width * 3];
    new Random(7).nextBytes(image);
    return image;
  }

  private static float largestDifference(float[] expected, float[] actual) {
    assertThat(actual).hasSameSizeAs(expected);
    float worst = 0;
    for (int i = 0; i < expected.length; i++) {
      worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
    }
    return worst;
  }

  private static float range(float[] map) {
    float low = map[0];
    float high = map[0];
    for (float value : map) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return high - low;
  }

  /** In 64 bits: what differs is then the exported graph's rounding alone, on any processor. */
  private static float[] libtorch(
      DepthNetwork student, Weights values, byte[] image, int height, int width) {
    float[] planes = new float[image.length];
    for (int i = 0; i < height * width; i++) {
      for (int c = 0; c < 3; c++) {
        planes[c * height * width + i] = (image[i * 3 + c] & 0xff) / 255f;
      }
    }
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard();
        TorchWeights weights = new TorchWeights(student.parameters(), values)) {
      for (Parameter parameter : weights.parameters()) {
        Tensor tensor = weights.get(parameter.name());
        tensor.set_data(tensor.to(torch.ScalarType.Double));
      }
      Tensor x = Tensors.of(planes, 1, 3, height, width).to(torch.ScalarType.Double);
      Tensor map = student.apply(TorchOps.inference(weights), x).disparity();
      return Tensors.toArray(map.to(torch.ScalarType.Float));
    }
  }

  private static float[] onnxRuntime(
      DepthNetwork student, Weights weights, Form form, byte[] image, int height, int width)
      throws OrtException {
    byte[] model = OnnxExporter.export(student, weights, Map.of("delta.name", "test"), form);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model);
        OnnxTensor input = image(image, height, width);
        OrtSession.Result result = session.run(Map.of("image", input))) {
      assertThat(session.getMetadata().getCustomMetadata()).containsEntry("delta.name", "test");
      OnnxTensor disparity = (OnnxTensor) result.get(0);
      assertThat(disparity.getInfo().getShape()).containsExactly(1, height, width);
      float[] values = new float[height * width];
      disparity.getFloatBuffer().get(values);
      return values;
    }
  }

  @Test
  void weightsThatLackAnArrayAreNamed() {
    DepthNetwork student = DepthNetwork.delta();
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    Weights all = random(student);
    all.names().forEach(name -> arrays.put(name, all.get(name)));
    arrays.remove("decoder.head.out.bias");
    assertThatThrownBy(
            () -> OnnxExporter.export(student, Weights.of(arrays), Map.of(), Form.defaults()))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("decoder.head.out.bias");
  }

  @Test
  void theWholeNetworkStaysUnderItsBudget() {
    CostOps costs = new CostOps();
    DepthNetwork.Output<CostOps.Shape> output =
        DepthNetwork.delta().apply(costs, new CostOps.Shape(1, 3, 384, 384));
    assertThat(costs.parameterCount()).isLessThanOrEqualTo(3_400_000);
    assertThat(output.disparity()).isEqualTo(new CostOps.Shape(1, 1, 384, 384));
    assertThat(List.copyOf(output.features())).hasSize(5);
  }
}
