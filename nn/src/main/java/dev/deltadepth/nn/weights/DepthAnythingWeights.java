package dev.deltadepth.nn.weights;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.DepthAnythingV2;
import dev.deltadepth.nn.NetworkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Weights of Depth Anything V2 and the matching network.
 *
 * @param network with the encoder that matches the weights
 * @param weights with the names of the official repository
 */
public record DepthAnythingWeights(DepthAnythingV2 network, Weights weights) {

  private static final String CLASS_TOKEN = "pretrained.cls_token";

  /**
   * Maps the names in Hugging Face's files (transformers, convert_depth_anything_to_hf.py) to the
   * official ones; the first match counts. Hugging Face numbers fusion layers from the coarsest and
   * stores queries, keys and values separately.
   */
  private static final Map<Pattern, String> HUGGING_FACE = huggingFace();

  private static Map<Pattern, String> huggingFace() {
    Map<Pattern, String> names = new LinkedHashMap<>();
    String block = "backbone\\.encoder\\.layer\\.(\\d+)\\.";
    names.put(Pattern.compile("backbone\\.embeddings\\.(cls|mask)_token"), "pretrained.$1_token");
    names.put(
        Pattern.compile("backbone\\.embeddings\\.position_embeddings"), "pretrained.pos_embed");
    names.put(
        Pattern.compile("backbone\\.embeddings\\.patch_embeddings\\.projection\\.(.*)"),
        "pretrained.patch_embed.proj.$1");
    names.put(Pattern.compile("backbone\\.layernorm\\.(.*)"), "pretrained.norm.$1");
    names.put(
        Pattern.compile(block + "layer_scale([12])\\.lambda1"), "pretrained.blocks.$1.ls$2.gamma");
    names.put(
        Pattern.compile(block + "attention\\.output\\.dense\\.(.*)"),
        "pretrained.blocks.$1.attn.proj.$2");
    names.put(
        Pattern.compile(block + "attention\\.attention\\.(query|key|value)\\.(.*)"),
        "pretrained.blocks.$1.attn.$2.$3");
    names.put(Pattern.compile(block + "((?:norm|mlp).*)"), "pretrained.blocks.$1.$2");
    String reassemble = "neck\\.reassemble_stage\\.layers\\.(\\d)\\.";
    names.put(Pattern.compile(reassemble + "projection\\.(.*)"), "depth_head.projects.$1.$2");
    names.put(Pattern.compile(reassemble + "resize\\.(.*)"), "depth_head.resize_layers.$1.$2");
    for (int i = 1; i <= 4; i++) {
      String fusion = "neck\\.fusion_stage\\.layers\\." + (4 - i) + "\\.";
      String refine = "depth_head.scratch.refinenet" + i + ".";
      names.put(Pattern.compile(fusion + "projection\\.(.*)"), refine + "out_conv.$1");
      names.put(
          Pattern.compile(fusion + "residual_layer([12])\\.convolution([12])\\.(.*)"),
          refine + "resConfUnit$1.conv$2.$3");
      names.put(
          Pattern.compile("neck\\.convs\\." + (i - 1) + "\\.(.*)"),
          "depth_head.scratch.layer" + i + "_rn.$1");
    }
    String head = "depth_head.scratch.output_conv";
    names.put(Pattern.compile("head\\.conv1\\.(.*)"), head + "1.$1");
    names.put(Pattern.compile("head\\.conv2\\.(.*)"), head + "2.0.$1");
    names.put(Pattern.compile("head\\.conv3\\.(.*)"), head + "2.2.$1");
    return names;
  }

  /** Whether weights belong to Depth Anything, judging by official or Hugging Face names. */
  public static boolean recognised(Weights weights) {
    return weights.contains(CLASS_TOKEN) || weights.contains("backbone.embeddings.cls_token");
  }

  /**
   * Reads a file from the official repository (.pth) or from Hugging Face (.safetensors).
   *
   * @throws NetworkException if it cannot be read or does not contain weights of Depth Anything V2
   */
  public static DepthAnythingWeights read(Path file) {
    return of(WeightsFile.read(file), file.toString());
  }

