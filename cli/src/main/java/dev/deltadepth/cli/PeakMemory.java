package dev.deltadepth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
