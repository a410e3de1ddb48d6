package dev.deltadepth.eval.report;

import dev.deltadepth.eval.Evaluation;
import dev.deltadepth.eval.EvaluationException;
import dev.deltadepth.eval.Journal;
import dev.deltadepth.eval.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of a report. */
public final class EvaluationReport {
  private EvaluationReport() {}

  /**
   * Creates the folder and opens its journal.
   *
   * @param data where the images are
   * @param reuse whether to use results that the journal already has
   * @throws EvaluationException if the folder or the journal cannot be read or written
   */
  public static Journal journal(Path folder, String data, boolean reuse) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new EvaluationException(
          "cannot create the folder " + folder + "; choose another one with -o", e);
    }
    Path file = folder.resolve("journal.jsonl");
    return reuse ? Journal.open(file, data) : Journal.startingOver(file, data);
  }

  /**
   * Writes {@code report.html}, {@code figures.json} and {@code samples.csv}.
   *
   * @return the HTML page
   * @throws dev.deltadepth.io.FileException if a file cannot be written
   */
  public static Path write(
      Path folder, Evaluation evaluation, Summary summary, Gallery gallery, ReportFacts facts) {
    EvaluationJson.write(folder.resolve("figures.json"), evaluation, summary, facts);
    SampleCsv.write(folder.resolve("samples.csv"), evaluation);
    Path page = folder.resolve("report.html");
    HtmlReport.write(page, evaluation, summary, gallery, facts);
    return page;
  }
}
