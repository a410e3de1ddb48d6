package dev.deltadepth.android.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How an engine did.
 *
 * @param milliseconds of the network alone; 0 if it did not run
 * @param difference the largest one from the map of the processor with one thread
 */
public record Trial(Engine engine, Outcome outcome, double milliseconds, double difference) {
  /** The largest difference that is taken for rounding. */
  static final double MOST = 1e-2;

  /** How it ended. */
  public enum Outcome {
    /** It gave the right map. */
    RIGHT,
    /** It gave another map. */
    WRONG,
    /** It failed, or the phone ended the app. */
    FAILED,
    /** This ONNX Runtime does not have it. */
    MISSING
  }

  static Trial without(Engine engine, Outcome outcome) {
    return new Trial(engine, outcome, 0, 0);
  }

  /** A line for each. */
  static String lines(List<Trial> trials) {
    StringBuilder lines = new StringBuilder();
    for (Trial trial : trials) {
      lines.append(
          String.format(
              Locale.ROOT,
              "%s %s %.3f %.6f%n",
              trial.engine,
              trial.outcome,
              trial.milliseconds,
              trial.difference));
    }
    return lines.toString();
  }

  /** Those that {@link #lines} wrote. */
  static List<Trial> of(String lines) {
    List<Trial> trials = new ArrayList<>();
    for (String line : lines.split("\\R", -1)) {
      String[] words = line.split(" ", -1);
      if (words.length == 4) {
        trials.add(
            new Trial(
                Engine.named(words[0]),
                Outcome.valueOf(words[1]),
                Double.parseDouble(words[2]),
                Double.parseDouble(words[3])));
      }
    }
    return trials;
  }
}
