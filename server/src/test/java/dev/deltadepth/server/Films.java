package dev.deltadepth.server;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.video.FfmpegProgram;
import dev.deltadepth.video.clip.ClipModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Small videos, and a network that works as fast as a test lets it. */
final class Films {
  private Films() {}

  /** Runs FFmpeg; arguments are separated by blanks, and FILE is the film. */
  static Path make(Path file, String arguments) {
    run(
        Arrays.stream(arguments.strip().split("\\s+"))
            .map(one -> one.equals("FILE") ? file.toString() : one)
            .toList());
    return file;
  }

  private static byte[] run(List<String> arguments) {
    try {
      Process process = FfmpegProgram.packed().ffmpeg(arguments).start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      byte[] report = process.getErrorStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new AssertionError(new String(report, StandardCharsets.UTF_8));
      }
      return output;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** So many seconds of 64x48 pixels at 10 frames a second, with sound. */
  static byte[] film(Path folder, int seconds) throws IOException {
    String length = "=d=" + seconds;
    return Files.readAllBytes(
        make(
            folder.resolve("film-" + seconds + ".mp4"),
            ("-f lavfi -i testsrc" + length + ":s=64x48:r=10 -f lavfi -i sine" + length)
                + " -pix_fmt yuv420p -c:v mpeg4 -q:v 2 -c:a aac -shortest FILE"));
  }

  /** A hash of every frame of a video, as its decoder gives it. */
  static List<String> hashes(byte[] video, Path folder) throws IOException {
    Path file = Files.write(folder.resolve("received"), video);
    byte[] text = run(List.of("-i", file.toString(), "-map", "0:v", "-f", "framemd5", "pipe:1"));
    return new String(text, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  /** A network whose disparity is the red of the frame; each frame takes a permit. */
  static ClipModel red(Semaphore permits) {
    return new ClipModel(
        "red",
        (width, height) -> InputSize.ofPhoto(width, height, 32, 8),
        frame -> redOf(frame, permits),
        2);
  }

  private static DepthMap redOf(RgbImage frame, Semaphore permits) {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    float[] values = new float[frame.width() * frame.height()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (frame.data()[3 * i] & 0xff) / 255f;
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, frame.width(), frame.height(), values);
  }
}
