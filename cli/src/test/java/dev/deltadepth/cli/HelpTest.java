package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.Command.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "estimate",
        "info",
        "evaluate",
        "datasets",
        "bench",
        "compare",
        "distill",
        "label",
        "export",
        "quantize",
        "card",
        "render",
        "serve"
      })
  void theHelpIsThis(String command) throws IOException {
    Run run = delta(command, "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    String resource = "help-" + command + ".txt";
    try (InputStream in = Objects.requireNonNull(HelpTest.class.getResourceAsStream(resource))) {
      assertThat(run.out())
          .isEqualToNormalizingNewlines(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void theTopNamesTheCommandsAndExitCodes() {
    Run run = delta("--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("Depth from one photograph.")
        .contains(
            "\nCommands:\n", "  estimate ", "  info ", "\nExit codes:\n", "  2   wrong usage");
  }

  @Test
  void theVersionIsTheBuilds() {
    assertThat(delta("--version").out()).matches("delta \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
  }

  @Test
  void withoutACommandTheUsageIsWrong() {
    assertThat(delta()).isEqualTo(new Run(2, "", delta().err()));
    assertThat(delta().errors()).containsExactly("delta: which command?", "Try: delta --help");
  }

  @Test
  void aCompletionScriptIsGenerated() {
    Run run = delta("generate-completion");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("complete -F").contains("turbo").contains("png16");
  }
}
