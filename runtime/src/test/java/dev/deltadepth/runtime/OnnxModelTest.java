package dev.deltadepth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.platform.Fp16Conversions;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.runtime.ModelDescription.Colour;
import dev.deltadepth.runtime.ModelDescription.Element;
import dev.deltadepth.runtime.ModelDescription.Feature;
import dev.deltadepth.runtime.ModelDescription.Input;
import dev.deltadepth.runtime.ModelDescription.Layout;
import dev.deltadepth.runtime.ModelDescription.Output;
import dev.deltadepth.runtime.ModelDescription.OutputKind;
import dev.deltadepth.runtime.ModelDescription.Size;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxModelTest {
  @TempDir Path folder;

  @Test
  void aBatchGivesMapsAndFeaturesInOrder() {
    Path file = TestModels.foreign(folder.resolve("foreign.onnx"));
    float[] batch = values(2 * 3 * 4 * 6);
    try (OnnxModel model = open(file, foreign(Colour.RGB, new Feature("copy", 1, 3)))) {
      ModelOutputs outputs = model.run(batch, 2, 4, 6);
      assertThat(outputs.batch()).isEqualTo(2);
      assertThat(outputs.height()).isEqualTo(4);
      assertThat(outputs.width()).isEqualTo(6);
      assertThat(outputs.disparity()).hasSize(2 * 4 * 6);
      assertThat(outputs.disparity()[24])
          .isCloseTo((batch[72] + batch[96] + batch[120]) / 3, within(1e-6f));
      FeatureMap copy = outputs.features().get(0);
      assertThat(copy.name()).isEqualTo("copy");
      assertThat(List.of(copy.channels(), copy.height(), copy.width())).containsExactly(3, 4, 6);
      assertThat(copy.data()).containsExactly(batch, within(1e-6f));
    }
  }

  @Test
  void blueComesFirstWhereTheDescriptionSaysSo() {
    Path file = TestModels.foreign(folder.resolve("foreign.onnx"));
    float[] batch = values(3 * 2 * 2);
    try (OnnxModel model = open(file, foreign(Colour.BGR, new Feature("copy", 1, 3)))) {
      float[] copy = model.run(batch, 1, 2, 2).features().get(0).data();
      assertThat(Arrays.copyOfRange(copy, 0, 4))
          .containsExactly(Arrays.copyOfRange(batch, 8, 12), within(1e-6f));
      assertThat(Arrays.copyOfRange(copy, 8, 12))
          .containsExactly(Arrays.copyOfRange(batch, 0, 4), within(1e-6f));
    }
  }

  @Test
  void anExportedModelTakesAFloatBatchToo() {
    Path file = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    float[] batch = new float[3 * 32 * 32];
    Arrays.fill(batch, 0, 32 * 32, 0.4f);
    Arrays.fill(batch, 32 * 32, batch.length, 7f);
    try (OnnxModel model = OnnxModel.open(ModelSource.of(file), EstimatorOptions.defaults())) {
      assertThat(model.description().name()).isEqualTo("test");
      assertThat(model.description().source()).isEqualTo("{\"seed\": 1}");
      assertThat(model.run(batch, 1, 32, 32).disparity()[0]).isCloseTo(0.4f, within(1e-6f));
      assertThatThrownBy(() -> model.run(values(2 * batch.length), 2, 32, 32))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("red.onnx failed on 32x32 pixels");
    }
  }

  @Test
  void aBatchOfAnotherLengthIsRefused() {
    Path file = TestModels.foreign(folder.resolve("foreign.onnx"));
    try (OnnxModel model = open(file, foreign(Colour.RGB))) {
      assertThatIllegalArgumentException().isThrownBy(() -> model.run(new float[5], 1, 2, 2));
    }
  }

  @Test
  void aFeatureOfOtherChannelsIsNamed() {
    Path file = TestModels.foreign(folder.resolve("foreign.onnx"));
    try (OnnxModel model = open(file, foreign(Colour.RGB, new Feature("copy", 1, 5)))) {
      assertThatThrownBy(() -> model.run(values(12), 1, 2, 2))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("feature copy")
          .hasMessageContaining("[N, 5, h, w]");
    }
    assertThatThrownBy(() -> open(file, foreign(Colour.RGB, new Feature("gone", 1, 5))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("has no output 'gone' as its description says; it has copy, y");
  }

  @Test
  void aValueInsideTheGraphIsMadeAnOutput() {
    Path file = TestModels.foreignWithInside(folder.resolve("inside.onnx"));
    float[] values = values(2 * 12);
    try (OnnxModel model = open(file, foreign(Colour.RGB, new Feature("inside", 1, 3)))) {
      ModelOutputs outputs = model.run(values, 2, 2, 2);
      assertThat(outputs.features().get(0).name()).isEqualTo("inside");
      float[] inside = outputs.features().get(0).data();
      for (int i = 0; i < values.length; i++) {
        assertThat(inside[i]).isEqualTo(2 * values[i]);
      }
    }
  }

  @Test
  void valuesInsideTheGraphAreHandedOut() {
    Path file = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    RgbImage photo = Photos.gradient(32, 64);
    List<String> inside = List.of("float", "column");
    try (OnnxModel model =
        OnnxModel.open(ModelSource.of(file), EstimatorOptions.defaults(), inside)) {
      Map<String, float[]> values = model.values(photo, Set.copyOf(inside));
      assertThat(values).containsOnlyKeys("float", "column");
      for (int i = 0; i < 32 * 64; i++) {
        float red = photo.data()[3 * i] & 0xff;
        assertThat(values.get("float")[3 * i]).isEqualTo(red);
        assertThat(values.get("column")[i]).isCloseTo(red / 255, within(1e-6f));
      }
      assertThat(model.run(photo).width()).isEqualTo(32);
    }
    try (OnnxModel model =
        OnnxModel.open(ModelSource.of(file), EstimatorOptions.defaults(), List.of("gone"))) {
      assertThatThrownBy(() -> model.values(photo, Set.of("gone")))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("gone");
    }
  }

  @Test
  void anOutputThatIsNoMapIsNamed() {
    Path file = TestModels.foreign(folder.resolve("foreign.onnx"));
    ModelDescription wrong =
        described(foreign(Colour.RGB).input(), new Output("copy", OutputKind.DISPARITY));
    try (OnnxModel model = open(file, wrong)) {
      assertThatThrownBy(() -> model.run(values(12), 1, 2, 2))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining(
              "[1, 3, 2, 2]; a depth map is [N, H, W] or [H, W], with any further axes");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NCHW,FLOAT32,RGB", "NCHW,FLOAT32,BGR", "NHWC,FLOAT32,RGB", "NHWC,FLOAT32,BGR",
    "NCHW,UINT8,RGB", "NCHW,UINT8,BGR", "NHWC,UINT8,RGB", "NHWC,UINT8,BGR",
    "NCHW,FLOAT16,BGR", "NHWC,FLOAT16,RGB", "NVCHW,FLOAT16,RGB", "NVCHW,FLOAT32,BGR"
  })
  void aPhotoAndItsFloatsMakeTheSameTensor(Layout layout, Element element, Colour colour) {
    Input input =
        element == Element.UINT8
            ? Input.bytes("x", layout, colour)
            : new Input(
                "x",
                layout,
                element,
                colour,
                -1,
                1,
                List.of(0.1, 0.2, 0.3),
                List.of(0.5, 1.0, 2.0));
    InputWriter writer = new InputWriter(input);
    RgbImage photo = Photos.gradient(6, 5);
    float[] planes = new float[3 * 30];
    for (int i = 0; i < 30; i++) {
      for (int c = 0; c < 3; c++) {
        planes[c * 30 + i] = (photo.data()[3 * i + c] & 0xff) / 255f;
      }
    }
    ByteBuffer fromPhoto = buffer(writer.bytes(1, 5, 6));
    ByteBuffer fromFloats = buffer(writer.bytes(1, 5, 6));
    writer.write(photo, fromPhoto);
    writer.write(planes, 1, 5, 6, fromFloats);
    assertThat(fromPhoto).isEqualTo(fromFloats);

    int pixel = 7;
    int channel = 2;
    int from = colour == Colour.RGB ? channel : 2 - channel;
    int at = layout != Layout.NHWC ? channel * 30 + pixel : pixel * 3 + channel;
    int value = photo.data()[3 * pixel + from] & 0xff;
    if (element == Element.UINT8) {
      assertThat(fromPhoto.get(at) & 0xff).isEqualTo(value);
    } else {
      double expected = (-1 + 2 * value / 255.0 - 0.3) / 2;
      boolean half = element == Element.FLOAT16;
      float written =
          half
              ? Fp16Conversions.fp16ToFloat(fromPhoto.asShortBuffer().get(at))
              : fromPhoto.asFloatBuffer().get(at);
      assertThat(written).isCloseTo((float) expected, within(half ? 1e-3f : 1e-6f));
    }
  }

  @Test
  @Tag("shared")
  void theTeacherGivesItsFeatures() {
    Path teacher =
        Path.of(System.getProperty("delta.shared"), "teachers", "tcmonodepth-small.onnx");
    ModelDescription description = ModelDescription.beside(teacher).orElseThrow();
    float[] batch = values(2 * 3 * 64 * 96);
    try (OnnxModel model = open(teacher, description)) {
      ModelOutputs outputs = model.run(batch, 2, 64, 96);
      assertThat(outputs.disparity()).hasSize(2 * 64 * 96);
      for (int i = 0; i < 3; i++) {
        Feature feature = description.features().get(i);
        FeatureMap map = outputs.features().get(i);
        assertThat(map.channels()).isEqualTo(feature.channels());
        assertThat(map.height()).isEqualTo(64 / feature.stride());
        assertThat(map.data()).hasSize(2 * map.channels() * map.height() * map.width());
      }
      float[] first = model.run(Arrays.copyOf(batch, batch.length / 2), 1, 64, 96).disparity();
      assertThat(Arrays.copyOf(outputs.disparity(), first.length))
          .as("a picture's map does not depend on the batch")
          .containsExactly(first, within(1e-3f));
    }
  }

  private static OnnxModel open(Path file, ModelDescription description) {
    return OnnxModel.open(
        ModelSource.of(file).describedBy(description), EstimatorOptions.defaults().withThreads(1));
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private static float[] values(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (i * 37 % 256) / 255f;
    }
    return values;
  }

  private static ModelDescription foreign(Colour colour, Feature... features) {
    ModelDescription plain =
        described(
            new Input(
                "x",
                Layout.NCHW,
                Element.FLOAT32,
                colour,
                0,
                1,
                List.of(0.0, 0.0, 0.0),
                List.of(1.0, 1.0, 1.0)),
            new Output("y", OutputKind.DISPARITY));
    return new ModelDescription(
        "foreign",
        plain.input(),
        plain.size(),
        plain.output(),
        List.of(features),
        "",
        "",
        List.of());
  }

  private static ModelDescription described(Input input, Output output) {
    return new ModelDescription(
        "f", input, new Size(1, 32, true), output, List.of(), "", "", List.of());
  }
}
