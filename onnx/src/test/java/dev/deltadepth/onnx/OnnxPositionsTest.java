package dev.deltadepth.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.ParityGenerator;
import dev.deltadepth.nn.PositionEmbedding;
import dev.deltadepth.nn.weights.WeightPrecision;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.torch.Tensors;
import dev.deltadepth.torch.TorchOps;
import dev.deltadepth.torch.TorchWeights;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The matrix products in the graph against libtorch's bicubic resizing. */
class OnnxPositionsTest {

  private static final PositionEmbedding EMBEDDING = new PositionEmbedding("pos", 37, 3);

  private static final Weights WEIGHTS =
      Weights.of(
          Map.of(
              "pos",
              new FloatArray(
                  new int[] {1, 1370, 3}, ParityGenerator.values("pos", 0, 1, 1370 * 3))));

  @ParameterizedTest
  @CsvSource({"37,37", "37,49", "18,18", "15,20", "1,1", "2,60", "74,36", "38,37"})
  void positionsAreThoseOfLibtorch(int height, int width) throws OrtException {
    float[] expected = libtorch(height, width);
    float[] actual = onnxRuntime(height, width);
    assertThat(actual).hasSameSizeAs(expected).hasSize((1 + height * width) * 3);
    for (int i = 0; i < actual.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i])).isLessThan(3e-5f);
    }
    if (height == EMBEDDING.side() && width == EMBEDDING.side()) {
      assertThat(actual).as("as learned").isEqualTo(WEIGHTS.get("pos").data());
    }
  }

  private static float[] libtorch(int height, int width) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard();
        TorchWeights weights =
            new TorchWeights(
                List.of(new Parameter("pos", List.of(1, 1370, 3), Parameter.Role.EMBEDDING)),
                WEIGHTS)) {
      Tensor patches = Tensors.of(new float[3 * height * width], 1, 3, height, width);
      return Tensors.toArray(TorchOps.inference(weights).positions(patches, EMBEDDING));
    }
  }

  private static float[] onnxRuntime(int height, int width) throws OrtException {
    OnnxGraph graph = new OnnxGraph("positions", WeightPrecision.FLOAT32);
    graph.input("patches", DataType.FLOAT, List.of(1, 3, "h", "w"));
    OnnxOps.Value patches = new OnnxOps.Value("patches", 3, new OnnxExtent(14, 1));
    OnnxOps.Value positions =
        new OnnxOps(graph, WEIGHTS, OnnxDialect.STANDARD).positions(patches, EMBEDDING);
    graph.output(positions.name(), "positions", DataType.FLOAT, List.of(1, "places", 3));
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session =
            environment.createSession(OnnxExporter.model(graph, Map.of(), OnnxDialect.STANDARD));
        OnnxTensor input =
            OnnxTensor.createTensor(
                environment,
                FloatBuffer.allocate(3 * height * width),
                new long[] {1, 3, height, width});
        OrtSession.Result result = session.run(Map.of("patches", input))) {
      FloatBuffer floats = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[floats.remaining()];
      floats.get(values);
      return values;
    }
  }
}
