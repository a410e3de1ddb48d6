package dev.deltadepth.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.weights.Initializer;
import dev.deltadepth.nn.weights.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An exported network, read again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParsedGraphTest {

  private final DepthNetwork network = DepthNetwork.delta();
  private Weights weights = Weights.of(Map.of());
  private byte[] onnx = new byte[0];

  @BeforeAll
  void export() {
    weights = Initializer.random(network.parameters(), 1);
    onnx =
        OnnxExporter.export(network, weights, Map.of("name", "test"), OnnxExporter.Form.defaults());
  }

  @Test
  void everyValueIsMadeOnceAndReadByWhoNamesIt() {
    ParsedGraph graph = ParsedGraph.read(onnx, "test");
    assertThat(graph.outputs()).containsExactly("disparity");
    assertThat(graph.readers("image")).hasSize(1);
    graph
        .nodes()
        .forEach(
            node -> {
              node.getOutputList().forEach(value -> assertThat(graph.maker(value)).contains(node));
              node.getInputList().forEach(value -> assertThat(graph.readers(value)).contains(node));
            });
  }

  @Test
  void weightsOf16BitsAreWidened() {
    ParsedGraph graph = ParsedGraph.read(onnx, "test");
    String stored =
        graph.nodes().stream()
            .filter(node -> node.getOpType().equals("Conv"))
            .map(node -> node.getInput(1))
            .findFirst()
            .orElseThrow();
    ParsedGraph.Constant kernel = graph.constant(stored).orElseThrow();
    assertThat(kernel.shape()).hasSize(4);
    assertThat(kernel.data()).hasSize(Arrays.stream(kernel.shape()).reduce(1, Math::multiplyExact));
    assertThat(kernel.data()).doesNotContain(Float.NaN);
  }

  @Test
  void theSameNodesGiveTheSameModel() {
    ParsedGraph graph = ParsedGraph.read(onnx, "test");
    ParsedGraph again = ParsedGraph.read(graph.with(graph.nodes(), List.of()), "again");
    assertThat(again.nodes()).isEqualTo(graph.nodes());
    assertThat(again.initializers()).isEqualTo(graph.initializers());
  }

  @Test
  void factsAreReadWithoutRunningTheModel() {
    ModelFacts facts = ModelFacts.of(onnx, "test");
    assertThat(facts.inputs()).containsExactly("image uint8 [1, height, width, 3]");
    assertThat(facts.outputs()).containsExactly("disparity float32 [1, height, width]");
    assertThat(facts.metadata()).containsEntry("name", "test");
    assertThat(facts.operators()).containsKeys("Conv", "Resize");
    assertThat(facts.external()).isEmpty();
    assertThat(facts.parameters()).isGreaterThan(1_000_000);
  }

  @Test
  void whatIsNotAModelIsRefused() {
    assertThatThrownBy(() -> ParsedGraph.read(new byte[] {1, 2, 3}, "junk.onnx"))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining("junk.onnx is not an ONNX model");
    assertThatThrownBy(() -> ModelFacts.of(new byte[] {1, 2, 3}, "junk.onnx"))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining("junk.onnx is not an ONNX model");
    assertThatThrownBy(() -> ParsedGraph.read(new byte[0], "empty.onnx"))
        .isInstanceOf(OnnxException.class);
  }
}
