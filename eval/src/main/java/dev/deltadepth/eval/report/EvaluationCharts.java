package dev.deltadepth.eval.report;

import dev.deltadepth.eval.Evaluation;
import dev.deltadepth.eval.ModelResult;
import dev.deltadepth.eval.SampleResult;
import dev.deltadepth.eval.SetResult;
import dev.deltadepth.metrics.DistanceErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The charts of an evaluation report. */
final class EvaluationCharts {
  /** Number of colours; further series reuse them. */
  static final int SERIES = 6;

  /** More dots make a chart slow but no clearer. */
  private static final int MOST_DOTS = 2000;

  /** Bins with fewer pixels are too noisy to show. */
  private static final int LEAST_PIXELS = 200;

  private EvaluationCharts() {}

  /** Indices of the labelled sets whose ground truth is depth. */
  static List<Integer> setsWithDistances(Evaluation evaluation) {
    List<SetResult> sets = evaluation.everyone().get(0).sets();
    return IntStream.range(0, sets.size())
        .filter(i -> points(sets.get(i)).size() > 1)
        .boxed()
        .toList();
  }

  /** Relative error by true distance on one set, with a line per model. */
  static Chart distances(List<ModelResult> everyone, int set) {
    List<List<Chart.Point>> lines =
        everyone.stream().map(model -> points(model.sets().get(set))).toList();
    List<Chart.Point> all = lines.stream().flatMap(List::stream).toList();
    Axis x =
        Axis.ratios(
            all.stream().mapToDouble(Chart.Point::x).min().orElseThrow(),
            all.stream().mapToDouble(Chart.Point::x).max().orElseThrow());
    Axis y = Axis.upTo(all.stream().mapToDouble(Chart.Point::y).max().orElseThrow());
    Chart chart =
        new Chart(280, "relative error by distance", x, "distance, m", y, "relative error");
    for (int i = 0; i < lines.size(); i++) {
      chart.line(lines.get(i), i % SERIES);
    }
    return chart;
  }

  /** The bins with enough pixels, each at its centre. */
  private static List<Chart.Point> points(SetResult set) {
    List<Chart.Point> points = new ArrayList<>();
    for (int i = 0; i < DistanceErrors.bins(); i++) {
      if (set.distances().pixels()[i] >= LEAST_PIXELS) {
        double middle = Math.sqrt(DistanceErrors.start(i) * DistanceErrors.start(i + 1));
        points.add(new Chart.Point(middle, set.distances().mean(i)));
      }
    }
    return points;
  }

  /** AbsRel of a model against the teacher's, with a dot per image. */
  static Chart scatter(ModelResult model, ModelResult teacher) {
    double[] errors =
        IntStream.range(0, teacher.sets().size())
            .mapToObj(i -> List.of(model.sets().get(i), teacher.sets().get(i)))
            .flatMap(List::stream)
            .flatMap(set -> set.samples().stream())
            .mapToDouble(EvaluationCharts::absRel)
            .sorted()
            .toArray();
    Axis axis = Axis.ratios(errors[0], errors[errors.length - 1]);
    Chart chart =
        new Chart(420, "AbsRel, student against teacher", axis, "teacher", axis, model.model());
    chart.diagonal();
    int step = 1 + errors.length / 2 / MOST_DOTS;
    for (int i = 0; i < teacher.sets().size(); i++) {
      List<SampleResult> students = model.sets().get(i).samples();
      List<SampleResult> teachers = teacher.sets().get(i).samples();
      for (int j = 0; j < students.size(); j += step) {
        String title = teacher.sets().get(i).set() + ", " + students.get(j).stem();
        chart.dot(
            new Chart.Point(absRel(teachers.get(j)), absRel(students.get(j))), i % SERIES, title);
      }
    }
    return chart;
  }

  /** AbsRel with a lower bound, because a logarithmic axis has no 0. */
  private static double absRel(SampleResult sample) {
    return Math.max(sample.truth().score().absRel(), 1e-4);
  }
}
