package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.runtime.ModelMetadata;
import dev.deltadepth.runtime.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfoCommandTest {
  @TempDir Path folder;

  @Test
  void anExportedModelTellsItsMetadata() throws IOException {
    Map<String, String> metadata = TestModels.metadata();
    metadata.put(ModelMetadata.VERSION, "7");
    metadata.put(ModelMetadata.PARAMETERS, "3312456");
    metadata.put(ModelMetadata.MACS, "1620000000");
    metadata.put(ModelMetadata.LICENCE, "free");
    metadata.put("other", "x".repeat(200));
    Path model = TestModels.red(folder.resolve("red.onnx"), metadata);
    Run run = delta("info", model);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            %s
              name          test
              version       7
              file size     %,d bytes
              parameters    3,312,456 trained, 3 in the file
              MACs          1.62 G at 64 x 64
              input         image uint8 [1, h, w, 3]
              output        disparity float32 [1, h, w]
              input size    shorter side 64, multiples of 32
              predicts      disparity: larger is nearer
              licence       free
              operators     3: 1 Cast, 1 MatMul, 1 Squeeze
              other         xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...
              provenance    no recipe; all of it: --provenance, 11 characters
            """
                .formatted(model, Files.size(model)));
  }

  @Test
  void allFiguresCanBePrinted() throws IOException {
    Path model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    Path file = folder.resolve("info.json");
    assertThat(delta("info", model, "--json", file).out()).startsWith(model.toString());
    Run run = delta("info", model, "--json", "-");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualToNormalizingNewlines(Files.readString(file)).startsWith("{");
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void anEmbeddedModelIsNamedByItsLabel() {
    Run floats = delta("info");
    assertThat(delta("info", "embedded")).isEqualTo(floats);
    assertThat(floats.out()).startsWith("the embedded model\n").doesNotContain("QuantizeLinear");
    assertThat(delta("info", "embedded-int8").out())
        .startsWith("the embedded int8 model\n")
        .contains("QuantizeLinear");
  }

  @Test
  void theEmbeddedModelFillsOneScreen() {
    assertThat(delta("info").out().lines())
        .hasSizeLessThan(25)
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(100));
    assertThat(delta("info", "--provenance").out()).startsWith("{").endsWith("}\n");
  }

  @Test
  void programsReadItAsJson() throws IOException {
    Path model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    Path facts = folder.resolve("facts.json");
    assertThat(delta("info", model, "--json", facts).exitCode()).isZero();
    JsonNode json = new ObjectMapper().readTree(facts.toFile());
    assertThat(json.path("name").asText()).isEqualTo("test");
    assertThat(json.path("sha256").asText()).isEqualTo(Sha256.of(model));
    assertThat(json.path("operators").path("MatMul").asInt()).isEqualTo(1);
    assertThat(json.path("metadata").path("delta.provenance").path("seed").asInt()).isEqualTo(1);
  }

  @Test
  void aForeignModelTellsWhatItsFileSays() {
    Path model = TestModels.foreign(folder.resolve("foreign.onnx"));
    Run run = delta("info", model);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("input         x float32 [n, 3, h, w]")
        .contains("output        y float32 [n, 1, h, w]")
        .contains("description   none; estimate needs a JSON file");
  }

  /** A zero byte ends a text elsewhere, and an escape may steer a terminal. */
  @Test
  void controlCharactersAreNotPrinted() throws IOException {
    Map<String, String> metadata = TestModels.metadata();
    metadata.put("odd\0\0", "red \u001b[31m\nand more");
    Path model = TestModels.red(folder.resolve("odd.onnx"), metadata);
    Run run = delta("info", model);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("\n  odd??         red ?[31m?and more\n");
    JsonNode json = new ObjectMapper().readTree(delta("info", model, "--json", "-").out());
    assertThat(json.path("metadata").path("odd\0\0").asText())
        .isEqualTo("red \u001b[31m\nand more");
    Path photo = RedPhoto.write(folder.resolve("photo.png"), 90, 60);
    assertThat(delta("estimate", photo, "--model", model, "-o", folder).exitCode()).isZero();
  }

  @Test
  void theEmbeddedModelsNameTheirLicence() {
    for (String label : List.of("embedded", "embedded-int8")) {
      assertThat(delta("info", label).out())
          .containsPattern("\n  licence       Apache-2.0; .*docs/model.md\n");
    }
  }

  @Test
  void whatIsNoModelIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
    Path empty = Files.createFile(folder.resolve("empty.onnx"));
    assertOneError(text, "is not an ONNX model");
    assertOneError(empty, "is not an ONNX model");
    assertOneError(folder.resolve("missing.onnx"), "does not exist");
    assertOneError(folder, "is a folder");
  }

  private static void assertOneError(Path model, String reason) {
    Run run = delta("info", model);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.errors())
        .singleElement()
        .asString()
        .startsWith("delta: " + model)
        .contains(reason);
  }
}
