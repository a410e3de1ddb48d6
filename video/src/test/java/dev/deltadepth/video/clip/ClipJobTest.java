package dev.deltadepth.video.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Frames;
import dev.deltadepth.io.map.StoredMap;
import dev.deltadepth.video.read.ClipLimits;
import dev.deltadepth.video.write.ClipWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClipJobTest {
  @TempDir Path folder;

  private static double seconds(Path file, String type) {
    return Films.stream(file, type).path("duration").asDouble();
  }

  @ParameterizedTest
  @CsvSource({
    "DEPTH, mp4, 64, 48, h264",
    "DEPTH, mov, 64, 48, h264",
    "DEPTH, mkv, 64, 48, h264",
    "DEPTH, webm, 64, 48, vp9",
    "SIDE, mp4, 128, 48, h264",
    "SBS, mp4, 128, 48, h264",
    "HALF_SBS, mp4, 64, 48, h264",
    "ANAGLYPH, mp4, 64, 48, h264",
    "DEPTH16, mkv, 64, 48, ffv1"
  })
  void everyFormatHasTheFramesTimesAndSound(
      ClipFormat format, String ending, int width, int height, String codec) {
    Path in = Films.film(folder.resolve("in.mp4"));
    Path out = folder.resolve("out." + ending);
    ClipReport report = Films.run(in, out, format);
    assertThat(report.frames()).isEqualTo(10);
    assertThat(report.seconds()).isEqualTo(1);
    assertThat(report.complaint()).isEmpty();
    JsonNode video = Films.stream(out, "video");
    assertThat(video.path("codec_name").asText()).isEqualTo(codec);
    assertThat(video.path("width").asInt()).isEqualTo(width);
    assertThat(video.path("height").asInt()).isEqualTo(height);
    assertThat(Films.hashes(out)).hasSize(10);
    // Sound begins before its first sample is heard; Matroska counts from there.
    double first = ending.equals("mkv") ? Films.times(out).get(0) : 0;
    assertThat(first).isBetween(0.0, 0.05);
    assertThat(Films.times(out).stream().map(time -> Math.round(1000 * (time - first)) / 1e3))
        .isEqualTo(Films.times(in));
    assertThat(Films.stream(out, "audio").path("codec_name").asText())
        .isEqualTo(ending.equals("webm") ? "opus" : "aac");
    assertThat(Films.names(folder)).containsExactly("in.mp4", "out." + ending);
  }

  @Test
  void soundAndLengthAreThoseOfTheInput() {
    Path in = Films.film(folder.resolve("in.mp4"));
    Path out = folder.resolve("out.mp4");
    Films.run(in, out, ClipFormat.DEPTH);
    assertThat(seconds(out, "video")).isEqualTo(seconds(in, "video"));
    assertThat(seconds(out, "audio")).isCloseTo(seconds(in, "audio"), within(1e-3));
    assertThat(Films.stream(out, "audio").path("nb_frames"))
        .isEqualTo(Films.stream(in, "audio").path("nb_frames"));
  }

  @Test
  void framesKeepTheirOwnTimes() {
    Path in =
        Films.make(
            folder.resolve("in.mp4"),
            "-f lavfi -i testsrc=d=1:s=64x48:r=30 -vf setpts=PTS+floor(N/5)*0.1/TB -fps_mode passthrough"
                + " -enc_time_base 1/90000 -video_track_timescale 90000 -c:v libopenh264 -b:v 1M -pix_fmt yuv420p FILE");
    for (String ending : List.of(".mp4", ".mkv")) {
      Path out = folder.resolve("out" + ending);
      Films.run(in, out, ClipFormat.DEPTH);
      List<Double> expected = Films.times(in);
      assertThat(expected).hasSize(30).anyMatch(time -> time > 1.3);
      List<Double> times = Films.times(out);
      assertThat(times).hasSize(30);
      for (int i = 0; i < 30; i++) {
        // Matroska holds milliseconds.
        assertThat(times.get(i))
            .isCloseTo(expected.get(i), within(ending.equals(".mkv") ? 6e-4 : 1e-6));
      }
    }
    assertThat(seconds(folder.resolve("out.mp4"), "video"))
        .isCloseTo(seconds(in, "video"), within(1e-3));
  }

  @Test
  void phonesFilmsBecomeUpright() {
    Path flat = Films.film(folder.resolve("flat.mp4"));
    Path in =
        Films.make(folder.resolve("in.mp4"), "-display_rotation 90 -i " + flat + " -c copy FILE");
    Path out = folder.resolve("out.mp4");
    Films.run(in, out, ClipFormat.SIDE);
    JsonNode video = Films.stream(out, "video");
    assertThat(video.path("width").asInt()).isEqualTo(96);
    assertThat(video.path("height").asInt()).isEqualTo(64);
    assertThat(video.path("side_data_list").toString()).doesNotContain("rotation");
    assertThat(seconds(out, "audio")).isCloseTo(seconds(in, "audio"), within(1e-3));
    // The frame on the left is what a player shows of the input.
    byte[] seen = Films.pixels(in, 3, "rgb24");
    byte[] written = Films.pixels(out, 3, "rgb24");
    for (int[] at : new int[][] {{10, 10}, {40, 20}, {20, 50}}) {
      for (int c = 0; c < 3; c++) {
        int expected = seen[3 * (at[1] * 48 + at[0]) + c] & 0xff;
        int found = written[3 * (at[1] * 96 + at[0]) + c] & 0xff;
        assertThat(found).isCloseTo(expected, within(40));
      }
    }
  }

  /** Grey from black to white, stored in either range, comes out as it was on the left half. */
  @ParameterizedTest
  @CsvSource({
    "tv, bt709, yuv420p",
    "pc, bt709, yuvj420p",
    "tv, smpte170m, yuv420p",
    "tv, bt2020nc, yuv420p10le"
  })
  void aGreyRampSurvives(String range, String matrix, String pixels) {
    Path in =
        Films.make(
            folder.resolve("in.mkv"),
            "-f lavfi -i color=s=256x64:d=0.2:r=10,format=gbrp,geq=r=X:g=X:b=X -vf scale=out_color_matrix="
                + matrix
                + ":out_range="
                + range
                + ",format="
                + pixels
                + " -colorspace "
                + matrix
                + " -color_range "
                + range
                + " -c:v ffv1 FILE");
    Path out = folder.resolve("out.mp4");
    Films.run(in, out, ClipFormat.SIDE);
    JsonNode video = Films.stream(out, "video");
    assertThat(video.path("color_range").asText()).isEqualTo("tv");
    assertThat(video.path("color_space").asText()).isEqualTo("bt709");
    byte[] luma = Films.pixels(out, 0, "yuv420p");
    for (int x : new int[] {0, 16, 64, 128, 192, 240, 255}) {
      assertThat(luma[30 * 512 + x] & 0xff)
          .as("column " + x)
          .isCloseTo(16 + x * 219 / 255, within(3));
    }
  }

  @Test
  void sixteenBitsAreThoseOfThePngFiles() throws IOException {
    Path in = Films.film(folder.resolve("in.mp4"));
    Path video = folder.resolve("out.mkv");
    Path files = folder.resolve("files");
    Films.run(in, video, ClipFormat.DEPTH16);
    Films.run(in, files, ClipFormat.PNG16);
    assertThat(Films.names(files)).hasSize(11).contains("frame-000001.png", "times.csv");
    for (int frame : new int[] {0, 7}) {
      byte[] grey = Films.pixels(video, frame, "gray16le");
      Path png = files.resolve("frame-00000" + (frame + 1) + ".png");
      assertThat(grey).hasSize(2 * 64 * 48).isEqualTo(Films.pixels(png, 0, "gray16le"));
      assertThat(grey).contains(255);
    }
    assertThat(Files.readString(files.resolve("times.csv")))
        .startsWith("file,seconds\nframe-000001.png,0.000000\nframe-000002.png,0.100000\n");
  }

  @Test
  void floatsAreTheMapsThemselves() {
    Path in = Films.film(folder.resolve("in.mp4"));
    Films.run(in, folder.resolve("maps"), ClipFormat.NPY);
    float[] map = StoredMap.read(folder.resolve("maps/frame-000010.npy")).map().data();
    assertThat(map).hasSize(64 * 48);
    for (float value : map) {
      assertThat(value).isBetween(0f, 1f);
    }
  }

  @Test
  void stereoSaysHowItIsToBeSeen() throws IOException {
    Path in = Films.film(folder.resolve("in.mp4"));
    for (String ending : List.of(".mp4", ".mkv")) {
      Path out = folder.resolve("out" + ending);
      Films.run(in, out, ClipFormat.HALF_SBS);
      assertThat(Films.stream(out, "video").path("side_data_list").toString())
          .contains("side by side");
    }
    Films.run(in, folder.resolve("plain.mp4"), ClipFormat.ANAGLYPH);
    assertThat(Films.stream(folder.resolve("plain.mp4"), "video").toString())
        .doesNotContain("side by side");
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 16, 16", "33, 17, 34, 18", "641, 31, 642, 32"})
  void oddSizesAreWidenedAndThatIsSaid(int width, int height, int wider, int higher) {
    Path in =
        Films.make(
            folder.resolve("in.mkv"),
            "-f lavfi -i testsrc=d=0.3:s="
                + width
                + "x"
                + height
                + ":r=10 -pix_fmt rgb24 -c:v ffv1 FILE");
    Films.Heard heard = new Films.Heard();
    Path out = folder.resolve("out.mp4");
    Films.job(in, out, ClipFormat.DEPTH, ClipOptions.defaults(), heard).run();
    JsonNode video = Films.stream(out, "video");
    assertThat(video.path("width").asInt()).isEqualTo(wider);
    assertThat(video.path("height").asInt()).isEqualTo(higher);
    assertThat(heard.notes)
        .containsExactly(
            "video encoders need even sides of 16 or more: %dx%d is widened to %dx%d"
                .formatted(width, height, wider, higher));
    Path exact = folder.resolve("out.mkv");
    Films.run(in, exact, ClipFormat.DEPTH16);
    assertThat(Films.stream(exact, "video").path("width").asInt()).isEqualTo(width);
  }

  @Test
  void aPartIsTakenWithItsSound() {
    Path in = Films.film(folder.resolve("in.mp4"));
    Path out = folder.resolve("out.mp4");
    ClipReport report =
        Films.run(in, out, ClipFormat.DEPTH, ClipOptions.defaults().withPart(0.3, 0.4));
    assertThat(report.frames()).isEqualTo(4);
    assertThat(seconds(out, "video")).isCloseTo(0.4, within(1e-6));
    assertThat(seconds(out, "audio")).isCloseTo(0.4, within(0.06));
  }

  /** Half of PAL's picture is red; so is half of what is seen beside its depth. */
  @Test
  void pixelsThatAreNotSquare() {
    Path in =
        Films.make(
            folder.resolve("in.mkv"),
            "-f lavfi -i color=s=72x64:d=0.3:r=10,format=gray,geq=lum=255*gt(X\\,35),setsar=2 -c:v ffv1 FILE");
    Path out = folder.resolve("out.mkv");
    Films.job(in, out, ClipFormat.SIDE, ClipOptions.defaults(), new Films.Heard()).run();
    JsonNode stream = Films.stream(out, "video");
    assertThat(stream.path("width").asInt()).isEqualTo(288);
    assertThat(stream.path("height").asInt()).isEqualTo(64);
    byte[] frame = Films.pixels(out, 0, "rgb24");
    for (int y : new int[] {1, 32, 62}) {
      assertThat(frame[3 * (y * 288 + 60)] & 0xff).isLessThan(40);
      assertThat(frame[3 * (y * 288 + 84)] & 0xff).isGreaterThan(200);
      assertThat(frame[3 * (y * 288 + 142)] & 0xff).isGreaterThan(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".mp4", ".mov", ".mkv", ".webm"})
  void pixelsOfPairsAreSquare(String ending) {
    Path in = Films.film(folder.resolve("in.mp4"));
    Path out = folder.resolve("out" + ending);
    Films.job(in, out, ClipFormat.HALF_SBS, ClipOptions.defaults(), new Films.Heard()).run();
    assertThat(Films.stream(out, "video").path("width").asInt()).isEqualTo(64);
    if (!ending.equals(".webm") && !ending.equals(".mkv")) {
      // FFmpeg itself doubles the shape of what Matroska calls a pair.
      assertThat(Films.stream(out, "video").path("sample_aspect_ratio").asText()).isIn("1:1", "");
    }
  }

  /** The first half is dark, the second bright: a common range shows that. */
  @Test
  void oneRangeForTheWholeClip() {
    Path in =
        Films.make(
            folder.resolve("in.mkv"),
            "-f lavfi -i color=s=64x48:d=1:r=10,format=gray,geq=lum=X+if(gt(N\\,4)\\,150\\,0) -c:v ffv1 FILE");
    Path out = folder.resolve("out.mkv");
    Films.job(
            in,
            out,
            ClipFormat.DEPTH16,
            ClipOptions.defaults()
                .withLookahead(Optional.empty())
                .withRange(ClipOptions.Range.CLIP),
            new Films.Heard())
        .run();
    byte[] dark = Films.pixels(out, 0, "gray16le");
    byte[] bright = Films.pixels(out, 9, "gray16le");
    assertThat(dark[2 * 63 + 1] & 0xff).isLessThan(100);
    assertThat(bright[1] & 0xff).isGreaterThan(150);
    assertThat(Films.names(folder)).containsExactly("in.mkv", "out.mkv");
  }

  @Test
  void picturesAreFramesInTheOrderOfTheirNumbers() {
    Films.make(
        folder.resolve("frame_%d.png"),
        "-f lavfi -i testsrc=d=1.2:s=64x48:r=10 -start_number 1 FILE");
    Path out = folder.resolve("out.mp4");
    ClipReport report =
        Films.job(
                folder.resolve("frame_%04d.png").toString(),
                out,
                ClipFormat.DEPTH,
                ClipOptions.defaults(),
                Films.red(),
                ClipLimits.defaults(),
                new Films.Heard())
            .run();
    assertThat(report.frames()).isEqualTo(12);
    assertThat(Films.times(out)).hasSize(12).contains(0.04, 0.44);
    Path again = folder.resolve("again.mp4");
    Films.job(folder, again, ClipFormat.DEPTH, ClipOptions.defaults(), new Films.Heard()).run();
    assertThat(Films.hashes(again)).isEqualTo(Films.hashes(out));
  }

  @Test
  void tonesOfHdrAreMappedAndThatIsSaid() {
    Path in =
        Films.make(
            folder.resolve("in.mkv"),
            "-f lavfi -i color=s=64x64:d=0.2:r=10:c=gray,format=yuv420p10le,setparams=color_trc=smpte2084:color_primaries=bt2020:colorspace=bt2020nc -color_trc smpte2084"
                + " -color_primaries bt2020 -colorspace bt2020nc -c:v ffv1 FILE");
    Films.Heard heard = new Films.Heard();
    Path out = folder.resolve("out.mp4");
    Films.job(in, out, ClipFormat.SIDE, ClipOptions.defaults(), heard).run();
    assertThat(heard.notes).hasSize(1);
    assertThat(heard.notes.get(0)).contains("in.mkv is HDR (PQ): its tones are mapped");
    // Half of PQ's range is 92 nits, about half as bright as paper.
    assertThat(Films.pixels(out, 0, "rgb24")[3 * (32 * 128 + 32)] & 0xff).isBetween(90, 200);
  }

  @Test
  void filmsThatAreDrawnBecomeVideos() {
    Frames frames =
        new Frames() {
          @Override
          public int count() {
            return 7;
          }

          @Override
          public int millis() {
            return 50;
          }

          @Override
          public RgbImage frame(int index) {
            return new RgbImage(32, 32, new byte[3 * 32 * 32]);
          }
        };
    Path out = folder.resolve("out.mp4");
    ClipWriter.write(frames, out);
    assertThat(Films.times(out)).containsExactly(0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3);
    assertThat(seconds(out, "video")).isCloseTo(0.35, within(1e-6));
    assertThat(Films.names(folder)).containsExactly("out.mp4");
  }
}
