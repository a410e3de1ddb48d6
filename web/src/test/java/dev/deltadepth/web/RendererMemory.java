package dev.deltadepth.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A Chromium that nobody drives, and what its largest renderer keeps for itself. */
final class RendererMemory implements AutoCloseable {
  private final Process program;

  /** Opens a page with an empty profile. */
  RendererMemory(String address, Path profile) throws IOException {
    program =
        new ProcessBuilder(
                "/usr/bin/chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=390,844",
                "--user-data-dir=" + profile,
                address)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  /** Private memory of the renderer that has most of it. */
  double megabytes() {
    return program
        .descendants()
        .filter(RendererMemory::isRenderer)
        .mapToDouble(process -> megabytes(process.pid()))
        .max()
        .orElse(0);
  }

  private static boolean isRenderer(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
          .contains("--type=renderer");
    } catch (IOException e) {
      // It has ended.
      return false;
    }
  }

  private static double megabytes(long process) {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/" + process + "/smaps_rollup"));
      return lines.stream()
          .filter(line -> line.startsWith("Private_"))
          .collect(
              Collectors.summingDouble(line -> Double.parseDouble(line.split("\\s+")[1]) / 1000));
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> all = program.descendants().toList();
    program.destroy();
    all.forEach(ProcessHandle::destroy);
    program.onExit().join();
  }
}
