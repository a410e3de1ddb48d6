package dev.deltadepth.nn.weights;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.Parameter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pretrained encoder weights from timm (huggingface/pytorch-image-models): {@code mobilevit_xs},
 * {@code mobilenetv3_large_100} and {@code efficientnet_b0}, as safetensors or PyTorch files.
 */
public final class TimmWeights {

  private TimmWeights() {}

  /**
   * The arrays of a student's encoder, under the student's names. Classifiers and other arrays in
   * the file are ignored.
   *
   * @throws NetworkException if the file cannot be read, or arrays are missing or have another
   *     shape; the message counts them and names the first
   */
  public static Weights read(Path file, DepthNetwork student) {
    Weights timm = WeightsFile.read(file);
    List<Parameter> wanted =
        student.parameters().stream()
            .filter(parameter -> parameter.name().startsWith(DepthNetwork.ENCODER))
            .map(p -> new Parameter(timmName(p), p.shape(), p.role()))
            .toList();
    try {
      timm.requireAll(wanted);
    } catch (NetworkException e) {
      throw new NetworkException(
          file
              + " does not contain timm's weights for "
              + student.encoder().name()
              + ": "
              + e.getMessage(),
          e);
    }
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    wanted.forEach(p -> arrays.put(DepthNetwork.ENCODER + p.name(), timm.get(p.name())));
    return Weights.of(arrays).withMetadata(timm.metadata());
  }

  private static String timmName(Parameter parameter) {
    return parameter.name().substring(DepthNetwork.ENCODER.length());
  }
}
