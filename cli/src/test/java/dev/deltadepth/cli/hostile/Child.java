package dev.deltadepth.cli.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The command in a process of its own, which can be killed or starved. */
final class Child {
  /** 128 and SIGKILL. */
  private static final int KILLED = 137;

  private final List<String> options;
  private final Map<String, String> environment;
  private List<String> before = List.of();

  /**
   * Prepares processes.
   *
   * @param environment added to this process's
   * @param options of Java
   */
  Child(Map<String, String> environment, String... options) {
    this.environment = environment;
    this.options = List.of(options);
  }

  /** The same, started by another program, such as a shell that sets limits. */
  Child startedBy(String... program) {
    Child child = new Child(environment, options.toArray(String[]::new));
    child.before = List.of(program);
    return child;
  }

  /** What a process left. */
  record Ended(int exitCode, List<String> lines) {}

  private ProcessBuilder builder(Object... arguments) {
    List<String> line = new ArrayList<>(before);
    line.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path")));
    line.addAll(options);
    line.add(Main.class.getName());
    for (Object argument : arguments) {
      line.add(argument.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder;
  }

  /** Runs the command to its end. */
  Ended run(Object... arguments) throws IOException, InterruptedException {
    Process process = builder(arguments).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said.lines().toList());
  }

  /** Starts the command; what it says goes into a file. */
  Process start(Path said, Object... arguments) throws IOException {
    return builder(arguments).redirectOutput(said.toFile()).start();
  }

  /**
   * Starts the command and kills it: not before something changes in a folder, and then at a moment
   * left to chance.
   */
  void kill(Random random, Path folder, Object... arguments)
      throws IOException, InterruptedException {
    Map<String, Long> before = files(folder);
    Path said = Files.createTempFile("killed", ".txt");
    Process process = builder(arguments).redirectOutput(said.toFile()).start();
    while (process.isAlive() && files(folder).equals(before)) {
      Thread.sleep(5);
    }
    Thread.sleep(random.nextInt(60));
    int exitCode = process.destroyForcibly().waitFor();
    assertThat(exitCode).as(Files.readString(said)).isIn(0, KILLED);
    Files.delete(said);
  }

  /** The sizes of all files. */
  private static Map<String, Long> files(Path folder) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.forEach(file -> sizes.put(file.toString(), file.toFile().length()));
      } catch (UncheckedIOException e) {
        // One was renamed while they were listed: something changed.
        sizes.put("", 0L);
      }
    }
    return sizes;
  }
}
