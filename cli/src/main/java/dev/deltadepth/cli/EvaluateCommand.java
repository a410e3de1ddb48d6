package dev.deltadepth.cli;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.option.Choice;
import dev.deltadepth.cli.option.DeviceOption;
import dev.deltadepth.cli.option.JsonOption;
import dev.deltadepth.cli.option.ModelFile;
import dev.deltadepth.cli.option.QuietOption;
import dev.deltadepth.cli.option.SizeOption;
import dev.deltadepth.cli.option.ThreadsOption;
import dev.deltadepth.cli.option.UpsamplingOption;
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
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code delta evaluate}: models against ground truth and against a teacher. */
@Command(
    name = "evaluate",
    header = "Measure models on images with ground truth.",
    description =
        """
        Prints each model's errors on every set of a data set and, with --teacher, its agreement \
        with a teacher that is measured in the same run.\
        """,
    exitCodeList = {
      "0:measured",
      "1:the data or a model cannot be used; standard error says why",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer =
        """
          delta evaluate --data eval/
          delta evaluate --data nyu/ --dataset nyu
          delta evaluate --data eval/ --teacher teacher.onnx -o report/
          delta evaluate --data eval/ --model a.onnx --model b.onnx --protocol median

        The formulas: docs/evaluation.md. The data: docs/datasets.md.\
        """)
final class EvaluateCommand extends BaseCommand {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the data set.")
  private Path data = Path.of("");

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      converter = DataSetNames.class,
      completionCandidates = DataSetNames.class,
      description =
          """
          Which data set it is: one of ${COMPLETION-CANDIDATES} (default: recognised by its files). \
          delta datasets tells where to get each and which files it needs.\
          """)
  private Optional<DataSetFormat> dataset = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "FILE.onnx",
      description =
          """
          A model to measure: an .onnx file, 'embedded' (the default) or 'embedded-int8'; can be \
          repeated.\
          """)
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
      converter = Protocols.class,
      completionCandidates = Protocols.class,
      description =
          """
          How predictions are aligned with the ground truth: one of ${COMPLETION-CANDIDATES} \
          (default: ${DEFAULT-VALUE}).\
          """)
  private Protocol protocol = Protocol.MARIGOLD;

  @Option(
      names = "--pooled",
      description = "Average over all pixels of a set instead of over its images.")
  private boolean pooled;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "REPORT_DIR",
      description =
          """
          Write a report: report.html, figures.json and samples.csv. The result of each image is \
          kept there, so that a run that was stopped can be resumed.\
          """)
  private Optional<Path> output = Optional.empty();

  @Mixin private final SizeOption size = new SizeOption();
  @Mixin private final UpsamplingOption upsampling = new UpsamplingOption();

  @Option(
      names = "--teacher-size",
      paramLabel = "N",
      converter = SizeOption.Pixels.class,
      description = "The teacher's input size (default: its native size).")
  private Optional<Integer> teacherSize = Optional.empty();

  @Mixin private final ThreadsOption threads = new ThreadsOption();
  @Mixin private final DeviceOption device = new DeviceOption();
  @Mixin private final JsonOption json = new JsonOption();

  @Option(
      names = "--predictions",
      paramLabel = "DIR",
      description =
          """
          Maps to score that another program wrote: DIR/<set>/<id> with npy, npz, pfm, exr or grey \
          png; larger is nearer, or in metres where the file says so; can be repeated.\
          """)
  private List<Path> predictions = new ArrayList<>();

  @Option(
      names = "--save-predictions",
      paramLabel = "DIR",
      description =
          """
          Also write every disparity map, for other tools to score: DIR/<model>/<set>/<id>.npy.\
          """)
  private Optional<Path> saved = Optional.empty();

  @Mixin private final QuietOption quiet = new QuietOption();

  /** Images that are in no figure. */
  private int leftOut;

  /** The data sets by name. */
  static final class DataSetNames extends Choice<DataSetFormat> {
    DataSetNames() {
      super("data set", DataSets.known(), DataSetFormat::name);
    }
  }

  /** The protocols by name. */
  static final class Protocols extends Choice<Protocol> {
    Protocols() {
      super("protocol", List.of(Protocol.values()), Protocol::toString);
    }
  }

  @Override
  public Integer call() {
    try (DataSet whole = opened();
        OpenModels open = new OpenModels()) {
      DataSet measured = whole.only(set -> protocol.measures(set.kind()));
      if (measured.sets().isEmpty()) {
        throw new EvaluationException(
            "%s has no set that the protocol %s can use; choose another one"
                .formatted(data, protocol));
      }
      List<Contestant> everyone = new ArrayList<>(open.predictions(predictions));
      if (predictions.isEmpty() || !models.isEmpty()) {
        everyone.addAll(open.all(models, options(size.pixels())));
      }
      Evaluator evaluator =
          Evaluator.of(everyone)
              .by(protocol)
              .averaging(pooled ? Averaging.PIXELS : Averaging.PICTURES)
              .on(threads.count());
      if (teacher.isPresent()) {
        Contestant reference =
            open.open(ModelFile.of(teacher.get()), "teacher", options(teacherSize));
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
        new EvaluationProgress(measured.count(), quiet.on(), saved, this::warn)) {
      Evaluator told = evaluator.telling(progress);
      if (output.isEmpty()) {
        Evaluation evaluation = told.run(measured);
        leftOut = progress.leftOut();
        return evaluation;
      }
      String place = data.toAbsolutePath().normalize().toString();
      // Maps that are to be written have to be estimated, and those of others may have changed.
      boolean reuse = saved.isEmpty() && predictions.isEmpty();
      try (Journal journal = EvaluationReport.journal(output.get(), place, reuse)) {
        Evaluation evaluation = told.keeping(journal).run(measured);
        leftOut = progress.leftOut();
        say(journal.used(), "results reused from an earlier run");
        say(journal.unused(), "results of other models, protocols or data ignored");
        return evaluation;
      }
    }
  }

  private void say(int results, String what) {
    if (results > 0 && !quiet.on()) {
      warn(output.orElse(data) + ": " + results + " " + what);
    }
  }

  private void report(
      Evaluation evaluation, DataSet measured, List<Contestant> everyone, ReportFacts facts) {
    Summary summary = Summary.of(evaluation);
    if (!json.isPrinted()) {
      EvaluationText.lines(evaluation, summary, facts).forEach(this::print);
    }
    json.write(file -> EvaluationJson.write(file, evaluation, summary, facts), this::print);
    if (output.isPresent()) {
      Gallery gallery = Gallery.of(evaluation, measured, everyone, threads.count());
      Path report = EvaluationReport.write(output.get(), evaluation, summary, gallery, facts);
      if (!json.isPrinted()) {
        print("report: " + report);
      }
    }
  }

  private ReportFacts facts(DataSet whole) {
    List<String> sizes = new ArrayList<>();
    sizes.add("shorter side " + size.pixels().map(String::valueOf).orElse("native"));
    if (teacher.isPresent()) {
      sizes.add("teacher's " + teacherSize.map(String::valueOf).orElse("native"));
    }
    List<String> remarks = new ArrayList<>();
    if (leftOut > 0) {
      remarks.add(
          "left out: %s that could not be measured; standard error says why"
              .formatted(leftOut == 1 ? "1 image" : leftOut + " images"));
    }
    List<String> sources = new ArrayList<>();
    for (SampleSet set : whole.sets()) {
      if (!protocol.measures(set.kind())) {
        remarks.add(
            "left out: %s; %s needs depth, and this is disparity without a unit"
                .formatted(set.name(), protocol));
      }
      String source = set.origin().citation() + " " + set.origin().licence();
      if (!source.isBlank()) {
        sources.add(set.name() + ": " + source.strip());
      }
    }
    return new ReportFacts(
        String.join(", ", sizes), whole.name() + " in " + data, sources, remarks);
  }

  /** Images are processed side by side, so each needs one thread of a model. */
  private EstimatorOptions options(Optional<Integer> pixels) {
    return device.on(
        EstimatorOptions.defaults()
            .withSize(pixels.orElse(0))
            .withThreads(1)
            .withUpsampling(upsampling.kind()));
  }
}
