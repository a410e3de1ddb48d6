package dev.deltadepth.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.platform.Fp16Conversions;
import dev.deltadepth.core.space.Camera;
import dev.deltadepth.runtime.ModelDescription.OtherInput;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Makes the tensors that a model takes beside the photo. */
final class OtherInputs {
  /** The values of the largest shape that one number fills. */
  private static final int MOST_FILLED = 1 << 20;

  private final String file;
  private final List<Place> places = new ArrayList<>();

  /**
   * An input in the graph.
   *
   * @param shape without free axes
   * @param count of its values
   */
  private record Place(OtherInput input, OnnxJavaType type, long[] shape, long count) {}

  /**
   * Takes types and shapes from the graph.
   *
   * @throws ModelException if one cannot hold its value
   */
  OtherInputs(String file, ModelDescription description, OrtSession session) {
    this.file = file;
    try {
      Map<String, NodeInfo> graph = session.getInputInfo();
      for (OtherInput input : description.otherInputs()) {
        NodeInfo node = graph.get(input.name());
        if (node == null || !(node.getInfo() instanceof TensorInfo type)) {
          throw new ModelException(file + ": input " + input.name() + " is no tensor");
        }
        // A free axis has length 1.
        long[] shape = Arrays.stream(type.getShape()).map(axis -> Math.max(1, axis)).toArray();
        long count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        Place place = new Place(input, type.type, shape, count);
        // Whether it can be made does not depend on the camera.
        content(place, Camera.unknown(1, 1));
        places.add(place);
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
    for (Place place : places) {
      tensors.put(
          place.input().name(),
          OnnxTensor.createTensor(
              Sessions.environment(), content(place, camera), place.shape(), place.type()));
    }
  }

  private ByteBuffer content(Place place, Camera camera) {
    double[] values = values(place, camera);
    ByteBuffer out =
        ByteBuffer.allocateDirect(values.length * place.type().size).order(ByteOrder.nativeOrder());
    for (double value : values) {
      switch (place.type()) {
        case FLOAT -> out.putFloat((float) value);
        case FLOAT16 -> out.putShort(Fp16Conversions.floatToFp16((float) value));
        case DOUBLE -> out.putDouble(value);
        case INT64 -> out.putLong(Math.round(value));
        case INT32 -> out.putInt((int) Math.round(value));
        default ->
            throw new ModelException(
                file
                    + ": input "
                    + place.input().name()
                    + " holds "
                    + place.type()
                    + ", which is not supported");
      }
    }
    Buffer written = out;
    written.flip();
    return out;
  }

  /** As many values as the shape has. */
  private double[] values(Place place, Camera camera) {
    double[] values =
        switch (place.input().fact()) {
          case NUMBERS ->
              place.input().numbers().stream().mapToDouble(Double::doubleValue).toArray();
          case FOCAL_LENGTH -> new double[] {Math.sqrt(camera.fx() * camera.fy())};
          case INTRINSICS ->
              new double[] {camera.fx(), 0, camera.cx(), 0, camera.fy(), camera.cy(), 0, 0, 1};
        };
    if (values.length == 1 && place.count() <= MOST_FILLED) {
      double[] filled = new double[(int) place.count()];
      Arrays.fill(filled, values[0]);
      return filled;
    }
    if (values.length != place.count()) {
      throw new ModelException(
          file
              + ": input "
              + place.input().name()
              + " takes "
              + place.count()
              + " numbers, but its description gives "
              + values.length);
    }
    return values;
  }
}
