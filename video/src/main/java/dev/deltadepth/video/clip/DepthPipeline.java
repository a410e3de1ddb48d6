package dev.deltadepth.video.clip;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.video.FfmpegException;
import dev.deltadepth.video.read.ClipFrame;
import dev.deltadepth.video.read.FrameSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The depth of a clip: frames in; frame, map and time out, in order. Frames are read, estimated,
 * made steady and drawn at the same time, with few of them in memory.
 *
 * <pre>{@code
 * DepthPipeline pipeline = new DepthPipeline(2, false, Steadiness.none(), range::next);
 * pipeline.run(frames, small -> estimator.model().run(small), depth -> draw(depth), this::show);
 * }</pre>
 */
public final class DepthPipeline {
  private final int workers;
  private final boolean live;
  private final Steadiness steadiness;
  private final WindowRule windows;
  private final ClipCosts costs = new ClipCosts();
  private volatile boolean stopping;
  private volatile Optional<FrameSource> running = Optional.empty();

  /** Gives the map of a frame at the size that the network sees; several threads may ask. */
  @FunctionalInterface
  public interface Network {
    /** The disparity of a frame: larger is nearer. */
    DepthMap map(ClipFrame frame);

    /** A network that only looks at the small picture. */
    static Network of(Function<RgbImage, DepthMap> model) {
      return frame -> model.apply(frame.small());
    }
  }

  /** Says which values become the darkest and the brightest. */
  @FunctionalInterface
  public interface WindowRule {
    /**
     * The window for the next map.
     *
     * @param cut whether another scene begins here
     */
    Normalization next(DepthMap map, boolean cut);
  }

  /** Takes what is done, in order. */
  @FunctionalInterface
  public interface Sink<T> {
    /** Takes a frame's result; the frame's picture may change when this returns. */
    void take(ClipFrame frame, T result);
  }

  /**
   * Prepares.
   *
   * @param workers threads that estimate and draw
   * @param live whether frames that nobody has time for are left out
   */
  public DepthPipeline(int workers, boolean live, Steadiness steadiness, WindowRule windows) {
    this.workers = workers;
    this.live = live;
    this.steadiness = steadiness;
    this.windows = windows;
  }

  /** What it costs so far. */
  public ClipCosts costs() {
    return costs;
  }

  /** Ends reading; the frames that were read are finished. */
  public void stop() {
    stopping = true;
    running.ifPresent(FrameSource::close);
  }

  /** A frame on its way, or the end. */
  private record Waiting<T>(
      Optional<ClipFrame> frame, Optional<Future<T>> result, Optional<Throwable> problem) {
    static <T> Waiting<T> end(Optional<Throwable> problem) {
      return new Waiting<>(Optional.empty(), Optional.empty(), problem);
    }
  }

