package dev.deltadepth.distill;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.data.Photos;
import dev.deltadepth.distill.data.Window;
import dev.deltadepth.distill.label.Labeller;
import dev.deltadepth.distill.loss.Deviation;
import dev.deltadepth.distill.loss.Maps;
import dev.deltadepth.distill.loss.Ssi;
import dev.deltadepth.distill.loss.WeightedLosses;
import dev.deltadepth.distill.run.TrainingListener;
import dev.deltadepth.io.ContactSheet;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.torch.Tensors;
import dev.deltadepth.torch.TorchOps;
import dev.deltadepth.torch.TorchWeights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Compares a student with its teacher on held-out photos. */
final class Validator {

  /** Photos per validation at most, so that validation stays short compared with training. */
  private static final int MOST = 100;

  /** Rows of the contact sheet. */
  private static final int DRAWN = 8;

  private static final Ssi SSI = new Ssi(Deviation.MEAN);

  private static final Colormap COLOURS = Colormap.named("inferno");

  /**
   * @param name of the photo's file
   * @param rgb [3, H, W] in [0, 1]
   * @param disparity [H, W], the teacher's
   */
  private record Sample(
      String name, RgbImage photo, int height, int width, float[] rgb, float[] disparity) {}

  private final DepthNetwork student;
  private final WeightedLosses losses;
  private final List<Sample> samples = new ArrayList<>();

  Validator(DepthNetwork student, WeightedLosses losses, Photos photos, Labeller teacher) {
    this.student = student;
    this.losses = losses;
    for (int i = 0; i < Math.min(MOST, photos.count()); i++) {
      String hash = photos.contentHash(i);
      String name = String.valueOf(photos.file(i).getFileName());
      photos.photo(i).ifPresent(p -> samples.add(sample(name, Window.whole(hash, p), teacher)));
    }
  }

  private static Sample sample(String name, Window window, Labeller teacher) {
    RgbImage photo = window.photo();
    DepthMap map = teacher.map(window);
    // Teacher and student may need sides that are multiples of different numbers.
    InputSize size =
        InputSize.of(
            map.width(), map.height(), Math.min(map.width(), map.height()), DepthNetwork.MULTIPLE);
    boolean same = size.width() == map.width() && size.height() == map.height();
    float[] disparity = same ? map.data() : Resizer.resize(map, size.width(), size.height()).data();
    Normalization.stretch(disparity);
    return new Sample(name, photo, size.height(), size.width(), planes(photo, size), disparity);
  }

  /** The photo resized, as [3, H, W], RGB in [0, 1]. */
  private static float[] planes(RgbImage photo, InputSize size) {
    RgbImage small = Resizer.resize(photo, size.width(), size.height(), Resizer.Filter.BICUBIC);
    int pixels = small.width() * small.height();
    float[] rgb = new float[3 * pixels];
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < 3; c++) {
        rgb[c * pixels + i] = (small.data()[i * 3 + c] & 0xff) / 255f;
      }
    }
    return rgb;
  }

  int photos() {
    return samples.size();
  }

  /** Means over the photos. */
  TrainingListener.Validation validate(TorchWeights weights, long step) {
    double loss = 0;
    double ssi = 0;
    double pearson = 0;
    for (Sample sample : samples) {
      try (PointerScope scope = new PointerScope();
          NoGradGuard noGrad = new NoGradGuard()) {
        Tensor map = predicted(weights, sample);
        Tensor target = Tensors.of(sample.disparity(), map.shape());
        boolean holes = target.isnan().any().item_bool();
        loss += losses.total(losses.terms(Maps.of(map, target, holes))).item_float();
        ssi += SSI.of(Maps.of(map, target, true)).item_float();
        pearson += correlation(Tensors.toArray(map), sample.disparity());
      }
    }
    int n = samples.size();
    return new TrainingListener.Validation(step, n, loss / n, ssi / n, pearson / n);
  }

  private Tensor predicted(TorchWeights weights, Sample sample) {
    Tensor image = Tensors.of(sample.rgb(), 1, 3, sample.height(), sample.width());
    return student.apply(TorchOps.inference(weights), image).disparity();
  }

  /** One row for each of the first photos: photo, teacher's map, student's map. */
  RgbImage contactSheet(TorchWeights weights) {
    ContactSheet sheet = new ContactSheet(List.of("photo", "teacher", "student"));
    for (Sample sample : samples.subList(0, Math.min(DRAWN, samples.size()))) {
      try (PointerScope scope = new PointerScope();
          NoGradGuard noGrad = new NoGradGuard()) {
        float[] map = Tensors.toArray(predicted(weights, sample));
        sheet.add(
            sample.name(),
            List.of(sample.photo(), coloured(sample, sample.disparity()), coloured(sample, map)));
      }
    }
    return sheet.image();
  }

  private static RgbImage coloured(Sample sample, float[] data) {
    return COLOURS.apply(
        new DepthMap(DepthMap.Kind.DISPARITY, sample.width(), sample.height(), data));
  }

  /** Pearson correlation over the elements where neither is NaN; 0 if one of them is constant. */
  static double correlation(float[] a, float[] b) {
    double meanA = 0;
    double meanB = 0;
    int n = 0;
    for (int i = 0; i < a.length; i++) {
      if (!Float.isNaN(a[i] + b[i])) {
        meanA += a[i];
        meanB += b[i];
        n++;
      }
    }
    meanA /= n;
    meanB /= n;
    double both = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      if (!Float.isNaN(a[i] + b[i])) {
        both += (a[i] - meanA) * (b[i] - meanB);
        squareA += (a[i] - meanA) * (a[i] - meanA);
        squareB += (b[i] - meanB) * (b[i] - meanB);
      }
    }
    return squareA == 0 || squareB == 0 ? 0 : both / Math.sqrt(squareA * squareB);
  }
}
