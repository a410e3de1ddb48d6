package dev.deltadepth.distill;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.data.Photos;
import dev.deltadepth.distill.data.Window;
import dev.deltadepth.distill.label.Supervision;
import dev.deltadepth.distill.label.TruthSet;
import dev.deltadepth.distill.loss.Deviation;
import dev.deltadepth.distill.loss.Maps;
import dev.deltadepth.distill.loss.Ssi;
import dev.deltadepth.distill.loss.WeightedLosses;
import dev.deltadepth.distill.loss.WithoutLayout;
import dev.deltadepth.distill.run.TrainingListener;
import dev.deltadepth.io.ContactSheet;
import dev.deltadepth.metrics.Crop;
import dev.deltadepth.metrics.MetricsException;
import dev.deltadepth.metrics.Protocol;
import dev.deltadepth.metrics.Region;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.torch.Tensors;
import dev.deltadepth.torch.TorchOps;
import dev.deltadepth.torch.TorchWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Measures a student on held-out photos, with the teacher's maps as labels, and on held-out truth.
 */
final class Validator {

  /** Pictures of a kind per validation at most, so that it stays short compared with training. */
  private static final int MOST = 100;

  /** Rows of the contact sheet. */
  private static final int DRAWN = 8;

  private static final Ssi SSI = new Ssi(Deviation.MEAN);

  private static final WithoutLayout WITHOUT_LAYOUT = new WithoutLayout();

  /** Truth was limited to what counts when it was read; it has no unit here. */
  private static final Region EVERYTHING = new Region(1e-6, 1e6, Crop.NONE);

  private static final Colormap COLOURS = Colormap.named("inferno");

  /**
   * @param name of the photo's file
   * @param rgb [3, H, W] in [0, 1]
   * @param disparity [H, W], stretched to [0, 1]; NaN where unknown
   * @param infinity the disparity of what is infinitely far; NaN if unknown
   * @param roughEdges whether its edges are off by some pixels
   */
  private record Sample(
      String name,
      RgbImage photo,
      int height,
      int width,
      float[] rgb,
      float[] disparity,
      float infinity,
      boolean roughEdges) {

    boolean absolute() {
      return !Float.isNaN(infinity);
    }

    /** The truth in metres up to a factor, or in disparity; NaN where unknown. */
    DepthMap truth() {
      float[] values = disparity.clone();
      for (int i = 0; i < values.length && absolute(); i++) {
        values[i] = 1 / (values[i] - infinity);
      }
      return new DepthMap(
          absolute() ? DepthMap.Kind.METRES : DepthMap.Kind.DISPARITY, width, height, values);
    }
  }

  /**
   * @param name of its sets; empty for the photos
   * @param share of the crops
   */
  private record Group(String name, double share, List<Sample> samples) {}

  private final DepthNetwork student;
  private final WeightedLosses losses;
  private final Group photos;
  private final List<Group> truth = new ArrayList<>();

  /**
   * @param nativeSize shorter side at which truth is compared
   */
  Validator(DepthNetwork student, WeightedLosses losses, TrainingData data, int nativeSize) {
    this.student = student;
    this.losses = losses;
    Supervision supervision = data.supervision();
    double rest = 1 - data.truth().stream().mapToDouble(TruthSet::share).sum();
    photos =
        new Group(
            "",
            rest,
            samples(
                data.photos().validation(),
                window -> {
                  DepthMap map = supervision.map(window);
                  InputSize size =
                      InputSize.of(
                          map.width(),
                          map.height(),
                          Math.min(map.width(), map.height()),
                          DepthNetwork.MULTIPLE);
                  // Teacher and student may need sides that are multiples of different numbers.
                  boolean same = size.width() == map.width() && size.height() == map.height();
                  float[] disparity =
                      same ? map.data() : Resizer.resize(map, size.width(), size.height()).data();
                  return new Labelled(size, disparity, Float.NaN, false);
                }));
    for (TruthSet set : data.truth()) {
      truth.add(
          new Group(
              set.name(),
              set.share(),
              samples(
                  set.pictures().validation(),
                  window -> {
                    int width = window.photo().width();
                    int height = window.photo().height();
                    InputSize size = InputSize.of(width, height, nativeSize, DepthNetwork.MULTIPLE);
                    Supervision.Targets targets =
                        supervision.label(List.of(window), size.height(), size.width(), 1, false);
                    return new Labelled(
                        size, targets.disparity(), targets.infinity()[0], targets.roughEdges()[0]);
                  })));
    }
  }

  /** A label at the student's input size. */
  private record Labelled(InputSize size, float[] disparity, float infinity, boolean roughEdges) {}

