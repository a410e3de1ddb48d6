package dev.deltadepth.video;

import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A running program of FFmpeg. When it keeps its reader or writer waiting for too long it is
 * killed; so it is when this process ends.
 */
public final class Child implements AutoCloseable {
  /** Kept of what it says on standard error, from its start and from its end. */
  private static final int LONGEST_REPORT = 600;

  /** How often the watch looks, in milliseconds. */
  private static final int LOOK = 100;

  private static final Set<Child> RUNNING = ConcurrentHashMap.newKeySet();

  private final Process process;
  private final long silence;
  private final InputStream output;
  private final OutputStream input;
  private final Thread listener;
  private final StringBuilder report = new StringBuilder();

  /** When somebody began to wait for it; 0 while nobody waits. */
  private volatile long waitingSince;

  private volatile boolean late;

  static {
    Thread watch = new Thread(Child::watch, "ffmpeg-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private Child(Process process, Duration silence) {
    this.process = process;
    this.silence = silence.toNanos();
    this.output = new Watched(process.getInputStream());
    this.input = new BufferedOutputStream(new Fed(process.getOutputStream()), 1 << 16);
    this.listener = new Thread(this::listen, "ffmpeg-listener");
    listener.setDaemon(true);
    listener.start();
  }

  /**
   * Starts a program.
   *
   * @param command from {@link FfmpegProgram}
   * @param silence how long it may keep others waiting
   * @throws FfmpegException if it cannot be started
   */
  public static Child start(ProcessBuilder command, Duration silence) {
    Shutdown.requireTime();
    try {
      Child child = new Child(command.start(), silence);
      RUNNING.add(child);
      return child;
    } catch (IOException e) {
      throw new FfmpegException("FFmpeg cannot be started: " + e.getMessage(), e);
    }
  }

  /** What it writes on standard output. */
  public InputStream output() {
    return output;
  }

  /** Its standard input. */
  public OutputStream input() {
    return input;
  }

  /** The same for somebody whom nobody watches: it is read as slowly as its output is. */
  public OutputStream patientInput() {
    return process.getOutputStream();
  }

  /** Whether it was killed because it kept others waiting. */
  public boolean isLate() {
    return late;
  }

  /** Ends its input and waits for its end. Returns its exit code. */
  public int end() {
    try {
      input.close();
    } catch (IOException e) {
      // It has ended already, which its exit code explains.
    }
    waitingSince = System.nanoTime();
    try {
      int code = process.waitFor();
      listener.join();
      return code;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FfmpegException("interrupted", e);
    } finally {
      waitingSince = 0;
      RUNNING.remove(this);
    }
  }

  /** What it said on standard error, on one line. */
  public String report() {
    if (late) {
      return "nothing happened for " + silence / 1_000_000_000 + " s";
    }
    synchronized (report) {
      return Report.plain(report.toString(), 3 * LONGEST_REPORT);
    }
  }

  /** Kills it. Doing so twice does nothing. */
  @Override
  public void close() {
    process.destroyForcibly();
    RUNNING.remove(this);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void killAll() {
    RUNNING.forEach(child -> child.process.destroyForcibly());
  }

  private static void watch() {
    while (true) {
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        return;
      }
      long now = System.nanoTime();
      for (Child child : RUNNING) {
        long since = child.waitingSince;
        if (since != 0 && now - since > child.silence) {
          child.late = true;
          child.process.destroyForcibly();
        }
      }
    }
  }

  private void listen() {
    try (InputStream from = process.getErrorStream()) {
      byte[] buffer = new byte[1024];
      for (int count = from.read(buffer); count > 0; count = from.read(buffer)) {
        synchronized (report) {
          report.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
          if (report.length() > 2 * LONGEST_REPORT) {
            report.replace(LONGEST_REPORT, report.length() - LONGEST_REPORT, " ... ");
          }
        }
      }
    } catch (IOException e) {
      // It was killed.
    }
  }

  /** Its output, being watched while somebody waits for it. */
  private final class Watched extends FilterInputStream {
    Watched(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      waitingSince = System.nanoTime();
      try {
        return super.read(bytes, from, count);
      } finally {
        waitingSince = 0;
      }
    }
  }

  /** The same for its input. */
  private final class Fed extends FilterOutputStream {
    Fed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      waitingSince = System.nanoTime();
      try {
        out.write(bytes, from, count);
      } finally {
        waitingSince = 0;
      }
    }

    @Override
    public void flush() throws IOException {
      waitingSince = System.nanoTime();
      try {
        out.flush();
      } finally {
        waitingSince = 0;
      }
    }
  }
}
