package dev.deltadepth.cli;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.DataSetFormat;
import dev.deltadepth.datasets.DataSets;
import dev.deltadepth.datasets.Sample;
import dev.deltadepth.datasets.SampleSet;
import dev.deltadepth.eval.Contestant;
import dev.deltadepth.eval.Evaluation;
import dev.deltadepth.eval.EvaluationException;
import dev.deltadepth.eval.EvaluationListener;
import dev.deltadepth.eval.Evaluator;
import dev.deltadepth.eval.Protocol;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.NpyArray;
import dev.deltadepth.io.NpyFile;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code delta evaluate}: models against ground truth and against a teacher. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    versionProvider = DeltaCommand.Version.class,
    header = "Measure models on pictures with known depth.",
    description = {
      "",
      "Prints each model's error on every set of a data set, and how far it"
          + " agrees with a teacher that is measured in the same run.",
    },
    synopsisHeading = "%nUsage: ",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured",
      "1:the data or a model cannot be used; standard error says why",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  delta evaluate --data eval/",
      "  delta evaluate --data nyu/ --dataset nyu",
      "  delta evaluate --data eval/ --teacher teacher.onnx --json figures.json",
      "  delta evaluate --data eval/ --protocol median",
      "",
      "The format of the data and the formulas: docs/evaluation.md."
    },
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {
  private static final int SMALLEST = 32;
  private static final int LARGEST = 2048;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The folder of a data set.")
  private Path data = Path.of("");

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      converter = DataSetConverter.class,
      completionCandidates = DataSetNames.class,
      description =
          "Which one it is: one of ${COMPLETION-CANDIDATES} (default: what it looks like). delta"
              + " datasets says where to get each and what has to lie in its folder.")
  private Optional<DataSetFormat> dataset = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "FILE.onnx",
      description = "A model to measure; may be given several times (default: the embedded one).")
  private List<Path> models = new ArrayList<>();

  @Option(
      names = "--teacher",
      paramLabel = "FILE.onnx",
      description = "A model to compare them with.")
  private Optional<Path> teacher = Optional.empty();

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      defaultValue = "marigold",
      converter = ProtocolConverter.class,
      completionCandidates = ProtocolNames.class,
      description =
          "How predictions are aligned with the ground truth: one of ${COMPLETION-CANDIDATES}"
              + " (default: ${DEFAULT-VALUE}).")
  private Protocol protocol = Protocol.MARIGOLD;

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "The shorter side that the models see, in pixels, 32 to 2048 (default: what each was made"
              + " for).")
  private Optional<Integer> size = Optional.empty();

  @Option(names = "--teacher-size", paramLabel = "N", description = "The same for the teacher.")
  private Optional<Integer> teacherSize = Optional.empty();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the figures to a JSON file, too.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--predictions",
      paramLabel = "DIR",
      description =
          "Write every disparity map, for other tools to score: DIR/<model>/<set>/<id>.npy.")
  private Optional<Path> predictions = Optional.empty();

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress bar.")
  private boolean quiet;

  @Override
  public Integer call() {
    EstimatorOptions options = options("--size", size);
    EstimatorOptions teacherOptions = options("--teacher-size", teacherSize);
    try (DataSet whole = opened();
        OpenModels open = new OpenModels()) {
      DataSet measured = whole.only(set -> protocol.measures(set.kind()));
      if (measured.sets().isEmpty()) {
        throw new EvaluationException(
            data + " has no set that the protocol " + protocol + " can use: choose another one");
      }
      List<Contestant> contestants = new ArrayList<>();
      if (models.isEmpty()) {
        contestants.add(open.add("embedded", DepthEstimator.embedded(options)));
      }
      for (Path model : models) {
        contestants.add(open.add(stem(model), DepthEstimator.open(model, options)));
      }
      Evaluator evaluator = Evaluator.of(contestants).by(protocol);
      if (teacher.isPresent()) {
        DepthEstimator reference = DepthEstimator.open(teacher.get(), teacherOptions);
        evaluator = evaluator.against(open.add("teacher", reference));
      }
      report(run(evaluator, measured));
      whole.sets().stream()
          .filter(set -> !protocol.measures(set.kind()))
          .forEach(this::printLeftOut);
    }
    return 0;
  }

  private DataSet opened() {
    return dataset.map(format -> DataSets.open(format, data)).orElseGet(() -> DataSets.open(data));
  }

  private Evaluation run(Evaluator evaluator, DataSet measured) {
    if (quiet || !Boolean.getBoolean("delta.terminal")) {
      return evaluator.telling(new Output(() -> {})).run(measured);
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("evaluate")
            .setInitialMax(measured.count())
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .build()) {
      return evaluator.telling(new Output(bar::step)).run(measured);
    }
  }

  private void report(Evaluation evaluation) {
    List<String> sizes = new ArrayList<>();
    sizes.add("shorter side " + size.map(String::valueOf).orElse("native"));
    if (teacher.isPresent()) {
      sizes.add("teacher's " + teacherSize.map(String::valueOf).orElse("native"));
    }
    EvaluationReport report = new EvaluationReport(evaluation, String.join(", ", sizes));
    report.print(spec.commandLine().getOut());
    json.ifPresent(report::write);
  }

  private void printLeftOut(SampleSet set) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "left out: " + set.name() + "; its disparity without unit is of no use to " + protocol);
    out.flush();
  }

  private EstimatorOptions options(String name, Optional<Integer> pixels) {
    int side = pixels.orElse(0);
    if (pixels.isPresent() && (side < SMALLEST || side > LARGEST)) {
      throw new ParameterException(
          spec.commandLine(),
          name + " must be between " + SMALLEST + " and " + LARGEST + ", not " + side);
    }
    return EstimatorOptions.defaults().withSize(side);
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** Writes the predictions if they are wanted, and steps the progress. */
  private final class Output implements EvaluationListener {
    private final Runnable step;

    Output(Runnable step) {
      this.step = step;
    }

    @Override
    public void predicted(Contestant model, SampleSet set, Sample sample, DepthMap map) {
      if (predictions.isEmpty()) {
        return;
      }
      Path file =
          predictions.get().resolve(model.name()).resolve(set.name()).resolve(sample.id() + ".npy");
      try {
        Files.createDirectories(file.getParent());
      } catch (IOException e) {
        throw new FileException(
            "the folder of " + file + " cannot be made; name another one for --predictions", e);
      }
      NpyFile.write(file, new NpyArray(new int[] {map.height(), map.width()}, map.data()));
    }

    @Override
    public void done(int pictures, int total) {
      step.run();
    }
  }

  /** The models at work, each under a name of its own; closes them all. */
  private static final class OpenModels implements AutoCloseable {
    private final List<DepthEstimator> estimators = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    Contestant add(String wanted, DepthEstimator estimator) {
      estimators.add(estimator);
      String name = wanted;
      for (int i = 2; names.contains(name); i++) {
        name = wanted + "-" + i;
      }
      names.add(name);
      return new Contestant(name, estimator::estimate);
    }

    @Override
    public void close() {
      estimators.forEach(DepthEstimator::close);
    }
  }

  /** A name to its data set. */
  static final class DataSetConverter implements ITypeConverter<DataSetFormat> {
    @Override
    public DataSetFormat convert(String name) {
      return DataSets.named(name)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + name + "' is not one of " + String.join(", ", new DataSetNames())));
    }
  }

  /** The names for help and shell completion. */
  static final class DataSetNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    DataSetNames() {
      super(DataSets.known().stream().map(DataSetFormat::name).toList());
    }
  }

  /** A name to its protocol. */
  static final class ProtocolConverter implements ITypeConverter<Protocol> {
    @Override
    public Protocol convert(String name) {
      return Protocol.named(name)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + name + "' is not one of " + String.join(", ", new ProtocolNames())));
    }
  }

  /** The names for help and shell completion. */
  static final class ProtocolNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    ProtocolNames() {
      super(Arrays.stream(Protocol.values()).map(Protocol::toString).toList());
    }
  }
}
