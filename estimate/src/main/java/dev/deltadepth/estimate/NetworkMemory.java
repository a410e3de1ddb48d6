package dev.deltadepth.estimate;

import com.sun.management.OperatingSystemMXBean;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.io.FileException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Refuses input sizes for which the network's values do not fit into memory. */
final class NetworkMemory {

  /** Measured with the embedded model: 14.6 GB for 2048x16384 pixels. */
  private static final long BYTES_PER_PIXEL = 450;

  private static final Path LINUX = Path.of("/proc/meminfo");

  private final long available;

  NetworkMemory(long available) {
    this.available = available;
  }

  /** What this machine, or the container, can give now. */
  static NetworkMemory here() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new NetworkMemory(Math.min(system.getTotalMemorySize(), linux()));
  }

  /** Free memory and what caches can give back; without such a file, no limit. */
  private static long linux() {
    try {
      for (String line : Files.readAllLines(LINUX)) {
        if (line.startsWith("MemAvailable:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Another system.
    }
    return Long.MAX_VALUE;
  }

  /**
   * Checks that an input fits.
   *
   * @param photo its name in messages
   * @throws FileException if it does not; the message names the size that does
   */
  void require(InputSize seen, String photo) {
    long pixels = (long) seen.width() * seen.height();
    long needed = pixels * BYTES_PER_PIXEL;
    if (needed <= available) {
      return;
    }
    double shorter = Math.min(seen.width(), seen.height());
    long fits = (long) (shorter * Math.sqrt((double) available / needed)) / 32 * 32;
    throw new FileException(
        String.format(
            Locale.ROOT,
            "%s: the network would see %dx%d pixels, which takes about %.1f GB of memory, and"
                + " %.1f GB are free; %s",
            photo,
            seen.width(),
            seen.height(),
            needed / 1e9,
            available / 1e9,
            fits < 32 ? "cut the photo into parts" : "use --size " + fits + " or less"));
  }
}
