package dev.deltadepth.distill;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.data.Photos;
import dev.deltadepth.distill.data.Window;
import dev.deltadepth.distill.label.Supervision;
import dev.deltadepth.io.ContactSheet;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.metrics.Agreement;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The exported student compared with its teacher on held-out photos.
 *
 * @param photos compared, at most 100
 * @param correlation mean Pearson correlation between their maps
 * @param withoutLayout the same with the layout removed, see {@link Agreement}
 * @param worst the photo on which they agree least
 * @param worstWithoutLayout its correlation with the layout removed
 * @param sheet contact sheet of photo, teacher and student side by side, worst first
 */
public record HeldOutReport(
    int photos,
    double correlation,
    double withoutLayout,
    Path worst,
    double worstWithoutLayout,
    Path sheet) {

  /** More photos add little information and take minutes. */
  private static final int MOST = 100;

  /** Rows of the contact sheet. */
  private static final int DRAWN = 8;

  private static final float SHEET_QUALITY = 0.9f;

  private static final Colormap COLOURS = Colormap.named("inferno");

  /** Agreement between student and teacher on one photo. */
  private record Compared(
      Path file, RgbImage photo, DepthMap teacher, DepthMap student, Agreement agreement) {

    double residual() {
      return agreement.residual();
    }
  }

  /** Compares the two and writes the sheet; empty if no photo can be compared. */
  static Optional<HeldOutReport> write(
      Path model, Photos photos, Supervision supervision, Path sheet) {
    List<Compared> compared = new ArrayList<>();
    try (DepthEstimator student = DepthEstimator.open(model, EstimatorOptions.defaults())) {
      for (int i = 0; i < Math.min(MOST, photos.count()); i++) {
        Path file = Path.of(photos.source(i));
        photos
            .whole(i)
            .flatMap(whole -> compare(file, whole, supervision, student))
            .ifPresent(compared::add);
      }
    }
    if (compared.isEmpty()) {
      return Optional.empty();
    }
    compared.sort(Comparator.comparingDouble(Compared::residual));
    ImageFiles.writeJpeg(drawn(compared), sheet, SHEET_QUALITY);
    Compared worst = compared.get(0);
    return Optional.of(
        new HeldOutReport(
            compared.size(),
            mean(compared, c -> c.agreement().pearson()),
            mean(compared, Compared::residual),
            worst.file(),
            worst.residual(),
            sheet));
  }

  /** Empty if any of the teacher's values is missing: the agreement needs complete maps. */
  private static Optional<Compared> compare(
      Path file, Window whole, Supervision supervision, DepthEstimator student) {
    RgbImage photo = whole.photo();
    DepthMap labelled = Resizer.resize(supervision.map(whole), photo.width(), photo.height());
    for (float value : labelled.data()) {
      if (!Float.isFinite(value)) {
        return Optional.empty();
      }
    }
    DepthMap map = student.estimate(photo);
    return Optional.of(new Compared(file, photo, labelled, map, Agreement.of(map, labelled)));
  }

  private static RgbImage drawn(List<Compared> compared) {
    ContactSheet sheet = new ContactSheet(List.of("photo", "teacher", "student"));
    compared.stream()
        .limit(DRAWN)
        .forEach(
            c ->
                sheet.add(
                    String.format(
                        Locale.ROOT,
                        "%s: correlation %.4f, with the layout removed %.4f",
                        c.file().getFileName(),
                        c.agreement().pearson(),
                        c.residual()),
                    List.of(c.photo(), COLOURS.apply(c.teacher()), COLOURS.apply(c.student()))));
    return sheet.image();
  }

  private static double mean(List<Compared> all, ToDoubleFunction<Compared> value) {
    return all.stream().mapToDouble(value).average().orElse(Double.NaN);
  }
}
