package dev.deltadepth.distill.recipe;

/**
 * The learning rate of every step as a share of the peak rate.
 *
 * @param settings of the optimizer
 * @param steps of the whole run
 */
public record Schedule(OptimizerSettings settings, long steps) {

  /** Start, rise and end of one-cycle, as in PyTorch's OneCycleLR. */
  private static final double CYCLE_START = 1 / 25.0;

  private static final double CYCLE_RISE = 0.3;
  private static final double CYCLE_END = CYCLE_START * 1e-4;

  private static final double PLATEAU_FACTOR = 0.1;

  /**
   * The share at a step.
   *
   * @param step from 0
   * @param reductions on plateaus before it
   */
  public double share(long step, int reductions) {
    if (settings.schedule() == OptimizerSettings.ScheduleName.ONE_CYCLE) {
      return oneCycle((double) step / Math.max(1, steps - 1));
    }
    if (step < settings.warmUp()) {
      return (step + 1.0) / settings.warmUp();
    }
    if (settings.schedule() == OptimizerSettings.ScheduleName.PLATEAU) {
      return Math.pow(PLATEAU_FACTOR, reductions);
    }
    double progress = (double) (step - settings.warmUp()) / Math.max(1, steps - settings.warmUp());
    return cosine(1, 0, progress);
  }

  private static double oneCycle(double progress) {
    return progress < CYCLE_RISE
        ? cosine(CYCLE_START, 1, progress / CYCLE_RISE)
        : cosine(1, CYCLE_END, (progress - CYCLE_RISE) / (1 - CYCLE_RISE));
  }

  /** From one value to another along half a cosine. */
  private static double cosine(double from, double to, double progress) {
    return to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * progress));
  }
}
