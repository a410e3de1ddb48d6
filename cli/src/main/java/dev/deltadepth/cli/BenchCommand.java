package dev.deltadepth.cli;

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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code delta bench}: how fast models are. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = DeltaCommand.Version.class,
    header = "Time models against each other.",
    description = {
      "",
      "Takes a photo to its map with every model in turns, so that whatever else the machine does"
          + " hits all alike, and prints latency, each step by itself, ONNX Runtime alone, memory"
          + " and size.",
    },
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%nModels:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured",
      "1:a model or photo cannot be used, or a model not at every size; standard error says why",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  delta bench",
      "  delta bench embedded teacher.onnx --size 256,384 --threads 1,2",
      "",
      "What the columns mean: docs/evaluation.md."
    },
    sortOptions = false)
final class BenchCommand implements Callable<Integer> {
  private static final float JPEG_QUALITY = 0.92f;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "MODEL",
      description =
          "Files of models, 'embedded' (the default) and 'embedded-int8'. The others are compared"
              + " with the first.")
  private List<Path> models = new ArrayList<>();

  @Option(
      names = "--size",
      paramLabel = "N,...",
      hideParamSyntax = true,
      split = ",",
      description =
          "The shorter sides that the models see, in pixels, 32 to 2048 (default: what each was"
              + " made for).")
  private List<Integer> sizes = new ArrayList<>();

  @Option(
      names = "--threads",
      paramLabel = "N,...",
      hideParamSyntax = true,
      split = ",",
      defaultValue = "1",
      description = "Threads inside one run (default: ${DEFAULT-VALUE}).")
  private List<Integer> threads = new ArrayList<>();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "30",
      description = "How many turns are measured (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many turns go before them (default: ${DEFAULT-VALUE}).")
  private int warmUps;

  @Option(
      names = "--on",
      paramLabel = "PHOTO",
      description = "The photo (default: a drawn room of 640x480 pixels).")
  private Optional<Path> on = Optional.empty();

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures as JSON, too.")
  private Optional<Path> json = Optional.empty();

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the times as CSV, too.")
  private Optional<Path> csv = Optional.empty();

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress bar.")
  private boolean quiet;

  /** A model under its name in the tables. */
  private record Entry(String name, ModelSource model) {}

  @Override
  public Integer call() {
    Bounds.atLeast(spec, "--runs", runs, 1);
    Bounds.atLeast(spec, "--warm-up", warmUps, 0);
    threads.forEach(count -> Bounds.atLeast(spec, "--threads", count, 1));
    sizes.forEach(size -> Bounds.networkSize(spec, "--size", size));
    if (sizes.isEmpty()) {
      sizes.add(0);
    }
    List<Entry> entries = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (ModelSource model : ModelFile.all(models)) {
      names.add(OpenModels.unique(model.name(), names));
      entries.add(new Entry(names.get(names.size() - 1), model));
    }
    Path photo = on.orElseGet(BenchCommand::drawnRoom);
    try {
      return bench(entries, photo);
    } finally {
      if (on.isEmpty()) {
        delete(photo);
      }
    }
  }

  private int bench(List<Entry> entries, Path photo) {
    int asked = entries.size() * sizes.size() * threads.size();
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
        throw new ModelException("no model runs at any of the sizes: choose others with --size");
      }
      explain(benchmark, timed.size());
      try (Progress progress = Progress.of("bench", warmUps + runs, quiet)) {
        benchmark.run(warmUps, runs, progress::step);
      }
      List<BenchModel> taken = new ArrayList<>();
      timed.forEach((entry, options) -> taken.add(sizeOf(entry, options, photo)));
      BenchReport report = new BenchReport(conditions(benchmark), taken, benchmark.rows());
      report.lines().forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      json.ifPresent(report::writeJson);
      csv.ifPresent(report::writeCsv);
      return benchmark.size() == asked ? 0 : 1;
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
        complain(entry.name() + (options.size() == 0 ? "" : " at " + options.size()), e);
      }
      return false;
    }
  }

  private void explain(Benchmark benchmark, int count) {
    spec.commandLine()
        .getOut()
        .println(
            count
                + (count == 1 ? " model" : " models")
                + " on a photo of "
                + benchmark.photoSize()
                + ", "
                + benchmark.size()
                + (benchmark.size() == 1 ? " row: " : " rows in turns: ")
                + warmUps
                + " turns to warm up, then "
                + runs
                + " measured");
    spec.commandLine().getOut().flush();
  }

  private BenchModel sizeOf(Entry entry, EstimatorOptions options, Path photo) {
    PeakMemory memory = PeakMemory.UNKNOWN;
    try {
      if (PeakMemory.now() > 0) {
        memory =
            PeakMemory.measure(
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
      complain(entry.name(), e);
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

  private void complain(String what, ModelException problem) {
    spec.commandLine().getErr().println("delta: " + what + ": " + Main.describe(problem));
  }

  private static Path drawnRoom() {
    try {
      Path file = Files.createTempFile("delta-bench", ".jpg");
      ImageFiles.writeJpeg(
          new SceneRenderer(640, 480, 2).render(Scene.of(Scene.Kind.ROOM, 1)).image(),
          file,
          JPEG_QUALITY);
      return file;
    } catch (IOException e) {
      throw new FileException("no temporary file can be made: name a photo with --on", e);
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
