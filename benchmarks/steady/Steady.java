import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.steady.Motion;
import dev.deltadepth.core.steady.SteadyDepth;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.metrics.DepthMetrics;
import dev.deltadepth.metrics.TemporalInstability;
import dev.deltadepth.metrics.WarpError;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.scenes.ClipFrame;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneClip;
import dev.deltadepth.scenes.SceneRenderer;
import dev.deltadepth.video.FfmpegProgram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Flicker and accuracy of single frames' maps, of steady maps and of steady maps with lookahead. */
final class Steady {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 192;
  private static final int LOOKAHEAD = 8;
  private static final double FARTHEST = 80;
  private static final String[] WAYS = {"single frames", "causal", "lookahead " + LOOKAHEAD, "exact disparity"};

  /** A frame: its picture, its estimate, and what is known of its true disparity and motion. */
  private record Frame(RgbImage picture, DepthMap map, DepthMap truth, Motion motion) {}

  private static final Map<String, String> OPTIONS = new LinkedHashMap<>();
  private static final long[] STEADY_NANOS = new long[3];
  private static long steadyFrames;

  public static void main(String[] arguments) throws Exception {
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      OPTIONS.put(arguments[i], arguments[i + 1]);
    }
    try (DepthEstimator estimator = DepthEstimator.embedded(EstimatorOptions.defaults())) {
      if (OPTIONS.containsKey("--sample")) {
        sample(estimator, Path.of(OPTIONS.get("--sample")));
      } else if (OPTIONS.containsKey("--folder")) {
        Path folder = Path.of(OPTIONS.get("--folder"));
        String name = folder.getFileName().toString();
        report(name, List.<double[][]>of(measure(name, folder(estimator, folder))));
      } else {
        rendered(estimator);
      }
      if (steadyFrames > 0) {
        double network = network(estimator);
        System.out.printf(
            Locale.ROOT, "network %.1f ms a frame, causal %.1f ms (%.0f %%), lookahead %.1f ms (%.0f %%)%n", network,
            STEADY_NANOS[1] / 1e6 / steadyFrames, 100 * STEADY_NANOS[1] / 1e6 / steadyFrames / network,
            STEADY_NANOS[2] / 1e6 / steadyFrames, 100 * STEADY_NANOS[2] / 1e6 / steadyFrames / network);
      }
    }
  }

  /** Milliseconds of the network for a frame of the clips' size. */
  private static double network(DepthEstimator estimator) {
    InputSize size = estimator.inputSize(WIDTH, HEIGHT);
    RgbImage picture = new RgbImage(size.width(), size.height(), new byte[3 * size.width() * size.height()]);
    long start = 0;
    for (int i = -10; i < 40; i++) {
      start = i == 0 ? System.nanoTime() : start;
      estimator.model().run(picture);
    }
    return (System.nanoTime() - start) / 40e6;
  }

  private static String[] list(String option, String byDefault) {
    return OPTIONS.getOrDefault(option, byDefault).split(",");
  }

  private static void rendered(DepthEstimator estimator) throws Exception {
    int frames = Integer.parseInt(OPTIONS.getOrDefault("--frames", "24"));
    List<double[][]> all = new ArrayList<>();
    for (String path : list("--paths", "still,hand_held,walking")) {
      List<double[][]> clips = new ArrayList<>();
      for (String kind : list("--kinds", "room,interior,street,still_life")) {
        for (String seed : list("--seeds", "1,2")) {
          clips.add(measure(kind + "-" + seed + "-" + path, clip(estimator, kind, seed, path, frames)));
        }
      }
      report(path + ": " + clips.size() + " clips", clips);
      all.addAll(clips);
    }
    report("all: " + all.size() + " clips", all);
  }

  private static List<Frame> clip(DepthEstimator estimator, String kind, String seed, String path, int frames)
      throws IOException {
    SceneClip clip =
        SceneClip.of(
            Scene.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), Long.parseLong(seed),
            SceneClip.Path.valueOf(path.toUpperCase(Locale.ROOT)));
    List<Frame> out = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      out.add(cached(estimator, clip, (kind + "-" + seed + "-" + path + "-" + i).toUpperCase(Locale.ROOT), i));
    }
    return out;
  }

  private static Frame cached(DepthEstimator estimator, SceneClip clip, String name, int i) throws IOException {
    String folder = OPTIONS.get("--cache");
    Path file = folder == null ? null : Files.createDirectories(Path.of(folder)).resolve(name);
    int pixels = WIDTH * HEIGHT;
    if (file != null && Files.exists(file)) {
      ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file));
      byte[] rgb = new byte[3 * pixels];
      buffer.get(rgb);
      float[][] planes = new float[4][pixels];
      for (float[] plane : planes) {
        buffer.asFloatBuffer().get(plane);
        buffer.position(buffer.position() + 4 * pixels);
      }
      return new Frame(
          new RgbImage(WIDTH, HEIGHT, rgb), disparity(WIDTH, HEIGHT, planes[0]),
          disparity(WIDTH, HEIGHT, planes[1]), new Motion(WIDTH, HEIGHT, planes[2], planes[3]));
    }
    ClipFrame drawn = clip.frame(new SceneRenderer(WIDTH, HEIGHT, 2), i);
    RgbImage picture = drawn.rendered().image();
    Frame frame = new Frame(picture, estimator.estimate(picture), drawn.rendered().disparity(), drawn.motion());
    if (file != null) {
      ByteBuffer buffer = ByteBuffer.allocate(19 * pixels);
      buffer.put(picture.data());
      for (float[] plane : List.of(frame.map.data(), frame.truth.data(), frame.motion.right(), frame.motion.down())) {
        buffer.asFloatBuffer().put(plane);
        buffer.position(buffer.position() + 4 * pixels);
      }
      Files.write(file, buffer.array());
    }
    return frame;
  }

  private static DepthMap disparity(int width, int height, float[] values) {
    return new DepthMap(DepthMap.Kind.DISPARITY, width, height, values);
  }

  private static List<Frame> folder(DepthEstimator estimator, Path folder) throws IOException {
    List<Frame> out = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("rgb"))) {
      for (Path file : files.sorted().toList()) {
        String stem = file.getFileName().toString().replaceFirst("[.][^.]*$", "");
        RgbImage picture = ImageFiles.read(file);
        Path depth = folder.resolve("depth/" + stem + ".png");
        Path flow = folder.resolve("flow/" + stem + ".flo");
        out.add(
            new Frame(
                picture, estimator.estimate(picture), Files.exists(depth) ? depth(depth) : null,
                Files.exists(flow) ? flow(flow) : null));
      }
    }
    return out;
  }

  private static DepthMap depth(Path file) throws IOException {
    var raster = ImageIO.read(file.toFile()).getRaster();
    float[] values = new float[raster.getWidth() * raster.getHeight()];
    for (int i = 0; i < values.length; i++) {
      int row = i / raster.getWidth();
      int millimetres = raster.getSample(i % raster.getWidth(), row, 0);
      values[i] = millimetres == 0 || millimetres > 10_000 ? Float.NaN : 1000f / millimetres;
    }
    return disparity(raster.getWidth(), raster.getHeight(), values);
  }

  private static Motion flow(Path file) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    buffer.getFloat();
    int width = buffer.getInt();
    int height = buffer.getInt();
    float[] right = new float[width * height];
    float[] down = new float[width * height];
    for (int i = 0; i < right.length; i++) {
      right[i] = buffer.getFloat();
      down[i] = buffer.getFloat();
    }
    return new Motion(width, height, right, down);
  }

  private static List<DepthMap> steady(List<Frame> frames, int lookahead) {
    SteadyDepth steady = new SteadyDepth(lookahead);
    List<DepthMap> maps = new ArrayList<>();
    for (Frame frame : frames) {
      maps.addAll(steady.add(frame.picture, frame.map));
      if (steady.cut()) {
        System.out.println("  a cut at frame " + (maps.size() - 1));
      }
    }
    maps.addAll(steady.finish());
    return maps;
  }

  /** Figures of each way. */
  private static double[][] measure(String name, List<Frame> frames) throws Exception {
    List<List<DepthMap>> ways = new ArrayList<>();
    ways.add(frames.stream().map(Frame::map).toList());
    for (int way = 1; way <= 2; way++) {
      long start = System.nanoTime();
      ways.add(steady(frames, way == 1 ? 0 : LOOKAHEAD));
      STEADY_NANOS[way] += System.nanoTime() - start;
    }
    steadyFrames += frames.size();
    if (frames.get(0).truth != null) {
      ways.add(frames.stream().map(Frame::truth).toList());
    }
    double[][] figures = new double[ways.size()][];
    for (int way = 0; way < figures.length; way++) {
      figures[way] = figures(frames, ways.get(way));
    }
    System.out.printf(
        Locale.ROOT, "  %-26s instability %.4f x%.2f x%.2f, warp %.4f x%.2f x%.2f, AbsRel %.4f %+.1f%% %+.1f%%%n", name,
        figures[0][0], figures[1][0] / figures[0][0],
        figures[2][0] / figures[0][0], figures[0][1], figures[1][1] / figures[0][1],
        figures[2][1] / figures[0][1], figures[0][2], 100 * (figures[1][2] / figures[0][2] - 1),
        100 * (figures[2][2] / figures[0][2] - 1));
    if (OPTIONS.containsKey("--look")) {
      look(frames, ways, Files.createDirectories(Path.of(OPTIONS.get("--look"))).resolve(name + ".png"));
    }
    return figures;
  }

  private static double[] figures(List<Frame> frames, List<DepthMap> maps) {
    TemporalInstability instability = new TemporalInstability();
    WarpError warp = new WarpError();
    Alignment.Fit whole = new Alignment.Fit();
    double[] each = new double[2];
    DepthMetrics uncovered = new DepthMetrics();
    for (int i = 0; i < maps.size(); i++) {
      Frame frame = frames.get(i);
      instability.add(frame.picture, maps.get(i));
      if (frame.motion != null) {
        warp.add(maps.get(i), frame.motion);
      }
      if (frame.truth != null) {
        Alignment.Fit one = new Alignment.Fit();
        for (int p = 0; p < frame.truth.data().length; p++) {
          if (frame.truth.data()[p] > 1 / FARTHEST) {
            one.add(maps.get(i).data()[p], frame.truth.data()[p]);
            whole.add(maps.get(i).data()[p], frame.truth.data()[p]);
          }
        }
        DepthMetrics metrics = new DepthMetrics();
        add(metrics, maps.get(i), frame.truth, one.alignment(), null);
        if (i > 0 && frame.motion != null) {
          add(uncovered, maps.get(i), frame.truth, one.alignment(), frame.motion);
        }
        each[0] += metrics.score().absRel() / maps.size();
        each[1] += metrics.score().delta1() / maps.size();
      }
    }
    double grain = maps.stream().mapToDouble(Steady::grain).average().orElseThrow();
    if (whole.count() == 0) {
      return new double[] {instability.value(), warp.value(), Double.NaN, Double.NaN, Double.NaN, Double.NaN, grain};
    }
    DepthMetrics metrics = new DepthMetrics();
    for (int i = 0; i < maps.size(); i++) {
      add(metrics, maps.get(i), frames.get(i).truth, whole.alignment(), null);
    }
    return new double[] {
      instability.value(), warp.value(), each[0], each[1], metrics.score().absRel(), uncovered.score().absRel(), grain
    };
  }

  /** Adds the pixels with a truth; with a motion only those that were not seen in the frame before. */
  private static void add(DepthMetrics metrics, DepthMap map, DepthMap truth, Alignment alignment, Motion motion) {
    for (int p = 0; p < truth.data().length; p++) {
      if (truth.data()[p] > 1 / FARTHEST && (motion == null || Float.isNaN(motion.right()[p]))) {
        metrics.add(1 / Math.max(alignment.apply(map.data()[p]), 1 / FARTHEST), 1 / truth.data()[p]);
      }
    }
  }

  /** How much the values differ from the means of their four neighbours, in units of the map's deviation. */
  private static double grain(DepthMap map) {
    int width = map.width();
    float[] values = map.data();
    double[] apart =
        IntStream.range(width + 1, values.length - width - 1)
            .mapToDouble(i -> values[i] - (values[i - 1] + values[i + 1] + values[i - width] + values[i + width]) / 4)
            .toArray();
    double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).filter(Double::isFinite).average().orElse(0);
    double spread =
        IntStream.range(0, values.length)
            .mapToDouble(i -> (values[i] - mean) * (values[i] - mean)).filter(Double::isFinite).average().orElse(0);
    return Arrays.stream(apart).map(Math::abs).filter(Double::isFinite).average().orElse(0) / Math.sqrt(spread);
  }

  private static void report(String title, List<double[][]> clips) {
    System.out.println(title);
    System.out.println(
        "  | maps | instability | ratio | warp error | ratio | AbsRel | δ1 | AbsRel, one fit a clip "
            + "| AbsRel of what came into view | grain |");
    double[] single = mean(clips, 0);
    for (int way = 0; way < clips.get(0).length; way++) {
      double[] mean = mean(clips, way);
      System.out.printf(
          Locale.ROOT, "  | %s | %.4f | %.2f | %.4f | %.2f | %.4f (%+.1f %%) | %.4f | %.4f | %.4f | %.5f |%n", WAYS[way],
          mean[0], mean[0] / single[0], mean[1], mean[1] / single[1], mean[2], 100 * (mean[2] / single[2] - 1), mean[3], mean[4],
          mean[5], mean[6]);
    }
  }

  private static double[] mean(List<double[][]> clips, int way) {
    return IntStream.range(0, 7)
        .mapToDouble(i -> clips.stream().mapToDouble(clip -> clip[way][i]).average().orElseThrow())
        .toArray();
  }

  /** A sheet: a row a frame with the picture, the maps and their differences from the frame before, times 10. */
  private static void look(List<Frame> frames, List<List<DepthMap>> ways, Path file) {
    int step = Math.max(1, frames.size() / 8);
    List<RgbImage> cells = new ArrayList<>();
    for (int i = 1; i < frames.size(); i += step) {
      cells.add(frames.get(i).picture);
      for (List<DepthMap> maps : ways.subList(0, 3)) {
        cells.add(Colormap.named("inferno").apply(maps.get(i), window(maps)));
      }
      for (List<DepthMap> maps : ways.subList(0, 3)) {
        cells.add(difference(maps.get(i - 1), maps.get(i), window(maps)));
      }
    }
    ImageFiles.writePng(sheet(cells, 7), file);
  }

  private static Normalization window(List<DepthMap> maps) {
    return Normalization.percentiles(maps.get(0).data(), 1, 99);
  }

  private static RgbImage difference(DepthMap before, DepthMap now, Normalization window) {
    float[] change = new float[now.data().length];
    for (int i = 0; i < change.length; i++) {
      change[i] = 0.5f + 5 * (now.data()[i] - before.data()[i]) / (window.high() - window.low());
    }
    return Colormap.named("gray").apply(disparity(now.width(), now.height(), change), new Normalization(0, 1));
  }

  private static RgbImage sheet(List<RgbImage> cells, int columns) {
    int width = cells.get(0).width();
    int height = cells.get(0).height();
    byte[] out = new byte[3 * columns * width * (cells.size() / columns) * height];
    for (int i = 0; i < cells.size(); i++) {
      int row = i / columns;
      for (int y = 0; y < height; y++) {
        System.arraycopy(
            cells.get(i).data(), 3 * y * width, out, 3 * ((row * height + y) * columns + i % columns) * width, 3 * width);
      }
    }
    return new RgbImage(columns * width, cells.size() / columns * height, out);
  }

  /** Photo, single frames and causal maps side by side, as a film. */
  private static void sample(DepthEstimator estimator, Path file) throws Exception {
    List<Frame> frames =
        clip(estimator, list("--kinds", "room")[0], list("--seeds", "1")[0], list("--paths", "hand_held")[0], 36);
    List<DepthMap> steady = steady(frames, 0);
    Path folder = Files.createTempDirectory("delta-steady");
    Normalization window = Normalization.percentiles(steady.get(20).data(), 1, 99);
    Colormap colours = Colormap.named("inferno");
    for (int i = 6; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      var cells = List.of(frame.picture, colours.apply(frame.map, window), colours.apply(steady.get(i), window));
      List<RgbImage> small = cells.stream().map(cell -> Resizer.resize(cell, 208, 156)).toList();
      ImageFiles.writePng(sheet(small, 3), folder.resolve(String.format(Locale.ROOT, "%02d.png", i - 6)));
    }
    Process process =
        FfmpegProgram.packed()
            .ffmpeg(
                List.of(
                    "-y", "-framerate", "12", "-i", folder.resolve("%02d.png").toString(), "-filter_complex",
                    "split[a][b];[a]palettegen=max_colors=128:stats_mode=full[p];[b][p]paletteuse=dither=bayer:bayer_scale=4",
                    file.toAbsolutePath().toString()))
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("no sample");
    }
    for (Path picture : Files.list(folder).toList()) {
      Files.delete(picture);
    }
    Files.delete(folder);
  }
}
