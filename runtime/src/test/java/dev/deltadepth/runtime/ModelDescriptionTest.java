package dev.deltadepth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.InputSize;
import dev.deltadepth.runtime.ModelDescription.Colour;
import dev.deltadepth.runtime.ModelDescription.Element;
import dev.deltadepth.runtime.ModelDescription.Fact;
import dev.deltadepth.runtime.ModelDescription.Feature;
import dev.deltadepth.runtime.ModelDescription.Input;
import dev.deltadepth.runtime.ModelDescription.Layout;
import dev.deltadepth.runtime.ModelDescription.OtherInput;
import dev.deltadepth.runtime.ModelDescription.OutputKind;
import dev.deltadepth.runtime.ModelDescription.SizeRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDescriptionTest {
  private static final String WHOLE =
      """
      {
        "name": "small",
        "input": {"name": "x", "layout": "NCHW", "type": "float32", "colour": "BGR",
                  "range": [0, 255], "mean": [1, 2, 3], "std": [4, 5, 6.5]},
        "size": {"multiple": 14, "shorter_side": 518, "keep_aspect": false},
        "output": {"name": "y", "kind": "depth"},
        "features": [{"name": "f", "stride": 4, "channels": 48}],
        "licence": "MIT",
        "source": "somewhere"
      }
      """;

  @TempDir Path folder;

  @Test
  void everyKeyIsRead() throws IOException {
    ModelDescription small = read(WHOLE);
    assertThat(small.name()).isEqualTo("small");
    assertThat(small.input())
        .isEqualTo(
            new Input(
                "x",
                Layout.NCHW,
                Element.FLOAT32,
                Colour.BGR,
                0,
                255,
                List.of(1.0, 2.0, 3.0),
                List.of(4.0, 5.0, 6.5)));
    assertThat(small.size()).isEqualTo(new ModelDescription.Size(14, 518, false));
    assertThat(small.output()).isEqualTo(new ModelDescription.Output("y", OutputKind.DEPTH));
    assertThat(small.features()).containsExactly(new Feature("f", 4, 48));
    assertThat(small.licence()).isEqualTo("MIT");
    assertThat(small.source()).isEqualTo("somewhere");
  }

  @Test
  void whatMayBeLeftOutHasTheUsualValue() throws IOException {
    ModelDescription small =
        read(
            """
            {"name": "small", "input": {"name": "x", "layout": "NHWC", "type": "uint8"},
             "size": {"multiple": 32, "shorter_side": 256}, "output": {"name": "disparity", "kind": "disparity"}}
            """);
    assertThat(small.input().colour()).isEqualTo(Colour.RGB);
    assertThat(small.input().high()).isEqualTo(255);
    assertThat(small.size().keepAspect()).isTrue();
    assertThat(small.features()).isEmpty();
    assertThat(small.licence()).isEmpty();
  }

  @Test
  void sizesFollowTheirRule() throws IOException {
    assertThat(size("\"multiple\": 14, \"shorter_side\": 518").inputSize(640, 480))
        .isEqualTo(new InputSize(686, 518));
    assertThat(size("\"multiple\": 14, \"longer_side\": 518").inputSize(640, 480))
        .isEqualTo(new InputSize(518, 392));
    assertThat(
            size("\"multiple\": 32, \"shorter_side\": 256, \"keep_aspect\": false")
                .inputSize(640, 480))
        .isEqualTo(new InputSize(256, 256));
    ModelDescription.Size fixed = size("\"width\": 672, \"height\": 384");
    assertThat(fixed.inputSize(640, 480)).isEqualTo(new InputSize(672, 384));
    assertThat(fixed.inputSizeFor(960, 960)).isEqualTo(new InputSize(672, 384));
    ModelDescription.Size longer = size("\"multiple\": 14, \"longer_side\": 518");
    assertThat(longer.inputSizeFor(64, 64)).isEqualTo(new InputSize(518, 518));
    assertThat(longer.inputSizeFor(700, 350)).isEqualTo(new InputSize(700, 350));
  }

  private ModelDescription.Size size(String keys) throws IOException {
    return read(WHOLE.replaceAll("\"size\": \\{[^}]*\\}", "\"size\": {" + keys + "}")).size();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"multiple\": 14, \"shorter_side\": 518, \"longer_side\": 518",
        "\"multiple\": 14, \"longer_side\": 518, \"keep_aspect\": false",
        "\"width\": 672, \"height\": 384, \"shorter_side\": 384",
        "\"width\": 672, \"height\": 384, \"multiple\": 32",
        "\"width\": 672",
        "\"multiple\": 14"
      })
  void twoRulesAtOnceOrNoneAreRefused(String keys) {
    assertThatThrownBy(() -> size(keys))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("size.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "NCHW"            | "NCWH"      | input.layout is "NCWH"; it must be one of NCHW, NHWC
          "float32"         | "float64"   | input.type is "float64"; it must be one of float32, float16, uint8
          "BGR"             | "grey"      | input.colour is "grey"; it must be one of RGB, BGR
          "depth"           | "metric"    | output.kind is "metric"; it must be one of disparity, depth
          "multiple": 14,   | ''          | size.multiple is missing; it must be an integer of at least 1
          518               | 0           | size.shorter_side is 0; it must be an integer of at least 1
          518               | 1.5         | size.shorter_side is 1.5; it must be an integer of at least 1
          518               | 3000000000  | size.shorter_side is 3000000000; it must be an integer of at least 1
          false             | "no"        | size.keep_aspect is "no"; it must be true or false
          [1, 2, 3]         | [1, 2]      | input.mean is [1,2]; it must be a list of 3 numbers
          [1, 2, 3]         | [1, 2, "3"] | input.mean is [1,2,"3"]; it must be a list of 3 numbers
          [4, 5, 6.5]       | [4, 0, 6]   | input.std is [4,0,6]; it must be three numbers above 0
          [0, 255]          | [1, 0]      | input.range is [1,0]; it must be two numbers in ascending order, like [0, 1]
          "name": "small"   | "nom": "x"  | unknown key nom; allowed are name, input, size, output, features, licence, source
          "stride"          | "step"      | unknown key features[0].step; allowed are name, stride, channels
          "float32"         | "uint8"     | input.range is [0,255]; it must be left out for type uint8
          "somewhere"       | " "         | source is " "; it must be a non-empty string
          "MIT",            | "MIT"       | is not JSON (line 9
          """)
  void whatIsWrongIsNamedWithWhatIsAllowed(String old, String with, String message) {
    assertThat(WHOLE).contains(old);
    assertThatThrownBy(() -> read(WHOLE.replace(old, with)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(folder.resolve("model.json").toString())
        .hasMessageContaining(message);
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    ModelDescription whole = read(WHOLE);
    assertThat(read(whole.toJson())).isEqualTo(whole);
    ModelDescription bytes = ModelDescription.exported("delta", 256, 32, "", "");
    assertThat(read(bytes.toJson())).isEqualTo(bytes);
    assertThat(bytes.toJson()).doesNotContain("range", "mean", "licence", "features");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindIsReadAsItWasWritten(ModelDescription description) throws IOException {
    assertThat(read(description.toJson())).isEqualTo(description);
  }

  /** Every rule of sizes with every layout, element, colour order and kind of output. */
  static List<ModelDescription> kinds() {
    List<ModelDescription> kinds = new ArrayList<>();
    for (ModelDescription.Size size :
        List.of(
            new ModelDescription.Size(14, 518, true),
            new ModelDescription.Size(32, 256, false),
            ModelDescription.Size.longerSide(14, 518),
            ModelDescription.Size.fixed(640, 480),
            ModelDescription.Size.fixed(480, 640),
            ModelDescription.Size.fixed(384, 384))) {
      for (Layout layout : Layout.values()) {
        for (Colour colour : Colour.values()) {
          for (Input input : inputs(layout, colour)) {
            OutputKind kind = kinds.size() % 2 == 0 ? OutputKind.DISPARITY : OutputKind.DEPTH;
            List<Feature> features =
                List.of(new Feature("f4", 4, 48), new Feature("f/8 \"deep\"", 8, 64));
            int text = kinds.size() % 3;
            kinds.add(
                new ModelDescription(
                    "model " + kinds.size(),
                    input,
                    size,
                    new ModelDescription.Output("y", kind),
                    features.subList(0, text),
                    text == 0 ? "" : "CC-BY-NC-4.0",
                    text == 1 ? "" : "übungs\n\"data\"",
                    OTHERS.subList(0, kinds.size() % (OTHERS.size() + 1))));
          }
        }
      }
    }
    return kinds;
  }

  private static final List<OtherInput> OTHERS =
      List.of(
          new OtherInput("focal", Fact.FOCAL_LENGTH, List.of()),
          new OtherInput("k", Fact.INTRINSICS, List.of()),
          new OtherInput("steps", Fact.NUMBERS, List.of(4.0)),
          new OtherInput("range", Fact.NUMBERS, List.of(0.1, 10.0)));

  private static List<Input> inputs(Layout layout, Colour colour) {
    List<Double> none = List.of(0.0, 0.0, 0.0);
    List<Double> one = List.of(1.0, 1.0, 1.0);
    List<Double> mean = List.of(0.485, 0.456, 1 / 3.0);
    List<Double> std = List.of(0.229, 1e-7, 58.395);
    return List.of(
        Input.bytes("image", layout, colour),
        new Input("x", layout, Element.FLOAT32, colour, 0, 1, none, one),
        new Input("x", layout, Element.FLOAT32, colour, -1, 1, mean, std),
        new Input("x", layout, Element.FLOAT16, colour, -1, 1, mean, std),
        new Input("x", layout, Element.FLOAT32, colour, 0, 255, mean, one));
  }

  @Test
  void whatCannotBeWrittenCannotBeMade() {
    List<Double> none = List.of(0.0, 0.0, 0.0);
    List<Double> one = List.of(1.0, 1.0, 1.0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Input("x", Layout.NHWC, Element.UINT8, Colour.RGB, 0, 1, none, one));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Input("x", Layout.NHWC, Element.FLOAT32, Colour.RGB, 1, 1, none, one));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Input("x", Layout.NHWC, Element.FLOAT32, Colour.RGB, 0, 1, none, none));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ModelDescription.Size(SizeRule.SQUARE, 14, 640, 480));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ModelDescription.Size(SizeRule.FIXED, 32, 640, 480));
    assertThatIllegalArgumentException().isThrownBy(() -> new ModelDescription.Size(0, 640, true));
  }

  @Test
  void theWholeMustBeAnObject() {
    assertThatThrownBy(() -> read("[]"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the file must be an object");
    assertThatThrownBy(() -> read("")).isInstanceOf(ModelException.class);
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("missing.json");
    assertThatThrownBy(() -> ModelDescription.read(missing))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void theDescriptionLiesBesideTheModel() throws IOException {
    assertThat(ModelDescription.beside(folder.resolve("model.onnx"))).isEmpty();
    read(WHOLE);
    assertThat(ModelDescription.beside(folder.resolve("model.onnx")))
        .hasValueSatisfying(found -> assertThat(found.name()).isEqualTo("small"));
  }

  @Test
  @Tag("shared")
  void theTeacherAtHandIsDescribed() {
    Path teachers = Path.of(System.getProperty("delta.shared"), "teachers");
    ModelDescription teacher =
        ModelDescription.beside(teachers.resolve("tcmonodepth-small.onnx")).orElseThrow();
    assertThat(teacher.size()).isEqualTo(new ModelDescription.Size(32, 192, true));
    assertThat(teacher.features()).hasSize(3).contains(new Feature("feature_16", 16, 192));
  }

  private ModelDescription read(String json) throws IOException {
    return ModelDescription.read(Files.writeString(folder.resolve("model.json"), json));
  }
}
