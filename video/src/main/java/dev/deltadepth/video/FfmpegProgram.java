package dev.deltadepth.video;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;

/**
 * FFmpeg's programs: those that come along, or those of the system. They run as child processes,
 * where there is a shell with a memory limit; ctrl-C in a terminal does not reach them.
 */
public final class FfmpegProgram {
  static final boolean WINDOWS = Loader.getPlatform().startsWith("windows");

  /** Kilobytes of address space of a child. */
  private static final long MEMORY = 6_000_000;

  // A session of its own, where there are any: a terminal sends its ctrl-C to all processes of one.
  private static final String SCRIPT =
      "ulimit -v "
          + MEMORY
          + " 2>/dev/null; if command -v setsid >/dev/null 2>&1; "
          + "then exec setsid \"$0\" \"$@\"; fi; exec \"$0\" \"$@\"";

  private final Path ffmpeg;
  private final Path probe;
  private final Map<String, String> lists = new ConcurrentHashMap<>();

  private FfmpegProgram(Path ffmpeg, Path probe) {
    this.ffmpeg = ffmpeg;
    this.probe = probe;
  }

  /**
   * The programs that come along, unpacked once for all runs of this machine's user.
   *
   * @throws FfmpegException if there are none for this platform, or they cannot be unpacked
   */
  public static FfmpegProgram packed() {
    return Packed.PROGRAM;
  }

  /**
   * A program of the system. {@code ffprobe} is taken from beside it, or else from those that come
   * along.
   *
   * @throws FfmpegException if it cannot be run, or is not FFmpeg
   */
  public static FfmpegProgram at(Path ffmpeg) {
    if (!Files.isRegularFile(ffmpeg) || !Files.isExecutable(ffmpeg)) {
      throw new FfmpegException(ffmpeg + " is not a program: give the path of FFmpeg's program");
    }
    Path absolute = ffmpeg.toAbsolutePath();
    Path probe = absolute.resolveSibling(WINDOWS ? "ffprobe.exe" : "ffprobe");
    FfmpegProgram program =
        new FfmpegProgram(absolute, Files.isExecutable(probe) ? probe : packed().probe);
    if (!program.has("protocols", "pipe")) {
      throw new FfmpegException(ffmpeg + " is not FFmpeg: give the path of FFmpeg's program");
    }
    return program;
  }

  /**
   * Prepares a run of {@code ffmpeg}.
   *
   * @param arguments after those that every run has
   */
  public ProcessBuilder ffmpeg(List<String> arguments) {
    List<String> all =
        new ArrayList<>(List.of("-hide_banner", "-loglevel", "error", "-nostdin", "-y"));
    all.addAll(arguments);
    return command(ffmpeg, all);
  }

  /** Prepares a run of {@code ffprobe}. */
  public ProcessBuilder probe(List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("-hide_banner", "-loglevel", "error"));
    all.addAll(arguments);
    return command(probe, all);
  }

  /**
   * Whether it has something.
   *
   * @param list what to list: {@code encoders}, {@code filters}, {@code protocols}
   * @param name of one of them
   * @throws FfmpegException if it cannot be asked
   */
  public boolean has(String list, String name) {
    return lists.computeIfAbsent(list, this::list).contains(" " + name + " ");
  }

  private String list(String what) {
    try {
      Process process = ffmpeg(List.of("-" + what)).redirectErrorStream(true).start();
      process.getOutputStream().close();
      try (InputStream in = process.getInputStream()) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text.lines()
            .flatMap(line -> List.of(line.strip().split("\\s+")).stream().limit(2))
            .collect(Collectors.joining(" ", " ", " "));
      }
    } catch (IOException e) {
      throw new FfmpegException(ffmpeg + " cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FfmpegException("interrupted", e);
    }
  }

  /** The path of {@code ffmpeg}. */
  @Override
  public String toString() {
    return ffmpeg.toString();
  }

  private static ProcessBuilder command(Path program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (!WINDOWS) {
      command.addAll(List.of("/bin/sh", "-c", SCRIPT));
    }
    command.add(program.toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    if (program.startsWith(Packed.FOLDER)) {
      builder.environment().put("LD_LIBRARY_PATH", Packed.FOLDER.toString());
      builder.environment().put("DYLD_LIBRARY_PATH", Packed.FOLDER.toString());
    }
    builder.environment().put("LC_ALL", "C");
    // Reports of its own would have file names in them.
    builder.environment().remove("FFREPORT");
    return builder;
  }

  /** What comes along. */
  private static final class Packed {
    static final Path FOLDER = unpack();
    static final FfmpegProgram PROGRAM = new FfmpegProgram(program("ffmpeg"), program("ffprobe"));

    private Packed() {}

    private static Path unpack() {
      String platform = Loader.getPlatform();
      try {
        File unpacked =
            Loader.cacheResource(FfmpegProgram.class, "/org/bytedeco/ffmpeg/" + platform + "/");
        if (unpacked == null) {
          throw new FfmpegException("there is no FFmpeg for " + platform + " on the class path");
        }
        return unpacked.toPath();
      } catch (IOException e) {
        throw new FfmpegException("FFmpeg cannot be unpacked: " + e.getMessage(), e);
      }
    }

    private static Path program(String name) {
      File program = FOLDER.resolve(WINDOWS ? name + ".exe" : name).toFile();
      if (!program.isFile() || (!program.canExecute() && !program.setExecutable(true))) {
        throw new FfmpegException(program + " is missing or cannot be made executable");
      }
      return program.toPath();
    }
  }
}
