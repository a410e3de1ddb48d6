package dev.deltadepth.distill;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Shuts down threads that compute in native code, where interruption has no effect. */
public final class Threads {

  private Threads() {}

  /** Drops queued tasks and waits for running ones, which may use memory that is freed next. */
  public static void end(ExecutorService threads) {
    threads.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
