package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.runtime.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That what is measured is there; never how much it is. */
class BenchCommandTest {
  @TempDir Path folder;
  private Path photo;
  private Path model;
  private Path other;

  @BeforeEach
  void write() throws IOException {
    photo = folder.resolve("photo.png");
    ImageFiles.writePng(new RgbImage(120, 90, new byte[3 * 120 * 90]), photo);
    model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    other = TestModels.foreign(folder.resolve("other.onnx"));
    Files.writeString(
        folder.resolve("other.json"),
        """
        {"name": "other", "input": {"name": "x", "layout": "NCHW", "type": "float32"},
         "size": {"multiple": 32, "shorter_side": 64}, "output": {"name": "y", "kind": "disparity"}}
        """);
  }

  @Test
  void theFiguresAloneCanBePrinted() throws IOException {
    Run run = delta("bench", model, "--on", photo, "--runs", 1, "--warm-up", 0, "--json", "-");
    assertThat(run.exitCode()).isZero();
    assertThat(new ObjectMapper().readTree(run.out()).get("times")).hasSize(1);
  }

  @Test
  void everyModelHasARowForEachSizeAndNumberOfThreads() throws IOException {
    Path json = folder.resolve("bench.json");
    Path csv = folder.resolve("bench.csv");
    Run run =
        delta(
            "bench",
            model,
            other,
            "--on",
            photo,
            "--size",
            "64,96",
            "--threads",
            "1,2",
            "--runs",
            3,
            "--warm-up",
            1,
            "--json",
            json,
            "--csv",
            csv);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("2 models, photo of 120x90, 8 rows; turns: 1 to warm up, 3 measured")
        .containsPattern("red +96x64 +1 +\\d+\\.\\d +\\d+\\.\\d +1\\.00 ")
        .containsPattern("other +128x96 +2 +\\d+\\.\\d +\\d+\\.\\d +\\d+\\.\\d\\d ")
        .contains("decode  resize  inference  upsample  colour  encode")
        .containsPattern("red +3 +0\\.00 ");
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertThat(figures.get("times")).hasSize(8);
    assertThat(figures.at("/times/0/inference_p50_ms").asDouble()).isPositive();
    assertThat(figures.at("/conditions/runs").asText()).isEqualTo("3");
    assertThat(Files.readAllLines(csv)).hasSize(9);
    if (Files.exists(Path.of("/proc/self/status"))) {
      long base = figures.at("/models/1/base_bytes").asLong();
      assertThat(base).isGreaterThan(10_000_000);
      assertThat(figures.at("/models/1/peak_bytes").asLong()).isGreaterThan(base);
    }
  }

  @Test
  void aModelThatCannotRunIsNamedAndTheOthersAreTimed() throws IOException {
    Path broken = folder.resolve("broken.onnx");
    Files.writeString(broken, "no model");
    Run run = delta("bench", model, broken, "--on", photo, "--runs", 1, "--warm-up", 0);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).anyMatch(line -> line.startsWith("delta: broken: " + broken));
    assertThat(run.out()).containsPattern("red +96x64 +1 ");
    run = delta("bench", broken, "--on", photo);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).anyMatch(line -> line.contains("no model supports any of the sizes"));
  }

  @Test
  void aMissingPhotoIsNamed() {
    Run run = delta("bench", model, "--on", folder.resolve("nowhere.jpg"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).singleElement().asString().contains("nowhere.jpg does not exist");
  }

  @Test
  void thePeakStandsInTheTextOfLinux() {
    assertThat(
            PeakMemory.parse("Name:\tjava\nVmPeak:\t  99 kB\nVmHWM:\t  153288 kB\nVmRSS:\t 1 kB\n"))
        .isEqualTo(153_288L * 1024);
    assertThat(PeakMemory.parse("Name:\tjava\n")).isZero();
  }
}
