package dev.deltadepth.cli;

import static dev.deltadepth.cli.TrainingProgress.print;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.DataSets;
import dev.deltadepth.distill.data.Photos;
import dev.deltadepth.distill.data.Window;
import dev.deltadepth.distill.label.Labeller;
import dev.deltadepth.distill.label.Teacher;
import dev.deltadepth.eval.Contestant;
import dev.deltadepth.eval.Evaluation;
import dev.deltadepth.eval.Evaluator;
import dev.deltadepth.eval.Summary;
import dev.deltadepth.eval.report.EvaluationText;
import dev.deltadepth.eval.report.ReportFacts;
import dev.deltadepth.io.ContactSheet;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.metrics.Agreement;
import dev.deltadepth.metrics.Protocol;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What was learned: the exported student beside its teacher. */
final class LearnedReport {
  /** More photos say little more and take minutes. */
  private static final int MOST = 100;

  /** As many rows as are looked at. */
  private static final int DRAWN = 8;

  private static final Colormap COLOURS = Colormap.named("inferno");

  private final Path model;
  private final Labeller teacher;
  private final PrintWriter out;

  LearnedReport(Path model, Labeller teacher, PrintWriter out) {
    this.model = model;
    this.teacher = teacher;
    this.out = out;
  }

  /** How far the two agree on a photo. */
  private record Compared(
      Path file, RgbImage photo, DepthMap teacher, DepthMap student, Agreement agreement) {}

  /**
   * Prints how far the two agree on photos held out, and draws both beside the photo, the photos on
   * which they agree least first.
   */
  void onHeldOut(Photos photos, Path sheet) {
    List<Compared> compared = new ArrayList<>();
    try (DepthEstimator student = student()) {
      for (int i = 0; i < Math.min(MOST, photos.count()); i++) {
        Path file = photos.file(i);
        String hash = photos.contentHash(i);
        photos.photo(i).flatMap(p -> compare(file, hash, p, student)).ifPresent(compared::add);
      }
    }
    if (compared.isEmpty()) {
      print(out, "no photos were held out, so student and teacher are not compared");
      return;
    }
    compared.sort(Comparator.comparingDouble(c -> c.agreement().residual()));
    Compared worst = compared.get(0);
    print(
        out,
        "student and teacher on %d photos held out: correlation %.4f, with the layout removed %.4f;"
            + " least %.4f, on %s",
        compared.size(),
        mean(compared, c -> c.agreement().pearson()),
        mean(compared, c -> c.agreement().residual()),
        worst.agreement().residual(),
        String.valueOf(worst.file().getFileName()));
    ContactSheet drawn = new ContactSheet(List.of("photo", "teacher", "student"));
    compared.stream()
        .limit(DRAWN)
        .forEach(
            c ->
                drawn.add(
                    "%s: correlation %.4f, with the layout removed %.4f"
                        .formatted(
                            c.file().getFileName(),
                            c.agreement().pearson(),
                            c.agreement().residual()),
                    List.of(c.photo(), COLOURS.apply(c.teacher()), COLOURS.apply(c.student()))));
    ImageFiles.writeJpeg(drawn.image(), sheet, 0.9f);
    print(out, "photo, teacher and student side by side, worst first: %s", sheet);
  }

  private static double mean(List<Compared> all, ToDoubleFunction<Compared> value) {
    return all.stream().mapToDouble(value).average().orElse(Double.NaN);
  }

  /** Nothing where the teacher has no value somewhere: such maps have no correlation. */
  private Optional<Compared> compare(
      Path file, String hash, RgbImage photo, DepthEstimator student) {
    DepthMap labelled = atSizeOf(photo, teacher.map(Window.whole(hash, photo)));
    for (float value : labelled.data()) {
      if (!Float.isFinite(value)) {
        return Optional.empty();
      }
    }
    DepthMap map = student.estimate(photo);
    return Optional.of(new Compared(file, photo, labelled, map, Agreement.of(map, labelled)));
  }

  /** Prints the errors of both on pictures with ground truth. */
  void onTruth(Path data) {
    try (DataSet whole = DataSets.open(data);
        DepthEstimator student = student()) {
      DataSet folder = whole.only(set -> Protocol.MARIGOLD.measures(set.kind()));
      Evaluator evaluator =
          Evaluator.of(List.of(new Contestant("student", student::estimate))).by(Protocol.MARIGOLD);
      if (teacher instanceof Teacher) {
        evaluator =
            evaluator.against(
                new Contestant(
                    "teacher", photo -> atSizeOf(photo, teacher.map(Window.whole("", photo)))));
      } else {
        print(out, "the teacher's labels were written before, so it is not measured here");
      }
      Evaluation evaluation = evaluator.run(folder);
      ReportFacts facts =
          new ReportFacts("native sizes", whole.name() + " in " + data, List.of(), List.of());
      EvaluationText.lines(evaluation, Summary.of(evaluation), facts)
          .forEach(line -> print(out, "%s", line));
    }
  }

  private static DepthMap atSizeOf(RgbImage photo, DepthMap map) {
    return Resizer.resize(map, photo.width(), photo.height());
  }

  private DepthEstimator student() {
    return DepthEstimator.open(model, EstimatorOptions.defaults());
  }
}
