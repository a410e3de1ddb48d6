package dev.deltadepth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.RgbImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelSourceTest {
  private static final EstimatorOptions OPTIONS = EstimatorOptions.defaults().withThreads(1);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void anEmbeddedModelIsNamedByItsLabel(EmbeddedModel model) {
    ModelSource source = ModelSource.named(model.label());
    assertThat(source.name()).isEqualTo(model.label());
    assertThat(source).hasToString(model.toString());
    assertThat(source.file()).isEmpty();
    assertThat(source.bytes()).isEqualTo(model.bytes());
    assertThat(source.size()).isEqualTo(model.bytes().length);
    assertThat(source.description()).isEmpty();
  }

  @Test
  void anyOtherNameIsAPath() throws IOException {
    Path file = TestModels.convolutions(folder.resolve("small.model.onnx"));
    ModelSource source = ModelSource.named(file.toString());
    assertThat(source.file()).contains(file);
    assertThat(source.name()).isEqualTo("small.model");
    assertThat(source).hasToString(file.toString());
    assertThat(source.bytes()).isEqualTo(Files.readAllBytes(file));
    assertThat(source.size()).isEqualTo(Files.size(file));
    // The label is the whole name, not the end of a path.
    Path missing = folder.resolve("embedded");
    assertThat(ModelSource.named(missing.toString()).file()).contains(missing);
  }

  @Test
  void aFileAndItsBytesGiveTheSameMap() throws IOException {
    Path file = TestModels.convolutions(folder.resolve("small.onnx"));
    RgbImage photo = Photos.gradient(96, 64);
    try (DepthEstimator fromFile = DepthEstimator.open(file, OPTIONS);
        DepthEstimator fromBytes =
            DepthEstimator.open(ModelSource.of(Files.readAllBytes(file), "mine"), OPTIONS)) {
      assertThat(fromBytes.estimate(photo).data()).isEqualTo(fromFile.estimate(photo).data());
      assertThat(fromBytes.description()).isEqualTo(fromFile.description());
    }
  }

  @Test
  void aDescriptionGivenIsUsedInsteadOfTheFileBeside() throws IOException {
    Path file = TestModels.foreign(folder.resolve("foreign.onnx"));
    Files.writeString(ModelDescription.sidecar(file), description("beside"));
    ModelDescription given =
        ModelDescription.read(Files.writeString(folder.resolve("given"), description("given")));
    assertThat(ModelSource.of(file).description().orElseThrow().name()).isEqualTo("beside");
    ModelSource source = ModelSource.of(file).describedBy(given);
    assertThat(source.description()).contains(given);
    try (DepthEstimator estimator = DepthEstimator.open(source, OPTIONS)) {
      assertThat(estimator.description()).isEqualTo(given);
    }
    ModelSource bytes = ModelSource.of(Files.readAllBytes(file), "mine");
    assertThatThrownBy(() -> DepthEstimator.open(bytes, OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("mine does not describe its input");
    try (DepthEstimator estimator = DepthEstimator.open(bytes.describedBy(given), OPTIONS)) {
      assertThat(estimator.description()).isEqualTo(given);
    }
  }

  @Test
  void whatCannotBeReadIsToldApart() {
    ModelSource missing = ModelSource.of(folder.resolve("missing.onnx"));
    assertThatThrownBy(missing::bytes)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("missing.onnx does not exist; give the path of an .onnx file");
    assertThatThrownBy(missing::size)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("missing.onnx does not exist");
    assertThatThrownBy(ModelSource.of(folder)::bytes)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(folder + " is a folder");
  }

  private static String description(String name) {
    return """
        {"name": "%s", "input": {"name": "x", "layout": "NCHW", "type": "float32"},
         "size": {"multiple": 32, "shorter_side": 32}, "output": {"name": "y", "kind": "disparity"}}
        """
        .formatted(name);
  }

  @Test
  void aMappedModelRunsLikeItsFile() throws IOException {
    Path file = TestModels.convolutions(folder.resolve("small.onnx"));
    RgbImage photo = Photos.gradient(96, 64);
    ByteBuffer mapped;
    try (FileChannel channel = FileChannel.open(file)) {
      mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
    ModelSource source = ModelSource.of(mapped, "mapped");
    try (DepthEstimator one = DepthEstimator.open(source, OPTIONS);
        DepthEstimator other = DepthEstimator.open(file, OPTIONS)) {
      assertThat(one.estimate(photo)).isEqualTo(other.estimate(photo));
    }
    assertThat(source.bytes()).isEqualTo(Files.readAllBytes(file));
    assertThat(source.size()).isEqualTo(Files.size(file));
    assertThat(source.file()).isEmpty();
    assertThatThrownBy(() -> ModelSource.of(ByteBuffer.allocate(8), "heap"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the buffer of heap must be direct");
  }
}
