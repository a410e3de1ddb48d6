package dev.deltadepth.torch;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.CostOps;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.weights.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The weights of a network as libtorch tensors: float32, kernels in channels-last order, trainable
 * parameters with gradients. Owns native memory until {@link #close}.
 */
public final class TorchWeights implements AutoCloseable {

  private final List<Parameter> parameters;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /**
   * Creates tensors for the parameters of a network.
   *
   * @param parameters that the network needs ({@link CostOps#parameters})
   * @param weights with at least those names and shapes; others are ignored
   * @throws NetworkException if a name is missing or a shape differs
   */
  public TorchWeights(List<Parameter> parameters, Weights weights) {
    this.parameters = List.copyOf(parameters);
    for (Parameter parameter : parameters) {
      Tensor tensor = tensor(parameter, weights);
      tensors.put(parameter.name(), tensor);
    }
  }

  private static Tensor tensor(Parameter parameter, Weights weights) {
    weights.require(parameter);
    float[] data = weights.get(parameter.name()).data();
    long[] shape = parameter.shape().stream().mapToLong(Integer::longValue).toArray();
    Tensor kept;
    try (PointerScope scope = new PointerScope()) {
      Tensor tensor = Tensors.of(data, shape);
      if (shape.length == 4) {
        tensor = tensor.contiguous(torch.MemoryFormat.ChannelsLast);
      }
      // The tensor outlives this scope: close() frees it.
      kept = tensor.detach();
      kept.set_requires_grad(parameter.trainable());
      kept.retainReference();
    }
    return kept;
  }

  /**
   * The tensor with a name.
   *
   * @throws NetworkException if the network has no such parameter
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new NetworkException("the network has no weights named " + name);
    }
    return tensor;
  }

  /** The parameters that the tensors belong to, in order. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** The current values, copied to Java arrays. */
  public Weights toWeights() {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      int[] shape = parameter.shape().stream().mapToInt(Integer::intValue).toArray();
      arrays.put(parameter.name(), new FloatArray(shape, Tensors.toArray(get(parameter.name()))));
    }
    return Weights.of(arrays);
  }

  /** Frees the tensors. */
  @Override
  public void close() {
    new ArrayList<>(tensors.values()).forEach(Tensor::close);
    tensors.clear();
  }
}
