package dev.deltadepth.server.job;

import java.io.IOException;
import java.nio.file.Path;

/** A server of another process: it has a folder until its input ends. */
final class LockHolder {
  private LockHolder() {}

  public static void main(String[] arguments) throws IOException {
    try (JobFolder folder = JobFolder.in(Path.of(arguments[0]))) {
      System.out.println(folder.path());
      while (System.in.read() >= 0) {
        // Until somebody closes it.
      }
    }
  }
}
