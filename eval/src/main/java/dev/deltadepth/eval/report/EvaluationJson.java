package dev.deltadepth.eval.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.deltadepth.eval.Evaluation;
import dev.deltadepth.eval.Interval;
import dev.deltadepth.eval.ModelResult;
import dev.deltadepth.eval.Summary;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.metrics.Score;
import java.nio.file.Path;
import java.util.List;

/** The figures of an evaluation as JSON; missing values are null. */
public final class EvaluationJson {
  private EvaluationJson() {}

  /**
   * Writes the file.
   *
   * @throws dev.deltadepth.io.FileException if it cannot be written
   */
  public static void write(Path file, Evaluation evaluation, Summary summary, ReportFacts facts) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("protocol", evaluation.protocol().toString());
    root.put("description", evaluation.protocol().description());
    root.put("sizes", facts.sizes());
    root.put("averages", evaluation.averaging().description());
    root.put("intervals", "95 %, percentile bootstrap over images");
    root.put("data", facts.data());
    facts.sources().forEach(root.putArray("sources")::add);
    ArrayNode models = root.putArray("models");
    for (ModelResult model : evaluation.models()) {
      describe(models.addObject(), model, evaluation, summary);
    }
    evaluation
        .teacher()
        .ifPresent(model -> describe(root.putObject("teacher"), model, evaluation, summary));
    AtomicFile.write(
        file, out -> out.write(mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root)));
  }

  private static void describe(
      ObjectNode node, ModelResult model, Evaluation evaluation, Summary summary) {
    node.put("model", model.model());
    List<Summary.Row> rows =
        summary.rows().stream().filter(row -> row.model().equals(model.model())).toList();
    ArrayNode sets = node.putArray("sets");
    for (Summary.Row row : rows) {
      if (row.set().equals(Summary.MEAN)) {
        put(node, "mean_absrel", row.score().absRel());
        put(node, "mean_absrel_interval", row.absRel());
        put(node, "mean_delta1", row.score().delta1());
        put(node, "ratio_of_means", row.ratio());
        put(node, "ratio_of_means_interval", row.ratioInterval());
        put(node, "mean_of_ratios", evaluation.meanOfRatios(model));
      } else {
        describe(sets.addObject(), row);
      }
    }
    ArrayNode agreements = node.putArray("agreement");
    summary.agreements().stream()
        .filter(row -> row.model().equals(model.model()))
        .forEach(row -> describe(agreements.addObject(), row));
  }

  private static void describe(ObjectNode node, Summary.Row row) {
    Score score = row.score();
    node.put("set", row.set());
    node.put("images", row.images());
    put(node, "absrel", score.absRel());
    put(node, "absrel_interval", row.absRel());
    put(node, "sqrel", score.sqRel());
    put(node, "rmse", score.rmse());
    put(node, "rmse_log", score.rmseLog());
    put(node, "log10", score.log10());
    put(node, "silog", score.silog());
    put(node, "delta1", score.delta1());
    put(node, "delta1_interval", row.delta1());
    put(node, "delta2", score.delta2());
    put(node, "delta3", score.delta3());
    put(node, "edges", row.edges());
    put(node, "flicker", row.flicker());
    put(node, "ratio", row.ratio());
    put(node, "ratio_interval", row.ratioInterval());
  }

  private static void describe(ObjectNode node, Summary.AgreementRow row) {
    node.put("set", row.set());
    node.put("images", row.images());
    put(node, "absrel", row.mean().absRel());
    put(node, "delta1", row.mean().delta1());
    put(node, "pearson", row.mean().pearson());
    put(node, "residual", row.mean().residual());
    put(node, "residual_interval", row.residual());
    put(node, "worst_residual", row.worstResidual());
    put(node, "edges", row.mean().edges());
    put(node, "flicker", row.flicker());
  }

  private static void put(ObjectNode node, String key, Interval interval) {
    if (Double.isFinite(interval.low())) {
      node.putArray(key).add(interval.low()).add(interval.high());
    } else {
      node.putNull(key);
    }
  }

  private static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }
}
