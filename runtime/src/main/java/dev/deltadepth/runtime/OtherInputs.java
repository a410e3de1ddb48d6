package dev.deltadepth.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.platform.Fp16Conversions;
import dev.deltadepth.core.space.Camera;
import dev.deltadepth.runtime.ModelDescription.OtherInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the tensors that a model takes beside the photo. */
final class OtherInputs {
  private final String file;
  private final List<OtherInput> inputs;
  private final Map<String, TensorInfo> types = new LinkedHashMap<>();

  /**
   * Takes types and shapes from the graph.
   *
   * @throws ModelException if one cannot hold its value
   */
  OtherInputs(String file, ModelDescription description, OrtSession session) {
    this.file = file;
    this.inputs = description.otherInputs();
    try {
      Map<String, NodeInfo> graph = session.getInputInfo();
      for (OtherInput input : inputs) {
        NodeInfo node = graph.get(input.name());
        if (node == null || !(node.getInfo() instanceof TensorInfo type)) {
          throw new ModelException(file + ": input " + input.name() + " is no tensor");
        }
        types.put(input.name(), type);
        fitted(input, Camera.unknown(1, 1));
        write(input.name(), new double[1]);
      }
    } catch (OrtException e) {
      throw new ModelException("cannot inspect " + file + ": " + Sessions.reason(e), e);
    }
  }

  /**
   * Adds them to the tensors of a run; the caller closes them.
   *
   * @param camera of the network's input
   */
  void addTo(Map<String, OnnxTensor> tensors, Camera camera) throws OrtException {
    for (OtherInput input : inputs) {
      tensors.put(
          input.name(),
          OnnxTensor.createTensor(
              Sessions.environment(),
              write(input.name(), fitted(input, camera)),
              shape(input.name()),
              type(input.name()).type));
    }
  }

  private TensorInfo type(String name) {
    TensorInfo type = types.get(name);
    if (type == null) {
      throw new IllegalStateException("no input " + name);
    }
    return type;
  }

  /** A free axis has length 1. */
  private long[] shape(String name) {
    long[] shape = type(name).getShape().clone();
    for (int i = 0; i < shape.length; i++) {
      shape[i] = Math.max(1, shape[i]);
    }
    return shape;
  }

  /** As many values as the shape has. */
  private double[] fitted(OtherInput input, Camera camera) {
    double[] values =
        switch (input.fact()) {
          case NUMBERS -> input.numbers().stream().mapToDouble(Double::doubleValue).toArray();
          case FOCAL_LENGTH -> new double[] {Math.sqrt(camera.fx() * camera.fy())};
          case INTRINSICS ->
              new double[] {camera.fx(), 0, camera.cx(), 0, camera.fy(), camera.cy(), 0, 0, 1};
        };
    long count = 1;
    for (long axis : shape(input.name())) {
      count *= axis;
    }
    if (values.length == 1 && count > 1 && count < Short.MAX_VALUE) {
      double[] filled = new double[(int) count];
      Arrays.fill(filled, values[0]);
      return filled;
    }
    if (values.length != count) {
      throw new ModelException(
          file
              + ": input "
              + input.name()
              + " takes "
              + count
              + " numbers, but its description gives "
              + values.length);
    }
    return values;
  }

  private ByteBuffer write(String name, double[] values) {
    TensorInfo type = type(name);
    ByteBuffer out =
        ByteBuffer.allocateDirect(values.length * type.type.size).order(ByteOrder.nativeOrder());
    for (double value : values) {
      switch (type.type) {
        case FLOAT -> out.putFloat((float) value);
        case FLOAT16 -> out.putShort(Fp16Conversions.floatToFp16((float) value));
        case DOUBLE -> out.putDouble(value);
        case INT64 -> out.putLong(Math.round(value));
        case INT32 -> out.putInt((int) Math.round(value));
        default ->
            throw new ModelException(
                file + ": input " + name + " holds " + type.type + ", which is not supported");
      }
    }
    return out.flip();
  }
}
