package dev.deltadepth.distill.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLogTest {

  private static final List<String> HEADER = List.of("step", "loss");

  @TempDir Path folder;

  @Test
  void rowsBeyondTheStepAndATornLastRowAreDropped() throws IOException {
    Path file = folder.resolve("metrics.csv");
    Files.writeString(file, "step,loss\n20,0.5\n40,0.4\n60,0.3\n8");
    try (CsvLog log = new CsvLog(file, HEADER, 40)) {
      log.row(List.of(60L, 0.25));
    }
    assertThat(file).hasContent("step,loss\n20,0.5\n40,0.4\n60,0.25\n");
  }

  @Test
  void aRowWithoutItsLineEndDoesNotSwallowTheNext() throws IOException {
    Path file = folder.resolve("metrics.csv");
    Files.writeString(file, "step,loss\n20,0.5");
    try (CsvLog log = new CsvLog(file, HEADER, 20)) {
      log.row(List.of(40L, 0.4));
    }
    assertThat(file).hasContent("step,loss\n20,0.5\n40,0.4\n");
  }

  @Test
  void everyRowIsInTheFileAtOnce() throws IOException {
    Path file = folder.resolve("metrics.csv");
    try (CsvLog log = new CsvLog(file, HEADER, 0)) {
      assertThat(file).hasContent("step,loss\n");
      log.row(List.of(20L, 0.5));
      assertThat(file).hasContent("step,loss\n20,0.5\n");
    }
  }
}
