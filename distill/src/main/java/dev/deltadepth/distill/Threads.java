package dev.deltadepth.distill;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The end of threads that compute in native code, where an interruption is not heard. */
final class Threads {

  private Threads() {}

  /** Drops what is waiting and waits for what is at work: it may use memory that is freed next. */
  static void end(ExecutorService threads) {
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
