package dev.deltadepth.metrics;

import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;

/**
 * Agreement of a model's map with the teacher's on an image without ground truth. For the first two
 * figures the map p is aligned with the teacher's q by least squares, {@code s, t = argmin sum (s p
 * + t - q)^2}; both depend on the teacher's zero, so they only compare students of the same
 * teacher.
 *
 * @param absRel mean of |s p + t - q| divided by the mean of |q|
 * @param delta1 share of the pixels with q above 0 where max(a/q, q/a) is below 1.25, a = s p + t
 * @param pearson correlation of the values, -1..1
 * @param residual correlation with the layout removed ({@link Agreement}), -1..1
 * @param edges F1 of depth edges ({@link EdgeAgreement}), 0..1
 */
public record TeacherAgreement(
    double absRel, double delta1, double pearson, double residual, double edges) {
  private static final double RATIO = 1.25;

  /** Without a teacher. */
  public static final TeacherAgreement NONE =
      new TeacherAgreement(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /**
   * The agreement of a map with the teacher's.
   *
   * @throws MetricsException if a map contains non-finite values
   * @throws IllegalArgumentException if kinds or sizes differ
   */
  public static TeacherAgreement of(DepthMap map, DepthMap teacher) {
    Agreement correlations = Agreement.of(map, teacher);
    Alignment.Fit fit = new Alignment.Fit();
    for (int i = 0; i < map.data().length; i++) {
      if (!Float.isFinite(map.data()[i]) || !Float.isFinite(teacher.data()[i])) {
        throw new MetricsException("the map or the teacher's contains non-finite values");
      }
      fit.add(map.data()[i], teacher.data()[i]);
    }
    Alignment alignment = fit.alignment();
    double error = 0;
    double sum = 0;
    int within = 0;
    int compared = 0;
    for (int i = 0; i < map.data().length; i++) {
      double aligned = alignment.apply(map.data()[i]);
      double wanted = teacher.data()[i];
      error += Math.abs(aligned - wanted);
      sum += Math.abs(wanted);
      if (wanted > 0) {
        compared++;
        // Without division, because the aligned value may be 0 or below.
        within += aligned < RATIO * wanted && wanted < RATIO * aligned ? 1 : 0;
      }
    }
    return new TeacherAgreement(
        error == 0 ? 0 : error / sum,
        within / (double) compared,
        correlations.pearson(),
        correlations.residual(),
        EdgeAgreement.of(map, teacher).f1());
  }
}
