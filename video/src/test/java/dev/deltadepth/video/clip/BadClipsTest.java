package dev.deltadepth.video.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DeltaException;
import dev.deltadepth.io.FileException;
import dev.deltadepth.video.FfmpegException;
import dev.deltadepth.video.FfmpegProgram;
import dev.deltadepth.video.read.Clip;
import dev.deltadepth.video.read.ClipLimits;
import dev.deltadepth.video.read.ClipSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is wrong is told in one line that names the file; nothing half-done and no child is left.
 */
class BadClipsTest {
  @TempDir Path folder;

  @AfterEach
  void noChildIsLeft() {
    try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
      assertThat(children.filter(ProcessHandle::isAlive)).isEmpty();
    }
  }

  private void fails(Path in, Path out, String... words) {
    fails(in, out, FfmpegProgram.packed(), ClipLimits.defaults(), words);
  }

  private void fails(Path in, Path out, FfmpegProgram program, ClipLimits limits, String... words) {
    assertThatThrownBy(() -> run(in, out, program, limits))
        .isInstanceOf(DeltaException.class)
        .satisfies(
            problem -> {
              assertThat(problem.getMessage()).doesNotContain("\n").contains(words);
              assertThat(problem.getMessage().length()).isLessThan(1000);
            });
    assertThat(out.getFileName().toString().startsWith("folder") || !Files.exists(out)).isTrue();
    assertThat(Films.names(folder)).noneMatch(name -> name.contains("delta-parts"));
  }

  private static ClipReport run(Path in, Path out, FfmpegProgram program, ClipLimits limits) {
    return new ClipJob(
            Clip.open(ClipSource.of(in.toString()), program, limits),
            out,
            ClipFormat.DEPTH,
            ClipStyle.of(Colormap.named("gray")),
            ClipOptions.defaults(),
            Films.red(),
            new Films.Heard())
        .run();
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  /** A program that runs the real one, after some lines of shell. */
  private FfmpegProgram wrapped(String lines) throws IOException {
    Path script = folder.resolve("ffmpeg.sh");
    Files.writeString(script, "#!/bin/sh\n" + lines + "\nexec '" + Films.PROGRAM + "' \"$@\"\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return FfmpegProgram.at(script);
  }

  @Test
  void whatIsNoVideo() throws Exception {
    Path out = folder.resolve("out.mp4");
    Path pipe = folder.resolve("pipe.mp4");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    fails(pipe, out, "pipe.mp4 is a pipe, a socket or a device");
    fails(
        file("notes.mp4", "Dear diary".getBytes(StandardCharsets.UTF_8)),
        out,
        "notes.mp4",
        "is not a video");
    fails(file("empty.mp4", new byte[0]), out, "empty.mp4", "is empty");
    byte[] random = new byte[5000];
    new Random(1).nextBytes(random);
    fails(file("random.avi", random), out, "random.avi");
    Path sound = Films.make(folder.resolve("song.mp4"), "-f lavfi -i sine=d=1 -c:a aac FILE");
    fails(sound, out, "song.mp4", "has no pictures");
    assertThatThrownBy(() -> ClipSource.of(folder.resolve("none.mp4").toString()))
        .hasMessageContaining("none.mp4 does not exist");
    Files.createDirectory(folder.resolve("nothing"));
    fails(folder.resolve("nothing"), out, "nothing holds no pictures");
  }

  /** A playlist would have FFmpeg read other files, or the network. */
  @Test
  void whatIsLocalOpensNothingElse() throws IOException {
    Path film = Films.film(folder.resolve("film.mp4"));
    Path out = folder.resolve("out.mp4");
    fails(
        file(
            "list.mp4",
            ("ffconcat version 1.0\nfile " + film.getFileName() + "\n")
                .getBytes(StandardCharsets.UTF_8)),
        out,
        "list.mp4 is a playlist, which is not opened: give the videos that it names");
    fails(
        file(
            "list.m3u8",
            ("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://" + film + "\n#EXT-X-ENDLIST\n")
                .getBytes(StandardCharsets.UTF_8)),
        out,
        "list.m3u8 is a playlist");
  }

  @Test
  void whatIsCutOffIsDoneAsFarAsItGoes() throws IOException {
    Path whole =
        Films.make(
            folder.resolve("whole.mkv"),
            "-f lavfi -i testsrc=d=4:s=64x48:r=10 -c:v mpeg4 -g 1 FILE");
    byte[] content = Files.readAllBytes(whole);
    Path half = file("half.mkv", Arrays.copyOf(content, content.length / 2));
    Path out = folder.resolve("out.mp4");
    ClipReport report = run(half, out, Films.PROGRAM, ClipLimits.defaults());
    assertThat(report.frames()).isBetween(10L, 30L);
    assertThat(report.complaint())
        .hasValueSatisfying(text -> assertThat(text).contains("half.mkv"));
    assertThat(Films.hashes(out)).hasSize((int) report.frames());
    // An index at the end is lost with the end.
    Path film = Films.film(folder.resolve("film.mp4"));
    byte[] mp4 = Files.readAllBytes(film);
    fails(
        file("short.mp4", Arrays.copyOf(mp4, mp4.length / 2)),
        folder.resolve("no.mp4"),
        "short.mp4");
  }

  @Test
  void standardInputCannotGoBackFromAnIndexAtTheEnd() throws IOException {
    Path last = Films.film(folder.resolve("last.mp4"));
    Path first = folder.resolve("first.mp4");
    Films.make(first, "-i " + last + " -c copy -movflags +faststart FILE");
    Path out = folder.resolve("out.mp4");
    assertThatThrownBy(() -> Films.piped(last, out, ClipOptions.defaults()))
        .isInstanceOf(FileException.class)
        .hasMessage(
            "standard input is an MP4 file with its index at the end, which has to be read first:"
                + " save it, and give its name");
    assertThat(out).doesNotExist();
    assertThat(Films.piped(first, out, ClipOptions.defaults()).frames()).isEqualTo(10);
  }

  @Test
  void framesThatAreNotThere() {
    Path in = Films.film(folder.resolve("in.mp4"));
    assertThatThrownBy(
            () ->
                Films.job(
                        in,
                        folder.resolve("out.mp4"),
                        ClipFormat.DEPTH,
                        ClipOptions.defaults().withPart(50, 1),
                        new Films.Heard())
                    .run())
        .isInstanceOf(FileException.class)
        .hasMessageContaining("in.mp4 has no frames there");
    assertThat(Films.names(folder)).containsExactly("in.mp4");
  }

  @Test
  void aSizeThatChangesInTheMiddle() throws IOException {
    Path first =
        Films.make(
            folder.resolve("1.m4v"),
            "-f lavfi -i testsrc=d=0.5:s=64x48:r=10 -c:v mpeg4 -f m4v FILE");
    Path second =
        Films.make(
            folder.resolve("2.m4v"),
            "-f lavfi -i testsrc=d=0.5:s=32x64:r=10 -c:v mpeg4 -f m4v FILE");
    byte[] both =
        Arrays.copyOf(Files.readAllBytes(first), (int) (Files.size(first) + Files.size(second)));
    System.arraycopy(
        Files.readAllBytes(second), 0, both, (int) Files.size(first), (int) Files.size(second));
    Path out = folder.resolve("out.mp4");
    ClipReport report = run(file("both.m4v", both), out, Films.PROGRAM, ClipLimits.defaults());
    assertThat(report.frames()).isGreaterThan(7);
    assertThat(Films.stream(out, "video").path("width").asInt()).isEqualTo(64);
  }

  @Test
  void ratesThatCannotBe() {
    Path in =
        Films.make(
            folder.resolve("in.avi"),
            "-f lavfi -i testsrc=d=1:s=64x48:r=10 -vf settb=1/1000000,setpts=N,fps=1000000 -c:v ffv1 FILE");
    Path out = folder.resolve("out.mp4");
    ClipReport report = run(in, out, Films.PROGRAM, ClipLimits.defaults());
    assertThat(report.frames()).isEqualTo(10);
    assertThat(report.seconds()).isLessThan(1);
    assertThat(Films.hashes(out)).isNotEmpty();
  }

  @Test
  void aClipIsNotReplacedByItsOwnDepth() throws IOException {
    Path in = Films.film(folder.resolve("in.mp4"));
    byte[] before = Files.readAllBytes(in);
    Files.createDirectory(folder.resolve("a"));
    for (Path out : new Path[] {in, folder.resolve("a/../in.mp4")}) {
      assertThatThrownBy(() -> run(in, out, Films.PROGRAM, ClipLimits.defaults()))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("in.mp4 would be replaced by its own depth");
    }
    assertThat(Files.readAllBytes(in)).isEqualTo(before);
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Films.make(pictures.resolve("frame-%06d.png"), "-f lavfi -i testsrc=d=0.3:s=64x48:r=10 FILE");
    assertThatThrownBy(
            () ->
                Films.job(
                        pictures,
                        pictures,
                        ClipFormat.PNG16,
                        ClipOptions.defaults(),
                        new Films.Heard())
                    .run())
        .hasMessageContaining("would be replaced by its own depth");
  }

  @Test
  void framesThatAreTooLarge() {
    Path in = Films.film(folder.resolve("in.mp4"));
    fails(
        in,
        folder.resolve("out.mp4"),
        Films.PROGRAM,
        ClipLimits.defaults().withPixels(1000),
        "in.mp4 has frames of 64x48");
  }

  @Test
  void aDecoderThatHangsIsEnded() throws IOException {
    Path in = Films.film(folder.resolve("in.mp4"));
    ClipLimits limits = ClipLimits.defaults().withSilence(Duration.ofMillis(500));
    FfmpegProgram hangs = wrapped("case \"$*\" in *rawvideo*) exec sleep 600;; esac");
    fails(in, folder.resolve("out.mp4"), hangs, limits, "in.mp4", "nothing happened for");
  }

  @Test
  void aDecoderThatCrashes() throws IOException {
    Path in = Films.film(folder.resolve("in.mp4"));
    FfmpegProgram crashes = wrapped("case \"$*\" in *rawvideo*) kill -SEGV $$;; esac");
    fails(in, folder.resolve("out.mp4"), crashes, ClipLimits.defaults(), "in.mp4");
  }

  @Test
  void aDiskThatIsFull() throws IOException {
    Path in =
        Films.make(
            folder.resolve("in.mkv"),
            "-f lavfi -i testsrc2=d=3:s=320x240:r=25 -c:v mpeg4 -q:v 2 FILE");
    // Files of this process may not grow over a few blocks.
    FfmpegProgram full = wrapped("case \"$*\" in *pipe:0*) trap '' XFSZ; ulimit -f 40;; esac");
    fails(
        in, folder.resolve("out.mp4"), full, ClipLimits.defaults(), "out.mp4", "the disk is full");
  }

  @Test
  void whereNothingCanBeWritten() throws IOException {
    Path in = Films.film(folder.resolve("in.mp4"));
    fails(in, folder.resolve("no/out.mp4"), "out.mp4", "its folder does not exist");
    fails(in, folder.resolve("out.xyz"), "out.xyz", "must end in .mp4");
    Files.createDirectory(folder.resolve("folder.mp4"));
    fails(in, folder.resolve("folder.mp4"), "folder.mp4 is a folder");
  }

  @Test
  void anEncoderThatIsMissing() throws IOException {
    Path in = Films.film(folder.resolve("in.mp4"));
    FfmpegProgram none =
        wrapped("case \"$*\" in *-encoders*) echo ' V..... vnull  null'; exit 0;; esac");
    assertThatThrownBy(() -> run(in, folder.resolve("out.webm"), none, ClipLimits.defaults()))
        .isInstanceOf(FfmpegException.class)
        .hasMessageContaining("has no encoder for VP9 (libvpx-vp9)");
    assertThat(Films.names(folder)).containsExactly("ffmpeg.sh", "in.mp4");
  }

  /** Nothing listens at port 1. */
  @Test
  void anAddressThatDoesNotAnswer() {
    assertThatThrownBy(
            () ->
                Clip.open(
                    ClipSource.of("http://127.0.0.1:1/film.mp4"),
                    Films.PROGRAM,
                    ClipLimits.defaults()))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("http://127.0.0.1:1/film.mp4 cannot be opened: check the address");
  }

  @Test
  void aProgramThatIsNotFfmpeg() throws IOException {
    Path script = Files.writeString(folder.resolve("other.sh"), "#!/bin/sh\nexit 1\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> FfmpegProgram.at(script))
        .isInstanceOf(FfmpegException.class)
        .hasMessageContaining("other.sh is not FFmpeg");
  }

  @Test
  void aProgramThatIsNone() {
    assertThatThrownBy(() -> FfmpegProgram.at(folder.resolve("ffmpeg")))
        .isInstanceOf(FfmpegException.class)
        .hasMessageContaining("is not a program");
  }

  @Test
  void sourcesByTheirNames() {
    assertThat(List.of("camera:0", "rtsp://host/x", "https://host/a.mp4", "-"))
        .extracting(text -> ClipSource.of(text).kind())
        .containsExactly(
            ClipSource.Kind.CAMERA,
            ClipSource.Kind.ADDRESS,
            ClipSource.Kind.ADDRESS,
            ClipSource.Kind.STANDARD_INPUT);
    assertThat(ClipSource.of("rtsp://host/x").isLive()).isTrue();
    assertThat(ClipSource.of("https://host/a.mp4").isLive()).isFalse();
  }
}
