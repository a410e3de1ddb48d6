package dev.deltadepth.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.video.FfmpegProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

/** Films for the app, made by FFmpeg, and what is in the clips that the app makes. */
final class Films {
  private Films() {}

  /** Runs FFmpeg; arguments are separated by blanks, and FILE is the film. */
  static Path make(Path file, String arguments) {
    run(FfmpegProgram.packed().ffmpeg(words(file, arguments)));
    return file;
  }

  /** The same for a film that goes through a pipe: nobody can write its length into it. */
  static Path pipe(Path file, String arguments) throws IOException {
    return Files.write(
        file, run(FfmpegProgram.packed().ffmpeg(words(file, arguments + " pipe:1"))));
  }

  /** What ffprobe says of the pictures. */
  static JsonNode pictures(Path file) throws IOException {
    String arguments = "-print_format json -show_streams -show_packets -select_streams v FILE";
    return new ObjectMapper().readTree(run(FfmpegProgram.packed().probe(words(file, arguments))));
  }

  /** When the pictures are shown, in seconds. */
  static List<Double> times(JsonNode pictures) {
    return StreamSupport.stream(pictures.path("packets").spliterator(), false)
        .map(packet -> packet.path("pts_time").asDouble())
        .toList();
  }

  /** Decodes all pictures: three bytes a pixel. */
  static byte[] pixels(Path file) {
    return run(
        FfmpegProgram.packed()
            .ffmpeg(
                words(file, "-i FILE -fps_mode passthrough -f rawvideo -pix_fmt rgb24 pipe:1")));
  }

  private static List<String> words(Path file, String arguments) {
    return Arrays.stream(arguments.strip().split("\\s+"))
        .map(word -> word.equals("FILE") ? file.toString() : word)
        .toList();
  }

  private static byte[] run(ProcessBuilder program) {
    try {
      Process process = program.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process.getOutputStream().close();
      byte[] said = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new AssertionError("FFmpeg failed: " + program.command());
      }
      return said;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
