package dev.deltadepth.eval.report;

import java.util.List;
import java.util.Locale;

/**
 * A chart as inline SVG. Its colours come from the page's style sheet, so it follows the page's
 * dark mode.
 */
final class Chart {
  private static final int WIDTH = 440;
  private static final int LEFT = 54;
  private static final int RIGHT = 12;
  private static final int TOP = 10;
  private static final int BOTTOM = 40;

  private final int height;
  private final Axis x;
  private final Axis y;
  private final StringBuilder marks = new StringBuilder();

  /**
   * Creates an empty chart.
   *
   * @param height in units of which the width is 440
   * @param label description for screen readers
   */
  Chart(int height, String label, Axis x, String titleX, Axis y, String titleY) {
    this.height = height;
    this.x = x;
    this.y = y;
    add("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, height, escape(label));
    for (double tick : x.ticks()) {
      add("<path class=\"grid\" d=\"M%.1f %dV%d\"/>", x(tick), TOP, height - BOTTOM);
      add("<text x=\"%.1f\" y=\"%d\">%s</text>", x(tick), height - BOTTOM + 15, Axis.label(tick));
    }
    for (double tick : y.ticks()) {
      add("<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, y(tick), WIDTH - RIGHT);
      add(
          "<text class=\"end\" x=\"%d\" y=\"%.1f\">%s</text>",
          LEFT - 6, y(tick) + 4, Axis.label(tick));
    }
    add("<text x=\"%d\" y=\"%d\">%s</text>", (LEFT + WIDTH) / 2, height - 6, escape(titleX));
    add(
        "<text transform=\"translate(11 %d) rotate(-90)\">%s</text>",
        (height - BOTTOM + TOP) / 2, escape(titleY));
  }

  /** A point in the units of the axes. */
  record Point(double x, double y) {}

  /** A line with a dot at each point. */
  void line(List<Point> points, int series) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      path.append(path.isEmpty() ? 'M' : 'L')
          .append(String.format(Locale.ROOT, "%.1f %.1f", x(point.x()), y(point.y())));
    }
    add("<path class=\"line s%d\" d=\"%s\"/>", series, path);
    points.forEach(point -> dot(point, series, ""));
  }

  /** A dot with a tooltip. */
  void dot(Point point, int series, String title) {
    add(
        "<circle class=\"s%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\">%s</circle>",
        series,
        x(point.x()),
        y(point.y()),
        title.isEmpty() ? "" : "<title>" + escape(title) + "</title>");
  }

  /** A diagonal, where both axes have the same value. */
  void diagonal() {
    double low = Math.max(x.low(), y.low());
    double high = Math.min(x.high(), y.high());
    add("<path class=\"even\" d=\"M%.1f %.1fL%.1f %.1f\"/>", x(low), y(low), x(high), y(high));
  }

  /** The chart as SVG for an HTML page. */
  String svg() {
    return marks + "</svg>";
  }

  private double x(double value) {
    return LEFT + x.place(value) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return TOP + (1 - y.place(value)) * (height - TOP - BOTTOM);
  }

  private void add(String format, Object... arguments) {
    marks.append(String.format(Locale.ROOT, format, arguments));
  }

  /** Escapes a text for HTML, in an element or a double-quoted attribute. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
