package dev.deltadepth.distill.run;

import dev.deltadepth.io.AtomicFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Plots a run's tables. */
final class Plots {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;

  private Plots() {}

  /** The training loss and the held-out loss by step. */
  static void loss(RunFolder run) {
    XYChart chart = chart("loss");
    Map<String, List<Double>> training = CsvLog.columns(run.metrics());
    Map<String, List<Double>> validation = CsvLog.columns(run.validation());
    add(chart, "training", training, "loss");
    add(chart, "held out (map losses only)", validation, "loss");
    write(chart, run.lossPlot());
  }

  /** The scale-and-shift-invariant error on the held-out photos by step. */
  static void error(RunFolder run) {
    XYChart chart = chart("scale-and-shift-invariant error");
    add(chart, "held out", CsvLog.columns(run.validation()), "ssi");
    write(chart, run.errorPlot());
  }

  /** The learning rate by step. */
  static void rate(RunFolder run) {
    XYChart chart = chart("learning rate");
    add(chart, "learning rate", CsvLog.columns(run.metrics()), "rate");
    write(chart, run.ratePlot());
  }

  private static XYChart chart(String quantity) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle("step")
            .yAxisTitle(quantity)
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
    chart.getStyler().setToolTipsEnabled(false);
    return chart;
  }

  private static void add(
      XYChart chart, String name, Map<String, List<Double>> table, String column) {
    List<Double> steps = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    List<Double> all = table.getOrDefault(column, List.of());
    for (int i = 0; i < all.size(); i++) {
      double value = all.get(i);
      if (Double.isFinite(value)) {
        steps.add(table.getOrDefault("step", List.of()).get(i));
        values.add(value);
      }
    }
    if (!steps.isEmpty()) {
      chart.addSeries(name, steps, values).setMarker(SeriesMarkers.NONE);
    }
  }

  /** Writes the plot, unless it is empty. */
  private static void write(XYChart chart, Path file) {
    if (chart.getSeriesMap().isEmpty()) {
      return;
    }
    AtomicFile.write(
        file, out -> BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG));
  }
}
