package dev.deltadepth.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.deltadepth.eval.AgreementResult;
import dev.deltadepth.eval.Evaluation;
import dev.deltadepth.eval.ModelResult;
import dev.deltadepth.eval.Protocol;
import dev.deltadepth.eval.Score;
import dev.deltadepth.eval.SetResult;
import dev.deltadepth.io.AtomicFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of an evaluation as a table and as JSON. */
final class EvaluationReport {
  private static final String NONE = "-";

  private final Evaluation evaluation;
  private final String sizes;
  private final List<ModelResult> all;

  /**
   * A report.
   *
   * @param sizes at which sizes the models ran, for the protocol's line
   */
  EvaluationReport(Evaluation evaluation, String sizes) {
    this.evaluation = evaluation;
    this.sizes = sizes;
    this.all = new ArrayList<>(evaluation.models());
    evaluation.teacher().ifPresent(all::add);
  }

  void print(PrintWriter out) {
    Protocol protocol = evaluation.protocol();
    out.println("protocol: " + protocol + " (" + protocol.description() + "); " + sizes);
    int width = all.stream().mapToInt(model -> model.model().length()).max().orElse(5);
    String row = "%-" + Math.max(width, 5) + "s  %-12s %5s %8s %8s %8s %7s%n";
    out.printf(Locale.ROOT, row, "model", "set", "n", "AbsRel", "delta1", "RMSE", "ratio");
    for (ModelResult model : all) {
      List<Double> ratios = evaluation.ratios(model);
      for (int i = 0; i < model.sets().size(); i++) {
        SetResult set = model.sets().get(i);
        out.printf(
            Locale.ROOT,
            row,
            model.model(),
            set.set(),
            set.images(),
            figure(set.score().absRel(), 4),
            figure(set.score().delta1(), 4),
            figure(set.score().rmse(), 4),
            ratios.isEmpty() ? NONE : figure(ratios.get(i), 3));
      }
      out.printf(
          Locale.ROOT,
          row,
          model.model(),
          "mean of sets",
          model.sets().size(),
          figure(model.meanAbsRel(), 4),
          figure(model.meanDelta1(), 4),
          NONE,
          figure(evaluation.ratioOfMeans(model), 3));
    }
    evaluation.models().forEach(model -> printAgreements(out, model));
    out.println(
        "n: pictures; RMSE in metres; ratio: AbsRel over the teacher's; without delta1: relative"
            + " error of disparity");
    out.flush();
  }

  private static void printAgreements(PrintWriter out, ModelResult model) {
    for (AgreementResult agreement : model.agreements()) {
      out.printf(
          Locale.ROOT,
          "agreement of %s with the teacher on %s (n=%d): Pearson %.3f, without the layout %.3f,"
              + " worst picture %.3f%n",
          model.model(),
          agreement.set(),
          agreement.images(),
          agreement.mean().pearson(),
          agreement.mean().residual(),
          agreement.worstResidual());
    }
  }

  private static String figure(double value, int digits) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** Writes the JSON file; what has no value is null there. */
  void write(Path file) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("protocol", evaluation.protocol().toString());
    root.put("description", evaluation.protocol().description());
    root.put("sizes", sizes);
    ArrayNode models = root.putArray("models");
    evaluation.models().forEach(model -> describe(models.addObject(), model));
    evaluation.teacher().ifPresent(model -> describe(root.putObject("teacher"), model));
    AtomicFile.write(
        file, out -> out.write(mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root)));
  }

  private void describe(ObjectNode node, ModelResult model) {
    node.put("model", model.model());
    List<Double> ratios = evaluation.ratios(model);
    ArrayNode sets = node.putArray("sets");
    for (int i = 0; i < model.sets().size(); i++) {
      SetResult set = model.sets().get(i);
      ObjectNode entry = sets.addObject();
      entry.put("set", set.set());
      entry.put("images", set.images());
      describe(entry, set.score());
      put(entry, "ratio", ratios.isEmpty() ? Double.NaN : ratios.get(i));
    }
    put(node, "mean_absrel", model.meanAbsRel());
    put(node, "mean_delta1", model.meanDelta1());
    put(node, "ratio_of_means", evaluation.ratioOfMeans(model));
    put(node, "mean_of_ratios", evaluation.meanOfRatios(model));
    ArrayNode agreements = node.putArray("agreement");
    for (AgreementResult agreement : model.agreements()) {
      ObjectNode entry = agreements.addObject();
      entry.put("set", agreement.set());
      entry.put("images", agreement.images());
      put(entry, "pearson", agreement.mean().pearson());
      put(entry, "residual", agreement.mean().residual());
      put(entry, "worst_residual", agreement.worstResidual());
    }
  }

  private static void describe(ObjectNode node, Score score) {
    put(node, "absrel", score.absRel());
    put(node, "sqrel", score.sqRel());
    put(node, "rmse", score.rmse());
    put(node, "rmse_log", score.rmseLog());
    put(node, "log10", score.log10());
    put(node, "silog", score.silog());
    put(node, "delta1", score.delta1());
    put(node, "delta2", score.delta2());
    put(node, "delta3", score.delta3());
  }

  private static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }
}
