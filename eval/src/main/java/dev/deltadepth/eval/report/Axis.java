package dev.deltadepth.eval.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An axis of a chart.
 *
 * @param low value at its start
 * @param high value at its end, above {@code low}
 * @param logarithmic whether the scale is logarithmic, which requires both to be above 0
 */
record Axis(double low, double high, boolean logarithmic) {
  private static final int TICKS = 5;
  private static final double[] STEPS = {1, 2, 5, 10};
  private static final double[] FINE = {1, 1.5, 2, 3, 4, 6, 8};

  /** A linear axis from 0 to slightly beyond a value. */
  static Axis upTo(double value) {
    return new Axis(0, value > 0 ? 1.05 * value : 1, false);
  }

  /** A logarithmic axis from slightly below one value to slightly above another, both above 0. */
  static Axis ratios(double low, double high) {
    return new Axis(low / 1.15, high * 1.15, true);
  }

  /** Position of a value, from 0 at the start to 1 at the end; values beyond are clamped. */
  double place(double value) {
    double part =
        logarithmic
            ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
            : (value - low) / (high - low);
    return Math.max(0, Math.min(1, part));
  }

  /** About five round values: 1, 2 or 5 times a power of ten. */
  List<Double> ticks() {
    return logarithmic ? ratioTicks() : evenTicks();
  }

  private List<Double> evenTicks() {
    double rough = (high - low) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = STEPS[STEPS.length - 1] * power;
    for (int i = STEPS.length - 1; i >= 0 && STEPS[i] * power >= rough; i--) {
      step = STEPS[i] * power;
    }
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private List<Double> ratioTicks() {
    // Within less than a decade, 1, 2 and 5 are too few.
    double[] digits = high / low < 6 ? FINE : Arrays.copyOf(STEPS, STEPS.length - 1);
    List<Double> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(low)); Math.pow(10, power) <= high; power++) {
      for (double digit : digits) {
        double tick = digit * Math.pow(10, power);
        if (tick >= low && tick <= high) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  /** A tick's label without trailing zeros. */
  static String label(double tick) {
    String text = String.format(Locale.ROOT, "%.4f", tick);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
