package dev.deltadepth.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Refuses to open pipes, sockets and devices: a pipe that nobody writes into is waited for without
 * end, and a device may have no end. What is open already, such as standard input, may be one.
 */
public final class RegularFile {
  private static final List<Path> OPEN =
      List.of(Path.of("/dev/stdin"), Path.of("/dev/fd"), Path.of("/proc/self/fd"));

  private RegularFile() {}

  /**
   * Requires that something can be opened. A file that is not there is none of these.
   *
   * @throws FileException if it is a pipe, a socket or a device
   */
  public static void require(Path file) {
    if (isPipeOrDevice(file)) {
      throw new FileException(
          file
              + " is a pipe, a socket or a device: give the path of a file, or - for standard input");
    }
  }

  /** Whether it is a pipe, a socket or a device, other than those that are open already. */
  private static boolean isPipeOrDevice(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    if (OPEN.stream().anyMatch(absolute::startsWith)) {
      return false;
    }
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).isOther();
    } catch (IOException e) {
      // Whoever opens it says why it cannot be.
      return false;
    }
  }
}
