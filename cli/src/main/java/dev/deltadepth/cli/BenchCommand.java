package dev.deltadepth.cli;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.base.ErrorText;
import dev.deltadepth.cli.base.Progress;
import dev.deltadepth.cli.option.JsonOption;
import dev.deltadepth.cli.option.ModelFile;
import dev.deltadepth.cli.option.QuietOption;
import dev.deltadepth.cli.option.SizeOption;
import dev.deltadepth.cli.option.ThreadsOption;
import dev.deltadepth.cli.option.WholeNumber;
import dev.deltadepth.eval.bench.BenchModel;
import dev.deltadepth.eval.bench.BenchReport;
import dev.deltadepth.eval.bench.Benchmark;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelException;
import dev.deltadepth.runtime.ModelSource;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delta bench}: how fast models are. */
@Command(
    name = "bench",
    header = "Time models against each other.",
    description =
        """
        Runs all models in turns, from photo to map, so that other load on the machine affects all \
        models equally. Prints the latency as a whole, of each step and of ONNX Runtime alone, \
        memory and size.\
        """,
    parameterListHeading = "%nModels:%n",
    exitCodeList = {
      "0:all models were measured",
      """
      1:a model or the photo cannot be used, or a model does not support a requested size; \
      standard error says why\
      """,
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer =
        """
          delta bench
          delta bench embedded teacher.onnx --size 256,384 --threads 1,2

        What the columns mean: docs/evaluation.md.\
        """)
final class BenchCommand extends BaseCommand {
  private static final float JPEG_QUALITY = 0.92f;

  @Parameters(
      arity = "0..*",
      paramLabel = "MODEL",
      description =
          """
          .onnx files, 'embedded' (the default) or 'embedded-int8'; all are compared with the first.\
          """)
  private List<Path> models = new ArrayList<>();

  @Option(
      names = "--size",
      paramLabel = "N,...",
      hideParamSyntax = true,
      split = ",",
      converter = SizeOption.Pixels.class,
      description =
          """
          Input sizes: the shorter side that the network sees, in pixels, 32 to 2048 (default: each \
          model's native size).\
          """)
  private List<Integer> sizes = new ArrayList<>();

  @Option(
      names = "--threads",
      paramLabel = "N,...",
      hideParamSyntax = true,
      split = ",",
      defaultValue = "1",
      converter = ThreadsOption.Count.class,
      description = "How many threads each inference uses (default: ${DEFAULT-VALUE}).")
  private List<Integer> threads = new ArrayList<>();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "30",
      converter = Runs.class,
      description = "How many turns are measured (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "10",
      converter = WarmUps.class,
      description = "How many turns warm up, before those (default: ${DEFAULT-VALUE}).")
  private int warmUps;

  @Option(
      names = "--on",
      paramLabel = "PHOTO",
      description = "The photo (default: a rendered room of 640x480 pixels).")
  private Optional<Path> on = Optional.empty();

  @Mixin private final JsonOption json = new JsonOption();

  @Option(names = "--csv", paramLabel = "FILE", description = "Also write the times to a CSV file.")
  private Optional<Path> csv = Optional.empty();

  @Mixin private final QuietOption quiet = new QuietOption();

  /** Turns that are measured. */
  static final class Runs extends WholeNumber {
    Runs() {
      super(1, 100_000);
    }
  }

  /** Turns that are not. */
  static final class WarmUps extends WholeNumber {
    WarmUps() {
      super(0, 100_000);
    }
  }

  /** A model under its name in the tables. */
  private record Entry(String name, ModelSource model) {}

  @Override
  public Integer call() {
    if (sizes.isEmpty()) {
      sizes.add(0);
    }
    List<Entry> entries = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (ModelSource model : ModelFile.all(models)) {
      names.add(OpenModels.unique(model.name(), names));
      entries.add(new Entry(names.get(names.size() - 1), model));
    }
    Path photo = on.orElseGet(BenchCommand::renderedRoom);
    try {
      return bench(entries, photo);
    } finally {
      if (on.isEmpty()) {
        delete(photo);
      }
    }
  }

  private int bench(List<Entry> entries, Path photo) {
    int requested = entries.size() * sizes.size() * threads.size();
    try (Benchmark benchmark = new Benchmark(ImageFiles.content(photo), photo.toString())) {
      Map<Entry, EstimatorOptions> timed = new LinkedHashMap<>();
      for (int size : sizes) {
        for (int count : threads) {
          EstimatorOptions options = EstimatorOptions.defaults().withSize(size).withThreads(count);
          for (Entry entry : entries) {
            if (add(benchmark, entry, options)) {
              timed.putIfAbsent(entry, options);
            }
          }
        }
      }
      if (timed.isEmpty()) {
        throw new ModelException("no model supports any of the sizes; choose others with --size");
      }
      if (!json.isPrinted()) {
        explain(benchmark, timed.size());
      }
      try (Progress progress = Progress.of("bench", warmUps + runs, quiet.on())) {
        benchmark.run(warmUps, runs, progress::step);
      }
      List<BenchModel> taken = new ArrayList<>();
      timed.forEach((entry, options) -> taken.add(sizeOf(entry, options, photo)));
      BenchReport report = new BenchReport(conditions(benchmark), taken, benchmark.rows());
      if (!json.isPrinted()) {
        report.lines().forEach(this::print);
      }
      json.write(report::writeJson, this::print);
      csv.ifPresent(report::writeCsv);
      return benchmark.size() == requested ? 0 : 1;
    }
  }

  private boolean add(Benchmark benchmark, Entry entry, EstimatorOptions options) {
    try {
      benchmark.add(
          entry.name(),
          options.size(),
          options.threads(),
          DepthEstimator.open(entry.model(), options));
      return true;
    } catch (ModelException e) {
      // With other numbers of threads it is the same.
      if (options.threads() == threads.get(0)) {
        String size = options.size() == 0 ? "" : " at " + options.size();
        warn(entry.name() + size + ": " + ErrorText.of(e));
      }
      return false;
    }
  }

  private void explain(Benchmark benchmark, int count) {
    print(
        "%d %s, photo of %s, %d %s; turns: %d to warm up, %d measured",
        count,
        count == 1 ? "model" : "models",
        benchmark.photoSize(),
        benchmark.size(),
        benchmark.size() == 1 ? "row" : "rows",
        warmUps,
        runs);
  }

  private BenchModel sizeOf(Entry entry, EstimatorOptions options, Path photo) {
    PeakMemory memory = PeakMemory.UNKNOWN;
    try {
      if (PeakMemory.now() > 0) {
        memory =
            PeakMemoryProcess.measure(
                List.of(
                    entry
                        .model()
                        .file()
                        .map(file -> file.toAbsolutePath().toString())
                        .orElse(entry.model().name()),
                    photo.toString(),
                    Integer.toString(options.size()),
                    Integer.toString(options.threads())));
      }
    } catch (ModelException e) {
      warn(entry.name() + ": " + ErrorText.of(e));
    }
    return new BenchModel(
        entry.name(),
        ModelFile.facts(entry.model()).parameters(),
        ModelFile.bytesOfWeights(entry.model()),
        memory.peak(),
        memory.base());
  }

  private Map<String, String> conditions(Benchmark benchmark) {
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("photo", benchmark.photoSize());
    conditions.put("warm_up", Integer.toString(warmUps));
    conditions.put("runs", Integer.toString(runs));
    conditions.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    conditions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    conditions.put("java", System.getProperty("java.version"));
    return conditions;
  }

  private static Path renderedRoom() {
    try {
      Path file = Files.createTempFile("delta-bench", ".jpg");
      ImageFiles.writeJpeg(
          new SceneRenderer(640, 480, 2).render(Scene.of(Scene.Kind.ROOM, 1)).image(),
          file,
          JPEG_QUALITY);
      return file;
    } catch (IOException e) {
      throw new FileException("cannot create a temporary file; give a photo with --on", e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
