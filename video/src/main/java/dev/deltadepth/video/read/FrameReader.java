package dev.deltadepth.video.read;

import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.PlanarImage;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import dev.deltadepth.video.Child;
import dev.deltadepth.video.FfmpegProgram;
import dev.deltadepth.video.Tones;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Decodes a source with FFmpeg: upright, in sRGB's full range, each frame at its own time, twice if
 * it is wanted at two sizes.
 */
final class FrameReader implements FrameSource {
  /**
   * FFmpeg writes Matroska with milliseconds. Its frames are sent a thousand times as slowly, so
   * that those are the microseconds of their real times.
   */
  private static final String SLOWLY =
      "select='if(isnan(prev_selected_pts),1,gt(pts,prev_selected_pts))',settb=1/1000000,setpts=PTS*1000";

  private static final int HD = 720;
  private static final int CHANNELS = 3;
  private static final int KEPT = 16;

  private final ClipSource source;
  private final FrameRequest request;
  private final ClipLimits limits;
  private final Child child;
  private final MatroskaFrames frames;
  private final PlanarImage.Matrix matrix;
  private final int[] lengths;
  private final List<Deque<MatroskaFrames.Frame>> waiting =
      List.of(new ArrayDeque<>(), new ArrayDeque<>());
  private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();
  private long count;
  private long decoded;
  private long usual;
  private boolean started;
  private Optional<ClipFrame> following = Optional.empty();
  private boolean over;
  private volatile boolean closed;
  private Optional<String> complaint = Optional.empty();

  /**
   * Starts decoding.
   *
   * @param input more to read before what {@code head} holds is over; only of standard input
   * @param sound where to put the sound of a source that cannot be opened again
   */
  FrameReader(
      ClipSource source,
      ClipInfo info,
      FrameRequest request,
      Optional<InputStream> input,
      Optional<Path> sound,
      FfmpegProgram program,
      ClipLimits limits) {
    this.source = source;
    this.request = request;
    this.usual = Math.round(1e6 / request.rate().orElse(info.rate()));
    this.limits = limits;
    this.matrix = matrix(info);
    InputSize small = request.small();
    int smallLength = CHANNELS * small.width() * small.height();
    this.lengths =
        request.wantsPictures()
            ? new int[] {pictureLength(request), smallLength}
            : new int[] {smallLength};
    this.child =
        Child.start(
            source.feed(program.ffmpeg(arguments(source, info, request, sound, program))),
            limits.silence());
    input.ifPresent(this::feed);
    this.frames = new MatroskaFrames(child.output(), this::buffer);
  }

  private static int pictureLength(FrameRequest request) {
    return request.wantsPlanes()
        ? PlanarImage.bytes(request.width(), request.height())
        : CHANNELS * request.width() * request.height();
  }

  /** The matrix of planes: that of the source, because another one would take long. */
  private static PlanarImage.Matrix matrix(ClipInfo info) {
    String named = info.colours().matrix();
    boolean standard =
        !info.colours().isHdr()
            && (named.equals("unknown")
                ? info.height() < HD
                : named.equals("smpte170m") || named.equals("bt470bg"));
    return standard ? PlanarImage.Matrix.BT601 : PlanarImage.Matrix.BT709;
  }

  private static List<String> arguments(
      ClipSource source,
      ClipInfo info,
      FrameRequest request,
      Optional<Path> sound,
      FfmpegProgram program) {
    List<String> all = new ArrayList<>();
    double lead = lead(info, request);
    if (request.start() > lead) {
      all.addAll(List.of("-ss", decimal(request.start() - lead)));
    }
    request.duration().ifPresent(seconds -> all.addAll(List.of("-t", decimal(lead + seconds))));
    all.addAll(source.input(program));
    all.addAll(List.of("-filter_complex", filters(source, info, request, program)));
    for (int i = 0; i < (request.wantsPictures() ? 2 : 1); i++) {
      all.addAll(List.of("-map", "[o" + i + "]"));
    }
    all.addAll(List.of("-c:v", "rawvideo", "-fps_mode", "passthrough", "-f", "matroska"));
    all.addAll(
        List.of("-allow_raw_vfw", "1", "-write_crc32", "0", "-flush_packets", "1", "pipe:1"));
    List<String> copied = List.of("-map", "0:a:0", "-c:a", "copy", "-f");
    if (sound.isPresent()) {
      all.addAll(copied);
      all.addAll(List.of("matroska", "file:" + sound.get()));
    } else if (info.sound().isPresent() && info.begins() > 0) {
      // Alone, pictures of an MPEG stream that begin late would be moved to the front.
      all.addAll(copied);
      all.addAll(List.of("null", "-"));
    }
    return all;
  }

