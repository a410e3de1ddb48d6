package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.runtime.TestModels;
import dev.deltadepth.scenes.RenderedScene;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On rendered rooms; the model of most tests gives a pixel's red as its disparity. */
class EvaluateCommandTest {
  @TempDir Path folder;
  private Path data;
  private Path model;

  @BeforeEach
  void writeData() throws IOException {
    model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    data = folder.resolve("data");
    for (String part : new String[] {"rgb", "depth", "plain"}) {
      Files.createDirectories(data.resolve(part));
    }
    for (int i = 0; i < 2; i++) {
      RenderedScene scene = new SceneRenderer(128, 96, 1).render(Scene.of(Scene.Kind.ROOM, i));
      ImageFiles.writePng(scene.image(), data.resolve("rgb/room" + i + ".png"));
      ImageFiles.writePng(scene.image(), data.resolve("plain/room" + i + ".png"));
      char[] millimetres = new char[128 * 96];
      for (int j = 0; j < millimetres.length; j++) {
        millimetres[j] = (char) Math.round(1000 * scene.depthMetres().data()[j]);
      }
      GreyImage.write(
          new GreyImage(128, 96, 16, millimetres), data.resolve("depth/room" + i + ".png"));
    }
    Files.writeString(
        data.resolve("eval.json"),
        """
        {"format": 1, "sets": [
          {"name": "rooms", "kind": "depth_mm16", "rgb": "rgb", "depth": "depth", "count": 2},
          {"name": "plain", "kind": "unlabelled", "rgb": "plain"}]}
        """);
  }

