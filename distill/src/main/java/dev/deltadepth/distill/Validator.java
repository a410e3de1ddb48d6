package dev.deltadepth.distill;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.nn.OnnxExporter;
import dev.deltadepth.nn.Student;
import dev.deltadepth.nn.Tensors;
import dev.deltadepth.nn.TorchOps;
import dev.deltadepth.nn.TorchWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Measures a student against its teacher on photos that were held out. */
final class Validator {

  /** How many photos are looked at, so that a validation stays short beside the training. */
  private static final int MOST = 100;

  /**
   * @param rgb [3, H, W] in [0, 1]
   * @param disparity [H, W] of the teacher
   */
  private record Sample(int height, int width, float[] rgb, float[] disparity) {}

  private final Student student;
  private final List<Sample> samples = new ArrayList<>();

  Validator(Student student, Photos photos, Teacher teacher) {
    this.student = student;
    for (int i = 0; i < Math.min(MOST, photos.count()); i++) {
      Optional<RgbImage> photo = photos.photo(i);
      photo.ifPresent(p -> samples.add(sample(p, teacher)));
    }
  }

  private static Sample sample(RgbImage photo, Teacher teacher) {
    InputSize seen =
        InputSize.of(photo.width(), photo.height(), teacher.nativeSize(), teacher.multiple());
    // The teacher's multiple need not be the student's.
    InputSize size =
        InputSize.of(photo.width(), photo.height(), teacher.nativeSize(), OnnxExporter.MULTIPLE);
    Teacher.Labels labels = teacher.label(planes(photo, seen), 1, seen.height(), seen.width());
    DepthMap map =
        new DepthMap(DepthMap.Kind.DISPARITY, seen.width(), seen.height(), labels.disparity());
    float[] disparity =
        seen.equals(size) ? map.data() : Resizer.resize(map, size.width(), size.height()).data();
    BatchMaker.stretch(disparity);
    return new Sample(size.height(), size.width(), planes(photo, size), disparity);
  }

  /** The photo at a size as [3, H, W], RGB in [0, 1]. */
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
    double ssi = 0;
    double pearson = 0;
    for (Sample sample : samples) {
      try (PointerScope scope = new PointerScope();
          NoGradGuard noGrad = new NoGradGuard()) {
        long height = sample.height();
        long width = sample.width();
        Tensor image = Tensors.of(sample.rgb(), 1, 3, height, width);
        Tensor map = student.apply(TorchOps.inference(weights), image).disparity();
        Tensor target = Tensors.of(sample.disparity(), 1, 1, height, width);
        ssi += Losses.ssi(map, target, Losses.Deviation.MEAN).item_float();
        pearson += correlation(Tensors.toArray(map), sample.disparity());
      }
    }
    int n = Math.max(1, samples.size());
    return new TrainingListener.Validation(step, samples.size(), ssi / n, pearson / n);
  }

  /** Pearson's correlation; 0 where one of the two is constant. */
  static double correlation(float[] a, float[] b) {
    double meanA = 0;
    double meanB = 0;
    for (int i = 0; i < a.length; i++) {
      meanA += a[i];
      meanB += b[i];
    }
    meanA /= a.length;
    meanB /= b.length;
    double both = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      both += (a[i] - meanA) * (b[i] - meanB);
      squareA += (a[i] - meanA) * (a[i] - meanA);
      squareB += (b[i] - meanB) * (b[i] - meanB);
    }
    return squareA == 0 || squareB == 0 ? 0 : both / Math.sqrt(squareA * squareB);
  }
}
