package dev.deltadepth.video.clip;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.io.FileException;
import dev.deltadepth.video.FfmpegProgram;
import dev.deltadepth.video.Shutdown;
import dev.deltadepth.video.read.Clip;
import dev.deltadepth.video.read.ClipFrame;
import dev.deltadepth.video.read.ClipSource;
import dev.deltadepth.video.read.FrameRequest;
import dev.deltadepth.video.read.FrameSource;
import dev.deltadepth.video.write.Container;
import dev.deltadepth.video.write.FrameShape;
import dev.deltadepth.video.write.Joiner;
import dev.deltadepth.video.write.PartsFolder;
import dev.deltadepth.video.write.SegmentedVideo;
import dev.deltadepth.video.write.VideoCodec;
import dev.deltadepth.video.write.WriteProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * A clip in, its depth out, in a file or a folder that appears complete or not at all. When it is
 * told to stop, and when this process is, it finishes what it has begun: a shorter clip that plays.
 */
public final class ClipJob {
  /** Frames of a part that can be gone on with. */
  static final int SEGMENT = 240;

  private static final double MICROS = 1e6;

  /** Bytes of pictures on their way, about. */
  private static final long MEMORY = 300_000_000;

  private final Clip clip;
  private final Path output;
  private final ClipFormat format;
  private final ClipStyle style;
  private final ClipOptions options;
  private final ClipModel model;
  private final Listener listener;
  private final ClipPlan plan;
  private volatile Optional<DepthPipeline> running = Optional.empty();
  private volatile boolean stopped;

  /** Is told how a job goes on. */
  public interface Listener {
    /** A pass over the frames begins; how many there will be about, if that is known. */
    void started(String pass, Optional<Long> frames);

    /** So many frames of the pass are done. */
    void done(long frames);

    /** Something to know. */
    void note(String text);
  }

  /**
   * Plans a job.
   *
   * @param output a file or, for {@link ClipFormat#isFolder}, a folder
   */
  public ClipJob(
      Clip clip,
      Path output,
      ClipFormat format,
      ClipStyle style,
      ClipOptions options,
      ClipModel model,
      Listener listener) {
    this.clip = clip;
    this.output = output;
    this.format = format;
    this.style = style;
    this.options = options;
    this.model = model;
    this.listener = listener;
    plan = new ClipPlan(clip, format, style, options, model);
  }

  /** Whether a stopped job has left parts of an output, which {@link ClipOptions#resume} uses. */
  public static boolean hasParts(Path output) {
    return PartsFolder.exists(output);
  }

  /** Ends the job soon; what is done is finished. */
  public void stop() {
    stopped = true;
    running.ifPresent(DepthPipeline::stop);
  }

  /**
   * Runs it.
   *
   * @throws FileException if nothing can be read, or the output cannot be written
   */
  public ClipReport run() {
    return Shutdown.finishing(this::stop, this::runWhole);
  }

  /** A clip must not be replaced by its own depth. */
  private void requireAnother() {
    ClipSource.Kind kind = clip.source().kind();
    try {
      boolean same =
          kind == ClipSource.Kind.FILE
              ? Files.exists(output) && Files.isSameFile(clip.source().file(), output)
              : kind == ClipSource.Kind.PICTURES && format.isFolder() && clip.isIn(output);
      if (same) {
        throw new FileException(
            clip.source().shown() + " would be replaced by its own depth: choose another output");
      }
    } catch (IOException e) {
      throw FileException.unreadable(output, e);
    }
  }

  private ClipReport runWhole() {
    requireAnother();
    FrameRequest request = plan.request();
    plan.notes().forEach(listener::note);
    try (PartsFolder parts = PartsFolder.open(output, options.resume(), plan.description());
        ClipOutput out = output(request, parts)) {
      if (options.resume()) {
        // Whatever happens from here on.
        parts.keep();
      }
      boolean twice = options.range() == ClipOptions.Range.CLIP && options.fixed().isEmpty();
      Optional<MapStore> store =
          options.resume() || twice
              ? Optional.of(
                  new MapStore(
                      parts.file("maps.bin"), request.small().width(), request.small().height()))
              : Optional.empty();
      try {
        DepthPipeline.WindowRule windows = windows();
        if (twice) {
          Normalization whole = wholeRange(request, parts, store.orElseThrow());
          windows = (map, cut) -> whole;
        }
        ClipReport report = draw(request, parts, out, windows, store);
        if (!report.stopped()) {
          parts.discard();
        }
        return report;
      } finally {
        store.ifPresent(MapStore::close);
      }
    }
  }

  private ClipOutput output(FrameRequest request, PartsFolder parts) {
    if (format.isFolder()) {
      return new FrameFiles(output, format, style, options.resume());
    }
    if (Files.isDirectory(output)) {
      throw new FileException(output + " is a folder: give the path of a file with -o");
    }
    Container container = Container.require(output);
    if (format == ClipFormat.DEPTH16 && container != Container.MKV) {
      throw new FileException("depth16 is FFV1 in Matroska; the name must end in .mkv: " + output);
    }
    VideoCodec codec =
        format == ClipFormat.DEPTH16
            ? VideoCodec.FFV1
            : container == Container.WEBM ? VideoCodec.VP9 : VideoCodec.H264;
    FfmpegProgram program = clip.program();
    // Before anything is read: it may have no such encoder.
    codec.encoderName(program);
    FrameShape shape = plan.shape();
    long length = options.resume() ? SEGMENT : Long.MAX_VALUE;
    SegmentedVideo video =
        new SegmentedVideo(parts, output, shape, codec, program, clip.limits(), length);
    Joiner joiner = new Joiner(parts, output, container, program, clip.limits());
    return new VideoFile(
        output,
        shape,
        new ClipPainter(format, style)::draw,
        video,
        joiner,
        seconds -> sound(request, parts, seconds));
  }

