package dev.deltadepth.distill.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The machine that a run used, without names of hosts, users or files.
 *
 * @param processor model of the processor; "unknown" if the system does not tell
 * @param processors available to the process
 * @param memoryGigabytes memory of the machine
 * @param system operating system and architecture
 */
public record Machine(String processor, int processors, long memoryGigabytes, String system) {

  public static Machine ofThisProcess() {
    long bytes =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : 0;
    return new Machine(
        processorModel(),
        Runtime.getRuntime().availableProcessors(),
        Math.round(bytes / (double) (1L << 30)),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  private static String processorModel() {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
      return lines.stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown"; // Not Linux.
    }
  }
}
