package dev.deltadepth.cli;

import dev.deltadepth.runtime.ModelException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The most memory that a process had resident so far.
 *
 * @param base in bytes, before the model was loaded; 0 where the operating system does not say
 * @param peak in bytes, after it has run; 0 where the operating system does not say
 */
record PeakMemory(long base, long peak) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern LINE = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");

  /** Where nothing is known. */
  static final PeakMemory UNKNOWN = new PeakMemory(0, 0);

  /** Of this process, in bytes; 0 where the operating system does not say. */
  static long now() {
    try {
      return Files.exists(STATUS) ? parse(Files.readString(STATUS)) : 0;
    } catch (IOException e) {
      return 0; // Not readable is as good as not there.
    }
  }

  /** The peak in the text of Linux's {@code /proc/PID/status}, in bytes; 0 if it has none. */
  static long parse(String status) {
    Matcher matcher = LINE.matcher(status);
    return matcher.find() ? 1024 * Long.parseLong(matcher.group(1)) : 0;
  }

  /**
   * Measures a model in a process of its own, with the launcher's options for {@code estimate}, so
   * that other models leave no trace.
   *
   * @param arguments of {@link PeakMemoryCommand}
   * @throws ModelException if the process fails
   */
  static PeakMemory measure(List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Djava.awt.headless=true", "-XX:+UseSerialGC"));
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xms24m", "-XX:MaxRAMPercentage=60"));
    String nativePath = System.getProperty("onnxruntime.native.path", "");
    if (!nativePath.isEmpty()) {
      line.add("-Donnxruntime.native.path=" + nativePath);
    }
    line.addAll(List.of(Main.class.getName(), PeakMemoryCommand.NAME));
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.redirectErrorStream(true);
    try {
      Process process = builder.start();
      String text = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
      if (process.waitFor() != 0) {
        throw new ModelException("the peak memory could not be measured: " + text.strip());
      }
      String[] numbers = text.strip().split(" ");
      return new PeakMemory(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    } catch (IOException e) {
      throw new ModelException("the process that measures memory could not be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("the measurement of memory was interrupted", e);
    }
  }
}
