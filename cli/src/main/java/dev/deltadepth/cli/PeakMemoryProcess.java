package dev.deltadepth.cli;

import dev.deltadepth.runtime.ModelException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures a model in a process of its own, so that other models leave no trace. The launcher hands
 * down java's options for {@code estimate}, one a line: the process is the one that {@code delta
 * estimate} would be.
 */
final class PeakMemoryProcess {
  /** The environment variable in which the launcher hands the options down. */
  static final String OPTIONS = "DELTA_ESTIMATE_OPTIONS";

  /** {@link Main}, which knows this class by way of its commands. */
  private static final String MAIN = "dev.deltadepth.cli.Main";

  private PeakMemoryProcess() {}

  /**
   * Runs the process.
   *
   * @param arguments of {@link PeakMemoryCommand}
   * @throws ModelException if the process fails
   */
  static PeakMemory measure(List<String> arguments) {
    ProcessBuilder builder =
        new ProcessBuilder(line(System.getenv().getOrDefault(OPTIONS, ""), arguments));
    // In the environment, because ONNX Runtime crashes where the command line is long.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.redirectErrorStream(true);
    try {
      Process process = builder.start();
      String text = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
      if (process.waitFor() != 0) {
        throw new ModelException("cannot measure the peak memory: " + text.strip());
      }
      String[] numbers = text.strip().split(" ");
      return new PeakMemory(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    } catch (IOException e) {
      throw new ModelException("cannot start the process that measures memory", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("the measurement of memory was interrupted", e);
    }
  }

  /** The process's command line, with options one a line. */
  static List<String> line(String options, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    options.lines().filter(option -> !option.isEmpty()).forEach(line::add);
    line.add(MAIN);
    line.add(PeakMemoryCommand.NAME);
    line.addAll(arguments);
    return line;
  }
}
