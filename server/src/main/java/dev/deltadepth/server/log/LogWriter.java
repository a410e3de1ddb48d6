package dev.deltadepth.server.log;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes lines on a thread of its own, so that no request waits for whoever reads them. What is
 * read too slowly loses lines, which are counted.
 */
public final class LogWriter implements AutoCloseable {
  private static final int WAITING = 10_000;
  private static final long PATIENCE = 2_000;

  private final LogFormat format;
  private final PrintStream out;
  private final BlockingQueue<Visit> waiting = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong lost = new AtomicLong();
  private final Thread thread = new Thread(this::run, "delta-log");
  private volatile boolean closed;

  /** Starts; the stream stays open. */
  public LogWriter(LogFormat format, PrintStream out) {
    this.format = format;
    this.out = out;
    thread.setDaemon(true);
    thread.start();
  }

  /** Writes a line soon. */
  public void write(Visit visit) {
    if (!waiting.offer(visit)) {
      lost.incrementAndGet();
    }
  }

  /** The number of lines that were left out. */
  public long lost() {
    return lost.get();
  }

  private void run() {
    List<Visit> some = new ArrayList<>();
    while (!closed || !waiting.isEmpty()) {
      try {
        some.add(waiting.take());
      } catch (InterruptedException e) {
        // To be closed: what is there is written.
      }
      waiting.drainTo(some);
      StringBuilder lines = new StringBuilder();
      some.forEach(visit -> lines.append(format.line(visit)).append('\n'));
      some.clear();
      out.writeBytes(lines.toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  /** Writes what is waiting, and ends. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
