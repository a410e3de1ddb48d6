package dev.deltadepth.eval.report;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.eval.Evaluation;
import dev.deltadepth.eval.Interval;
import dev.deltadepth.eval.ModelResult;
import dev.deltadepth.eval.SetResult;
import dev.deltadepth.eval.Summary;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.metrics.Score;
import dev.deltadepth.metrics.TeacherAgreement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** An evaluation as one self-contained HTML page with light and dark mode. */
public final class HtmlReport {
  private final StringBuilder page = new StringBuilder();

  private HtmlReport() {}

  /**
   * Writes the page.
   *
   * @throws dev.deltadepth.io.FileException if it cannot be written
   */
  public static void write(
      Path file, Evaluation evaluation, Summary summary, Gallery gallery, ReportFacts facts) {
    HtmlReport report = new HtmlReport();
    report.head(evaluation, facts);
    report.errors(summary);
    report.agreements(summary);
    report.distances(evaluation);
    report.scatter(evaluation);
    report.gallery(gallery);
    report.sources(facts);
    report.add("</body></html>\n");
    byte[] bytes = report.page.toString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  private void head(Evaluation evaluation, ReportFacts facts) {
    add("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    add("<title>Depth evaluation</title><style>%s</style></head><body>", style());
    add("<h1>Depth evaluation</h1>");
    add(
        "<p class=\"soft\">%s on %s</p>",
        text(String.join(", ", evaluation.everyone().stream().map(ModelResult::model).toList())),
        text(facts.data()));
    add("<p><b>Protocol</b> %s</p>", text(facts.protocolLine(evaluation)));
    facts.remarks().forEach(remark -> add("<p class=\"soft\">%s</p>", text(remark)));
  }

  private void errors(Summary summary) {
    if (summary.rows().isEmpty()) {
      return;
    }
    add("<h2>Errors</h2><div class=\"card scroll\"><table class=\"grouped\"><thead><tr>");
    header("set", "n", "AbsRel", "delta1", "RMSE, m", "log10", "SILog", "edges", "ratio");
    add("</tr></thead>");
    String model = "";
    for (Summary.Row row : summary.rows()) {
      if (!row.model().equals(model)) {
        add(model.isEmpty() ? "<tbody>" : "</tbody><tbody>");
        add("<tr class=\"group\"><th colspan=\"9\">%s</th></tr>", text(row.model()));
      }
      model = row.model();
      Score score = row.score();
      add(row.set().equals(Summary.MEAN) ? "<tr class=\"mean\">" : "<tr>");
      cells(row.set(), Integer.toString(row.images()));
      interval(score.absRel(), 4, row.absRel());
      interval(score.delta1(), 4, row.delta1());
      cells(
          TextTable.figure(score.rmse(), 3),
          TextTable.figure(score.log10(), 4),
          TextTable.figure(score.silog(), 2),
          TextTable.figure(row.edges(), 3));
      interval(row.ratio(), 3, row.ratioInterval());
      add("</tr>");
    }
    add("</tbody></table></div>");
    add(
        "<p class=\"soft\">Small figures are 95 % bootstrap intervals over images. Edges: F1 of"
            + " depth edges, for dense ground truth only. Ratio: AbsRel divided by the teacher's on"
            + " the same images. Sets without delta1 have disparity without a unit as ground truth; their"
            + " AbsRel is the relative error of disparity.</p>");
  }

  private void agreements(Summary summary) {
    if (summary.agreements().isEmpty()) {
      return;
    }
    add("<h2>Without ground truth</h2><div class=\"card scroll\"><table><thead><tr>");
    header("model", "set", "n", "AbsRel", "delta1", "Pearson", "residual", "worst", "edges");
    header("flicker");
    add("</tr></thead><tbody>");
    for (Summary.AgreementRow row : summary.agreements()) {
      TeacherAgreement mean = row.mean();
      add("<tr>");
      cells(
          row.model(),
          row.set(),
          Integer.toString(row.images()),
          TextTable.figure(mean.absRel(), 3),
          TextTable.figure(mean.delta1(), 3),
          TextTable.figure(mean.pearson(), 3));
      interval(mean.residual(), 3, row.residual());
      cells(
          TextTable.figure(row.worstResidual(), 3),
          TextTable.figure(mean.edges(), 3),
          TextTable.figure(row.flicker(), 3));
      add("</tr>");
    }
    add("</tbody></table></div>");
    add(
        "<p class=\"soft\">Compared with the teacher's maps. Residual: correlation with the layout"
            + " (\"lower is nearer\") removed; worst: lowest residual of any image. Flicker:"
            + " temporal instability of sequences, 0 = steady.</p>");
  }

  private void distances(Evaluation evaluation) {
    List<ModelResult> everyone = evaluation.everyone();
    List<Integer> metric = EvaluationCharts.setsWithDistances(evaluation);
    if (metric.isEmpty()) {
      return;
    }
    add("<h2>Error by distance</h2>");
    keys(everyone.stream().map(ModelResult::model).toList());
    add("<div class=\"charts\">");
    for (int set : metric) {
      add("<div class=\"card\"><h3>%s</h3>", text(everyone.get(0).sets().get(set).set()));
      add("%s</div>", EvaluationCharts.distances(everyone, set).svg());
    }
    add("</div>");
  }

  private void scatter(Evaluation evaluation) {
    if (evaluation.teacher().isEmpty() || evaluation.teacher().get().sets().isEmpty()) {
      return;
    }
    ModelResult teacher = evaluation.teacher().get();
    add("<h2>Student against teacher</h2>");
    add("<p class=\"soft\">One dot per image; above the dashed line the teacher is better.</p>");
    keys(teacher.sets().stream().map(SetResult::set).toList());
    add("<div class=\"charts\">");
    for (ModelResult model : evaluation.models()) {
      add("<div class=\"card\"><h3>%s</h3>", text(model.model()));
      add("%s</div>", EvaluationCharts.scatter(model, teacher).svg());
    }
    add("</div>");
  }

  private void gallery(Gallery gallery) {
    if (gallery.exhibits().isEmpty()) {
      return;
    }
    add("<h2>Worst and best images</h2>");
    add("<p class=\"soft\">For the first model. Depth: far%snear.</p>", scale(Views.DEPTH));
    add(
        "<p class=\"soft\">Relative error: 0%s%s and more; grey: no ground truth.</p>",
        scale(Views.ERROR), Axis.label(Views.WORST_ERROR));
    String set = "";
    for (Gallery.Exhibit exhibit : gallery.exhibits()) {
      add(exhibit.set().equals(set) ? "" : "<h3>" + text(exhibit.set()) + "</h3>");
      set = exhibit.set();
      String rank = exhibit.worst() ? "worst" : "best";
      add("<div class=\"card exhibit\"><p><span class=\"tag %s\">%s</span>", rank, rank);
      add("%s</p><div class=\"views\">", text(exhibit.stem()));
      for (Gallery.View view : exhibit.views()) {
        add(
            "<figure><img alt=\"%s\" src=\"data:image/jpeg;base64,%s\"><figcaption>%s</figcaption>"
                + "</figure>",
            text(view.caption()),
            Base64.getEncoder().encodeToString(view.jpeg()),
            text(view.caption()));
      }
      add("</div></div>");
    }
  }

  private void sources(ReportFacts facts) {
    if (!facts.sources().isEmpty()) {
      add("<h2>Sources of the images</h2>");
      facts.sources().forEach(source -> add("<p class=\"soft\">%s</p>", text(source)));
    }
  }

  private void keys(List<String> names) {
    add("<p class=\"keys\">");
    for (int i = 0; i < names.size(); i++) {
      add("<span class=\"s%d\">%s</span>", i % EvaluationCharts.SERIES, text(names.get(i)));
    }
    add("</p>");
  }

  private void header(String... titles) {
    for (String title : titles) {
      add("<th>%s</th>", title);
    }
  }

  private void cells(String... texts) {
    for (String content : texts) {
      add("<td>%s</td>", text(content));
    }
  }

  private void interval(double value, int digits, Interval interval) {
    add("<td>%s", TextTable.figure(value, digits));
    if (!Double.isNaN(interval.low())) {
      add(
          " <span class=\"range\">%s–%s</span>",
          TextTable.figure(interval.low(), 3), TextTable.figure(interval.high(), 3));
    }
    add("</td>");
  }

  private static String scale(Colormap colours) {
    StringBuilder stops = new StringBuilder();
    for (int i = 0; i <= 8; i++) {
      stops.append(String.format(Locale.ROOT, ",#%06x", colours.rgb(i / 8f)));
    }
    return "<span class=\"scale\" style=\"background:linear-gradient(90deg" + stops + ")\"></span>";
  }

  private static String text(String plain) {
    return Chart.escape(plain);
  }

  private void add(String html) {
    page.append(html);
  }

  private void add(String format, Object... arguments) {
    page.append(String.format(Locale.ROOT, format, arguments));
  }

  private static String style() {
    try (InputStream in =
        Objects.requireNonNull(
            HtmlReport.class.getResourceAsStream("report.css"), "part of this module")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
