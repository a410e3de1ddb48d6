import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.video.FfmpegProgram;
import dev.deltadepth.video.clip.ClipCosts.Step;
import dev.deltadepth.video.clip.ClipFormat;
import dev.deltadepth.video.clip.ClipJob;
import dev.deltadepth.video.clip.ClipModel;
import dev.deltadepth.video.clip.ClipOptions;
import dev.deltadepth.video.clip.ClipReport;
import dev.deltadepth.video.clip.ClipStyle;
import dev.deltadepth.video.read.Clip;
import dev.deltadepth.video.read.ClipLimits;
import dev.deltadepth.video.read.ClipSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * The network alone, as {@code delta bench} runs it, and {@code delta video}, by turns in one process. Arguments: frames
 * of a film, rounds.
 */
final class Video {
  private static final FfmpegProgram PROGRAM = FfmpegProgram.packed();
  private static final int LONG = 5000;

  /** Of the steady maps, or "none" for maps as they are. */
  private static final Optional<Integer> LOOKAHEAD =
      Optional.of(System.getenv().getOrDefault("DELTA_LOOKAHEAD", "0")).filter(text -> !text.equals("none")).map(Integer::valueOf);

  public static void main(String[] arguments) throws Exception {
    int frames = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    Path folder = Files.createTempDirectory("delta-video-benchmark");
    try (DepthEstimator bare = DepthEstimator.embedded(EstimatorOptions.defaults());
        DepthEstimator single = DepthEstimator.embedded(EstimatorOptions.defaults().withThreads(1))) {
      ClipModel model =
          new ClipModel(
              "embedded", single::inputSize, single.model()::run, Runtime.getRuntime().availableProcessors());
      for (int[] size : new int[][] {{640, 480}, {1920, 1080}}) {
        Path film = film(folder.resolve(size[0] + ".mp4"), size[0], size[1], frames);
        double[] ratios = new double[rounds];
        for (int round = -1; round < rounds; round++) {
          double network = network(bare, size[0], size[1], frames / 2);
          ClipReport report = run(film, folder.resolve("out.mp4"), model);
          double whole = report.costs().rate();
          System.out.printf(
              Locale.ROOT,
              "%dx%d%s: network %.1f frames/s, end to end %.1f, ratio %.3f; decode %.1f, network %.1f, steady %.1f, draw %.1f, encode %.1f ms%n",
              size[0], size[1], round < 0 ? " (warm-up)" : "", network, whole, whole / network,
              report.costs().millis(Step.DECODE), report.costs().millis(Step.NETWORK),
              report.costs().millis(Step.STEADY), report.costs().millis(Step.DRAW), report.costs().millis(Step.ENCODE));
          if (round >= 0) {
            ratios[round] = whole / network;
          }
        }
        Arrays.sort(ratios);
        System.out.printf(
            Locale.ROOT, "%dx%d: median ratio %.3f (%.3f to %.3f), peak memory %s%n",
            size[0], size[1], ratios[rounds / 2], ratios[0], ratios[rounds - 1], peak());
      }
      ClipReport report =
          run(film(folder.resolve("long.mp4"), 64, 48, LONG), folder.resolve("out.mp4"), model);
      System.out.println(report.frames() + " frames of 64x48 more: peak memory " + peak());
    } finally {
      for (Path file : Files.list(folder).toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    }
  }

  private static double network(DepthEstimator estimator, int width, int height, int runs) {
    InputSize size = estimator.inputSize(width, height);
    byte[] pixels = new byte[3 * size.width() * size.height()];
    new Random(1).nextBytes(pixels);
    RgbImage picture = new RgbImage(size.width(), size.height(), pixels);
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      estimator.model().run(picture);
    }
    return runs / ((System.nanoTime() - start) / 1e9);
  }

  private static Path film(Path file, int width, int height, int frames) throws Exception {
    String source = String.format(Locale.ROOT, "testsrc2=s=%dx%d:r=25", width, height);
    Process process =
        PROGRAM
            .ffmpeg(
                List.of(
                    "-f", "lavfi", "-i", source, "-frames:v", Integer.toString(frames), "-pix_fmt", "yuv420p",
                    "-c:v", "libopenh264", "-qmin", "24", "-qmax", "24", file.toString()))
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("no film");
    }
    return file;
  }

  private static ClipReport run(Path film, Path out, ClipModel model) {
    ClipLimits limits = ClipLimits.defaults();
    return new ClipJob(
            Clip.open(ClipSource.of(film.toString()), PROGRAM, limits),
            out,
            ClipFormat.DEPTH,
            ClipStyle.of(Colormap.named("inferno")),
            ClipOptions.defaults().withLookahead(LOOKAHEAD),
            model,
            new ClipJob.Listener() {
              @Override
              public void started(String pass, Optional<Long> expected) {}

              @Override
              public void done(long count) {}

              @Override
              public void note(String text) {}
            })
        .run();
  }

  /** This process's largest resident size; its children have their own. */
  private static String peak() throws Exception {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .map(line -> line.substring(6).strip())
            .findFirst()
            .orElse("unknown")
        : "unknown";
  }
}
