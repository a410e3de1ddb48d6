package dev.deltadepth.video.write;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Frames;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.view.FramesAhead;
import dev.deltadepth.video.FfmpegProgram;
import dev.deltadepth.video.read.ClipFrame;
import dev.deltadepth.video.read.ClipLimits;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes pictures that a program draws as a video. It appears under its name when it is finished;
 * closed before that, there is none.
 *
 * <pre>{@code
 * try (ClipWriter writer = new ClipWriter(file, 640, 480, 25)) {
 *   for (RgbImage picture : pictures) {
 *     writer.add(picture, micros += 40_000, 40_000);
 *   }
 *   writer.finish();
 * }
 * }</pre>
 */
public final class ClipWriter implements AutoCloseable {
  private static final int MILLI = 1000;
  private static final int TIMESCALE = 90_000;

  private final Container container;
  private final FrameShape shape;
  private final PartsFolder parts;
  private final SegmentedVideo video;
  private final Joiner joiner;
  private long index;

  /**
   * Begins a video.
   *
   * @param file whose ending names the kind of video, see {@link Container}
   * @param width of the pictures
   * @param height of the pictures
   * @param rate pictures a second, about
   * @throws FileException if it cannot be written
   */
  public ClipWriter(Path file, int width, int height, double rate) {
    FfmpegProgram program = FfmpegProgram.packed();
    ClipLimits limits = ClipLimits.defaults();
    container = Container.require(file);
    VideoCodec codec = container == Container.WEBM ? VideoCodec.VP9 : VideoCodec.H264;
    codec.encoderName(program);
    shape = new FrameShape(width, height, rate, TIMESCALE, false, false);
    parts = PartsFolder.open(file, false, "film");
    video = new SegmentedVideo(parts, file, shape, codec, program, limits, Long.MAX_VALUE);
    joiner = new Joiner(parts, file, container, program, limits);
  }

  /** Writes an animation. */
  public static void write(Frames frames, Path file) {
    FramesAhead ahead = new FramesAhead(frames);
    RgbImage picture = ahead.next();
    long micros = (long) MILLI * frames.millis();
    double rate = (double) MILLI / frames.millis();
    try (ClipWriter writer = new ClipWriter(file, picture.width(), picture.height(), rate)) {
      writer.add(picture, 0, micros);
      while (ahead.hasNext()) {
        writer.add(ahead.next(), writer.index * micros, micros);
      }
      writer.finish();
    }
  }

  /**
   * Adds a picture.
   *
   * @param picture of the video's size
   * @param micros when it is shown, in microseconds, later than the one before
   * @param duration how long, if no other follows
   */
  public void add(RgbImage picture, long micros, long duration) {
    video.write(
        new ClipFrame(index++, micros, duration, picture, picture), new Drawn.Colours(picture));
  }

  /** Completes the video; there is at least one picture. */
  public void finish() {
    joiner.join(video.end(), shape, Optional.empty());
  }

  @Override
  public void close() {
    try (parts) {
      video.close();
    }
  }
}
