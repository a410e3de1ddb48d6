package dev.deltadepth.android.work;

import android.os.Handler;
import android.os.Looper;
import dev.deltadepth.core.DeltaException;
import java.io.File;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The photo at work. It outlives screens: a turned phone finds its result again. The photo's file
 * is kept as well, so that a process that the system has ended can go on where it was.
 *
 * <p>Its methods are called on the main thread, and so are its listener and what {@link #later}
 * gives its results to.
 */
public final class DepthWork {
  private final File kept;
  private final Estimator estimator;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "delta"));
  private final Handler main = new Handler(Looper.getMainLooper());
  private WorkState state = WorkState.NOTHING;
  private int turn;
  private @Nullable Consumer<WorkState> listener;

  /**
   * Starts with nothing to do.
   *
   * @param folder where the photo's file is kept
   */
  public DepthWork(File folder, Estimator estimator) {
    this.kept = new File(folder, "photo");
    this.estimator = estimator;
  }

  /** How far it has come. */
  public WorkState state() {
    return state;
  }

  /** Tells a screen about every change from now on, and no other one. */
  public void listen(Consumer<WorkState> screen) {
    listener = screen;
  }

  /**
   * Tells a screen nothing more.
   *
   * @return whether it was the one that is told; another may have taken its place
   */
  public boolean leave(Consumer<WorkState> screen) {
    boolean was = listener == screen;
    if (was) {
      listener = null;
    }
    return was;
  }

  /**
   * Takes a photo in place of the one before.
   *
   * @param photo opens the picture's file; called on another thread
   */
  public void start(Callable<InputStream> photo) {
    begin(
        () -> {
          try (InputStream in = photo.call();
              OutputStream out = new FileOutputStream(kept)) {
            Gallery.copy(in, out);
          }
          return PhotoReader.read(kept);
        });
  }

  /** Takes the photo that a process before this one had, if it is still there. */
  public void restore() {
    if (kept.isFile()) {
      begin(() -> PhotoReader.read(kept));
    }
  }

  /** Forgets the photo. */
  public void forget() {
    turn++;
    change(WorkState.NOTHING);
  }

  private void begin(Callable<Photo> reader) {
    int mine = ++turn;
    change(WorkState.READING);
    worker.execute(
        () -> {
          try {
            Photo photo = reader.call();
            main.post(() -> change(mine, WorkState.estimating(photo)));
            Estimate estimate = estimator.estimate(photo);
            main.post(() -> change(mine, WorkState.done(photo, estimate)));
          } catch (Exception | OutOfMemoryError e) {
            Problem problem = problem(e, Problem.PICTURE_UNREADABLE);
            main.post(() -> change(mine, WorkState.failed(problem)));
          }
        });
  }

  private static Problem problem(Throwable fault, Problem other) {
    if (fault instanceof OutOfMemoryError) {
      return Problem.MEMORY_SHORT;
    }
    if (fault instanceof AndroidException known) {
      return known.problem();
    }
    return fault instanceof DeltaException ? Problem.ESTIMATE_FAILED : other;
  }

  private void change(int owner, WorkState next) {
    if (owner == turn) {
      change(next);
    }
  }

  private void change(WorkState next) {
    state = next;
    if (listener != null) {
      listener.accept(next);
    }
  }

  /**
   * Does something on the worker's thread, after what is being done there.
   *
   * @param done gets the result
   * @param failed gets the reason why there is none
   */
  public <T> void later(Callable<T> task, Consumer<T> done, Consumer<Problem> failed) {
    worker.execute(
        () -> {
          try {
            T result = task.call();
            main.post(() -> done.accept(result));
          } catch (Exception | OutOfMemoryError e) {
            Problem problem = problem(e, Problem.SAVE_FAILED);
            main.post(() -> failed.accept(problem));
          }
        });
  }
}
