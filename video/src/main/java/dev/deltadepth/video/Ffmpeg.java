package dev.deltadepth.video;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * Runs FFmpeg as a child process that reads from standard input and writes to standard output. It
 * opens no file and no address, has a time limit and, where there is a shell, a memory limit: what
 * a hostile file crashes is the child.
 */
final class Ffmpeg {

  private static final String PLATFORM = Loader.getPlatform();
  private static final boolean WINDOWS = PLATFORM.startsWith("windows");

  /** Kilobytes of address space. */
  private static final long MEMORY = 6_000_000;

  /** Kept of what it says on standard error. */
  private static final int LONGEST_REPORT = 400;

  private Ffmpeg() {}

  /** Takes what FFmpeg writes. */
  @FunctionalInterface
  interface Output<T> {
    /** Reads all that it needs; what is left is thrown away. */
    T read(InputStream stream) throws IOException;
  }

  /**
   * Runs it to its end.
   *
   * @param arguments between the program and its output
   * @param input for its standard input
   * @param limit after which it is killed
   * @param output reads its standard output
   * @throws FfmpegException if it cannot be started, fails, is too slow, or its output is not what
   *     was expected
   */
  static <T> T run(List<String> arguments, byte[] input, Duration limit, Output<T> output) {
    Process process = start(arguments);
    AtomicBoolean late = new AtomicBoolean();
    StringBuilder report = new StringBuilder();
    List<Thread> helpers =
        List.of(
            thread("feeder", () -> feed(process, input)),
            thread("listener", () -> listen(process, report)),
            thread("watch", () -> watch(process, limit, late)));
    try {
      T result = output.read(process.getInputStream());
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
      int code = process.waitFor();
      helpers.get(1).join();
      if (code != 0 || late.get()) {
        throw failure(late.get(), limit, report, null);
      }
      return result;
    } catch (IOException e) {
      throw failure(late.get(), limit, report, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FfmpegException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static FfmpegException failure(
      boolean late, Duration limit, StringBuilder report, @Nullable IOException cause) {
    String text;
    synchronized (report) {
      text = report.toString().strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
    }
    String message =
        late
            ? "decoding takes longer than " + limit.toSeconds() + " s"
            : text.isEmpty() ? "the decoder failed" : text;
    return cause == null ? new FfmpegException(message) : new FfmpegException(message, cause);
  }

  private static Process start(List<String> arguments) {
    Path program = Program.PATH;
    List<String> command = new ArrayList<>();
    if (!WINDOWS) {
      command.addAll(
          List.of("/bin/sh", "-c", "ulimit -v " + MEMORY + " 2>/dev/null; exec \"$0\" \"$@\""));
    }
    command.add(program.toString());
    command.addAll(List.of("-hide_banner", "-loglevel", "error", "-nostdin", "-threads", "2"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    String libraries = String.valueOf(program.getParent());
    builder.environment().put("LD_LIBRARY_PATH", libraries);
    builder.environment().put("DYLD_LIBRARY_PATH", libraries);
    builder.environment().put("LC_ALL", "C");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new FfmpegException("FFmpeg cannot be started: " + e.getMessage(), e);
    }
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, "ffmpeg-" + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void feed(Process process, byte[] input) {
    try (OutputStream to = process.getOutputStream()) {
      to.write(input);
    } catch (IOException e) {
      // It has seen enough, or has failed, which its exit code says.
    }
  }

  private static void listen(Process process, StringBuilder report) {
    try (InputStream from = process.getErrorStream()) {
      byte[] buffer = new byte[1024];
      for (int count = from.read(buffer); count > 0; count = from.read(buffer)) {
        synchronized (report) {
          if (report.length() < LONGEST_REPORT) {
            report.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
          }
        }
      }
    } catch (IOException e) {
      // It was killed.
    }
  }

  private static void watch(Process process, Duration limit, AtomicBoolean late) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        late.set(true);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }

  /** All that FFmpeg writes, up to a number of bytes. */
  static Output<byte[]> bytes(int most) {
    return stream -> {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 16];
      for (int count = stream.read(buffer); count > 0; count = stream.read(buffer)) {
        if (all.size() + count > most) {
          throw new IOException("too much output");
        }
        all.write(buffer, 0, count);
      }
      return all.toByteArray();
    };
  }

  /** Unpacked once for all runs of this machine's user. */
  private static final class Program {
    private static final Path PATH = unpack();

    private Program() {}

    private static Path unpack() {
      String folder = "/org/bytedeco/ffmpeg/" + PLATFORM + "/";
      String name = WINDOWS ? "ffmpeg.exe" : "ffmpeg";
      try {
        File unpacked = Loader.cacheResource(Ffmpeg.class, folder);
        if (unpacked == null || !new File(unpacked, name).isFile()) {
          throw new FfmpegException(
              String.format(Locale.ROOT, "there is no FFmpeg for %s on the class path", PLATFORM));
        }
        File program = new File(unpacked, name);
        if (!program.canExecute() && !program.setExecutable(true)) {
          throw new FfmpegException(program + " cannot be made executable");
        }
        return program.toPath();
      } catch (IOException e) {
        throw new FfmpegException("FFmpeg cannot be unpacked: " + e.getMessage(), e);
      }
    }
  }
}