  /** Seconds that are decoded before the part that is wanted, to be thrown away. */
  private static double lead(ClipInfo info, FrameRequest request) {
    return Math.min(info.lead(), request.start());
  }

  private static String filters(
      ClipSource source, ClipInfo info, FrameRequest request, FfmpegProgram program) {
    StringBuilder graph = new StringBuilder("[0:" + info.stream() + "]");
    double lead = lead(info, request);
    if (!source.isLive()) {
      // FFmpeg's -t counts from the first frame, which may come later than the start.
      request
          .duration()
          .ifPresent(
              seconds -> graph.append("trim=end=").append(decimal(lead + seconds)).append(','));
    }
    if (lead > 0) {
      String seconds = decimal(lead);
      graph.append("trim=start=").append(seconds);
      graph.append(",setpts=PTS-").append(seconds).append("/TB,");
    }
    if (info.interlaced() && program.has("filters", "bwdif")) {
      graph.append("bwdif=mode=send_frame:deint=interlaced,");
    }
    if (isMapped(info, program)) {
      if (info.colours().matrix().equals("unknown")) {
        graph.append("setparams=color_primaries=bt2020:colorspace=bt2020nc,");
      }
      graph.append(Tones.MAPPED).append(',');
    }
    request.rate().ifPresent(rate -> graph.append("fps=").append(decimal(rate)).append(','));
    graph.append(SLOWLY);
    // Files do not always say by which matrix they were made; HD is made by one, SD by the other.
    boolean guess = info.colours().yuv() && info.colours().matrix().equals("unknown");
    String matrix = guess && info.height() >= HD ? ":in_color_matrix=bt709" : "";
    String small =
        "scale="
            + side(request.small().width(), request.small().height())
            + ":flags=bicubic:param0=0:param1=0.5"
            + matrix
            + ",format=rgb24";
    if (!request.wantsPictures()) {
      return graph + "," + small + "[o0]";
    }
    String sides = side(request.width(), request.height());
    String full =
        "scale="
            + shaped(request.width(), request.height())
            + ":flags=bicubic"
            + matrix
            + (request.wantsPlanes()
                ? ":out_color_matrix="
                    + (matrix(info) == PlanarImage.Matrix.BT601 ? "bt601" : "bt709")
                    + ":out_range=tv,format=yuv420p,pad="
                : ",format=rgb24,pad=")
            + sides
            + ":-1:-1";
    return graph + ",split[f][s];[f]" + full + "[o0];[s]" + small + "[o1]";
  }

  /**
   * A frame whose shape differs from the first one's keeps it, between black bars. Its shape is
   * that on a screen: pixels need not be square. What only rounding makes differ is filled.
   */
  private static String shaped(int width, int height) {
    return String.format(
        Locale.ROOT,
        "w='if(lt(abs(%1$d-%2$d*dar),1+dar),%1$d,round(min(%1$d,%2$d*dar)))'"
            + ":h='if(lt(abs(%1$d-%2$d*dar),1+dar),%2$d,round(min(%2$d,%1$d/dar)))'",
        width,
        height);
  }

  /** Whether a clip's tones are mapped to those of a screen. */
  static boolean isMapped(ClipInfo info, FfmpegProgram program) {
    return info.colours().isHdr() && Tones.areIn(program);
  }

