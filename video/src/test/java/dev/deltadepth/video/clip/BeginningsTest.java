package dev.deltadepth.video.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clips whose sound and picture do not begin together. */
class BeginningsTest {
  @TempDir Path folder;

  /** The picture begins half a second after the sound. */
  @Test
  void aPartEndsInTimeWhereThePictureComesLate() {
    Path in =
        Films.make(
            folder.resolve("late.mp4"),
            "-f lavfi -i testsrc=d=2:s=64x48:r=10 -f lavfi -i sine=d=3 -filter_complex"
                + " [0:v]setpts=PTS+0.5/TB[v] -map [v] -map 1:a -pix_fmt yuv420p -c:v mpeg4 -c:a aac"
                + " FILE");
    Path out = folder.resolve("out.mp4");
    ClipReport report =
        Films.run(in, out, ClipFormat.DEPTH, ClipOptions.defaults().withPart(0.2, 1));
    assertThat(report.frames()).isEqualTo(7);
    assertThat(report.seconds()).isCloseTo(1, within(1e-3));
    assertThat(Films.times(out)).hasSize(7).startsWith(0.3).endsWith(0.9);
  }

  private Path film(String ending, double sound, double picture) {
    return Films.make(
        folder.resolve("in." + ending),
        ("-itsoffset %s -f lavfi -i sine=d=3 -itsoffset %s -f lavfi -i testsrc=d=3:s=64x48:r=10"
                + " -pix_fmt yuv420p -c:v mpeg4 -g 2 -c:a aac FILE")
            .formatted(sound, picture));
  }

  /** Of sound and picture, one begins a second after the other; or a part begins between them. */
  @ParameterizedTest
  @CsvSource({
    "mp4, 0, 1, 0, 0, 1",
    "mkv, 0, 1, 0, 0, 1",
    "ts, 0, 1, 0, 0, 1",
    "mp4, 1, 0, 0, 1, 0",
    "mkv, 1, 0, 0, 1, 0",
    "ts, 1, 0, 0, 1, 0",
    "mp4, 0, 1, 0.4, 0, 0.6",
    "mkv, 0, 1, 0.4, 0, 0.6",
    "ts, 0, 1, 0.4, 0, 0.6",
    "mp4, 1, 0, 0.4, 0.6, 0"
  })
  void soundAndPictureStayTogether(
      String ending, double sound, double picture, double start, double heard, double seen) {
    Path in = film(ending, sound, picture);
    for (String kind : List.of("mp4", "webm")) {
      Path out = folder.resolve("out." + kind);
      ClipOptions options = ClipOptions.defaults().withPart(start, 2.5);
      Films.run(in, out, ClipFormat.DEPTH, options);
      // A packet of sound takes 23 milliseconds.
      assertThat(begin(out, "audio")).as("sound of " + kind).isCloseTo(heard, within(0.05));
      assertThat(begin(out, "video")).as("picture of " + kind).isCloseTo(seen, within(0.05));
    }
  }

  /** All frames but the first one are made of others: the search must not end behind it. */
  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "ts", "mpg"})
  void aPartHasAllItsFramesWhereverTheyAreMadeFrom(String ending) {
    Path in =
        Films.make(
            folder.resolve("in." + ending),
            "-f lavfi -i testsrc=d=4:s=64x48:r=25 -f lavfi -i sine=d=4 -pix_fmt yuv420p -c:v"
                + " mpeg2video -g 250 -b:a 64k FILE");
    Path out = folder.resolve("out.mp4");
    ClipReport report = Films.run(in, out, ClipFormat.DEPTH, ClipOptions.defaults().withPart(2, 1));
    assertThat(report.frames()).isEqualTo(25);
    // The file begins with its sound, maybe a part of a frame before the picture.
    assertThat(Films.times(out)).hasSize(25);
    assertThat(Films.times(out).get(0)).isBetween(0.0, 0.039);
    assertThat(begin(out, "audio")).isCloseTo(0, within(0.05));
  }

  @ParameterizedTest
  @CsvSource({"mkv, 0, 1", "ts, 0, 1", "mkv, 1, 0", "ts, 1, 0"})
  void soundOfStandardInputStaysWithThePicture(String ending, double sound, double picture)
      throws IOException {
    Path in = film(ending, sound, picture);
    Path out = folder.resolve("out.mp4");
    Films.piped(in, out, ClipOptions.defaults());
    assertThat(begin(out, "audio")).isCloseTo(sound, within(0.05));
    assertThat(begin(out, "video")).isCloseTo(picture, within(0.05));
  }

  private static double begin(Path file, String type) {
    return Films.stream(file, type).path("start_time").asDouble();
  }
}
