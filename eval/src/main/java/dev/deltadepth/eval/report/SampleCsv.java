package dev.deltadepth.eval.report;

import dev.deltadepth.eval.AgreementResult;
import dev.deltadepth.eval.Evaluation;
import dev.deltadepth.eval.ModelResult;
import dev.deltadepth.eval.SampleResult;
import dev.deltadepth.eval.SetResult;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.metrics.Score;
import dev.deltadepth.metrics.TeacherAgreement;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The results for each image as CSV (RFC 4180). */
public final class SampleCsv {
  private static final String HEADER =
      "model,set,picture,pixels,absrel,sqrel,rmse,rmse_log,log10,silog,delta1,delta2,delta3,edges,"
          + "teacher_absrel,teacher_delta1,teacher_pearson,teacher_residual,teacher_edges,flicker";

  private SampleCsv() {}

  /**
   * Writes a row per model and image; missing values are empty.
   *
   * @throws dev.deltadepth.io.FileException if it cannot be written
   */
  public static void write(Path file, Evaluation evaluation) {
    AtomicFile.write(
        file,
        out -> {
          line(out, HEADER);
          for (ModelResult model : evaluation.everyone()) {
            for (SetResult set : model.sets()) {
              rows(out, model.model(), set.set(), set.samples());
            }
            for (AgreementResult set : model.agreements()) {
              rows(out, model.model(), set.set(), set.samples());
            }
          }
        });
  }

  private static void rows(OutputStream out, String model, String set, List<SampleResult> samples)
      throws IOException {
    for (SampleResult sample : samples) {
      Score score = sample.truth().score();
      TeacherAgreement teacher = sample.teacher();
      String figures =
          DoubleStream.of(
                  score.absRel(),
                  score.sqRel(),
                  score.rmse(),
                  score.rmseLog(),
                  score.log10(),
                  score.silog(),
                  score.delta1(),
                  score.delta2(),
                  score.delta3(),
                  sample.edges(),
                  teacher.absRel(),
                  teacher.delta1(),
                  teacher.pearson(),
                  teacher.residual(),
                  teacher.edges(),
                  sample.flicker())
              .mapToObj(value -> Double.isNaN(value) ? "" : Double.toString(value))
              .collect(Collectors.joining(","));
      long pixels = sample.truth().pixels();
      String names = Csv.cell(model) + "," + Csv.cell(set) + "," + Csv.cell(sample.stem());
      line(out, names + "," + (pixels == 0 ? "" : pixels) + "," + figures);
    }
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write((text + Csv.END).getBytes(StandardCharsets.UTF_8));
  }
}