  /**
   * Runs to the end of the frames.
   *
   * @param draw makes of a frame and its depth what is wanted; several threads ask at the same time
   * @param sink takes the results in order, in this thread
   * @throws RuntimeException what any of these threw
   */
  public <T> void run(
      FrameSource source, Network network, Function<FrameDepth, T> draw, Sink<T> sink) {
    running = Optional.of(source);
    AtomicInteger number = new AtomicInteger();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            workers, work -> daemon(work, "delta-video-" + number.incrementAndGet()));
    BlockingQueue<Waiting<DepthMap>> estimating = new ArrayBlockingQueue<>(workers + 1);
    BlockingQueue<Waiting<T>> drawing = new ArrayBlockingQueue<>(workers + 1);
    Thread reader = daemon(() -> read(source, network, pool, estimating), "delta-video-reader");
    Thread steady = daemon(() -> order(estimating, draw, pool, drawing), "delta-video-steady");
    reader.start();
    steady.start();
    try {
      for (Waiting<T> next = drawing.take(); ; next = drawing.take()) {
        if (next.problem().isPresent()) {
          throw unchecked(next.problem().get());
        }
        if (next.frame().isEmpty()) {
          return;
        }
        T result = get(next.result().orElseThrow());
        long start = System.nanoTime();
        sink.take(next.frame().get(), result);
        costs.add(ClipCosts.Step.ENCODE, start);
        costs.frame();
        source.release(next.frame().get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FfmpegException("interrupted", e);
    } finally {
      running = Optional.empty();
      source.close();
      reader.interrupt();
      steady.interrupt();
      pool.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private void read(
      FrameSource source,
      Network network,
      ExecutorService pool,
      BlockingQueue<Waiting<DepthMap>> to) {
    Optional<Throwable> problem = Optional.empty();
    try {
      while (!stopping) {
        long start = System.nanoTime();
        Optional<ClipFrame> frame = source.next();
        if (frame.isEmpty()) {
          break;
        }
        costs.add(ClipCosts.Step.DECODE, start);
        if (live && to.remainingCapacity() == 0) {
          source.release(frame.get());
          continue;
        }
        Future<DepthMap> map = pool.submit(() -> estimate(network, frame.get()));
        to.put(new Waiting<>(frame, Optional.of(map), Optional.empty()));
      }
    } catch (InterruptedException e) {
      return;
    } catch (RuntimeException | Error e) {
      problem = Optional.of(e);
    }
    put(to, Waiting.end(stopping ? Optional.empty() : problem));
  }

  private DepthMap estimate(Network network, ClipFrame frame) {
    long start = System.nanoTime();
    DepthMap map = network.map(frame);
    costs.add(ClipCosts.Step.NETWORK, start);
    return map;
  }

  private <T> void order(
      BlockingQueue<Waiting<DepthMap>> from,
      Function<FrameDepth, T> draw,
      ExecutorService pool,
      BlockingQueue<Waiting<T>> to) {
    Optional<Throwable> problem = Optional.empty();
    Deque<Ahead> ahead = new ArrayDeque<>();
    try {
      Waiting<DepthMap> next = from.take();
      for (; next.frame().isPresent(); next = from.take()) {
        DepthMap map = get(next.result().orElseThrow());
        long start = System.nanoTime();
        List<DepthMap> ready = steadiness.add(next.frame().get().small(), map);
        ahead.add(new Ahead(next.frame().get(), steadiness.cut()));
        costs.add(ClipCosts.Step.STEADY, start);
        draw(ready, ahead, draw, pool, to);
      }
      problem = next.problem();
      if (problem.isEmpty()) {
        draw(steadiness.finish(), ahead, draw, pool, to);
      }
    } catch (InterruptedException e) {
      return;
    } catch (RuntimeException | Error e) {
      problem = Optional.of(e);
    }
    put(to, Waiting.end(problem));
  }

  /** A frame whose steady map is not ready, and whether a scene begins with it. */
  private record Ahead(ClipFrame frame, boolean cut) {}

  private <T> void draw(
      List<DepthMap> ready,
      Deque<Ahead> ahead,
      Function<FrameDepth, T> draw,
      ExecutorService pool,
      BlockingQueue<Waiting<T>> to)
      throws InterruptedException {
    for (DepthMap map : ready) {
      Ahead first = ahead.remove();
      FrameDepth depth = new FrameDepth(first.frame(), map, windows.next(map, first.cut()));
      Future<T> result =
          pool.submit(
              () -> {
                long start = System.nanoTime();
                T drawn = draw.apply(depth);
                costs.add(ClipCosts.Step.DRAW, start);
                return drawn;
              });
      to.put(new Waiting<>(Optional.of(first.frame()), Optional.of(result), Optional.empty()));
    }
  }

  private static <T> void put(BlockingQueue<T> queue, T last) {
    try {
      queue.put(last);
    } catch (InterruptedException e) {
      // Nobody waits for it.
    }
  }

  private static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw unchecked(e.getCause() == null ? e : e.getCause());
    }
  }

  private static RuntimeException unchecked(Throwable problem) {
    if (problem instanceof Error error) {
      throw error;
    }
    return problem instanceof RuntimeException known
        ? known
        : new FfmpegException(String.valueOf(problem), problem);
  }
}