  /**
   * Checks weights and renames their arrays to the official names.
   *
   * @param weights with official or Hugging Face names
   * @param source of the weights in messages
   * @throws NetworkException if arrays are missing, have another shape or are unknown; the message
   *     counts them and names the first
   */
  public static DepthAnythingWeights of(Weights weights, String source) {
    try {
      Weights official = official(weights);
      DepthAnythingV2 network = network(official);
      official.requireAll(network.parameters());
      requireKnown(official, network);
      return new DepthAnythingWeights(network, official);
    } catch (NetworkException e) {
      throw new NetworkException(
          source
              + " does not contain the weights of Depth Anything V2: "
              + e.getMessage()
              + "; docs/teachers.md says where to get them",
          e);
    }
  }

  /** Random weights, for timing. */
  public static DepthAnythingWeights random(String encoder, long seed) {
    DepthAnythingV2 network = DepthAnythingV2.named(encoder);
    return new DepthAnythingWeights(network, Initializer.random(network.parameters(), seed));
  }

  private static DepthAnythingV2 network(Weights official) {
    int[] shape = official.get(CLASS_TOKEN).shape();
    int width = shape.length == 3 ? shape[2] : 0;
    for (String encoder : DepthAnythingV2.encoders()) {
      DepthAnythingV2 network = DepthAnythingV2.named(encoder);
      if (network.width() == width) {
        return network;
      }
    }
    throw new NetworkException(
        "its tokens have a width of "
            + width
            + ", which matches none of "
            + String.join(", ", DepthAnythingV2.encoders()));
  }

  private static void requireKnown(Weights official, DepthAnythingV2 network) {
    List<String> unknown = new ArrayList<>(official.names());
    network.parameters().forEach(parameter -> unknown.remove(parameter.name()));
    network.unused().forEach(parameter -> unknown.remove(parameter.name()));
    if (!unknown.isEmpty()) {
      throw new NetworkException(
          unknown.size() + " of its arrays are unknown, the first is " + unknown.get(0));
    }
  }

  private static Weights official(Weights weights) {
    if (weights.contains(CLASS_TOKEN)) {
      return weights;
    }
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    weights.names().forEach(name -> arrays.put(officialName(name), weights.get(name)));
    for (String query : List.copyOf(arrays.keySet())) {
      String key = query.replace(".attn.query.", ".attn.key.");
      String value = query.replace(".attn.query.", ".attn.value.");
      if (!key.equals(query) && arrays.containsKey(key) && arrays.containsKey(value)) {
        FloatArray together = stacked(Weights.of(arrays), List.of(query, key, value));
        arrays.put(query.replace(".attn.query.", ".attn.qkv."), together);
        arrays.keySet().removeAll(List.of(query, key, value));
      }
    }
    return Weights.of(arrays).withMetadata(weights.metadata());
  }

  private static String officialName(String name) {
    for (Map.Entry<Pattern, String> entry : HUGGING_FACE.entrySet()) {
      Matcher matcher = entry.getKey().matcher(name);
      if (matcher.matches()) {
        return matcher.replaceFirst(entry.getValue());
      }
    }
    return name;
  }

  /** Concatenates arrays of equal shape along their first axis. */
  private static FloatArray stacked(Weights weights, List<String> names) {
    int[] each = weights.get(names.get(0)).shape();
    int[] shape = each.clone();
    int length = weights.get(names.get(0)).data().length;
    float[] data = new float[names.size() * length];
    for (int i = 0; i < names.size(); i++) {
      FloatArray part = weights.get(names.get(i));
      if (each.length == 0 || !Arrays.equals(part.shape(), each)) {
        throw new NetworkException(
            names.get(i) + " and " + names.get(0) + " have different shapes");
      }
      System.arraycopy(part.data(), 0, data, i * length, length);
    }
    shape[0] *= names.size();
    return new FloatArray(shape, data);
  }
}