  private Optional<Joiner.Sound> sound(
      FrameRequest request, PartsFolder parts, Optional<Double> seconds) {
    if (!options.sound() || clip.info().sound().isEmpty()) {
      return Optional.empty();
    }
    String codec = clip.info().sound().get();
    if (clip.source().isRepeatable()) {
      return Optional.of(
          new Joiner.Sound(
              clip.source(),
              codec,
              request.start(),
              seconds.or(request::duration),
              Optional.of(clip.info().stream()),
              clip.info().begins()));
    }
    Path kept = soundFile(parts);
    if (!Files.exists(kept)) {
      return Optional.empty();
    }
    ClipSource source = new ClipSource(ClipSource.Kind.FILE, kept.toString());
    return Optional.of(new Joiner.Sound(source, codec, 0, seconds, Optional.empty(), 0));
  }

  private static Path soundFile(PartsFolder parts) {
    return parts.file("sound.mka");
  }

  private DepthPipeline.WindowRule windows() {
    if (options.fixed().isPresent()) {
      Normalization fixed = options.fixed().get();
      return (map, cut) -> fixed;
    }
    return options.range() == ClipOptions.Range.FRAME
        ? (map, cut) -> Normalization.ofMost(map.data())
        : ClipWindows.moving();
  }

  /** The first of two passes. */
  private Normalization wholeRange(FrameRequest request, PartsFolder parts, MapStore store) {
    Path known = parts.file("range.txt");
    try {
      if (Files.exists(known)) {
        String[] ends = Files.readString(known).strip().split(" ");
        return new Normalization(Float.parseFloat(ends[0]), Float.parseFloat(ends[1]));
      }
      if (!clip.source().isRepeatable()) {
        throw new FileException(
            "one range for the whole clip needs a file that can be read twice; use another --range");
      }
      ClipWindows all = new ClipWindows();
      pass(
          "estimate",
          clip.frames(request.onlySmall()),
          Optional.of(store),
          ClipWindows.moving(),
          depth -> depth.map(),
          (frame, map) -> all.add(map));
      if (stopped) {
        throw new FileException("stopped before the first frame of " + output + " was drawn");
      }
      Normalization whole = all.whole();
      Files.writeString(known, whole.low() + " " + whole.high());
      return whole;
    } catch (IOException e) {
      throw WriteProblem.of(output, String.valueOf(e.getMessage()), e);
    }
  }

  private ClipReport draw(
      FrameRequest request,
      PartsFolder parts,
      ClipOutput out,
      DepthPipeline.WindowRule windows,
      Optional<MapStore> store) {
    boolean keepsSound =
        options.sound()
            && clip.info().sound().isPresent()
            && !clip.source().isRepeatable()
            && !format.isFolder();
    FrameSource frames =
        clip.frames(request, keepsSound ? Optional.of(soundFile(parts)) : Optional.empty());
    long[] end = new long[1];
    ClipCosts costs =
        pass(
            "video",
            frames,
            store,
            windows,
            out::draw,
            (frame, drawn) -> {
              end[0] = Math.max(end[0], frame.micros() + frame.duration());
              out.take(frame, drawn);
            });
    boolean early = stopped || frames.complaint().isPresent();
    out.finish(early ? Optional.of(end[0]) : Optional.empty()).ifPresent(listener::note);
    return new ClipReport(costs.frames(), end[0] / MICROS, costs, frames.complaint(), stopped);
  }

  private <T> ClipCosts pass(
      String name,
      FrameSource frames,
      Optional<MapStore> store,
      DepthPipeline.WindowRule windows,
      Function<FrameDepth, T> draw,
      DepthPipeline.Sink<T> sink) {
    Steadiness steady = Steadiness.of(options.lookahead());
    DepthPipeline pipeline =
        new DepthPipeline(
            workers(),
            clip.source().isLive(),
            store.isPresent() ? store.get().before(steady) : steady,
            windows);
    running = Optional.of(pipeline);
    listener.started(name, clip.count(plan.request()));
    try (frames) {
      if (stopped) {
        pipeline.stop();
      }
      pipeline.run(
          frames,
          frame -> estimate(frame, store),
          draw,
          (frame, drawn) -> {
            sink.take(frame, drawn);
            listener.done(pipeline.costs().frames() + 1);
          });
    } finally {
      running = Optional.empty();
    }
    return pipeline.costs();
  }

  private DepthMap estimate(ClipFrame frame, Optional<MapStore> store) {
    return store.isPresent() && frame.index() < store.get().count()
        ? store.get().get(frame.index())
        : model.run().apply(frame.small());
  }

  private int workers() {
    // A frame, its map and what is drawn of it.
    long bytes = 10L * clip.info().width() * clip.info().height();
    return (int) Math.max(2, Math.min(model.threads(), MEMORY / bytes));
  }
}
