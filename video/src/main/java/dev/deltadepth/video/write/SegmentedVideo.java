package dev.deltadepth.video.write;

import dev.deltadepth.io.FileException;
import dev.deltadepth.video.FfmpegProgram;
import dev.deltadepth.video.read.ClipFrame;
import dev.deltadepth.video.read.ClipLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A video that is written in segments of so many frames; what is finished stays. */
public final class SegmentedVideo implements AutoCloseable {
  /** The number of a segment, when it begins in microseconds, and its frames. */
  private static final Pattern NAME = Pattern.compile("(\\d{6})-(\\d+)-(\\d+)\\.mov");

  private static final String UNFINISHED = "unfinished.tmp";

  private final PartsFolder parts;
  private final Path shown;
  private final FrameShape shape;
  private final VideoCodec codec;
  private final FfmpegProgram program;
  private final ClipLimits limits;
  private final long length;

  /** The segments, by the time at which they begin. */
  private final NavigableMap<Long, Path> finished = new TreeMap<>();

  private final Map<Long, Path> whole = new TreeMap<>();
  private Optional<FrameEncoder> encoder = Optional.empty();
  private long segment;
  private long start;
  private long inside;
  private long end;

  /**
   * Goes on with what is in a folder.
   *
   * @param shown the file that the user asked for, for messages
   * @param length frames of a segment
   */
  public SegmentedVideo(
      PartsFolder parts,
      Path shown,
      FrameShape shape,
      VideoCodec codec,
      FfmpegProgram program,
      ClipLimits limits,
      long length) {
    this.parts = parts;
    this.shown = shown;
    this.shape = shape;
    this.codec = codec;
    this.program = program;
    this.limits = limits;
    this.length = length;
    for (String name : parts.names()) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches()) {
        if (Long.parseLong(matcher.group(3)) == length) {
          finished.put(Long.parseLong(matcher.group(2)), parts.file(name));
          whole.put(Long.parseLong(matcher.group(1)), parts.file(name));
        } else {
          delete(parts.file(name));
        }
      }
    }
  }

  /** Whether a frame is in a segment that is finished. */
  public boolean has(long index) {
    return whole.containsKey(index / length);
  }

  /** The next frame. */
  public void write(ClipFrame frame, Drawn drawn) {
    long duration = Math.max(1, frame.duration());
    end = Math.max(end, frame.micros() + duration);
    if (drawn instanceof Drawn.Nothing) {
      return;
    }
    if (encoder.isPresent() && frame.index() / length != segment) {
      endSegment();
    }
    if (encoder.isEmpty()) {
      segment = frame.index() / length;
      start = frame.micros();
      inside = 0;
      encoder =
          Optional.of(
              new FrameEncoder(
                  parts.file(UNFINISHED), shown, shape, codec, program, limits.silence()));
    }
    FrameEncoder to = encoder.get();
    if (drawn instanceof Drawn.Colours colours) {
      to.write(colours.picture(), frame.micros() - start, duration);
    } else if (drawn instanceof Drawn.Planes planes) {
      to.write(planes.data(), frame.micros() - start, duration);
    } else if (drawn instanceof Drawn.Grey grey) {
      to.write(grey.values(), frame.micros() - start, duration);
    }
    inside++;
  }

  private void endSegment() {
    encoder.orElseThrow().end();
    encoder = Optional.empty();
    String name = String.format(Locale.ROOT, "%06d-%d-%d.mov", segment, start, inside);
    try {
      if (shape.stereo()) {
        StereoBoxes.keepOne(parts.file(UNFINISHED));
      }
      Files.move(parts.file(UNFINISHED), parts.file(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw WriteProblem.of(shown, String.valueOf(e.getMessage()), e);
    }
    finished.put(start, parts.file(name));
  }

  /** Ends the last segment. Returns all, by the times at which they begin, in microseconds. */
  public NavigableMap<Long, Path> end() {
    if (encoder.isPresent()) {
      endSegment();
    }
    if (finished.isEmpty()) {
      throw new FileException("there is no frame to write to " + shown);
    }
    return finished;
  }

  /** When the last frame ends, in microseconds. */
  long length() {
    return end;
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new FileException("cannot delete " + file, e);
    }
  }

  @Override
  public void close() {
    encoder.ifPresent(FrameEncoder::close);
  }
}
