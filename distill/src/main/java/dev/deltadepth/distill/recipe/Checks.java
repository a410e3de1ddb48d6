package dev.deltadepth.distill.recipe;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rejects invalid values in recipes, naming the key and the allowed values. */
final class Checks {

  private Checks() {}

  static void require(@Nullable Object value, String key) {
    if (value == null) {
      throw new DistillException(
          "the recipe lacks " + key + "; docs/distillation.md lists all keys");
    }
  }

  static void within(String key, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new DistillException(
          "%s must be between %s and %s, not %s"
              .formatted(key, number(low), number(high), number(value)));
    }
  }

  static void multiple(String key, int value, int of) {
    if (value % of != 0) {
      throw new DistillException(
          String.format(Locale.ROOT, "%s must be a multiple of %d, not %d", key, of, value));
    }
  }

  /** A whole number without decimals. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.valueOf(value);
  }
}
