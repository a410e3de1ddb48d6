package dev.deltadepth.distill;

import static org.bytedeco.pytorch.global.torch.upsample_bilinear2d;

import dev.deltadepth.distill.data.Planes;
import dev.deltadepth.distill.label.Labeller;
import dev.deltadepth.distill.label.Supervision;
import dev.deltadepth.distill.loss.FeatureLoss;
import dev.deltadepth.distill.loss.WeightedLosses;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.nn.Conv2d;
import dev.deltadepth.nn.CostOps;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.Encoder;
import dev.deltadepth.nn.Ops;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.torch.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Pulls the student's intermediate maps towards the teacher's, which are resized to match. Each
 * {@link FeatureLoss} is a mean over the pairs of maps.
 */
final class FeatureMatching {

  /**
   * @param student index among the student's maps
   * @param teacher index among the teacher's maps
   */
  private record Pair(int student, int teacher, Conv2d adapter) {}

  private final List<FeatureLoss> losses;
  private final List<Pair> pairs = new ArrayList<>();

  /** What a recipe's losses match; empty if none of them is on intermediate maps. */
  static Optional<FeatureMatching> of(
      WeightedLosses losses, DepthNetwork student, Supervision supervision) {
    List<FeatureLoss> ofFeatures = losses.ofFeatures();
    return ofFeatures.isEmpty()
        ? Optional.empty()
        : Optional.of(new FeatureMatching(ofFeatures, student.encoder(), supervision.teacher()));
  }

  /**
   * Pairs maps of equal stride. The maps of a plain transformer all have one stride, which no
   * student has: they are paired with the student's coarsest maps, in order.
   *
   * @param losses at least one
   * @throws DistillException if there are no maps to pair
   */
  public FeatureMatching(List<FeatureLoss> losses, Encoder encoder, Labeller teacher) {
    this.losses = List.copyOf(losses);
    List<Labeller.Feature> features = teacher.features();
    for (int i = 0; i < features.size(); i++) {
      int at = encoder.strides().indexOf(features.get(i).stride());
      if (at >= 0) {
        add(encoder, at, i, features.get(i));
      }
    }
    boolean plain = features.stream().map(Labeller.Feature::stride).distinct().count() == 1;
    if (pairs.isEmpty() && plain && features.size() > 1) {
      int coarser = encoder.strides().size() - features.size();
      for (int i = Math.max(0, -coarser); i < features.size(); i++) {
        add(encoder, coarser + i, i, features.get(i));
      }
    }
    if (pairs.isEmpty()) {
      throw new DistillException(
          teacher.name()
              + " has no feature maps at the student's strides; remove "
              + losses.stream().map(FeatureLoss::name).collect(Collectors.joining(", "))
              + " from the recipe's losses or list the teacher's features in its description");
    }
  }

  private void add(Encoder encoder, int at, int teacher, Labeller.Feature feature) {
    // A teacher may have several maps of one stride: each gets its own adapter.
    boolean first = pairs.stream().noneMatch(p -> p.student() == at);
    String name = "adapter." + encoder.strides().get(at) + (first ? "" : "." + teacher);
    int channels = encoder.channels().get(at);
    Conv2d adapter = Conv2d.pointwise(name, channels, feature.channels()).withBias();
    pairs.add(new Pair(at, teacher, adapter));
  }

  private boolean adapts() {
    return losses.stream().anyMatch(FeatureLoss::adapted);
  }

  /** The adapters' parameters; empty if no loss needs adapters. */
  List<Parameter> parameters() {
    CostOps costs = new CostOps();
    if (adapts()) {
      for (Pair pair : pairs) {
        costs.conv(new CostOps.Shape(1, pair.adapter().in(), 1, 1), pair.adapter());
      }
    }
    return costs.parameters();
  }

  /** The student's maps after their adapters, in the order of the pairs; empty without adapters. */
  List<Tensor> adapt(Ops<Tensor> ops, List<Tensor> maps) {
    return adapts()
        ? pairs.stream().map(p -> ops.conv(maps.get(p.student()), p.adapter())).toList()
        : List.of();
  }

  /**
   * The losses by name.
   *
   * @param maps the student's
   * @param adapted the result of {@link #adapt} for them
   * @param teacher all of the teacher's maps
   */
  Map<String, Tensor> losses(
      List<Tensor> maps, List<Tensor> adapted, List<Planes> teacher, int batch) {
    Map<String, Tensor> sums = new LinkedHashMap<>();
    for (int i = 0; i < pairs.size(); i++) {
      Tensor plain = maps.get(pairs.get(i).student()).to(ScalarType.Float);
      Tensor target = resized(teacher.get(pairs.get(i).teacher()), batch, plain);
      Tensor adaptedMap = adapts() ? adapted.get(i).to(ScalarType.Float) : plain;
      for (FeatureLoss loss : losses) {
        Tensor value = loss.of(loss.adapted() ? adaptedMap : plain, target);
        sums.merge(loss.name(), value, Tensor::add);
      }
    }
    sums.replaceAll((name, sum) -> sum.mul(new Scalar(1.0 / pairs.size())));
    return sums;
  }

  private static Tensor resized(Planes map, int batch, Tensor student) {
    Tensor x = Tensors.of(map.data(), batch, map.channels(), map.height(), map.width());
    if (map.height() == student.size(2) && map.width() == student.size(3)) {
      return x;
    }
    long[] size = {student.size(2), student.size(3)};
    return upsample_bilinear2d(x, size, false, new DoubleOptional(), new DoubleOptional());
  }
}
