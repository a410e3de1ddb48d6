package dev.deltadepth.cli;

import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.DataSetFormat;
import dev.deltadepth.datasets.DataSets;
import dev.deltadepth.datasets.SampleSet;
import dev.deltadepth.eval.Averaging;
import dev.deltadepth.eval.Contestant;
import dev.deltadepth.eval.Evaluation;
import dev.deltadepth.eval.EvaluationException;
import dev.deltadepth.eval.Evaluator;
import dev.deltadepth.eval.Journal;
import dev.deltadepth.eval.Summary;
import dev.deltadepth.eval.report.EvaluationJson;
import dev.deltadepth.eval.report.EvaluationReport;
import dev.deltadepth.eval.report.EvaluationText;
import dev.deltadepth.eval.report.Gallery;
import dev.deltadepth.eval.report.ReportFacts;
import dev.deltadepth.metrics.Protocol;
import dev.deltadepth.runtime.EstimatorOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      "Prints each model's error on every set of a data set, and how far it agrees with a teacher"
          + " that is measured in the same run.",
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
      "  delta evaluate --data eval/ --teacher teacher.onnx -o report/",
      "  delta evaluate --data eval/ --model a.onnx --model b.onnx --protocol median",
      "",
      "The formulas: docs/evaluation.md. The data: docs/datasets.md."
    },
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {

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
      description =
          "A model to measure, or 'embedded' or 'embedded-int8'; may be given several times (default:"
              + " embedded).")
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
      names = "--pooled",
      description =
          "Average over the pixels of all pictures of a set, not over pictures that count the"
              + " same.")
  private boolean pooled;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "REPORT_DIR",
      description =
          "Write a report: report.html, figures.json, samples.csv. What is found is kept there"
              + " picture by picture, and a run that was stopped goes on.")
  private Optional<Path> output = Optional.empty();

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
      names = "--threads",
      paramLabel = "N",
      description = "How many pictures are worked on at a time (default: one a processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

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
    Bounds.atLeast(spec, "--threads", threads, 1);
    EstimatorOptions options = options("--size", size);
    EstimatorOptions teacherOptions = options("--teacher-size", teacherSize);
    try (DataSet whole = opened();
        OpenModels open = new OpenModels()) {
      DataSet measured = whole.only(set -> protocol.measures(set.kind()));
      if (measured.sets().isEmpty()) {
        throw new EvaluationException(
            data + " has no set that the protocol " + protocol + " can use: choose another one");
      }
      List<Contestant> everyone = new ArrayList<>(open.all(models, options));
      Evaluator evaluator =
          Evaluator.of(everyone)
              .by(protocol)
              .averaging(pooled ? Averaging.PIXELS : Averaging.PICTURES)
              .on(threads);
      if (teacher.isPresent()) {
        Contestant reference = open.open(ModelFile.of(teacher.get()), "teacher", teacherOptions);
        evaluator = evaluator.against(reference);
        everyone.add(reference);
      }
      Evaluation evaluation = run(evaluator, measured);
      report(evaluation, measured, everyone, facts(whole));
    }
    return 0;
  }

  private DataSet opened() {
    return dataset.map(format -> DataSets.open(format, data)).orElseGet(() -> DataSets.open(data));
  }

  private Evaluation run(Evaluator evaluator, DataSet measured) {
    try (EvaluationProgress progress =
        new EvaluationProgress(measured.count(), quiet, predictions)) {
      Evaluator told = evaluator.telling(progress);
      if (output.isEmpty()) {
        return told.run(measured);
      }
      String place = data.toAbsolutePath().normalize().toString();
      // Maps that are to be written have to be estimated.
      boolean reuse = predictions.isEmpty();
      try (Journal journal = EvaluationReport.journal(output.get(), place, reuse)) {
        Evaluation evaluation = told.keeping(journal).run(measured);
        say(journal.used(), "results were known from an earlier run");
        say(journal.unused(), "results of other models, protocols or data were not used");
        return evaluation;
      }
    }
  }

  private void say(int results, String what) {
    if (results > 0 && !quiet) {
      spec.commandLine()
          .getErr()
          .println("delta: " + output.orElse(data) + ": " + results + " " + what);
    }
  }

  private void report(
      Evaluation evaluation, DataSet measured, List<Contestant> everyone, ReportFacts facts) {
    Summary summary = Summary.of(evaluation);
    EvaluationText.lines(evaluation, summary, facts).forEach(this::print);
    json.ifPresent(file -> EvaluationJson.write(file, evaluation, summary, facts));
    if (output.isPresent()) {
      Gallery gallery = Gallery.of(evaluation, measured, everyone, threads);
      print("report: " + EvaluationReport.write(output.get(), evaluation, summary, gallery, facts));
    }
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  private ReportFacts facts(DataSet whole) {
    List<String> sizes = new ArrayList<>();
    sizes.add("shorter side " + size.map(String::valueOf).orElse("native"));
    if (teacher.isPresent()) {
      sizes.add("teacher's " + teacherSize.map(String::valueOf).orElse("native"));
    }
    List<String> leftOut = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    for (SampleSet set : whole.sets()) {
      if (!protocol.measures(set.kind())) {
        leftOut.add(
            "left out: " + set.name() + "; its disparity without unit is of no use to " + protocol);
      }
      String source = set.origin().citation() + " " + set.origin().licence();
      if (!source.isBlank()) {
        sources.add(set.name() + ": " + source.strip());
      }
    }
    return new ReportFacts(
        String.join(", ", sizes), whole.name() + " in " + data, sources, leftOut);
  }

  /** Pictures are worked on side by side, so each model needs one thread a picture. */
  private EstimatorOptions options(String name, Optional<Integer> pixels) {
    pixels.ifPresent(side -> Bounds.networkSize(spec, name, side));
    return EstimatorOptions.defaults().withSize(pixels.orElse(0)).withThreads(1);
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
