package dev.deltadepth.nn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.DepthAnythingV2;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.ParityGenerator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DepthAnythingWeightsTest {

  private static final int WIDTH = 384;

  @TempDir private Path folder;

  /** All that the official file of vits holds, every value its own. */
  private static Map<String, FloatArray> official() {
    DepthAnythingV2 network = DepthAnythingV2.named("vits");
    List<Parameter> all = new ArrayList<>(network.parameters());
    all.addAll(network.unused());
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (Parameter parameter : all) {
      int[] shape = parameter.shape().stream().mapToInt(Integer::intValue).toArray();
      float[] data = ParityGenerator.values(parameter.name(), 0, 1, parameter.count());
      arrays.put(parameter.name(), new FloatArray(shape, data));
    }
    return arrays;
  }

  /** Renamed as transformers' conversion does it, queries, keys and values apart. */
  private static Map<String, FloatArray> huggingFace(Map<String, FloatArray> official) {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    official.forEach(
        (name, array) -> {
          if (name.contains(".attn.qkv.")) {
            String kind = name.substring(name.lastIndexOf('.') + 1);
            String block = name.split("\\.")[2];
            List<String> parts = List.of("query", "key", "value");
            for (int i = 0; i < 3; i++) {
              arrays.put(
                  "backbone.encoder.layer."
                      + block
                      + ".attention.attention."
                      + parts.get(i)
                      + "."
                      + kind,
                  third(array, i));
            }
          } else {
            arrays.put(huggingFace(name), array);
          }
        });
    return arrays;
  }

  private static FloatArray third(FloatArray array, int i) {
    int[] shape = array.shape().clone();
    shape[0] /= 3;
    int length = array.data().length / 3;
    float[] data = new float[length];
    System.arraycopy(array.data(), i * length, data, 0, length);
    return new FloatArray(shape, data);
  }

  private static String huggingFace(String official) {
    String name =
        official
            .replace("pretrained.cls_token", "backbone.embeddings.cls_token")
            .replace("pretrained.mask_token", "backbone.embeddings.mask_token")
            .replace("pretrained.pos_embed", "backbone.embeddings.position_embeddings")
            .replace(
                "pretrained.patch_embed.proj", "backbone.embeddings.patch_embeddings.projection")
            .replace("pretrained.norm", "backbone.layernorm")
            .replace("pretrained.blocks", "backbone.encoder.layer")
            .replace("ls1.gamma", "layer_scale1.lambda1")
            .replace("ls2.gamma", "layer_scale2.lambda1")
            .replace("attn.proj", "attention.output.dense")
            .replace("depth_head.projects.", "neck.reassemble_stage.layers.#projection.")
            .replace("depth_head.resize_layers.", "neck.reassemble_stage.layers.#resize.")
            .replaceFirst("#(\\w+)\\.(\\d)\\.", "$2.$1.");
    for (int i = 1; i <= 4; i++) {
      name =
          name.replace("depth_head.scratch.layer" + i + "_rn", "neck.convs." + (i - 1))
              .replace("depth_head.scratch.refinenet" + i, "neck.fusion_stage.layers." + (4 - i));
    }
    return name.replace("out_conv.", "projection.")
        .replace("resConfUnit", "residual_layer")
        .replaceFirst("(residual_layer\\d)\\.conv", "$1.convolution")
        .replace("depth_head.scratch.output_conv1", "head.conv1")
        .replace("depth_head.scratch.output_conv2.0", "head.conv2")
        .replace("depth_head.scratch.output_conv2.2", "head.conv3");
  }

  @Test
  void namesOfHuggingFaceBecomeTheOfficialOnes() {
    Map<String, FloatArray> official = official();
    Map<String, FloatArray> theirs = huggingFace(official);
    assertThat(theirs)
        .as("names in the published file, one of a kind")
        .containsKeys(
            "backbone.embeddings.patch_embeddings.projection.weight",
            "backbone.encoder.layer.11.attention.attention.value.bias",
            "backbone.encoder.layer.0.attention.output.dense.weight",
            "backbone.encoder.layer.3.layer_scale2.lambda1",
            "neck.reassemble_stage.layers.3.resize.weight",
            "neck.convs.0.weight",
            "neck.fusion_stage.layers.0.residual_layer1.convolution2.bias",
            "neck.fusion_stage.layers.3.projection.weight",
            "head.conv3.bias");
    Path file = folder.resolve("model.safetensors");
    Safetensors.write(Weights.of(theirs), file);
    assertThat(DepthAnythingWeights.recognised(WeightsFile.read(file))).isTrue();
    DepthAnythingWeights read = DepthAnythingWeights.read(file);
    assertThat(read.network().encoder()).isEqualTo("vits");
    assertThat(read.weights().names()).containsExactlyInAnyOrderElementsOf(official.keySet());
    official.forEach(
        (name, array) -> {
          assertThat(read.weights().get(name).shape()).as(name).isEqualTo(array.shape());
          assertThat(read.weights().get(name).data()).as(name).isEqualTo(array.data());
        });
  }

  @Test
  void theOfficialFileIsReadAsItIs() {
    Map<String, FloatArray> official = official();
    Path file = folder.resolve("depth_anything_v2_vits.pth");
    TorchFiles.write(Weights.of(official), file);
    DepthAnythingWeights read = DepthAnythingWeights.read(file);
    assertThat(read.network().name()).isEqualTo("depth-anything-v2-vits");
    assertThat(read.weights().names()).containsExactlyElementsOf(official.keySet());
    String name = "pretrained.blocks.5.attn.qkv.weight";
    assertThat(read.weights().get(name).shape()).containsExactly(3 * WIDTH, WIDTH);
    assertThat(read.weights().get(name).data()).isEqualTo(Weights.of(official).get(name).data());
  }

  @Test
  void otherWeightsAreCountedAndNamed() {
    Map<String, FloatArray> arrays = official();
    FloatArray token = Weights.of(arrays).get("pretrained.cls_token");
    arrays.remove("pretrained.mask_token");
    DepthAnythingWeights.of(Weights.of(arrays), "without what nothing uses");
    arrays.remove("pretrained.norm.bias");
    arrays.put("pretrained.norm.weight", token);
    refused(
        arrays,
        "of 234 arrays, 1 are missing (pretrained.norm.bias) and 1 have a wrong shape"
            + " (pretrained.norm.weight with [1, 1, 384] instead of [384])");
    Map<String, FloatArray> more = official();
    more.put("pretrained.register_tokens", token);
    refused(more, "1 of its arrays are unknown, the first is pretrained.register_tokens");
    refused(
        Map.of("pretrained.cls_token", new FloatArray(new int[] {1, 1, 5}, new float[5])),
        "its tokens have a width of 5, which matches none of vits, vitb, vitl");
    refused(Map.of("stem.conv.weight", token), "no array 'pretrained.cls_token'");
    Map<String, FloatArray> torn = huggingFace(official());
    torn.put("backbone.encoder.layer.0.attention.attention.key.weight", token);
    refused(
        torn, "pretrained.blocks.0.attn.key.weight and pretrained.blocks.0.attn.query.weight have");
  }

  private static void refused(Map<String, FloatArray> arrays, String why) {
    assertThatThrownBy(() -> DepthAnythingWeights.of(Weights.of(arrays), "x.pth"))
        .isInstanceOf(NetworkException.class)
        .hasMessageStartingWith("x.pth does not contain the weights of Depth Anything V2: ")
        .hasMessageContaining(why)
        .hasMessageEndingWith("docs/teachers.md says where to get them");
  }

  /** The counts of the paper's table and of the published files. */
  @ParameterizedTest
  @CsvSource({"vits,24785089", "vitb,97470785", "vitl,335315649"})
  void theThreeSizesHaveTheParametersOfTheOfficialFiles(String encoder, long count) {
    DepthAnythingV2 network = DepthAnythingV2.named(encoder);
    List<Parameter> all = new ArrayList<>(network.parameters());
    all.addAll(network.unused());
    assertThat(all.stream().mapToLong(Parameter::count).sum()).isEqualTo(count);
    assertThat(network.layers()).hasSize(4);
  }

  @Test
  void thereAreNoOtherSizes() {
    assertThatThrownBy(() -> DepthAnythingV2.named("vitg"))
        .isInstanceOf(NetworkException.class)
        .hasMessage("unknown Depth Anything V2 encoder 'vitg'; choose from vits, vitb, vitl");
    assertThat(DepthAnythingV2.named("vitl").layers()).containsExactly(4, 11, 17, 23);
  }
}
