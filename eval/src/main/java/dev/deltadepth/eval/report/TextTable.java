package dev.deltadepth.eval.report;

import dev.deltadepth.eval.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A text table: the first columns are left-aligned, the figures after them right-aligned. */
public final class TextTable {
  private static final String NONE = "-";

  private final int names;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param names number of left-aligned columns
   * @param header column titles
   */
  public TextTable(int names, List<String> header) {
    this.names = names;
    rows.add(List.copyOf(header));
  }

  public void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  public List<String> lines() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - row.get(i).length());
      line.append(i == 0 ? "" : "  ");
      line.append(i < names ? row.get(i) + padding : padding + row.get(i));
    }
    return line.toString().stripTrailing();
  }

  /** A figure with a number of decimals; a dash for NaN. */
  public static String figure(double value, int digits) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** Both ends of an interval; a dash if there is none. */
  static String interval(Interval interval, int digits) {
    return Double.isNaN(interval.low())
        ? NONE
        : figure(interval.low(), digits) + ".." + figure(interval.high(), digits);
  }
}
