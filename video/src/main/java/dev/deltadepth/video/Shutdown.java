package dev.deltadepth.video;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * What happens when this process is told to end, by ctrl-C or otherwise: who asked for it may
 * finish what he has begun, then all children are killed.
 */
public final class Shutdown {
  /** How long all may take to finish, in milliseconds. */
  private static final long PATIENCE = 60_000;

  private static final Set<Thread> FINISHERS = ConcurrentHashMap.newKeySet();
  private static volatile boolean over;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Shutdown::run, "delta-video-end"));
  }

  private Shutdown() {}

  /**
   * Does some work. When the process is told to end meanwhile, the work is told to stop and the end
   * waits for it.
   *
   * @param stop asks the work to finish soon
   */
  public static <T> T finishing(Runnable stop, Supplier<T> work) {
    CountDownLatch finished = new CountDownLatch(1);
    Runnable finish =
        () -> {
          stop.run();
          try {
            finished.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    Thread thread = new Thread(finish, "delta-video-finish");
    thread.setDaemon(true);
    FINISHERS.add(thread);
    try {
      return work.get();
    } finally {
      FINISHERS.remove(thread);
      finished.countDown();
    }
  }

  /** Refuses new children once the old ones are being killed. */
  static void requireTime() {
    if (over) {
      throw new FfmpegException("the program is ending");
    }
  }

  private static void run() {
    FINISHERS.forEach(Thread::start);
    long end = System.nanoTime() + PATIENCE * 1_000_000;
    for (Thread finisher : FINISHERS) {
      try {
        finisher.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        break;
      }
    }
    over = true;
    Child.killAll();
  }
}
