package dev.deltadepth.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;

/** The whole command, run in this process. */
final class Command {
  private Command() {}

  /** What a run gave. */
  record Run(int exitCode, String out, String err) {
    List<String> errors() {
      return err.lines().toList();
    }
  }

  static Run delta(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
    int exitCode = Main.run(texts, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Run(exitCode, out.toString(), err.toString());
  }
}
