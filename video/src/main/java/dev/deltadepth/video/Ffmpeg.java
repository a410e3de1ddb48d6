package dev.deltadepth.video;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs FFmpeg as a child process that reads from standard input and writes to standard output. It
 * opens no file and no address, has a time limit and, where there is a shell, a memory limit: what
 * a hostile file crashes is the child.
 */
final class Ffmpeg {

  /** Kept of what it says on standard error. */
  private static final int LONGEST_REPORT = 400;

  /** How often the watch looks, in milliseconds. */
  private static final int LOOK = 100;

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
   *     was expected; if this thread is interrupted
   */
  static <T> T run(List<String> arguments, byte[] input, Duration limit, Output<T> output) {
    Process process = start(arguments);
    Thread waiting = Thread.currentThread();
    AtomicBoolean late = new AtomicBoolean();
    StringBuilder report = new StringBuilder();
    List<Thread> helpers =
        List.of(
            thread("feeder", () -> feed(process, input)),
            thread("listener", () -> listen(process, report)),
            thread("watch", () -> watch(process, waiting, limit, late)));
    try {
      T result = output.read(process.getInputStream());
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
      int code = process.waitFor();
      helpers.get(1).join();
      if (waiting.isInterrupted()) {
        throw new InterruptedException();
      }
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
      text = Report.plain(report.toString(), LONGEST_REPORT);
    }
    String message =
        late
            ? "decoding takes longer than " + limit.toSeconds() + " s"
            : text.isEmpty() ? "the decoder failed" : text;
    return cause == null ? new FfmpegException(message) : new FfmpegException(message, cause);
  }

  private static Process start(List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("-threads", "2"));
    all.addAll(arguments);
    ProcessBuilder builder = FfmpegProgram.packed().ffmpeg(all);
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

  /** Kills it when its time is over, or whoever waits for it was interrupted. */
  private static void watch(Process process, Thread waiting, Duration limit, AtomicBoolean late) {
    long start = System.nanoTime();
    try {
      while (!process.waitFor(LOOK, TimeUnit.MILLISECONDS)) {
        late.compareAndSet(false, System.nanoTime() - start > limit.toNanos());
        if (late.get() || waiting.isInterrupted()) {
          process.destroyForcibly();
        }
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
}