  private static String side(int width, int height) {
    return width + ":" + height;
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  private void feed(InputStream from) {
    Thread feeder =
        new Thread(
            () -> {
              try (OutputStream to = child.patientInput()) {
                from.transferTo(to);
              } catch (IOException e) {
                // It has seen enough, or has failed, which its exit code says.
              }
            },
            "ffmpeg-feeder");
    feeder.setDaemon(true);
    feeder.start();
  }

  private byte[] buffer(int track, int length) throws IOException {
    if (track < 1 || track > lengths.length || length != lengths[track - 1]) {
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] old = lengths.length > 1 && track == 1 ? spare.poll() : null;
    return old == null ? new byte[length] : old;
  }

  /** A frame is given when the next one is there, which says how long it is shown. */
  @Override
  public Optional<ClipFrame> next() {
    if (count >= limits.frames()) {
      return Optional.empty();
    }
    if (!started) {
      started = true;
      following = decode();
    }
    Optional<ClipFrame> frame = following;
    if (frame.isEmpty()) {
      return frame;
    }
    count++;
    following = decode();
    ClipFrame known = frame.get();
    if (following.isPresent()) {
      usual = following.get().micros() - known.micros();
    }
    long duration = following.isPresent() || known.duration() == 0 ? usual : known.duration();
    return Optional.of(known.lasting(duration));
  }

  private Optional<ClipFrame> decode() {
    if (over) {
      return Optional.empty();
    }
    try {
      while (waiting.stream().limit(lengths.length).anyMatch(Deque::isEmpty)) {
        Optional<MatroskaFrames.Frame> frame = frames.next();
        if (frame.isEmpty()) {
          ended(Optional.empty());
          return Optional.empty();
        }
        waiting.get(frame.get().track() - 1).add(frame.get());
      }
    } catch (IOException e) {
      ended(Optional.of(e));
      return Optional.empty();
    }
    MatroskaFrames.Frame first = waiting.get(0).remove();
    InputSize size = request.small();
    MatroskaFrames.Frame last = lengths.length > 1 ? waiting.get(1).remove() : first;
    RgbImage small = new RgbImage(size.width(), size.height(), last.data());
    // Its durations are not slowed down.
    long duration = 1000 * first.duration();
    if (lengths.length == 1) {
      return Optional.of(new ClipFrame(decoded++, first.time(), duration, small, small));
    }
    int width = request.width();
    int height = request.height();
    return Optional.of(
        request.wantsPlanes()
            ? new ClipFrame(
                decoded++,
                first.time(),
                duration,
                small,
                new PlanarImage(width, height, matrix, first.data()),
                small)
            : new ClipFrame(
                decoded++,
                first.time(),
                duration,
                new RgbImage(width, height, first.data()),
                small));
  }

  private void ended(Optional<IOException> problem) {
    over = true;
    if (closed) {
      return;
    }
    if (problem.isPresent()) {
      child.close();
    }
    int code = child.end();
    String report = ClipProbe.reason(child.report());
    if (decoded == 0) {
      throw new FileException(
          code == 0
              ? source.shown() + " has no frames there"
              : "%s has no frame that can be decoded (%s)".formatted(source.shown(), report));
    }
    if (code != 0 || problem.isPresent()) {
      complaint =
          Optional.of("%s cannot be decoded any further (%s)".formatted(source.shown(), report));
    } else if (!child.report().isEmpty()) {
      complaint = Optional.of("%s is damaged or cut off (%s)".formatted(source.shown(), report));
    }
  }

  @Override
  public Optional<String> complaint() {
    return complaint;
  }

  /** The small ones are few bytes, and whoever makes maps steady may look at them again. */
  @Override
  public void release(ClipFrame frame) {
    if (lengths.length > 1 && spare.size() < KEPT) {
      spare.add(
          frame.guide() instanceof PlanarImage planes ? planes.data() : frame.picture().data());
    }
  }

  @Override
  public void close() {
    closed = true;
    child.close();
  }
}
