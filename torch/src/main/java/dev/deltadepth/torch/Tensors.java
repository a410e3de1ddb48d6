package dev.deltadepth.torch;

import dev.deltadepth.nn.NetworkException;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Converts between Java arrays and libtorch tensors. */
public final class Tensors {

  private Tensors() {}

  /**
   * Sets the number of threads that libtorch uses. OpenBLAS gets one, because its pool and
   * libtorch's would compete, spinning.
   *
   * @param threads at least 1
   */
  public static void threads(int threads) {
    openblas.blas_set_num_threads(1);
    torch.set_num_threads(threads);
  }

  /**
   * A float32 tensor with a copy of the values.
   *
   * @param data row-major
   * @param shape whose product is the number of values
   */
  public static Tensor of(float[] data, long... shape) {
    long count = 1;
    for (long side : shape) {
      count = Math.multiplyExact(count, side);
    }
    if (count != data.length) {
      throw new NetworkException(
          "cannot make a tensor of " + count + " values from " + data.length);
    }
    Tensor tensor = torch.empty(shape);
    tensor.data_ptr_float().put(data, 0, data.length);
    return tensor;
  }

  /** The values of a tensor of any floating type, row-major. */
  public static float[] toArray(Tensor tensor) {
    try (PointerScope scope = new PointerScope()) {
      Tensor plain =
          tensor.detach().to(torch.ScalarType.Float).contiguous(torch.MemoryFormat.Contiguous);
      float[] data = new float[Math.toIntExact(plain.numel())];
      FloatPointer values = plain.data_ptr_float();
      values.get(data, 0, data.length);
      return data;
    }
  }
}
