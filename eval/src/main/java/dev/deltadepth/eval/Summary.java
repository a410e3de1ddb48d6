package dev.deltadepth.eval;

import dev.deltadepth.metrics.Score;
import dev.deltadepth.metrics.TeacherAgreement;
import java.util.ArrayList;
import java.util.List;

/**
 * The figures of an evaluation with their intervals, row by row, for reports.
 *
 * @param rows for each model, its labelled sets, then their mean
 * @param agreements for each model, its unlabelled sets
 */
public record Summary(List<Row> rows, List<AgreementRow> agreements) {
  /** Stands in place of a set's name in the row of a model's mean. */
  public static final String MEAN = "mean of sets";

  /** Copies the lists. */
  public Summary {
    rows = List.copyOf(rows);
    agreements = List.copyOf(agreements);
  }

  /**
   * A model on a set.
   *
   * @param model its name
   * @param set the set's name, or {@link #MEAN}
   * @param images number of images; in the row of the mean, number of sets
   * @param score the figures; in the row of the mean, AbsRel and delta1 only
   * @param absRel interval of AbsRel
   * @param delta1 interval of delta1
   * @param edges F1 of depth edges against dense ground truth
   * @param flicker temporal instability of a sequence
   * @param ratio AbsRel divided by the teacher's
   * @param ratioInterval interval of the ratio, over the same images
   */
  public record Row(
      String model,
      String set,
      int images,
      Score score,
      Interval absRel,
      Interval delta1,
      double edges,
      double flicker,
      double ratio,
      Interval ratioInterval) {}

  /**
   * A model on an unlabelled set.
   *
   * @param model its name
   * @param set the set's name
   * @param images number of images
   * @param mean means over images
   * @param residual interval of the residual correlation
   * @param worstResidual lowest residual correlation of any image
   * @param flicker temporal instability of a sequence
   */
  public record AgreementRow(
      String model,
      String set,
      int images,
      TeacherAgreement mean,
      Interval residual,
      double worstResidual,
      double flicker) {}

  /** The rows of an evaluation: the models in their order, then the teacher. */
  public static Summary of(Evaluation evaluation) {
    List<Row> rows = new ArrayList<>();
    List<AgreementRow> agreements = new ArrayList<>();
    List<SetResult> reference = evaluation.teacher().map(ModelResult::sets).orElse(List.of());
    for (ModelResult model : evaluation.everyone()) {
      List<Double> ratios = evaluation.ratios(model);
      for (int i = 0; i < model.sets().size(); i++) {
        SetResult set = model.sets().get(i);
        Figures figures = new Figures(set.set(), set.images(), set.score());
        List<SetResult> same = reference.isEmpty() ? reference : List.of(reference.get(i));
        double ratio = ratios.isEmpty() ? Double.NaN : ratios.get(i);
        rows.add(row(model.model(), figures, List.of(set), same, ratio));
      }
      if (!model.sets().isEmpty()) {
        Score mean = Score.of(model.meanAbsRel(), model.meanDelta1());
        Figures figures = new Figures(MEAN, model.sets().size(), mean);
        double ratio = evaluation.ratioOfMeans(model);
        rows.add(row(model.model(), figures, model.sets(), reference, ratio));
      }
      model.agreements().forEach(set -> agreements.add(row(model.model(), set)));
    }
    return new Summary(rows, agreements);
  }

  private record Figures(String set, int images, Score score) {}

  private static Row row(
      String model,
      Figures figures,
      List<SetResult> sets,
      List<SetResult> reference,
      double ratio) {
    List<Bootstrap.Values> errors = sets.stream().map(SetResult::absRel).toList();
    List<Bootstrap.Values> shares =
        sets.stream().map(SetResult::delta1).filter(Bootstrap.Values::known).toList();
    return new Row(
        model,
        figures.set(),
        figures.images(),
        figures.score(),
        Bootstrap.mean(errors),
        Bootstrap.mean(shares),
        Means.of(sets, SetResult::edges),
        Means.of(sets, SetResult::flicker),
        ratio,
        reference.isEmpty()
            ? Interval.NONE
            : Bootstrap.ratio(errors, reference.stream().map(SetResult::absRel).toList()));
  }

  private static AgreementRow row(String model, AgreementResult set) {
    return new AgreementRow(
        model,
        set.set(),
        set.images(),
        set.mean(),
        Bootstrap.mean(List.of(set.residuals())),
        set.worstResidual(),
        set.flicker());
  }
}
