package dev.deltadepth.video.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.Guide;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.video.read.Clip;
import dev.deltadepth.video.read.ClipFrame;
import dev.deltadepth.video.read.ClipInfo;
import dev.deltadepth.video.read.ClipLimits;
import dev.deltadepth.video.read.ClipSource;
import dev.deltadepth.video.read.FrameRequest;
import dev.deltadepth.video.read.FrameSource;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames in planes have the colours of the same frames in RGB. */
class PlanesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "a.mp4, 448, 64, -pix_fmt yuv420p -c:v mpeg4 -q:v 2",
    "b.mkv, 448, 64, -pix_fmt yuv420p -colorspace bt709 -color_range tv -c:v ffv1",
    "c.mkv, 448, 64, -pix_fmt yuv444p -colorspace smpte170m -color_range pc -c:v ffv1",
    "d.mkv, 449, 65, -pix_fmt bgr0 -c:v ffv1",
    "e.mkv, 448, 64, -pix_fmt yuv420p10le -colorspace bt2020nc -c:v ffv1",
    "f.mkv, 448, 720, -pix_fmt yuv420p -c:v ffv1"
  })
  void theyHaveTheFramesColours(String name, int width, int height, String how) {
    String source = "-f lavfi -i smptebars=d=0.2:r=10:s=" + width + "x" + height;
    Path film = Films.make(folder.resolve(name), source + " " + how + " FILE");
    Clip clip = Clip.open(ClipSource.of(film.toString()), Films.PROGRAM, ClipLimits.defaults());
    Guide planes = first(clip, true).guide();
    Guide colours = first(clip, false).guide();
    assertThat(planes.width()).isEqualTo(width);
    assertThat(planes.height()).isEqualTo(height);
    double apart = 0;
    for (int y = 0; y < height; y++) {
      float[][] one = row(planes, y);
      float[][] other = row(colours, y);
      for (int c = 0; c < 3; c++) {
        for (int x = 0; x < width; x++) {
          apart += Math.abs(one[c][x] - other[c][x]) / (3.0 * width * height);
        }
      }
    }
    // Colour is not as sharp as light; another matrix would be at 0.02 and more.
    assertThat(apart).isLessThan(0.012);
  }

  /** Red, green and blue of a row. */
  private static float[][] row(Guide picture, int y) {
    float[][] channels = new float[3][picture.width()];
    picture.row(y, channels[0], channels[1], channels[2]);
    // Functions that are one colour each.
    float[][] terms = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}};
    picture.adapt(terms[0], terms[1], terms[2], terms[3]);
    float[][] colours = new float[3][picture.width()];
    for (int c = 0; c < 3; c++) {
      for (int x = 0; x < picture.width(); x++) {
        colours[c][x] = terms[3][c];
        for (int k = 0; k < 3; k++) {
          colours[c][x] += terms[k][c] * channels[k][x];
        }
      }
    }
    return colours;
  }

  private static ClipFrame first(Clip clip, boolean planes) {
    ClipInfo info = clip.info();
    FrameRequest request =
        new FrameRequest(
            0,
            Optional.empty(),
            Optional.empty(),
            info.width(),
            info.height(),
            planes,
            new InputSize(32, 32));
    try (FrameSource frames = clip.frames(request)) {
      return frames.next().orElseThrow();
    }
  }
}
