package dev.deltadepth.distill.loss;

import dev.deltadepth.torch.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * 1 - Pearson correlation of the maps with their layout removed, averaged over the samples; 0 for a
 * sample without valid elements. The layout is the least-squares surface a + b x + c y + d y^2 over
 * a map's valid elements, as in the agreement that {@code delta evaluate} prints. "Lower in the
 * image is nearer" makes up most of a map and is learned first; this loss measures the objects,
 * however little they stand out.
 */
public record WithoutLayout() implements Loss {

  /** Ridge, per element, that keeps the equations solvable when few elements are valid. */
  private static final double RIDGE = 1e-6;

  /** Smallest standard deviation of a residual of maps in [0, 1]; below it nothing stands out. */
  private static final double SMALLEST_DEVIATION = 1e-4;

  @Override
  public String name() {
    return "without-layout";
  }

  /** The mean correlation of the maps with the layout removed, -1 to 1. */
  public double correlation(Maps maps) {
    return 1 - of(maps).item_float();
  }

  @Override
  public Tensor of(Maps maps) {
    Tensor prediction = maps.prediction();
    Tensor mask = maps.mask().orElseGet(() -> torch.ones_like(prediction));
    Tensor invalid = Masks.invalid(mask).flatten(1, -1);
    Tensor valid = invalid.logical_not().to(prediction.scalar_type());
    Tensor surfaces = surfaces(prediction.size(2), prediction.size(3)).to(valid.scalar_type());
    Tensor p = residual(prediction.flatten(1, -1), invalid, valid, surfaces);
    Tensor t = residual(maps.target().flatten(1, -1), invalid, valid, surfaces);
    Tensor least = sum(valid).mul(new Scalar(SMALLEST_DEVIATION * SMALLEST_DEVIATION));
    Tensor lengths = sum(p.square()).add(least).mul(sum(t.square()).add(least));
    Tensor any = valid.amax(new long[] {1}, false);
    Tensor correlation = sum(p.mul(t)).div(lengths.clamp_min(new Scalar(1e-20)).sqrt());
    return any.sub(correlation).mean();
  }

  /** [H * W, 4]: 1, x, y and y^2, x and y from -1 to 1. */
  private static Tensor surfaces(long height, long width) {
    float[] values = new float[Math.toIntExact(height * width * 4)];
    for (int i = 0; i < height * width; i++) {
      long column = i % width;
      long row = i / width;
      float x = (2f * column + 1) / width - 1;
      float y = (2f * row + 1) / height - 1;
      values[4 * i] = 1;
      values[4 * i + 1] = x;
      values[4 * i + 2] = y;
      values[4 * i + 3] = y * y;
    }
    return Tensors.of(values, height * width, 4);
  }

  /** The map minus its layout, [N, H * W], 0 where not valid. */
  private static Tensor residual(Tensor map, Tensor invalid, Tensor valid, Tensor surfaces) {
    Tensor x = map.masked_fill(invalid, new Scalar(0.0));
    Tensor weighted = valid.unsqueeze(2).mul(surfaces).transpose(1, 2);
    double ridge = RIDGE * surfaces.size(0);
    Tensor normal =
        weighted.matmul(surfaces).add(torch.eye(4).to(x.scalar_type()).mul(new Scalar(ridge)));
    Tensor factors = torch.linalg_solve(normal, weighted.matmul(x.unsqueeze(2)));
    return x.sub(surfaces.matmul(factors).squeeze(2).mul(valid));
  }

  private static Tensor sum(Tensor rows) {
    return rows.sum(new long[] {1}, false, new ScalarTypeOptional());
  }
}
