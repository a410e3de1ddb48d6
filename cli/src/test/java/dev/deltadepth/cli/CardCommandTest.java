package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.runtime.ModelMetadata;
import dev.deltadepth.runtime.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardCommandTest {
  private static final String PROVENANCE =
      """
      {"recipe": {"seed": 2, "precision": "bf16", "optimizer": {"rate": 0.001, "accumulate": 2},
        "stages": [{"size": 64, "batch": 4, "steps": 10}, {"size": 32, "batch": 8, "steps": 5},
                   {"size": 64, "batch": 4, "steps": 10}]},
       "photos": 1234, "teacher": "somebody", "teacher-hash": "abc", "steps": 20, "crops": 200,
       "hours": 0.25, "machine": {"processor": "two cores"},
       "start": {"recipe": {"seed": 1, "precision": "BF16", "optimizer": {"rate": 0.002},
         "stages": [{"size": 32, "batch": 16, "steps": 100}]},
         "photos": 1000, "steps": 100, "crops": 1600, "hours": 0.5, "start": null}}
      """;

  private static final String FIGURES =
      """
      {"protocol": "marigold", "sizes": "shorter side 64, teacher's native", "intervals": "95 %",
       "models": [{"model": "embedded", "mean_absrel": 0.125, "mean_absrel_interval": [0.1, 0.15],
         "mean_delta1": 0.8, "ratio_of_means": 1.05, "ratio_of_means_interval": [1.0, 1.1],
         "mean_of_ratios": 1.06,
         "sets": [{"set": "rooms", "images": 7, "absrel": 0.125, "absrel_interval": [0.1, 0.15],
           "delta1": 0.8, "edges": null, "ratio": 1.05, "ratio_interval": [1.0, 1.1]}],
         "agreement": [{"set": "photos", "images": 40, "pearson": 0.95, "residual": 0.85,
           "residual_interval": [0.8, 0.9], "worst_residual": 0.3, "edges": 0.2}]}],
       "teacher": {"model": "somebody", "mean_absrel": 0.12, "mean_delta1": 0.85,
         "sets": [{"set": "rooms", "images": 7, "absrel": 0.12, "delta1": 0.85, "edges": 0.3}]}}
      """;

  private static final String BENCH =
      """
      {"conditions": {"photo": "640x480", "warm_up": "3", "runs": "9", "processors": "2",
         "os": "Linux amd64"},
       "models": [{"model": "embedded", "parameters": 2000000, "bytes": 4200000,
         "peak_bytes": null}],
       "times": [{"model": "embedded", "width": 64, "height": 64, "threads": 1,
         "estimate_p50_ms": 12.34, "ratio": 1, "onnx_runtime_p50_ms": 11.0,
         "onnx_runtime_ratio": 1}]}
      """;

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path model() {
    return model(PROVENANCE);
  }

  private Path model(String provenance) {
    Map<String, String> metadata = TestModels.metadata();
    metadata.put(ModelMetadata.PROVENANCE, provenance);
    metadata.put(ModelMetadata.PARAMETERS, "2000000");
    return TestModels.red(folder.resolve("model.onnx"), metadata);
  }

  @Test
  void everyPartIsFilledIn() throws IOException {
    Path template =
        file(
            "template.md",
            "# Card\n\n{{facts}}\n\nOwn words: $1.\n\n{{training}}\n\n{{accuracy}}\n\n{{agreement}}"
                + "\n\n{{latency}}\n");
    Path figures = file("figures.json", FIGURES);
    Path card = folder.resolve("card.md");
    Run run =
        delta(
            "card",
            model(),
            "--template",
            template,
            "--figures",
            figures,
            "--bench",
            file("bench.json", BENCH),
            "-o",
            card);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(card)
        .content()
        .startsWith("# Card\n\n| | |\n")
        .contains(
            "Own words: $1.",
            "| parameters | 2,000,000 |",
            "| learned from | 1,800 crops in 0.75 hours |",
            "| 1 | 1 | 1,600 of 32 | 0.002 | 1,000 |  | 0.5 | not recorded |\n"
                + "| 2 | 2 | 80 of 32, 120 of 64 | 0.001 | 1,234 |  | 0.25 | two cores |",
            "Protocol `marigold`, shorter side 64, teacher's native",
            "| rooms | 7 | 0.1250 (0.1000 to 0.1500) | 0.1200 | 1.050 (1.000 to 1.100) | 0.800 |"
                + " 0.850 |  | 0.300 |",
            "Mean of the sets' ratios: 1.060.",
            "| shorter side 64, teacher's native | 40 | 0.950 | 0.850 (0.800 to 0.900) | 0.300 |"
                + " 0.200 |",
            "| embedded | 64x64 | 1 | 12.3 | 1.00 | 11.0 | 1.00 |",
            "| embedded | 2,000,000 | 4.20 |  |")
        .doesNotContain("{{");
  }

  @Test
  void aRunThatSeveralStartedFromIsTakenOnce() throws IOException {
    String first = "{\"crops\": 100, \"hours\": 1, \"recipe\": {\"seed\": 7}, \"start\": null}";
    String second = "{\"crops\": 20, \"hours\": 0.5, \"start\": " + first + "}";
    String third = "{\"crops\": 3, \"hours\": 0.25, \"start\": " + first + "}";
    Path mean = model("{\"crops\": 4, \"hours\": 0, \"start\": [" + second + ", " + third + "]}");
    Path card = folder.resolve("card.md");
    Path template = file("template.md", "{{facts}}");
    assertThat(delta("card", mean, "--template", template, "-o", card).err()).isEmpty();
    assertThat(card).content().contains("| learned from | 127 crops in 1.75 hours |");
  }

  @Test
  void aPartWithoutItsFiguresIsNamed() throws IOException {
    Path card = folder.resolve("card.md");
    Path unknown = file("unknown.md", "{{weather}}");
    assertThat(delta("card", model(), "--template", unknown, "-o", card).err())
        .contains("unknown part {{weather}}", "latency");
    Path accuracy = file("accuracy.md", "{{accuracy}}");
    assertThat(delta("card", model(), "--template", accuracy, "-o", card).err())
        .contains("give some with --figures");
    Path latency = file("latency.md", "{{latency}}");
    Run run = delta("card", model(), "--template", latency, "-o", card);
    assertThat(run.err()).contains("give some with --bench");
    assertThat(run.exitCode()).isEqualTo(1);
    Path junk = file("junk.json", "{");
    assertThat(delta("card", model(), "--template", latency, "--bench", junk, "-o", card).err())
        .contains("junk.json is not JSON");
    assertThat(card).doesNotExist();
  }
}