  private static List<Sample> samples(Photos held, Function<Window, Labelled> label) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST, held.count()); i++) {
      Path name = Path.of(held.source(i)).getFileName();
      held.whole(i)
          .flatMap(window -> sample(String.valueOf(name), window.photo(), label.apply(window)))
          .ifPresent(samples::add);
    }
    return samples;
  }

  /** Empty if the label has not two different values to compare with. */
  private static Optional<Sample> sample(String name, RgbImage photo, Labelled label) {
    Normalization window = Normalization.of(label.disparity());
    float range = window.high() - window.low();
    if (!(range > 0)) {
      return Optional.empty();
    }
    Normalization.stretch(label.disparity());
    InputSize size = label.size();
    return Optional.of(
        new Sample(
            name,
            photo,
            size.height(),
            size.width(),
            planes(photo, size),
            label.disparity(),
            (label.infinity() - window.low()) / range,
            label.roughEdges()));
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

  /** The number of pictures that it measures on. */
  int pictures() {
    return photos.samples().size() + truth.stream().mapToInt(group -> group.samples().size()).sum();
  }

  /** Means over the pictures. */
  TrainingListener.Validation validate(TorchWeights weights, long step) {
    double ssi = 0;
    double pearson = 0;
    double residual = 0;
    Mean loss = new Mean();
    Mean ofPhotos = new Mean();
    for (Sample sample : photos.samples()) {
      try (PointerScope scope = new PointerScope();
          NoGradGuard noGrad = new NoGradGuard()) {
        Tensor map = predicted(weights, sample);
        Maps maps = maps(sample, map);
        ofPhotos.add(losses.total(losses.terms(maps)).item_float(), 1);
        ssi += SSI.of(maps).item_float();
        float[] predicted = Tensors.toArray(map);
        pearson += correlation(predicted, sample.disparity());
        residual += WITHOUT_LAYOUT.correlation(maps);
      }
    }
    loss.add(ofPhotos.value(), photos.samples().isEmpty() ? 0 : photos.share());
    List<TrainingListener.TruthError> errors = new ArrayList<>();
    for (Group group : truth) {
      Mean ofGroup = new Mean();
      Mean error = new Mean();
      for (Sample sample : group.samples()) {
        try (PointerScope scope = new PointerScope();
            NoGradGuard noGrad = new NoGradGuard()) {
          Tensor map = predicted(weights, sample);
          ofGroup.add(losses.total(losses.terms(maps(sample, map))).item_float(), 1);
          error.add(error(sample, Tensors.toArray(map)), 1);
        }
      }
      loss.add(ofGroup.value(), group.samples().isEmpty() ? 0 : weight(group));
      errors.add(
          new TrainingListener.TruthError(group.name(), group.samples().size(), error.value()));
    }
    int n = photos.samples().size();
    return new TrainingListener.Validation(
        step, n, loss.value(), ssi / n, pearson / n, residual / n, errors);
  }

  /**
   * A group's weight in the held-out loss: its share of the crops. Where the sets with a share hold
   * nothing out, those that are held out as a whole stand for them, each with an equal part.
   */
  private double weight(Group group) {
    double represented =
        truth.stream().filter(one -> !one.samples().isEmpty()).mapToDouble(Group::share).sum();
    if (represented > 0) {
      return group.share();
    }
    double all = truth.stream().mapToDouble(Group::share).sum();
    return all / truth.stream().filter(one -> !one.samples().isEmpty()).count();
  }

  /** A weighted mean; NaN of nothing. */
  private static final class Mean {
    private double sum;
    private double weights;

    void add(double value, double weight) {
      // Also where the value is NaN, but not where it does not count.
      sum += weight == 0 ? 0 : weight * value;
      weights += weight;
    }

    double value() {
      return sum / weights;
    }
  }

  private static Maps maps(Sample sample, Tensor map) {
    Tensor target = Tensors.of(sample.disparity(), map.shape());
    boolean holes = target.isnan().any().item_bool();
    return Maps.of(map, target, holes)
        .with(
            new Maps.Known(
                sample.absolute()
                    ? Optional.of(Tensors.of(new float[] {sample.infinity()}, 1, 1, 1, 1))
                    : Optional.empty(),
                sample.roughEdges()
                    ? Optional.of(Tensors.of(new float[] {0}, 1, 1, 1, 1))
                    : Optional.empty()));
  }

  /** NaN if the student's map is not finite. */
  private static double error(Sample sample, float[] predicted) {
    DepthMap map =
        new DepthMap(DepthMap.Kind.DISPARITY, sample.width(), sample.height(), predicted);
    try {
      return Protocol.MARIGOLD.score(map, sample.truth(), EVERYTHING).absRel();
    } catch (MetricsException e) {
      return Double.NaN;
    }
  }

  private Tensor predicted(TorchWeights weights, Sample sample) {
    Tensor image = Tensors.of(sample.rgb(), 1, 3, sample.height(), sample.width());
    return student.apply(TorchOps.inference(weights), image).disparity();
  }

  /** One row for each of the first pictures: picture, label, student's map. */
  RgbImage contactSheet(TorchWeights weights) {
    ContactSheet sheet = new ContactSheet(List.of("photo", "label", "student"));
    for (Sample sample : drawn()) {
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

  /** The first pictures of every group in turn. */
  private List<Sample> drawn() {
    List<Group> groups = new ArrayList<>(List.of(photos));
    groups.addAll(truth);
    List<Sample> drawn = new ArrayList<>();
    for (int i = 0; i < DRAWN; i++) {
      for (Group group : groups) {
        if (i < group.samples().size() && drawn.size() < DRAWN) {
          drawn.add(group.samples().get(i));
        }
      }
    }
    return drawn;
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
