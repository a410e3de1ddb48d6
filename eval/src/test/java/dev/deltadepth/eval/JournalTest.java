package dev.deltadepth.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.metrics.DepthMetrics;
import dev.deltadepth.metrics.TeacherAgreement;
import dev.deltadepth.metrics.TruthScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("journal.jsonl");
  }

  @Test
  void aResultComesBackAsItWas() {
    DepthMetrics metrics = new DepthMetrics();
    metrics.add(1.1, 1);
    metrics.add(5, 6);
    SampleResult labelled =
        new SampleResult(
            "a \"quoted\" name,\nof two lines",
            metrics.truthScore(),
            0.25,
            TeacherAgreement.NONE,
            Double.NaN);
    SampleResult unlabelled =
        new SampleResult(
            "b", TruthScore.NONE, Double.NaN, new TeacherAgreement(0.1, 0.9, 0.8, 0.7, 0.6), 0.02);
    try (Journal journal = Journal.open(file, "data")) {
      journal.add(journal.key(List.of("a")), "model", "set", labelled);
      journal.add(journal.key(List.of("b")), "model", "set", unlabelled);
    }
    try (Journal journal = Journal.open(file, "data")) {
      assertThat(journal.find(journal.key(List.of("a")))).contains(labelled);
      assertThat(journal.find(journal.key(List.of("b")))).contains(unlabelled);
      assertThat(journal.find(journal.key(List.of("c")))).isEmpty();
      assertThat(journal.used()).isEqualTo(2);
      assertThat(journal.unused()).isZero();
    }
  }

  @Test
  void resultsOnOtherDataAreNotUsed() {
    try (Journal journal = Journal.open(file, "data")) {
      journal.add(journal.key(List.of("a")), "model", "set", result("a"));
    }
    try (Journal journal = Journal.open(file, "other data")) {
      assertThat(journal.find(journal.key(List.of("a")))).isEmpty();
      assertThat(journal.unused()).isEqualTo(1);
    }
    try (Journal journal = Journal.startingOver(file, "data")) {
      assertThat(journal.find(journal.key(List.of("a")))).isEmpty();
    }
  }

  @Test
  void aLineThatWasCutShortCostsItsOwnResultOnly() throws IOException {
    try (Journal journal = Journal.open(file, "data")) {
      journal.add(journal.key(List.of("a")), "model", "set", result("a"));
      journal.add(journal.key(List.of("b")), "model", "set", result("b"));
    }
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 30));
    try (Journal journal = Journal.open(file, "data")) {
      assertThat(journal.find(journal.key(List.of("b")))).isEmpty();
      journal.add(journal.key(List.of("c")), "model", "set", result("c"));
    }
    try (Journal journal = Journal.open(file, "data")) {
      assertThat(journal.find(journal.key(List.of("a")))).contains(result("a"));
      assertThat(journal.find(journal.key(List.of("c")))).contains(result("c"));
    }
  }

  /** Half of a character, the word null, a line of something else. */
  @Test
  void linesThatAreNoneCostNothingElse() throws IOException {
    try (Journal journal = Journal.open(file, "data")) {
      journal.add(journal.key(List.of("a")), "model", "set", result("ü"));
    }
    Files.write(file, new byte[] {'n', 'u', 'l', 'l', '\n', '7', '\n'}, StandardOpenOption.APPEND);
    Files.write(file, new byte[] {'{', '"', (byte) 0xc3}, StandardOpenOption.APPEND);
    try (Journal journal = Journal.open(file, "data")) {
      assertThat(journal.find(journal.key(List.of("a")))).contains(result("ü"));
      journal.add(journal.key(List.of("b")), "model", "set", result("b"));
    }
    try (Journal journal = Journal.open(file, "data")) {
      assertThat(journal.find(journal.key(List.of("a")))).contains(result("ü"));
      assertThat(journal.find(journal.key(List.of("b")))).contains(result("b"));
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path nowhere = folder.resolve("nowhere/journal.jsonl");
    assertThatThrownBy(() -> Journal.open(nowhere, "data"))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining(nowhere.toString());
  }

  private static SampleResult result(String stem) {
    return new SampleResult(stem, TruthScore.NONE, Double.NaN, TeacherAgreement.NONE, 0.5);
  }
}
