package dev.deltadepth.nn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.nn.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The expected values of one reference network, as its folder of fixtures describes them. */
public final class ParityFixture {

  private final Path folder;

  private ParityFixture(Path folder) {
    this.folder = folder;
  }

  public static ParityFixture of(String network) {
    return new ParityFixture(Path.of(System.getProperty("delta.shared"), "parity", network));
  }

  JsonNode json(String file) {
    try {
      return new ObjectMapper().readTree(folder.resolve(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The weights of params.json, their names behind a prefix. */
  public Weights weights(String prefix) {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (JsonNode tensor : json("params.json").get("tensors")) {
      if (tensor.get("role").asText().equals("ignored")) {
        continue;
      }
      int[] shape = ints(tensor.get("shape"));
      int count = 1;
      for (int side : shape) {
        count *= side;
      }
      String name = tensor.get("name").asText();
      float[] data =
          ParityGenerator.values(
              name, tensor.get("offset").asDouble(), tensor.get("scale").asDouble(), count);
      arrays.put(prefix + name, new FloatArray(shape, data));
    }
    return Weights.of(arrays);
  }

  /** The names of the arrays that the reference's feature maps use. */
  public List<String> featureNames() {
    List<String> names = new ArrayList<>();
    for (JsonNode tensor : json("params.json").get("tensors")) {
      if (tensor.get("in_features").asBoolean() && !tensor.get("role").asText().equals("ignored")) {
        names.add(tensor.get("name").asText());
      }
    }
    return names;
  }

  /** What expected.json says of an input, like "1x3x256x256". */
  public JsonNode expected(String input) {
    for (JsonNode one : json("expected.json").get("cases")) {
      if (one.get("input").get("name").asText().equals("input:" + input)) {
        return one;
      }
    }
    throw new AssertionError("no fixture for " + input);
  }

  public static int[] ints(JsonNode array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asInt();
    }
    return values;
  }

  /** The stored values of an output. */
  public FloatArray stored(JsonNode output) {
    return NpyFile.read(folder.resolve(output.get("file").asText()));
  }

  /**
   * What a fixture stores of a whole output: every k-th index of each axis, "[:, ::2, ::3, ::3]".
   */
  public static float[] slice(float[] whole, int[] shape, String slicing) {
    String[] parts = slicing.substring(1, slicing.length() - 1).split(",");
    List<Integer> steps = new ArrayList<>();
    for (String part : parts) {
      String step = part.trim().replaceFirst("^:+", "");
      steps.add(step.isEmpty() ? 1 : Integer.parseInt(step));
    }
    List<Float> kept = new ArrayList<>();
    for (int i = 0; i < whole.length; i++) {
      int rest = i;
      boolean keep = true;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        keep &= rest % shape[axis] % steps.get(axis) == 0;
        rest /= shape[axis];
      }
      if (keep) {
        kept.add(whole[i]);
      }
    }
    float[] values = new float[kept.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = kept.get(i);
    }
    return values;
  }

  /** |actual - expected| / |expected|, Euclidean. */
  public static double relativeL2(float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      throw new AssertionError(actual.length + " values where " + expected.length + " belong");
    }
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < actual.length; i++) {
      difference += Math.pow(actual[i] - (double) expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / norm);
  }

  public static double l2(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
