package dev.deltadepth.distill;

import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.Stage;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The batches of a run in order, prefetched in the background. */
final class BatchQueue implements AutoCloseable {

  /** Batches to prefetch. */
  private static final int AHEAD = 3;

  /** Threads that make batches. */
  private static final int MAKERS = 2;

  private final Recipe recipe;
  private final BatchMaker maker;
  private final ExecutorService makers = Executors.newFixedThreadPool(MAKERS, BatchQueue::daemon);
  private final ArrayDeque<Future<Batch>> ahead = new ArrayDeque<>();
  private long ordered;

  /** Starts after {@code step} steps, each of which takes {@code optimizer: accumulate} batches. */
  BatchQueue(Recipe recipe, BatchMaker maker, long step) {
    this.recipe = recipe;
    this.maker = maker;
    this.ordered = step * recipe.optimizer().accumulate();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "delta-batches");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns the next batch and requests further ones. */
  Batch next() {
    int batchesAStep = recipe.optimizer().accumulate();
    while (ahead.size() < AHEAD && ordered < recipe.steps() * batchesAStep) {
      long index = ordered++;
      long step = index / batchesAStep;
      Stage stage = recipe.stage(step);
      long first = recipe.crops(step) + index % batchesAStep * stage.batch();
      ahead.add(makers.submit(() -> maker.make(index, first, stage)));
    }
    try {
      return ahead.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DistillException("the run was interrupted; start it again to resume it", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new DistillException("cannot make a batch: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    Threads.end(makers);
  }
}
