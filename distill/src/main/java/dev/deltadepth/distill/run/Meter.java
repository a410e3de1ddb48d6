package dev.deltadepth.distill.run;

import dev.deltadepth.distill.recipe.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Accumulates the next row of a run's table: mean losses and speed. */
final class Meter {

  private final Recipe recipe;
  private final Map<String, Double> sums = new LinkedHashMap<>();
  private int steps;
  private long images;
  private long since = System.nanoTime();
  private double imagesPerSecond;

  Meter(Recipe recipe) {
    this.recipe = recipe;
  }

  /** The column names for {@link #row}. */
  static List<String> header(Recipe recipe) {
    List<String> header =
        new ArrayList<>(List.of("step", "size", "rate", "images_per_second", "loss"));
    header.addAll(recipe.losses().keySet());
    return header;
  }

  /**
   * Adds a step.
   *
   * @param count images in the step
   * @param terms of the loss, and their weighted sum as "loss"
   */
  void add(int count, Map<String, Double> terms) {
    steps++;
    images += count;
    terms.forEach((name, value) -> sums.merge(name, value, Double::sum));
    imagesPerSecond = images / ((System.nanoTime() - since) / 1e9);
  }

  /** The speed since the last row. */
  double imagesPerSecond() {
    return imagesPerSecond;
  }

  /**
   * Returns the row for the steps since the last one, up to {@code step}, and starts the next.
   *
   * @param rate learning rate of the last step
   */
  List<Object> row(long step, double rate) {
    List<Object> row = new ArrayList<>();
    row.add(step);
    row.add(recipe.stage(step - 1).size());
    row.add(rate);
    row.add(imagesPerSecond);
    row.add(mean("loss"));
    recipe.losses().keySet().forEach(name -> row.add(mean(name)));
    sums.clear();
    steps = 0;
    images = 0;
    since = System.nanoTime();
    return row;
  }

  private double mean(String name) {
    return sums.getOrDefault(name, Double.NaN) / steps;
  }
}
