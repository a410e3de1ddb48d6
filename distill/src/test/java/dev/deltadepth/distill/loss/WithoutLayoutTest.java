package dev.deltadepth.distill.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.torch.Tensors;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

class WithoutLayoutTest {

  /** A surface of the layout's kind, plus {@code height} times the noise of a seed. */
  private static float[] map(double[] surface, double height, int rows, int columns, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      int row = i / columns;
      double x = (double) (i % columns) / columns;
      double y = (double) row / rows;
      double layout = surface[0] + surface[1] * x + surface[2] * y + surface[3] * y * y;
      values[i] = (float) (layout + height * random.nextGaussian());
    }
    return values;
  }

  @Property(tries = 50)
  void surfacesAndTheHeightOfThingsDoNotCount(
      @ForAll @DoubleRange(min = -1, max = 1) double b,
      @ForAll @DoubleRange(min = -1, max = 1) double c,
      @ForAll @DoubleRange(min = -1, max = 1) double d,
      @ForAll @IntRange(min = 8, max = 40) int rows,
      @ForAll @IntRange(min = 8, max = 40) int columns) {
    try (PointerScope scope = new PointerScope()) {
      double[] surface = {0.5, b, c, d};
      double[] other = {0.2, c, d, b};
      Tensor things = Tensors.of(map(surface, 0.3, rows, columns, 1), 1, 1, rows, columns);
      Tensor smaller = Tensors.of(map(other, 0.1, rows, columns, 1), 1, 1, rows, columns);
      Tensor turned = Tensors.of(map(other, -0.1, rows, columns, 1), 1, 1, rows, columns);
      Tensor mask = torch.ones_like(things);
      assertThat(new WithoutLayout().of(Maps.of(things, smaller, mask)).item_double())
          .isCloseTo(0, within(1e-3));
      assertThat(new WithoutLayout().of(Maps.of(things, turned, mask)).item_double())
          .isCloseTo(2, within(1e-3));
    }
  }

  @Property(tries = 20)
  void aHoleIsAsIfTheMapEndedThere(@ForAll @IntRange(min = 4, max = 20) int kept) {
    int rows = 12;
    int columns = 24;
    try (PointerScope scope = new PointerScope()) {
      double[] surface = {0.5, 0.3, 0.2, -0.4};
      Tensor p = Tensors.of(map(surface, 0.2, rows, columns, 2), 1, 1, rows, columns);
      Tensor t = Tensors.of(map(surface, 0.2, rows, columns, 3), 1, 1, rows, columns);
      Tensor mask = torch.zeros_like(p);
      mask.narrow(3, 0, kept).fill_(new Scalar(1.0));
      Tensor pCut = p.narrow(3, 0, kept).contiguous();
      Tensor tCut = t.narrow(3, 0, kept).contiguous();
      double holed = new WithoutLayout().of(Maps.of(p, t, mask)).item_double();
      double cut = new WithoutLayout().of(Maps.of(pCut, tCut, torch.ones_like(pCut))).item_double();
      assertThat(holed).isCloseTo(cut, within(2e-3));
    }
  }
}
