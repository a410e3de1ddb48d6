package dev.deltadepth.server.job;

import dev.deltadepth.core.InputSize;
import dev.deltadepth.io.FileException;
import dev.deltadepth.server.http.ServerException;
import dev.deltadepth.video.FfmpegException;
import dev.deltadepth.video.FfmpegProgram;
import dev.deltadepth.video.clip.ClipModel;
import dev.deltadepth.video.clip.ClipOptions;
import dev.deltadepth.video.read.Clip;
import dev.deltadepth.video.read.ClipInfo;
import dev.deltadepth.video.read.ClipLimits;
import dev.deltadepth.video.read.ClipSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A video that was looked at and is within the limits.
 *
 * @param options of which the duration is always known
 * @param cut the seconds after which it is cut off, if it did not say how long it is
 */
record JobPlan(Clip clip, ClipModel model, ClipOptions options, Optional<Double> cut) {
  private static final long NETWORK_PIXELS = 1 << 20;

  /** What cameras, phones and programs write; of FFmpeg's others, each could have a fault. */
  private static final List<String> DEMUXERS =
      List.of(
          "mov",
          "matroska",
          "avi",
          "mpeg",
          "mpegts",
          "mpegvideo",
          "ogg",
          "flv",
          "asf",
          "gif",
          "apng",
          "nut",
          "mxf",
          "dv",
          "ivf",
          "m4v",
          "h264",
          "hevc",
          "obu",
          "yuv4mpegpipe");

  private static final double SLACK = 1e-3;

  /**
   * Looks at a video.
   *
   * @param file it is FFmpeg's standard input, and FFmpeg may open nothing else: what a playlist
   *     names stays unread
   * @throws ServerException with 422 for what is no video or too much of one, 500 if there is no
   *     FFmpeg
   */
  static JobPlan of(Path file, JobRequest request, ClipNetwork network, JobLimits limits) {
    try {
      ClipLimits usual = ClipLimits.defaults();
      Clip clip =
          Clip.open(
              new ClipSource(ClipSource.Kind.FILE, file.toString(), DEMUXERS),
              restricted(),
              new ClipLimits(
                  Math.min(usual.pixels(), limits.pixels()), limits.frames(), usual.silence()));
      ClipModel model = network.at(request.size());
      requireSmall(clip.info(), request.size(), model);
      ClipOptions options = part(clip.info(), request.options(), limits);
      boolean told = clip.info().seconds().isPresent() || request.options().duration().isPresent();
      return new JobPlan(clip, model, options, told ? Optional.empty() : options.duration());
    } catch (FileException e) {
      throw new ServerException(
          422, String.valueOf(e.getMessage()).replace(file.toString(), "the video"));
    } catch (FfmpegException | LinkageError e) {
      throw new ServerException(
          "this server cannot run FFmpeg, which reads videos; please tell its operator", e);
    }
  }

  /** Older programs have to open the file by its name, and then open others, too. */
  private static FfmpegProgram restricted() {
    FfmpegProgram program = FfmpegProgram.packed();
    if (!program.has("protocols", "fd")) {
      throw new FfmpegException("FFmpeg without fd:");
    }
    return program;
  }

  private static void requireSmall(ClipInfo info, int size, ClipModel model) {
    InputSize seen = model.size().of(info.width(), info.height());
    if ((long) seen.width() * seen.height() > NETWORK_PIXELS) {
      throw new ServerException(
          422,
          "at size "
              + size
              + " the network would see "
              + seen.width()
              + " x "
              + seen.height()
              + " pixels of a frame, more than the limit of "
              + NETWORK_PIXELS
              + ": ask for a smaller size");
    }
  }

  /** The part that is worked on, whose length does not depend on what the video says of itself. */
  private static ClipOptions part(ClipInfo info, ClipOptions options, JobLimits limits) {
    double most = limits.length().toMillis() / 1e3;
    double asked = options.duration().orElse(Double.MAX_VALUE);
    double rest = info.seconds().map(seconds -> seconds - options.start()).orElse(asked);
    if (rest <= 0) {
      throw new ServerException(
          422,
          "start is after the end of the video, which has "
              + decimal(asSeconds(info))
              + " seconds");
    }
    double part = Math.min(asked, rest);
    boolean known = part < Double.MAX_VALUE;
    if (known && part > most + SLACK) {
      throw new ServerException(
          422,
          "%s seconds are more than the limit of %s: ask for a part with start and duration"
              .formatted(decimal(part), decimal(most)));
    }
    double rate = options.rate().orElse(info.rate());
    if (known && part * rate > limits.frames() + 1) {
      throw new ServerException(
          422,
          "about "
              + Math.round(part * rate)
              + " frames are more than the limit of "
              + limits.frames()
              + ": ask for fewer with duration or fps");
    }
    return options.withPart(options.start(), Math.min(asked, most));
  }

  private static double asSeconds(ClipInfo info) {
    return info.seconds().orElse(0.0);
  }

  static String decimal(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
