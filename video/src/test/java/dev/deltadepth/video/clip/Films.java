package dev.deltadepth.video.clip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.video.FfmpegProgram;
import dev.deltadepth.video.read.Clip;
import dev.deltadepth.video.read.ClipLimits;
import dev.deltadepth.video.read.ClipSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Small videos, made by the same FFmpeg, and what they hold. */
final class Films {
  static final FfmpegProgram PROGRAM = FfmpegProgram.packed();

  private Films() {}

  /** Runs FFmpeg; arguments are separated by blanks, and FILE is the film. */
  static Path make(Path file, String arguments) {
    List<String> all =
        Arrays.stream(arguments.strip().split("\\s+"))
            .map(one -> one.equals("FILE") ? file.toString() : one)
            .toList();
    try {
      Process process = PROGRAM.ffmpeg(all).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(report);
      }
      return file;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A second of 64x48 pixels at 10 frames a second, with sound. */
  static Path film(Path file) {
    return make(
        file,
        "-f lavfi -i testsrc=d=1:s=64x48:r=10 -f lavfi -i sine=d=1 -pix_fmt yuv420p"
            + " -c:v mpeg4 -q:v 2 -c:a aac -shortest FILE");
  }

  /** What ffprobe says. */
  static JsonNode probe(Path file, String... more) {
    List<String> all = new ArrayList<>(List.of("-print_format", "json", "-show_streams"));
    all.addAll(List.of(more));
    all.add(file.toString());
    try {
      return new ObjectMapper().readTree(output(PROGRAM.probe(all)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static JsonNode stream(Path file, String type) {
    for (JsonNode stream : probe(file).path("streams")) {
      if (stream.path("codec_type").asText().equals(type)) {
        return stream;
      }
    }
    throw new AssertionError(file + " has no " + type);
  }

  /** When its frames are shown, in seconds. */
  static List<Double> times(Path file) {
    JsonNode packets = probe(file, "-show_packets", "-select_streams", "v:0").path("packets");
    return StreamSupport.stream(packets.spliterator(), false)
        .map(packet -> packet.path("pts_time").asDouble())
        .toList();
  }

  /** A hash of every decoded frame. */
  static List<String> hashes(Path file) {
    byte[] text =
        output(
            PROGRAM.ffmpeg(
                List.of("-i", file.toString(), "-map", "0:v", "-f", "framemd5", "pipe:1")));
    return new String(text, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  /** Frame number {@code index} as raw pixels. */
  static byte[] pixels(Path file, int index, String format) {
    List<String> arguments = new ArrayList<>(List.of("-i", file.toString()));
    arguments.addAll(List.of("-vf", "select=eq(n\\," + index + ")", "-frames:v", "1"));
    arguments.addAll(List.of("-pix_fmt", format, "-f", "rawvideo", "pipe:1"));
    return output(PROGRAM.ffmpeg(arguments));
  }

  private static byte[] output(ProcessBuilder command) {
    try {
      Process process = command.start();
      process.getOutputStream().close();
      byte[] bytes = process.getInputStream().readAllBytes();
      process.waitFor();
      return bytes;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A model whose disparity is the red of the frame, which it sees at 32 pixels. */
  static ClipModel red() {
    return new ClipModel(
        "red", (width, height) -> InputSize.ofPhoto(width, height, 32, 8), Films::redOf, 2);
  }

  static DepthMap redOf(RgbImage frame) {
    float[] values = new float[frame.width() * frame.height()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (frame.data()[3 * i] & 0xff) / 255f;
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, frame.width(), frame.height(), values);
  }

  /** Keeps what it is told. */
  static final class Heard implements ClipJob.Listener {
    final List<String> notes = new ArrayList<>();
    Optional<Long> frames = Optional.empty();
    long done;

    @Override
    public void started(String pass, Optional<Long> expected) {
      frames = expected;
    }

    @Override
    public void done(long count) {
      done = count;
    }

    @Override
    public void note(String text) {
      notes.add(text);
    }
  }

  static ClipJob job(Path in, Path out, ClipFormat format, ClipOptions options, Heard heard) {
    return job(in.toString(), out, format, options, red(), ClipLimits.defaults(), heard);
  }

  static ClipJob job(
      String in,
      Path out,
      ClipFormat format,
      ClipOptions options,
      ClipModel model,
      ClipLimits limits,
      Heard heard) {
    return new ClipJob(
        Clip.open(ClipSource.of(in), PROGRAM, limits),
        out,
        format,
        ClipStyle.of(Colormap.named("gray")),
        options,
        model,
        heard);
  }

  static ClipReport run(Path in, Path out, ClipFormat format) {
    return run(in, out, format, ClipOptions.defaults());
  }

  static ClipReport run(Path in, Path out, ClipFormat format, ClipOptions options) {
    return job(in, out, format, options, new Heard()).run();
  }

  /** The depth of a film that comes from standard input. */
  static ClipReport piped(Path in, Path out, ClipOptions options) throws IOException {
    InputStream before = System.in;
    try (InputStream film = Files.newInputStream(in)) {
      System.setIn(film);
      return run(Path.of("-"), out, ClipFormat.DEPTH, options);
    } finally {
      System.setIn(before);
    }
  }

  /** The names in a folder, hidden ones too. */
  static List<String> names(Path folder) {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
