package dev.deltadepth.distill.run;

/**
 * How a run's validations went so far: what plateau schedule, early stopping and the best weights
 * go by.
 *
 * @param best the smallest loss; the largest number before the first validation
 * @param bestStep the step it was found at
 * @param stale validations since then
 * @param waited validations since then or since the rate fell last
 * @param reductions how often the rate fell
 */
public record Standing(double best, long bestStep, int stale, int waited, int reductions) {

  public static final Standing BEFORE = new Standing(Double.MAX_VALUE, 0, 0, 0, 0);

  /** After another validation. */
  public Standing after(double loss, long step, int patience) {
    if (loss < best) {
      return new Standing(loss, step, 0, 0, reductions);
    }
    return waited + 1 < patience
        ? new Standing(best, bestStep, stale + 1, waited + 1, reductions)
        : new Standing(best, bestStep, stale + 1, 0, reductions + 1);
  }

  /** Whether there was no validation with a loss that is a number. */
  public boolean empty() {
    return best == Double.MAX_VALUE;
  }
}
