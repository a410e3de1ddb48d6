package dev.deltadepth.video.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.video.read.ClipLimits;
import dev.deltadepth.video.write.PartsFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stopped job goes on where it was, and gives what it would have given. */
class ResumeTest {
  private static final int FRAMES = 2 * ClipJob.SEGMENT + 70;

  @TempDir Path folder;

  private Path film() {
    return Films.make(
        folder.resolve("in.mp4"),
        "-f lavfi -i testsrc=d="
            + FRAMES / 50.0
            + ":s=64x48:r=50 -f lavfi -i sine=d=11"
            + " -pix_fmt yuv420p -c:v mpeg4 -c:a aac -shortest FILE");
  }

  private static ClipModel model(Function<RgbImage, DepthMap> run) {
    ClipModel red = Films.red();
    return new ClipModel(red.name(), red.size(), run, red.threads());
  }

  private static ClipReport run(
      Path in, Path out, ClipOptions.Range range, Function<RgbImage, DepthMap> network) {
    return Films.job(
            in.toString(),
            out,
            ClipFormat.DEPTH,
            ClipOptions.defaults().withRange(range).withResume(),
            model(network),
            ClipLimits.defaults(),
            new Films.Heard())
        .run();
  }

  @ParameterizedTest
  @EnumSource(ClipOptions.Range.class)
  void aJobThatFailsGoesOn(ClipOptions.Range range) {
    Path in = film();
    Path whole = folder.resolve("whole.mp4");
    run(in, whole, range, Films::redOf);
    assertThat(ClipJob.hasParts(whole)).isFalse();
    Path out = folder.resolve("out.mp4");
    AtomicInteger first = new AtomicInteger();
    assertThatThrownBy(
            () ->
                run(
                    in,
                    out,
                    range,
                    frame -> {
                      if (first.incrementAndGet() > ClipJob.SEGMENT + 100) {
                        throw new IllegalStateException("stumbled");
                      }
                      return Films.redOf(frame);
                    }))
        .hasMessageContaining("stumbled");
    assertThat(out).doesNotExist();
    assertThat(ClipJob.hasParts(out)).isTrue();
    AtomicInteger second = new AtomicInteger();
    ClipReport report =
        run(
            in,
            out,
            range,
            frame -> {
              second.incrementAndGet();
              return Films.redOf(frame);
            });
    assertThat(report.frames()).isEqualTo(FRAMES);
    assertThat(second.get()).isLessThan(FRAMES - ClipJob.SEGMENT - 50);
    assertThat(Films.hashes(out)).isEqualTo(Films.hashes(whole)).hasSize(FRAMES);
    assertThat(Films.times(out)).isEqualTo(Films.times(in));
    assertThat(Films.names(folder)).containsExactly("in.mp4", "out.mp4", "whole.mp4");
  }

  @Test
  void aJobThatIsStoppedLeavesAShorterVideoAndGoesOn() {
    Path in = film();
    Path out = folder.resolve("out.mp4");
    Path whole = folder.resolve("whole.mp4");
    run(in, whole, ClipOptions.Range.MOVING, Films::redOf);
    ClipJob[] job = new ClipJob[1];
    AtomicInteger count = new AtomicInteger();
    job[0] =
        Films.job(
            in.toString(),
            out,
            ClipFormat.DEPTH,
            ClipOptions.defaults().withResume(),
            model(
                frame -> {
                  if (count.incrementAndGet() == ClipJob.SEGMENT + 30) {
                    job[0].stop();
                  }
                  return Films.redOf(frame);
                }),
            ClipLimits.defaults(),
            new Films.Heard());
    ClipReport report = job[0].run();
    assertThat(report.stopped()).isTrue();
    assertThat(Films.hashes(out)).hasSize((int) report.frames());
    assertThat(Films.stream(out, "audio").path("duration").asDouble())
        .isBetween(report.seconds() - 0.1, report.seconds() + 0.1);
    assertThat(ClipJob.hasParts(out)).isTrue();
    run(in, out, ClipOptions.Range.MOVING, Films::redOf);
    assertThat(Films.hashes(out)).isEqualTo(Films.hashes(whole));
    assertThat(ClipJob.hasParts(out)).isFalse();
  }

  @Test
  void partsOfAnotherJobAreNotUsed() {
    Path in = film();
    Path out = folder.resolve("out.mp4");
    Function<RgbImage, DepthMap> fails =
        frame -> {
          throw new IllegalStateException("stumbled");
        };
    assertThatThrownBy(() -> run(in, out, ClipOptions.Range.MOVING, fails))
        .hasMessageContaining("stumbled");
    AtomicInteger count = new AtomicInteger();
    run(
        in,
        out,
        ClipOptions.Range.FRAME,
        frame -> {
          count.incrementAndGet();
          return Films.redOf(frame);
        });
    assertThat(count.get()).isEqualTo(FRAMES);
  }

  @Test
  void filesThatAreThereAreLeftAlone() throws Exception {
    Path in = Films.film(folder.resolve("in.mp4"));
    Path out = folder.resolve("out");
    Films.run(in, out, ClipFormat.PNG16);
    byte[] third = Files.readAllBytes(out.resolve("frame-000003.png"));
    Files.writeString(out.resolve("frame-000002.png"), "mine");
    Files.delete(out.resolve("frame-000003.png"));
    Films.job(in, out, ClipFormat.PNG16, ClipOptions.defaults().withResume(), new Films.Heard())
        .run();
    assertThat(out.resolve("frame-000002.png")).hasContent("mine");
    // Maps on their way are kept in 16 bits, which may round a value differently.
    assertThat(Films.pixels(out.resolve("frame-000003.png"), 0, "gray16le")).hasSize(2 * 64 * 48);
    assertThat(third).isNotEmpty();
  }

  /** What a killed job left is gone after the next. */
  @Test
  void leftoversAreDeleted() throws Exception {
    Path in = Films.film(folder.resolve("in.mp4"));
    Path parts = Files.createDirectory(folder.resolve(".out.mp4.delta-parts"));
    Files.writeString(parts.resolve("unfinished.tmp"), "half");
    Films.run(in, folder.resolve("out.mp4"), ClipFormat.DEPTH);
    assertThat(Films.names(folder)).containsExactly("in.mp4", "out.mp4");
  }

  @Test
  void twoJobsDoNotShareAnOutput() {
    Path out = folder.resolve("out.mp4");
    try (PartsFolder first = PartsFolder.open(out, true, "job")) {
      assertThatThrownBy(() -> PartsFolder.open(out, true, "job"))
          .hasMessageContaining("another process is writing");
    }
  }
}
