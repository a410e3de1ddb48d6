package dev.deltadepth.video.write;

import dev.deltadepth.io.FileException;
import dev.deltadepth.video.Child;
import dev.deltadepth.video.FfmpegProgram;
import dev.deltadepth.video.read.ClipLimits;
import dev.deltadepth.video.read.ClipSource;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** Joins segments and sound to a video under its final name; nothing is encoded again. */
public final class Joiner {
  private static final double MICROS = 1e6;
  private static final List<String> COPY = List.of("copy");

  private final PartsFolder parts;
  private final Path output;
  private final Container container;
  private final FfmpegProgram program;
  private final ClipLimits limits;

  /**
   * Prepares.
   *
   * @param parts for the list of segments and the unfinished video
   * @param output the final name
   */
  public Joiner(
      PartsFolder parts,
      Path output,
      Container container,
      FfmpegProgram program,
      ClipLimits limits) {
    this.parts = parts;
    this.output = output;
    this.container = container;
    this.program = program;
    this.limits = limits;
  }

  /**
   * The sound of a clip.
   *
   * @param source it comes from: a file
   * @param codec its codec
   * @param start where the clip begins, in seconds
   * @param duration how much of it there is, in seconds; empty for all
   * @param pictures the number of the source's stream of pictures, if it has one
   * @param picturesBegin when the first of them is shown, in seconds
   */
  public record Sound(
      ClipSource source,
      String codec,
      double start,
      Optional<Double> duration,
      Optional<Integer> pictures,
      double picturesBegin) {

    /** Seeking goes to pictures: before the first, the file is read from its beginning instead. */
    private boolean isSought() {
      return start > picturesBegin;
    }

    /** Whether what is read begins before the start, and has to be cut. */
    private boolean isCut() {
      return start > 0 && !isSought();
    }

    private List<String> input(FfmpegProgram program) {
      List<String> all = new ArrayList<>();
      if (pictures.isEmpty()) {
        // Where it begins late, it would be moved to the front.
        all.addAll(List.of("-seek_timestamp", "1", "-ss", "0"));
      } else if (isSought()) {
        all.addAll(List.of("-ss", decimal(start)));
      } else if (isCut()) {
        all.addAll(List.of("-itsoffset", decimal(-start)));
      }
      if (!isCut()) {
        duration.ifPresent(seconds -> all.addAll(List.of("-t", decimal(seconds))));
      }
      all.addAll(source.input(program));
      return all;
    }

    /** What leaves out the sound before the start, and behind the end. */
    private List<String> cut(boolean copied) {
      if (!isCut()) {
        return List.of();
      }
      return copied
          ? List.of(
              "-bsf:a",
              "noise=drop='lt(pts\\,0)"
                  + duration.map(end -> "+gte(pts*tb\\," + decimal(end) + ")").orElse("")
                  + "'")
          : List.of(
              "-af", "atrim=start=0" + duration.map(end -> ":end=" + decimal(end)).orElse(""));
    }
  }

  /**
   * Joins.
   *
   * @param segments by the times at which they begin, in microseconds
   * @return what was done with the sound, if it could not be copied
   * @throws FileException if the video cannot be written
   */
  public Optional<String> join(
      NavigableMap<Long, Path> segments, FrameShape shape, Optional<Sound> sound) {
    list(segments);
    long first = segments.firstKey();
    if (sound.isEmpty()) {
      runs(arguments(first, shape, sound, List.of()), shape, Optional.empty());
      return Optional.empty();
    }
    List<List<String>> ways = new ArrayList<>();
    if (container.holds(sound.get().codec())) {
      ways.add(COPY);
    }
    ways.add(List.of(container.soundEncoder(), "-b:a", "192k"));
    for (List<String> way : ways) {
      if (runs(arguments(first, shape, sound, way), shape, sound)) {
        return way.equals(COPY)
            ? Optional.empty()
            : Optional.of(
                "the sound (%s) is re-encoded, because %s files do not hold it as it is"
                    .formatted(sound.get().codec(), container.ending()));
      }
    }
    runs(arguments(first, shape, Optional.empty(), List.of()), shape, Optional.empty());
    return Optional.of(
        "the sound (%s) cannot be read and is left out".formatted(sound.get().codec()));
  }

  private void list(NavigableMap<Long, Path> segments) {
    StringBuilder list = new StringBuilder("ffconcat version 1.0\n");
    Iterator<Map.Entry<Long, Path>> all = segments.entrySet().iterator();
    Map.Entry<Long, Path> entry = all.next();
    while (true) {
      list.append("file ").append(entry.getValue().getFileName()).append('\n');
      if (!all.hasNext()) {
        break;
      }
      Map.Entry<Long, Path> next = all.next();
      list.append("duration ").append(next.getKey() - entry.getKey()).append("us\n");
      entry = next;
    }
    try {
      Files.writeString(parts.file("list.txt"), list);
    } catch (IOException e) {
      throw WriteProblem.of(output, String.valueOf(e.getMessage()), e);
    }
  }

  private List<String> arguments(
      long first, FrameShape shape, Optional<Sound> sound, List<String> way) {
    List<String> all = new ArrayList<>();
    if (first > 0) {
      all.addAll(List.of("-itsoffset", decimal(first / MICROS)));
    }
    all.addAll(List.of("-protocol_whitelist", "file", "-f", "concat"));
    all.addAll(List.of("-i", "file:" + parts.file("list.txt")));
    sound.ifPresent(
        from -> {
          all.addAll(from.input(program));
          all.addAll(List.of("-map", "1:a:0", "-c:a"));
          all.addAll(way);
          all.addAll(from.cut(way.equals(COPY)));
        });
    all.addAll(List.of("-map", "0:v:0", "-c:v", "copy", "-map_metadata", "-1"));
    if (container == Container.MP4 || container == Container.MOV) {
      all.addAll(List.of("-movflags", "+faststart"));
      all.addAll(List.of("-video_track_timescale", Integer.toString(shape.timescale())));
    }
    if (shape.stereo()) {
      all.addAll(List.of("-strict", "unofficial", "-metadata:s:v:0", "stereo_mode=left_right"));
    }
    all.addAll(List.of("-f", container.muxer(), "file:" + parts.file("joined.tmp")));
    // Alone, sound of an MPEG stream that begins late would be moved to the front.
    sound
        .flatMap(Sound::pictures)
        .ifPresent(
            number ->
                all.addAll(List.of("-map", "1:" + number, "-c:v", "copy", "-f", "null", "-")));
    return all;
  }

  /** Whether it worked; the sound may be at fault. */
  private boolean runs(List<String> arguments, FrameShape shape, Optional<Sound> sound) {
    ProcessBuilder command = program.ffmpeg(arguments);
    sound.ifPresent(from -> from.source().feed(command));
    // It writes nothing until it is done, however long that takes.
    try (Child child = Child.start(command, limits.silence().multipliedBy(100))) {
      if (child.end() != 0) {
        if (sound.isPresent() && !child.report().contains("No space left")) {
          return false;
        }
        throw WriteProblem.of(output, child.report(), new IOException("it failed"));
      }
    }
    try {
      if (shape.stereo() && container != Container.MKV && container != Container.WEBM) {
        StereoBoxes.keepOne(parts.file("joined.tmp"));
      }
      move(parts.file("joined.tmp"), output);
      return true;
    } catch (IOException e) {
      throw WriteProblem.of(output, String.valueOf(e.getMessage()), e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
