package dev.deltadepth.distill;

import static org.bytedeco.pytorch.global.torch.upsample_bilinear2d;

import dev.deltadepth.nn.Conv2d;
import dev.deltadepth.nn.CostOps;
import dev.deltadepth.nn.Encoder;
import dev.deltadepth.nn.Ops;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Draws the student's maps towards the teacher's (Romero et al., FitNets, 2015): a learned 1x1
 * convolution, the adapter, takes the student's map of a stride to the teacher's channels, and the
 * mean squared error to the teacher's map counts, once every channel of that has mean 0 and
 * deviation 1 over the batch. The adapters are trained and not exported.
 */
final class FeatureMatching {

  /**
   * @param student index among the student's maps
   * @param teacher index among the teacher's maps
   */
  private record Pair(int student, int teacher, Conv2d adapter) {}

  private static final double SMALLEST_DEVIATION = 1e-4;

  private final List<Pair> pairs = new ArrayList<>();

  /**
   * Pairs the maps of equal stride.
   *
   * @throws DistillException if there is none
   */
  FeatureMatching(Encoder encoder, Teacher teacher) {
    for (int i = 0; i < teacher.features().size(); i++) {
      Teacher.Feature feature = teacher.features().get(i);
      int at = encoder.strides().indexOf(feature.stride());
      if (at >= 0) {
        // A teacher may have several maps of one stride: each has an adapter of its own.
        boolean first = pairs.stream().noneMatch(p -> p.student() == at);
        String name = "adapter." + feature.stride() + (first ? "" : "." + i);
        int channels = encoder.channels().get(at);
        pairs.add(new Pair(at, i, Conv2d.pointwise(name, channels, feature.channels()).withBias()));
      }
    }
    if (pairs.isEmpty()) {
      throw new DistillException(
          teacher.name()
              + " gives no maps at the student's strides; leave the loss 'features' out of the recipe"
              + " or name the teacher's features in its description");
    }
  }

  /** The adapters' parameters. */
  List<Parameter> parameters() {
    CostOps costs = new CostOps();
    for (Pair pair : pairs) {
      costs.conv(new CostOps.Shape(1, pair.adapter().in(), 1, 1), pair.adapter());
    }
    return costs.parameters();
  }

  /** The student's maps behind their adapters, in the order of the pairs. */
  List<Tensor> adapt(Ops<Tensor> ops, List<Tensor> maps) {
    return pairs.stream().map(p -> ops.conv(maps.get(p.student()), p.adapter())).toList();
  }

  /** The mean over the pairs. */
  Tensor loss(List<Tensor> adapted, List<Teacher.Map> teacher, int batch) {
    Tensor sum = null;
    for (int i = 0; i < pairs.size(); i++) {
      Tensor student = adapted.get(i).to(org.bytedeco.pytorch.global.torch.ScalarType.Float);
      Tensor target = target(teacher.get(pairs.get(i).teacher()), batch, student);
      Tensor loss = Losses.mse(student, target);
      sum = sum == null ? loss : sum.add(loss);
    }
    if (sum == null) {
      throw new IllegalStateException("the constructor found pairs");
    }
    return sum.mul(new Scalar(1.0 / pairs.size()));
  }

  private static Tensor target(Teacher.Map map, int batch, Tensor student) {
    Tensor x = Tensors.of(map.data(), batch, map.channels(), map.height(), map.width());
    if (map.height() != student.size(2) || map.width() != student.size(3)) {
      long[] size = {student.size(2), student.size(3)};
      x = upsample_bilinear2d(x, size, false, new DoubleOptional(), new DoubleOptional());
    }
    long[] axes = {0, 2, 3};
    Tensor centred = x.sub(x.mean(axes, true, new ScalarTypeOptional()));
    Tensor variance = centred.square().mean(axes, true, new ScalarTypeOptional());
    return centred.div(variance.sqrt().clamp_min(new Scalar(SMALLEST_DEVIATION)));
  }
}
