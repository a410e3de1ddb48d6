package dev.deltadepth.eval.report;

import dev.deltadepth.eval.Evaluation;
import dev.deltadepth.eval.Summary;
import java.util.ArrayList;
import java.util.List;

/** The figures of an evaluation as text. */
public final class EvaluationText {
  private EvaluationText() {}

  /** The protocol, the tables and their legend. */
  public static List<String> lines(Evaluation evaluation, Summary summary, ReportFacts facts) {
    List<String> lines = new ArrayList<>();
    lines.add("protocol: " + facts.protocolLine(evaluation));
    if (!summary.rows().isEmpty()) {
      lines.addAll(errors(summary).lines());
    }
    if (!summary.agreements().isEmpty()) {
      lines.add("");
      lines.add("without ground truth, compared with the teacher's maps:");
      lines.addAll(agreements(summary).lines());
    }
    lines.add("");
    lines.addAll(legend(summary));
    lines.addAll(facts.remarks());
    return lines;
  }

  private static TextTable errors(Summary summary) {
    boolean flicker = flickers(summary);
    List<String> header =
        new ArrayList<>(
            List.of("model", "set", "n", "AbsRel", "95 %", "delta1", "RMSE", "edges", "ratio"));
    header.add("95 %");
    addIf(flicker, header, "flicker");
    TextTable table = new TextTable(2, header);
    for (Summary.Row row : summary.rows()) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  row.model(),
                  row.set(),
                  Integer.toString(row.images()),
                  TextTable.figure(row.score().absRel(), 4),
                  TextTable.interval(row.absRel(), 3),
                  TextTable.figure(row.score().delta1(), 4),
                  TextTable.figure(row.score().rmse(), 4),
                  TextTable.figure(row.edges(), 3),
                  TextTable.figure(row.ratio(), 3),
                  TextTable.interval(row.ratioInterval(), 2)));
      addIf(flicker, cells, TextTable.figure(row.flicker(), 3));
      table.row(cells);
    }
    return table;
  }

  private static TextTable agreements(Summary summary) {
    boolean flicker = flickers(summary);
    List<String> header =
        new ArrayList<>(
            List.of("model", "set", "n", "AbsRel", "delta1", "Pearson", "residual", "95 %"));
    header.addAll(List.of("worst", "edges"));
    addIf(flicker, header, "flicker");
    TextTable table = new TextTable(2, header);
    for (Summary.AgreementRow row : summary.agreements()) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  row.model(),
                  row.set(),
                  Integer.toString(row.images()),
                  TextTable.figure(row.mean().absRel(), 3),
                  TextTable.figure(row.mean().delta1(), 3),
                  TextTable.figure(row.mean().pearson(), 3),
                  TextTable.figure(row.mean().residual(), 3),
                  TextTable.interval(row.residual(), 2),
                  TextTable.figure(row.worstResidual(), 3),
                  TextTable.figure(row.mean().edges(), 3)));
      addIf(flicker, cells, TextTable.figure(row.flicker(), 3));
      table.row(cells);
    }
    return table;
  }

  private static List<String> legend(Summary summary) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "n: images; RMSE in metres; ratio: AbsRel divided by the teacher's; 95 %: bootstrap"
            + " interval of the figure to its left");
    lines.add("edges: F1 of depth edges, for dense ground truth only");
    if (summary.rows().stream().anyMatch(row -> Double.isNaN(row.score().delta1()))) {
      lines.add("sets without delta1: AbsRel is the relative error of disparity");
    }
    if (!summary.agreements().isEmpty()) {
      lines.add(
          "residual: correlation with the layout removed; worst: lowest residual of any image");
    }
    if (flickers(summary)) {
      lines.add("flicker: temporal instability of sequences, 0 = steady");
    }
    return lines;
  }

  private static boolean flickers(Summary summary) {
    return summary.rows().stream().anyMatch(row -> !Double.isNaN(row.flicker()))
        || summary.agreements().stream().anyMatch(row -> !Double.isNaN(row.flicker()));
  }

  private static void addIf(boolean wanted, List<String> cells, String cell) {
    if (wanted) {
      cells.add(cell);
    }
  }
}
