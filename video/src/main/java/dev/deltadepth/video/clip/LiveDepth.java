package dev.deltadepth.video.clip;

import dev.deltadepth.video.read.Clip;
import dev.deltadepth.video.read.ClipFrame;
import dev.deltadepth.video.read.FrameSource;
import java.util.Optional;

/**
 * The depth of a camera or a stream as it comes: every frame for which there is time, in order and
 * without waiting for later ones. Files are played at their own pace.
 *
 * <pre>{@code
 * Clip camera = Clip.open(ClipSource.of("camera:0"), FfmpegProgram.packed(), ClipLimits.defaults());
 * LiveDepth live = new LiveDepth(camera, model, ClipStyle.of(colours), options);
 * live.run(depth -> show(depth.frame().picture(), depth.map(), depth.window()));
 * }</pre>
 */
public final class LiveDepth {
  private static final long MICRO = 1000;

  private final Clip clip;
  private final ClipModel model;
  private final ClipPainter painter;
  private final ClipPlan plan;
  private final DepthPipeline pipeline;

  /** Takes what is seen. */
  @FunctionalInterface
  public interface Viewer {
    /**
     * Looks at a frame, its disparity at the frame's size, and the range of its colours. The
     * frame's picture may change when this returns; the map stays.
     */
    void show(FrameDepth depth);
  }

  /**
   * Prepares.
   *
   * @param style of which only the upsampling matters
   * @param options of which size and times matter; maps are steady without delay, unless {@link
   *     ClipOptions#lookahead} is empty
   */
  public LiveDepth(Clip clip, ClipModel model, ClipStyle style, ClipOptions options) {
    this.clip = clip;
    this.model = model;
    painter = new ClipPainter(ClipFormat.DEPTH, style);
    plan = new ClipPlan(clip, ClipFormat.SIDE, style, options, model);
    pipeline =
        new DepthPipeline(
            model.threads(),
            true,
            Steadiness.of(options.lookahead().map(any -> 0)),
            ClipWindows.moving());
  }

  /**
   * Shows depth until the source ends or {@link #stop} is called.
   *
   * @param viewer is called in this thread
   * @return why the source ended, if it should not have
   * @throws dev.deltadepth.io.FileException if there is nothing to show
   */
  public Optional<String> run(Viewer viewer) {
    try (FrameSource frames = clip.frames(plan.request())) {
      pipeline.run(
          clip.source().isLive() ? frames : new Paced(frames),
          frame -> model.run().apply(frame.small()),
          depth -> new FrameDepth(depth.frame(), painter.enlarged(depth), depth.window()),
          (frame, depth) -> viewer.show(depth));
      return frames.complaint();
    }
  }

  /** Ends {@link #run} soon; any thread may call it. */
  public void stop() {
    pipeline.stop();
  }

  /** What it costs so far. */
  public ClipCosts costs() {
    return pipeline.costs();
  }

  /** Frames of a file, not before their time. */
  private static final class Paced implements FrameSource {
    private final FrameSource frames;
    private long start;

    Paced(FrameSource frames) {
      this.frames = frames;
    }

    @Override
    public Optional<ClipFrame> next() {
      Optional<ClipFrame> frame = frames.next();
      if (frame.isPresent()) {
        long due = MICRO * frame.get().micros();
        if (start == 0) {
          start = System.nanoTime() - due;
        }
        try {
          Thread.sleep(Math.max(0, (start + due - System.nanoTime()) / (MICRO * MICRO)));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return Optional.empty();
        }
      }
      return frame;
    }

    @Override
    public Optional<String> complaint() {
      return frames.complaint();
    }

    @Override
    public void release(ClipFrame frame) {
      frames.release(frame);
    }

    @Override
    public void close() {
      frames.close();
    }
  }
}
