package dev.deltadepth.eval;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Threads that work through tasks in order. */
public final class Workers<T> {
  private final Iterator<T> tasks;
  private int taken;
  private int failedTask = Integer.MAX_VALUE;
  private Optional<Throwable> failure = Optional.empty();

  private record Task<T>(int index, T content) {}

  private Workers(Iterator<T> tasks) {
    this.tasks = tasks;
  }

  /**
   * Runs all tasks. After a failure no further task starts, and the failure of the first task in
   * order is thrown, regardless of the threads.
   */
  public static <T> void run(int threads, List<T> tasks, Consumer<T> work) {
    Workers<T> workers = new Workers<>(tasks.iterator());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<? extends Future<?>> running =
          Stream.generate(() -> pool.submit(() -> workers.work(work))).limit(threads).toList();
      for (Future<?> one : running) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EvaluationException("the evaluation was interrupted; start it again", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("workers must catch what their tasks throw", e);
    } finally {
      pool.shutdownNow();
    }
    workers.failure.ifPresent(Workers::rethrow);
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  private void work(Consumer<T> work) {
    for (Optional<Task<T>> task = next(); task.isPresent(); task = next()) {
      try {
        work.accept(task.get().content());
      } catch (RuntimeException | OutOfMemoryError e) {
        failed(task.get().index(), e);
      }
    }
  }

  private synchronized Optional<Task<T>> next() {
    return tasks.hasNext() && failure.isEmpty() && !Thread.currentThread().isInterrupted()
        ? Optional.of(new Task<>(taken++, tasks.next()))
        : Optional.empty();
  }

  private synchronized void failed(int index, Throwable problem) {
    if (index < failedTask) {
      failedTask = index;
      failure = Optional.of(problem);
    }
  }
}
