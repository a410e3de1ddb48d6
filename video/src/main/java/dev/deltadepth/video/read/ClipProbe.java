package dev.deltadepth.video.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.RegularFile;
import dev.deltadepth.video.Child;
import dev.deltadepth.video.FfmpegProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks {@code ffprobe} what a source is. */
public final class ClipProbe {
  /** Rates beyond are mistakes of headers. */
  private static final double MOST_RATE = 1000;

  private static final double USUAL_RATE = 25;

  /** Seconds; frames that stand alone are rarely further apart. */
  private static final double MPEG_LEAD = 10;

  private static final int USUAL_TIMESCALE = 90_000;
  private static final int MOST_TIMESCALE = 1_000_000;

  /** Characters of an answer. */
  private static final int LONGEST = 4_000_000;

  private static final String UNREADABLE = "is not a video that FFmpeg reads, or is damaged";

  /** What FFmpeg says of a demuxer that {@link ClipSource#demuxers} leaves out. */
  private static final String FORMAT_REFUSED = "Format not on whitelist";

  private ClipProbe() {}

  /**
   * Asks.
   *
   * @param head the first bytes, of standard input
   * @throws FileException if it is no video, or its frames are too large
   */
  static ClipInfo ask(ClipSource source, byte[] head, FfmpegProgram program, ClipLimits limits) {
    if (source.kind() == ClipSource.Kind.FILE) {
      requireContent(source.file());
    }
    if (indexComesLast(head)) {
      throw new FileException(
          source.shown()
              + " is an MP4 file with its index at the end, which has to be read first: save it, and give its name");
    }
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-print_format", "json", "-show_streams", "-show_format"));
    arguments.addAll(source.input(program));
    String answer;
    try (Child child = Child.start(source.feed(program.probe(arguments)), limits.silence())) {
      Thread feeder = new Thread(() -> feed(child, head), "ffprobe-feeder");
      feeder.setDaemon(true);
      feeder.start();
      answer = new String(child.output().readNBytes(LONGEST), StandardCharsets.UTF_8);
      if (child.end() != 0) {
        if (source.kind() != ClipSource.Kind.ADDRESS && isPlaylist(child.report())) {
          throw new FileException(
              source.shown()
                  + " is a playlist, which is not opened: give the videos that it names");
        }
        String problem =
            switch (source.kind()) {
              case FILE ->
                  child.report().contains(FORMAT_REFUSED)
                      ? "is of a kind that is not taken: send MP4, Matroska or the like"
                      : UNREADABLE;
              case ADDRESS -> "cannot be opened: check the address, and that it answers";
              case CAMERA -> "cannot be opened: another program may be using it";
              default -> UNREADABLE;
            };
        throw new FileException(
            source.shown() + " " + problem + " (" + reason(child.report()) + ")");
      }
    } catch (IOException e) {
      throw new FileException("cannot read " + source.shown() + ": " + e.getMessage(), e);
    }
    try {
      return read(new ObjectMapper().readTree(answer), source, limits);
    } catch (JsonProcessingException e) {
      throw new FileException(source.shown() + " cannot be understood by FFmpeg", e);
    }
  }

  /** Whether the boxes of an MP4 file (ISO/IEC 14496-12) have the frames before their index. */
  private static boolean indexComesLast(byte[] head) {
    ByteBuffer boxes = ByteBuffer.wrap(head);
    while (boxes.remaining() >= 16) {
      int at = boxes.position();
      long size = Integer.toUnsignedLong(boxes.getInt());
      String type = StandardCharsets.ISO_8859_1.decode(boxes.slice().limit(4)).toString();
      if (at == 0 && !type.equals("ftyp")) {
        return false;
      }
      if (type.equals("moov") || type.equals("mdat")) {
        return type.equals("mdat");
      }
      long length = size == 1 ? boxes.getLong(at + 8) : size;
      if (length < 8 || length > head.length - at) {
        return false;
      }
      boxes.position(at + (int) length);
    }
    return false;
  }

