package dev.deltadepth.distill.loss;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.Locale;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * 1 - mean structural similarity (Wang et al. 2004) of maps in [0, 1]: 11x11 Gaussian window, sigma
 * 1.5, C1 = 0.01^2, C2 = 0.03^2. With a mask, over the positions whose whole window is valid.
 *
 * @param padding {@link Padding#VALID} for positions whose window lies inside the maps only; {@link
 *     Padding#ZERO} for all, with zeros around the maps, their squares and their product
 */
public record Ssim(Padding padding) implements Loss {

  private static final int WINDOW = 11;
  private static final double SIGMA = 1.5;
  private static final double C1 = 0.01 * 0.01;
  private static final double C2 = 0.03 * 0.03;

  /**
   * Checks the padding.
   *
   * @throws IllegalArgumentException if it is neither VALID nor ZERO
   */
  public Ssim {
    if (padding != Padding.VALID && padding != Padding.ZERO) {
      throw new IllegalArgumentException(
          "SSIM supports the paddings ZERO and VALID only, not " + padding);
    }
  }

  @Override
  public String name() {
    return "ssim";
  }

  @Override
  public Tensor of(Maps maps) {
    return similarity(maps).neg().add(new Scalar(1.0));
  }

  /**
   * The mean similarity: 1 for equal maps, or if no element is valid.
   *
   * @throws IllegalArgumentException if a side is shorter than 11 and there is no padding
   */
  public Tensor similarity(Maps maps) {
    Tensor p = maps.prediction();
    int border = padding == Padding.ZERO ? WINDOW / 2 : 0;
    if (border == 0 && (p.size(2) < WINDOW || p.size(3) < WINDOW)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "SSIM without padding needs maps of at least 11x11, not %dx%d",
              p.size(2),
              p.size(3)));
    }
    return maps.mask()
        .map(mask -> masked(maps, Masks.invalid(mask), border))
        .orElseGet(() -> map(p, maps.target(), border).mean());
  }

  private static Tensor masked(Maps maps, Tensor invalid, int border) {
    Scalar zero = new Scalar(0.0);
    Tensor similarity =
        map(
            maps.prediction().masked_fill(invalid, zero),
            maps.target().masked_fill(invalid, zero),
            border);
    int inset = WINDOW / 2 - border;
    Tensor whole =
        Masks.near(invalid, WINDOW)
            .narrow(2, inset, similarity.size(2))
            .narrow(3, inset, similarity.size(3))
            .logical_not();
    Tensor counts = whole.to(similarity.scalar_type());
    Tensor lost = similarity.neg().add(new Scalar(1.0)).mul(counts).sum();
    return lost.div(Masks.atLeastOne(counts.sum())).neg().add(new Scalar(1.0));
  }

  private static Tensor map(Tensor p, Tensor t, int padding) {
    long n = p.size(0);
    Tensor moments =
        blur(cat(new TensorVector(p, t, p.square(), t.square(), p.mul(t)), 0), padding);
    Tensor meanP = moments.narrow(0, 0, n);
    Tensor meanT = moments.narrow(0, n, n);
    Tensor meanProduct = meanP.mul(meanT);
    Tensor squares = meanP.square().add(meanT.square());
    Tensor variances = moments.narrow(0, 2 * n, n).add(moments.narrow(0, 3 * n, n)).sub(squares);
    Tensor covariance = moments.narrow(0, 4 * n, n).sub(meanProduct);
    Tensor above = twicePlus(meanProduct, C1).mul(twicePlus(covariance, C2));
    Tensor below = squares.add(new Scalar(C1)).mul(variances.add(new Scalar(C2)));
    return above.div(below);
  }

  /**
   * The Gaussian window is separable, so blurring is a product with one band matrix from the left
   * and one from the right: for one channel much faster than a convolution.
   */
  private static Tensor blur(Tensor x, int padding) {
    Tensor down = band(Math.toIntExact(x.size(2)), padding).to(x);
    Tensor across = band(Math.toIntExact(x.size(3)), padding).to(x).transpose(0, 1);
    return down.matmul(x).matmul(across);
  }

  /** The matrix [side - 10 + 2 padding, side] that blurs a line with zeros outside. */
  private static Tensor band(int side, int padding) {
    double[] window = window();
    int rows = side - WINDOW + 1 + 2 * padding;
    double[] matrix = new double[rows * side];
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < WINDOW; k++) {
        int column = row + k - padding;
        if (column >= 0 && column < side) {
          matrix[row * side + column] = window[k];
        }
      }
    }
    return AbstractTensor.create(matrix, rows, side);
  }

  private static double[] window() {
    double[] weights = new double[WINDOW];
    double sum = 0;
    for (int i = 0; i < WINDOW; i++) {
      double distance = i - WINDOW / 2;
      weights[i] = Math.exp(-distance * distance / (2 * SIGMA * SIGMA));
      sum += weights[i];
    }
    for (int i = 0; i < WINDOW; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private static Tensor twicePlus(Tensor x, double constant) {
    return x.mul(new Scalar(2.0)).add(new Scalar(constant));
  }
}
