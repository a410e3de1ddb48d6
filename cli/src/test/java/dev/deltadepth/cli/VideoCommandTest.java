package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.runtime.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model of these tests gives a pixel's red as its disparity. */
class VideoCommandTest {
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void writeModel() {
    model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "depth,film.depth.mp4",
    "side,film.side.mp4",
    "depth16,film.depth16.mkv",
    "sbs,film.sbs.mp4",
    "half-sbs,film.half-sbs.mp4",
    "anaglyph,film.anaglyph.mp4"
  })
  void aVideoGetsItsDepthBesideIt(String format, String name) throws IOException {
    Path in = Files.createDirectory(folder.resolve("in"));
    Path film = TestFilm.write(in.resolve("film.mp4"), 64, 48, 1);
    Run run = delta("video", film, "--model", model, "-f", format);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(film + " -> " + in.resolve(name) + " (10 frames, 1.00 s)")
        .contains("a frame took: decode ");
    assertThat(TestFilm.frames(in.resolve(name))).isEqualTo(10);
    assertThat(names(in)).containsExactlyInAnyOrder("film.mp4", name);
    Run again = delta("video", film, "--model", model, "-f", format);
    assertThat(again.exitCode()).isOne();
    assertThat(again.err()).contains("exists; use --overwrite");
    Run replaced = delta("video", film, "--model", model, "-f", format, "--overwrite", "-q");
    assertThat(replaced).isEqualTo(new Run(0, "", ""));
  }

  /** As for estimate and the commands that draw: notes are not errors. */
  @Test
  void quietLeavesOutTheNoteOnReencodedSound() {
    Path film = TestFilm.write(folder.resolve("film.mp4"), 64, 48, 0.3);
    Path out = folder.resolve("film.webm");
    Run run = delta("video", film, "--model", model, "-o", out);
    assertThat(run.err()).contains("the sound (aac) is re-encoded");
    assertThat(delta("video", film, "--model", model, "-o", out, "--overwrite", "-q"))
        .isEqualTo(new Run(0, "", ""));
  }

  @ParameterizedTest
  @CsvSource({"npy,frame-000010.npy", "png16,frame-000010.png"})
  void framesGoIntoAFolder(String format, String last) throws IOException {
    Path film = TestFilm.write(folder.resolve("film.mp4"), 64, 48, 1);
    Path out = folder.resolve("maps");
    Run run = delta("video", film, "--model", model, "-f", format, "-o", out);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(names(out)).hasSize(11).contains("frame-000001." + format.substring(0, 3), last);
    assertThat(Files.readAllLines(out.resolve("times.csv")))
        .hasSize(11)
        .contains(last + ",0.900000");
    if (format.equals("npy")) {
      assertThat(NpyFile.read(out.resolve(last)).shape()).containsExactly(48, 64);
    }
    assertThat(delta("video", film, "--model", model, "-f", format, "-o", out).err())
        .contains("maps holds frames; use --overwrite");
  }

  @Test
  void severalGoIntoAFolderAndAFaultCostsItsOwn() throws IOException {
    Path one = TestFilm.write(folder.resolve("one.mp4"), 64, 48, 0.5);
    Path bad = Files.writeString(folder.resolve("bad.mp4"), "Dear diary");
    Path two = TestFilm.write(folder.resolve("two.mkv"), 48, 64, 0.5);
    Path out = folder.resolve("new/out");
    Run run = delta("video", one, bad, two, "--model", model, "-o", out);
    assertThat(run.exitCode()).isOne();
    assertThat(run.errors()).hasSize(1);
    assertThat(run.err()).contains("bad.mp4").contains("is not a video");
    assertThat(names(out)).containsExactly("one.depth.mp4", "two.depth.mp4");
  }

  @Test
  void aFolderOfPicturesAndItsPattern() throws IOException {
    Path frames = Files.createDirectory(folder.resolve("frames"));
    for (int i = 0; i < 3; i++) {
      byte[] rgb = new byte[3 * 32 * 32];
      rgb[3 * i] = (byte) 200;
      ImageFiles.writePng(new RgbImage(32, 32, rgb), frames.resolve("f_0" + i + ".png"));
    }
    assertThat(delta("video", frames, "--model", model, "-q")).isEqualTo(new Run(0, "", ""));
    assertThat(TestFilm.frames(folder.resolve("frames.depth.mp4"))).isEqualTo(3);
    Run run = delta("video", frames.resolve("f_%02d.png"), "--model", model, "--fps", "5", "-q");
    assertThat(run).isEqualTo(new Run(0, "", ""));
    assertThat(TestFilm.frames(frames.resolve("f.depth.mp4"))).isEqualTo(3);
  }

  /** Each pixel's red flickers; steady maps follow the mean, and others do not. */
  @Test
  void steadyUnlessToldOtherwise() throws IOException {
    Path frames = Files.createDirectory(folder.resolve("frames"));
    for (int i = 0; i < 12; i++) {
      byte[] rgb = new byte[3 * 64 * 64];
      for (int p = 0; p < 64 * 64; p++) {
        rgb[3 * p] = (byte) (p % 64 * 2 + (i % 2 == 0 ? 10 : 0));
      }
      ImageFiles.writePng(new RgbImage(64, 64, rgb), frames.resolve(i + ".png"));
    }
    assertThat(apart(frames, "steady")).isLessThan(apart(frames, "raw", "--no-steady") / 5);
    assertThat(apart(frames, "ahead", "--lookahead", "8"))
        .isLessThan(apart(frames, "again", "--no-steady") / 5);
  }

  private double apart(Path frames, String name, String... more) throws IOException {
    Path out = folder.resolve(name);
    List<Object> line =
        Stream.concat(
                Stream.<Object>of("video", frames, "--model", model, "-f", "npy", "-q", "-o", out),
                Stream.<Object>of((Object[]) more))
            .toList();
    assertThat(delta(line.toArray())).isEqualTo(new Run(0, "", ""));
    float[] before = NpyFile.read(out.resolve("frame-000010.npy")).data();
    float[] after = NpyFile.read(out.resolve("frame-000011.npy")).data();
    double sum = 0;
    for (int i = 0; i < before.length; i++) {
      sum += Math.abs(after[i] - before[i]);
    }
    return sum / before.length;
  }

  @Test
  void anUnknownEndingIsNoFolder() throws IOException {
    Path film = TestFilm.write(folder.resolve("film.mp4"), 64, 48, 0.2);
    Run run = delta("video", film, "--model", model, "-o", folder.resolve("out.avi"));
    assertThat(run.exitCode()).isOne();
    assertThat(run.err()).contains("must end in .mp4").contains("out.avi");
    assertThat(names(folder)).containsExactlyInAnyOrder("film.mp4", "red.onnx");
  }

  @Test
  void anFfmpegThatIsNone() {
    Path film = TestFilm.write(folder.resolve("film.mp4"), 64, 48, 0.2);
    Run run = delta("video", film, "--model", model, "--ffmpeg", folder.resolve("nothing"));
    assertThat(run.exitCode()).isOne();
    assertThat(run.errors()).hasSize(1);
    assertThat(run.err()).contains("is not a program");
  }

  @Test
  void aClipOfAVideo() throws IOException {
    Path film = TestFilm.write(folder.resolve("film.mp4"), 64, 48, 2);
    Path out = folder.resolve("part.webm");
    Run run =
        delta(
            "video",
            film,
            "--model",
            model,
            "-o",
            out,
            "--start",
            "0.5",
            "--duration",
            "0.7",
            "--side",
            "32",
            "-q");
    assertThat(run).isEqualTo(new Run(0, "", ""));
    assertThat(TestFilm.frames(out)).isEqualTo(7);
  }
}