  private static void requireContent(Path file) {
    RegularFile.require(file);
    try {
      if (Files.isRegularFile(file) && Files.size(file) == 0) {
        throw new FileException(file + " is empty: check that it was copied whole");
      }
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  private static void feed(Child child, byte[] head) {
    try (OutputStream to = child.patientInput()) {
      to.write(head);
    } catch (IOException e) {
      // It has seen enough.
    }
  }

  /** Whether a file names others, which FFmpeg is not allowed to open. */
  private static boolean isPlaylist(String report) {
    return report.contains("Impossible to open '")
        || report.contains("m3u8/hls")
        || (report.contains("not on whitelist") && !report.contains(FORMAT_REFUSED));
  }

  /** What FFmpeg reports, without the names that it gives to its own input. */
  public static String reason(String report) {
    String text =
        report.replaceAll("\\[[^\\]]{1,60} @ 0x[0-9a-f]+\\] ", "").replaceAll("(fd|pipe):0?: ", "");
    return text.isEmpty() ? "FFmpeg failed" : text;
  }

  private static ClipInfo read(JsonNode answer, ClipSource source, ClipLimits limits) {
    Optional<JsonNode> video = Optional.empty();
    Optional<String> sound = Optional.empty();
    JsonNode format = answer.path("format");
    for (JsonNode stream : answer.path("streams")) {
      boolean cover = stream.path("disposition").path("attached_pic").asInt() == 1;
      String type = stream.path("codec_type").asText();
      if (type.equals("video") && !cover && video.isEmpty()) {
        video = Optional.of(stream);
      } else if (type.equals("audio") && sound.isEmpty()) {
        sound = Optional.of(stream.path("codec_name").asText("unknown"));
      }
    }
    JsonNode stream =
        video.orElseThrow(
            () ->
                new FileException(
                    source.shown() + " has no pictures: it is sound, subtitles or text alone"));
    int width = stream.path("width").asInt();
    int height = stream.path("height").asInt();
    if (width < 1 || height < 1) {
      throw new FileException(
          source.shown() + " does not say how large its frames are; is it cut off?");
    }
    if ((long) width * height > limits.pixels()) {
      throw new FileException(
          source.shown()
              + " has frames of "
              + width
              + "x"
              + height
              + " pixels; at most "
              + limits.pixels() / 1_000_000
              + " megapixels are read");
    }
    double aspect = ratio(stream.path("sample_aspect_ratio").asText().replace(':', '/'), 1);
    if (aspect > 0.1 && aspect < 10) {
      width = (int) Math.max(1, Math.min(limits.pixels() / height, Math.round(width * aspect)));
    }
    boolean turned = isTurned(stream);
    return new ClipInfo(
        turned ? height : width,
        turned ? width : height,
        rate(stream),
        timescale(stream),
        seconds(stream, format),
        stream.path("index").asInt(),
        begins(stream, format),
        lead(format),
        sound,
        colours(stream),
        !List.of("progressive", "unknown", "").contains(stream.path("field_order").asText("")));
  }

  private static ClipInfo.Colours colours(JsonNode stream) {
    String format = stream.path("pix_fmt").asText("");
    return new ClipInfo.Colours(
        stream.path("color_transfer").asText("unknown"),
        stream.path("color_space").asText("unknown"),
        format.startsWith("yuv") || format.startsWith("nv") || format.startsWith("p0"));
  }

  private static boolean isTurned(JsonNode stream) {
    for (JsonNode data : stream.path("side_data_list")) {
      if (data.has("rotation")) {
        return Math.abs(data.path("rotation").asInt()) % 180 == 90;
      }
    }
    return false;
  }

  private static double rate(JsonNode stream) {
    for (String key : List.of("avg_frame_rate", "r_frame_rate")) {
      double rate = ratio(stream.path(key).asText(), 0);
      if (rate > 0 && rate <= MOST_RATE) {
        return rate;
      }
    }
    return USUAL_RATE;
  }

  private static int timescale(JsonNode stream) {
    String[] parts = stream.path("time_base").asText().split("/");
    if (parts.length == 2 && parts[0].equals("1") && parts[1].matches("\\d{3,7}")) {
      int scale = Integer.parseInt(parts[1]);
      return scale <= MOST_TIMESCALE ? scale : USUAL_TIMESCALE;
    }
    return USUAL_TIMESCALE;
  }

  private static double begins(JsonNode stream, JsonNode format) {
    double file = format.path("start_time").asDouble(0);
    return Math.max(0, stream.path("start_time").asDouble(file) - file);
  }

  /** MPEG streams have no index of the frames that stand alone, in others FFmpeg finds them. */
  private static double lead(JsonNode format) {
    return format.path("format_name").asText("").startsWith("mpeg") ? MPEG_LEAD : 0;
  }

  private static Optional<Double> seconds(JsonNode stream, JsonNode format) {
    for (JsonNode from : List.of(stream, format)) {
      double seconds = from.path("duration").asDouble(0);
      if (seconds > 0) {
        return Optional.of(seconds);
      }
    }
    return Optional.empty();
  }

  private static double ratio(String text, double otherwise) {
    String[] parts = text.split("/");
    try {
      double ratio = Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
      return Double.isFinite(ratio) ? ratio : otherwise;
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return otherwise;
    }
  }
}
