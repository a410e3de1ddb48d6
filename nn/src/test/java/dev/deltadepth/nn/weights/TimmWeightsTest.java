package dev.deltadepth.nn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.ParityFixture;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimmWeightsTest {

  @TempDir private Path folder;

  /** The fixture's weights are timm's, those of the classifier among them. */
  @Tag("shared")
  @ParameterizedTest
  @CsvSource({
    "mobilevit_xs,mobilevit-xs",
    "mobilenetv3_large_100,mobilenetv3-large-plain",
    "mobilenetv3_large_100,mobilenetv3-large-skips",
    "efficientnet_b0,efficientnet-b0"
  })
  void timmsFilesLoadIntoTheEncoders(String timm, String name) {
    DepthNetwork student = DepthNetwork.named(name);
    Weights weights = ParityFixture.of(timm).weights("");
    Path file = folder.resolve("model.safetensors");
    Safetensors.write(weights, file);
    Weights read = TimmWeights.read(file, student);
    student.parameters().stream()
        .filter(parameter -> parameter.name().startsWith("encoder."))
        .forEach(
            parameter -> {
              read.require(parameter);
              String itsName = parameter.name().substring("encoder.".length());
              assertThat(read.get(parameter.name()).data()).isEqualTo(weights.get(itsName).data());
            });
    assertThat(read.names()).allMatch(array -> array.startsWith("encoder."));
    assertThat(read.names().size()).isLessThan(weights.names().size());
  }

  @Test
  void whatIsMissingOrMisshapenIsCountedAndNamed() {
    DepthNetwork student = DepthNetwork.delta();
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    Weights random = Initializer.random(student.parameters(), 1);
    for (String name : random.names()) {
      arrays.put(name.replaceFirst("^encoder\\.", ""), random.get(name));
    }
    arrays.remove("stem.bn.weight");
    arrays.remove("stem.bn.bias");
    arrays.put("stem.conv.weight", new FloatArray(new int[] {16, 1}, new float[16]));
    Path file = folder.resolve("other.safetensors");
    Safetensors.write(Weights.of(arrays), file);
    long encoder =
        student.parameters().stream().filter(p -> p.name().startsWith("encoder.")).count();
    assertThatThrownBy(() -> TimmWeights.read(file, student))
        .isInstanceOf(NetworkException.class)
        .hasMessage(
            file
                + " does not contain timm's weights for mobilevit-xs: of "
                + encoder
                + " arrays, 2 are missing (stem.bn.weight, stem.bn.bias) and 1 have a wrong shape"
                + " (stem.conv.weight with [16, 1] instead of [16, 3, 3, 3])");
    assertThatThrownBy(() -> TimmWeights.read(file, DepthNetwork.named("efficientnet-b0")))
        .hasMessageContaining("(conv_stem.weight, bn1.weight, bn1.bias, ...)");
  }
}