  @Test
  void printsAProtocolAndALineForEverySet() {
    Run run = delta("evaluate", "--data", data, "--model", model);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().toList())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "protocol: marigold (scale and shift fitted per image by least squares in"
                            + " disparity); shorter side native"),
            line ->
                assertThat(line)
                    .matches("model +set +n +AbsRel +95 % +delta1 +RMSE +edges +ratio +95 %"),
            line ->
                assertThat(line)
                    .matches(
                        "red +rooms +2 +0\\.\\d{4} +0\\.\\d{3}\\.\\.0\\.\\d{3} +0\\.\\d{4}"
                            + " +\\d\\.\\d{4} +0\\.\\d{3} +- +-"),
            line ->
                assertThat(line)
                    .matches(
                        "red +mean of sets +1 +0\\.\\d{4} +0\\.\\d{3}\\.\\.0\\.\\d{3} +0\\.\\d{4}"
                            + " +- +0\\.\\d{3} +- +-"),
            line -> assertThat(line).isEmpty(),
            line -> assertThat(line).startsWith("n: images"),
            line -> assertThat(line).startsWith("edges: F1"));
  }

  @Test
  void aModelAgreesWithItselfAsTeacher() {
    Run run = delta("evaluate", "--data", data, "--model", model, "--teacher", model);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern("red +rooms +2 .* 1\\.000 +1\\.00\\.\\.1\\.00\n")
        .containsPattern("teacher +rooms +2 .* 1\\.000 +1\\.00\\.\\.1\\.00\n")
        .containsPattern(
            "red +plain +2 +0\\.000 +[\\d.]+ +1\\.000 +1\\.000 +1\\.00\\.\\.1\\.00 +1\\.000 +1\\.000\n");
  }

  @Test
  void aReportIsWrittenAndARunThatWasStoppedGoesOn() throws IOException {
    Path report = folder.resolve("report");
    Object[] line = {
      "evaluate", "--data", data, "--model", model, "--teacher", model, "-o", report, "--pooled"
    };
    Run first = delta(line);
    assertThat(first.err()).isEmpty();
    assertThat(first.exitCode()).isZero();
    assertThat(first.out())
        .contains("; pooled over the pixels of all images\n")
        .contains("report: " + report.resolve("report.html"));
    assertThat(report.resolve("figures.json")).exists();
    assertThat(report.resolve("samples.csv")).content().contains("teacher,rooms,room1,");
    assertThat(report.resolve("report.html")).content().contains("Worst and best images");
    Run second = delta(line);
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(second.err()).contains("8 results reused from an earlier run");
    Run other = delta("evaluate", "--data", data, "--model", model, "-o", report, "--size", 96);
    assertThat(other.err())
        .contains("8 results of other models, protocols or data ignored")
        .doesNotContain("reused");
  }

  @Test
  void aProtocolIsChosenByName() throws IOException {
    Path json = folder.resolve("figures.json");
    Run run =
        delta("evaluate", "--data", data, "--model", model, "--protocol", "median", "--json", json);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("protocol: median (depth scaled per image by the ratio of medians; disparity")
        .containsPattern("red +rooms +2 +\\d");
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertThat(figures.get("protocol").asText()).isEqualTo("median");
    assertThat(figures.at("/models/0/sets/0/silog").isNumber()).isTrue();
  }

  @Test
  void figuresCanBeAllThatIsPrinted() throws IOException {
    Path maps = folder.resolve("maps");
    Run run =
        delta(
            "evaluate",
            "--data",
            data,
            "--model",
            model,
            "--teacher",
            model,
            "-o",
            folder.resolve("report"),
            "--save-predictions",
            maps,
            "--json",
            "-");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    ObjectMapper strict = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    JsonNode figures = strict.readTree(run.out());
    assertThat(figures.at("/models/0/sets/0/absrel").isNumber()).isTrue();
    assertThat(Path.of("-")).doesNotExist();
  }

  /** As another program would write them. */
  @Test
  void mapsFromFilesAreScoredAsTheirModelIs() throws IOException {
    Path maps = folder.resolve("maps");
    Run saved = delta("evaluate", "--data", data, "--model", model, "--save-predictions", maps);
    Run scored = delta("evaluate", "--data", data, "--predictions", maps.resolve("red"));
    assertThat(scored.err()).isEmpty();
    assertThat(scored.exitCode()).isZero();
    assertThat(scored.out()).isEqualTo(saved.out());
    Files.delete(maps.resolve("red/rooms/room1.npy"));
    Run one = delta("evaluate", "--data", data, "--predictions", maps.resolve("red"));
    assertThat(one.exitCode()).isEqualTo(1);
    assertThat(one.errors()).singleElement().asString().contains("room1");
  }

  @Test
  void aSetThatAProtocolCannotUseIsLeftOutAndNamed() throws IOException {
    Path tables = Files.createDirectories(data.resolve("tables"));
    GreyImage.write(new GreyImage(1, 1, 8, new char[] {7}), tables.resolve("room0.png"));
    GreyImage.write(new GreyImage(1, 1, 8, new char[] {7}), tables.resolve("room1.png"));
    String set = "{\"name\": \"tables\", \"kind\": \"disparity8\", \"rgb\": \"rgb\", ";
    Path description = data.resolve("eval.json");
    String sets = Files.readString(description);
    Files.writeString(
        description, sets.replace("\"sets\": [", "\"sets\": [" + set + "\"depth\": \"tables\"},"));
    Run run = delta("evaluate", "--data", data, "--model", model, "--protocol", "metric");
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .containsPattern("red +rooms +2 +\\d")
        .doesNotContain("red tables")
        .contains("left out: tables; metric needs depth, and this is disparity without a unit");
    Files.writeString(
        description, "{\"format\": 1, \"sets\": [" + set + "\"depth\": \"tables\"}]}");
    run = delta("evaluate", "--data", data, "--model", model, "--protocol", "metric");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).singleElement().asString().contains("no set that the protocol metric");
  }

  @Test
  void twoModelsOfOneNameAreKeptApart() {
    Path json = folder.resolve("figures.json");
    Path maps = folder.resolve("maps");
    Run run =
        delta(
            "evaluate",
            "--data",
            data,
            "--model",
            model,
            "--model",
            model,
            "--json",
            json,
            "--save-predictions",
            maps,
            "--size",
            96);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("shorter side 96").containsPattern("red-2 +rooms");
    assertThat(NpyFile.read(maps.resolve("red/rooms/room0.npy")).shape()).containsExactly(96, 128);
    assertThat(maps.resolve("red-2/plain/room1.npy")).exists();
    assertThat(json).content().contains("\"protocol\"", "\"red-2\"", "\"ratio\" : null");
  }

  @Test
  void whatCannotBeUsedIsNamedInOneLine() throws IOException {
    Run run = delta("evaluate", "--data", folder, "--model", model);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).singleElement().asString().contains(folder + " has no eval.json");

    Files.delete(data.resolve("depth/room1.png"));
    run = delta("evaluate", "--data", data, "--model", model);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).singleElement().asString().contains("room1.png has no ground truth");
  }

  @Test
  void aDataSetIsReadAsItIsDistributed() throws IOException {
    Path scan = folder.resolve("scans/scene0000_00");
    for (String part : new String[] {"color", "depth"}) {
      Files.createDirectories(scan.resolve(part));
    }
    Files.copy(data.resolve("rgb/room0.png"), scan.resolve("color/0.png"));
    Files.copy(data.resolve("depth/room0.png"), scan.resolve("depth/0.png"));
    Path maps = folder.resolve("maps");
    Run named =
        delta(
            "evaluate",
            "--data",
            folder.resolve("scans"),
            "--dataset",
            "scannet",
            "--model",
            model,
            "--save-predictions",
            maps);
    assertThat(named.err()).isEmpty();
    assertThat(named.out()).containsPattern("red +scannet +1 +\\d");
    assertThat(maps.resolve("red/scannet/scene0000_00/0.npy")).exists();
    Run recognised = delta("evaluate", "--data", folder.resolve("scans"), "--model", model);
    assertThat(recognised.out()).isEqualTo(named.out());

    Run run = delta("evaluate", "--data", data, "--dataset", "nyu", "--model", model);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors())
        .singleElement()
        .asString()
        .contains("does not look like nyu", "it needs nyu_depth_v2_labeled.mat and splits.mat");
  }

  /** The figures that the teacher's description gives, up to the filter that resizes pictures. */
  @Tag("shared")
  @Test
  void theTeachersFiguresAreThoseOfItsDescription() throws IOException {
    Path shared = Path.of(System.getProperty("delta.shared"));
    Path json = folder.resolve("figures.json");
    Run run =
        delta(
            "evaluate",
            "--data",
            shared.resolve("eval"),
            "--model",
            shared.resolve("teachers/tcmonodepth-small.onnx"),
            "--size",
            192,
            "--json",
            json);
    assertThat(run.err()).isEmpty();
    JsonNode sets = new ObjectMapper().readTree(json.toFile()).at("/models/0/sets");
    double[] expected = {0.1128, 0.1880, 0.1108, 0.1237, 0.1253};
    int[] images = {102, 10, 2, 10, 6};
    for (int i = 0; i < expected.length; i++) {
      assertThat(sets.get(i).get("images").asInt()).isEqualTo(images[i]);
      // Two pictures of roads move most.
      assertThat(sets.get(i).get("absrel").asDouble())
          .isCloseTo(expected[i], within(images[i] > 2 ? 0.002 : 0.01));
    }
  }
}
