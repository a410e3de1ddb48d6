package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.Command.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {
  private static final List<String> COMMANDS =
      List.of(
          "estimate",
          "stereo",
          "bokeh",
          "cutout",
          "fog",
          "orbit",
          "video",
          "live",
          "verify",
          "depth-of",
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
          "serve",
          "app");

  static List<String> commands() {
    return COMMANDS;
  }

  @ParameterizedTest
  @MethodSource("commands")
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
        .startsWith("Depth from one photo.")
        .contains(
            "\nCommands:\n", "  estimate ", "  info ", "\nExit codes:\n", "  2   wrong usage");
  }

  @Test
  void linesFitIntoEightyColumns() {
    for (String command : COMMANDS) {
      assertThat(delta(command, "--help").out().lines())
          .as(command)
          .allMatch(line -> line.length() <= 80)
          // A name such as .onnx must not be parted behind its dot.
          .noneMatch(line -> line.matches(".*[ /(]\\."));
    }
  }

  /** An option that several commands take has one text, but for lists and files to write. */
  @Test
  void sharedOptionsHaveOneText() {
    Map<String, Set<String>> texts = new TreeMap<>();
    for (String command : COMMANDS) {
      for (OptionSpec option : options(command)) {
        if (!option.isMultiValue()) {
          String text = String.join(" ", option.description());
          texts.computeIfAbsent(option.longestName(), name -> new TreeSet<>()).add(text);
        }
      }
    }
    for (String name :
        List.of("--debug", "--json", "--overwrite", "--quiet", "--threads", "--version")) {
      assertThat(texts.get(name)).as(name).hasSize(1);
    }
  }

  private static List<OptionSpec> options(String command) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    CommandLine delta = Main.commandLine(nowhere, nowhere);
    return delta.getSubcommands().get(command).getCommandSpec().options();
  }

  @Test
  void theVersionIsTheBuilds() {
    assertThat(delta("--version").out()).matches("delta \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
  }

  @Test
  void withoutACommandTheUsageIsWrong() {
    String help = delta("--help").out();
    assertThat(delta()).isEqualTo(new Run(2, "", help + "delta: no command given\n"));
  }

  @Test
  void aCompletionScriptIsGenerated() {
    Run run = delta("generate-completion");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("complete -F").contains("turbo").contains("png16");
  }
}
