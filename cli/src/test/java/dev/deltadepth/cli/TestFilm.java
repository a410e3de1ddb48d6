package dev.deltadepth.cli;

import dev.deltadepth.video.FfmpegProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Small films, made by the FFmpeg that comes along. */
public final class TestFilm {
  private TestFilm() {}

  /** Frames of a test picture, 10 a second, with sound. */
  public static Path write(Path file, int width, int height, double seconds) {
    String picture =
        String.format(Locale.ROOT, "testsrc=d=%s:s=%dx%d:r=10", seconds, width, height);
    run(
        "-f lavfi -i %s -f lavfi -i sine=d=%s -pix_fmt yuv420p -c:v mpeg4 -q:v 2 -c:a aac"
            .formatted(picture, seconds),
        file.toString());
    return file;
  }

  /** How many frames a video has; every one is decoded. */
  public static long frames(Path file) {
    return run("-i " + file + " -map 0:v -f framemd5", "pipe:1")
        .filter(line -> line.matches("0,.*"))
        .count();
  }

  private static Stream<String> run(String arguments, String last) {
    List<String> all = Stream.concat(Arrays.stream(arguments.split(" ")), Stream.of(last)).toList();
    try {
      Process process = FfmpegProgram.packed().ffmpeg(all).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(said);
      }
      return said.lines();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
