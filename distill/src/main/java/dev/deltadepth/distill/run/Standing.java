package dev.deltadepth.distill.run;

/**
 * A run's validation results so far, for plateau schedule, early stopping and the choice of the
 * best weights.
 *
 * @param best smallest loss; {@link Double#MAX_VALUE} before the first validation
 * @param bestStep step of the smallest loss
 * @param stale validations since then
 * @param waited validations since then or since the last reduction of the rate
 * @param reductions of the rate so far
 */
public record Standing(double best, long bestStep, int stale, int waited, int reductions) {

  /** Before the first validation. */
  public static final Standing BEFORE = new Standing(Double.MAX_VALUE, 0, 0, 0, 0);

  /** The standing after another validation. */
  public Standing after(double loss, long step, int patience) {
    if (loss < best) {
      return new Standing(loss, step, 0, 0, reductions);
    }
    return waited + 1 < patience
        ? new Standing(best, bestStep, stale + 1, waited + 1, reductions)
        : new Standing(best, bestStep, stale + 1, 0, reductions + 1);
  }

  /** Whether no validation has had a finite loss yet. */
  public boolean empty() {
    return best == Double.MAX_VALUE;
  }
}
