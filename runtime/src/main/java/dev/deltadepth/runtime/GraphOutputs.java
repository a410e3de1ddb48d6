package dev.deltadepth.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns values inside a graph into outputs. A protocol buffer's message may come in parts, one
 * after the other, which a reader merges. So a part that holds only the additional outputs is
 * appended to the file's bytes, without parsing these (protobuf.dev, Encoding, "Last One Wins" and
 * its rule for embedded messages; field numbers of onnx.proto).
 */
final class GraphOutputs {

  private static final int LENGTH_DELIMITED = 2;
  private static final int MODEL_GRAPH = 7;
  private static final int GRAPH_OUTPUT = 12;
  private static final int VALUE_NAME = 1;
  private static final int VALUE_TYPE = 2;

  /** A type's tensor: its element type, FLOAT, without a shape. */
  private static final byte[] FLOAT_TENSOR = {(1 << 3) | LENGTH_DELIMITED, 2, 1 << 3, 1};

  private GraphOutputs() {}

  /**
   * A session that returns some values: the open one, or, if they are inside the graph, a new one.
   * Then the open one is closed.
   */
  static OrtSession open(
      ModelSource source, List<String> values, OrtSession session, EstimatorOptions options) {
    try {
      Set<String> outputs = session.getOutputNames();
      List<String> inside =
          values.stream().filter(name -> !outputs.contains(name)).collect(Collectors.toList());
      if (inside.isEmpty()) {
        return session;
      }
      OrtSession more = Sessions.open(source.toString(), with(inside, source.bytes()), options);
      session.close();
      return more;
    } catch (ModelException e) {
      // There is no such value: checking the description reports it and lists those there are.
      return session;
    } catch (OrtException e) {
      throw new ModelException("cannot inspect " + source + ": " + Sessions.reason(e), e);
    }
  }

  private static byte[] with(List<String> outputs, byte[] onnx) {
    ByteArrayOutputStream graph = new ByteArrayOutputStream();
    for (String name : outputs) {
      ByteArrayOutputStream value = new ByteArrayOutputStream();
      field(value, VALUE_NAME, name.getBytes(StandardCharsets.UTF_8));
      field(value, VALUE_TYPE, FLOAT_TENSOR);
      field(graph, GRAPH_OUTPUT, value.toByteArray());
    }
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    model.write(onnx, 0, onnx.length);
    field(model, MODEL_GRAPH, graph.toByteArray());
    return model.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] content) {
    out.write((number << 3) | LENGTH_DELIMITED);
    int length = content.length;
    while (length > 0x7f) {
      out.write((length & 0x7f) | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.write(content, 0, content.length);
  }
}
