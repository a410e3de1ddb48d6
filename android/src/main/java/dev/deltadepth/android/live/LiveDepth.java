package dev.deltadepth.android.live;

import android.graphics.Bitmap;
import android.os.Handler;
import android.os.Looper;
import dev.deltadepth.android.view.Colours;
import dev.deltadepth.android.work.Estimator;
import dev.deltadepth.android.work.Problem;
import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DeltaException;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.MovingWindow;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.live.FrameRate;
import dev.deltadepth.core.live.SizeChooser;
import dev.deltadepth.core.steady.SteadyDepth;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes steady maps of a camera's frames as fast as the phone can, on a thread of its own. Of the
 * frames that come meanwhile the latest one is next, and the others are left out. The network sees
 * them as large as still gives more than four maps a second.
 */
final class LiveDepth {
  /** How far the range of colours follows each map, 0..1. */
  private static final float FOLLOWS = 0.15f;

  private static final double NANOS = 1e6;

  /**
   * A frame and its depth.
   *
   * @param photo upright
   * @param depth in colours, of any size
   * @param perSecond maps a second of late; 0 for the first one
   * @param size shorter side that the network saw, in pixels
   * @param milliseconds from the frame to this
   */
  record Shown(Bitmap photo, Bitmap depth, double perSecond, int size, long milliseconds) {}

  private final Estimator estimator;
  private final Consumer<Shown> shown;
  private final Consumer<Problem> failed;
  private final Handler main = new Handler(Looper.getMainLooper());
  private final FrameRate rate = new FrameRate();
  private final SteadyDepth steady = new SteadyDepth(0);
  private final AtomicReference<@Nullable Shown> unseen = new AtomicReference<>();
  private final Object next = new Object();
  private MovingWindow window = new MovingWindow(FOLLOWS);
  private @Nullable LiveFrame latest;
  private boolean closed;
  private final Colormap colours;
  private volatile @Nullable LiveClip clip;

  /**
   * Starts.
   *
   * @param shown gets the latest result, on the main thread
   * @param failed told on the main thread why there will be no more
   */
  LiveDepth(
      Estimator estimator, Colormap colours, Consumer<Shown> shown, Consumer<Problem> failed) {
    this.estimator = estimator;
    this.colours = colours;
    this.shown = shown;
    this.failed = failed;
    new Thread(this::run, "delta-live").start();
  }

  /** Takes a frame in place of one that still waits; on any thread. */
  void offer(LiveFrame frame) {
    synchronized (next) {
      latest = frame;
      next.notifyAll();
    }
  }

  /** Records from the next frame on; null for no more. */
  void record(@Nullable LiveClip recorded) {
    clip = recorded;
  }

  /** Ends; nothing is told any more. */
  void close() {
    synchronized (next) {
      closed = true;
      next.notifyAll();
    }
    main.removeCallbacksAndMessages(null);
  }

  private @Nullable LiveFrame take() throws InterruptedException {
    synchronized (next) {
      while (latest == null && !closed) {
        next.wait();
      }
      LiveFrame taken = closed ? null : latest;
      latest = null;
      return taken;
    }
  }

  private void run() {
    try {
      SizeChooser sizes = new SizeChooser(estimator.size());
      for (LiveFrame frame = take(); frame != null; frame = take()) {
        long start = System.nanoTime();
        RgbImage photo = frame.picture();
        int size = sizes.size();
        DepthMap map = steady(photo, estimator.map(photo, size));
        Normalization range = window.next(map);
        Bitmap depth = Colours.of(map, range, colours);
        LiveClip recorded = clip;
        if (recorded != null) {
          DepthMap whole = Resizer.resize(map, photo.width(), photo.height());
          recorded.add(photo, colours.apply(whole, range), start);
        }
        Bitmap seen = Colours.of(photo);
        long end = System.nanoTime();
        double milliseconds = (end - start) / NANOS;
        sizes.took(milliseconds);
        give(new Shown(seen, depth, rate.add(end / NANOS), size, Math.round(milliseconds)));
      }
    } catch (InterruptedException e) {
      // Nobody does that, but then it is over.
      Thread.currentThread().interrupt();
    } catch (DeltaException e) {
      tell(Problem.ESTIMATE_FAILED);
    } catch (OutOfMemoryError e) {
      tell(Problem.MEMORY_SHORT);
    }
  }

  private DepthMap steady(RgbImage photo, DepthMap map) {
    List<DepthMap> due = steady.add(photo, map);
    if (steady.cut()) {
      window = new MovingWindow(FOLLOWS);
    }
    return due.get(0);
  }

  /** The screen may be slower than the network: it gets the latest result too. */
  private void give(Shown result) {
    if (unseen.getAndSet(result) == null) {
      post(
          () -> {
            Shown newest = unseen.getAndSet(null);
            if (newest != null) {
              shown.accept(newest);
            }
          });
    }
  }

  private void tell(Problem problem) {
    post(() -> failed.accept(problem));
  }

  private void post(Runnable news) {
    main.post(
        () -> {
          synchronized (next) {
            if (closed) {
              return;
            }
          }
          news.run();
        });
  }
}
