package dev.deltadepth.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The hardware that a model can run on. What is available depends on the ONNX Runtime library on
 * the class path; the usual one supports the processor and, on a Mac, Core ML.
 */
public enum Provider {
  /** The processor; always available, and the fallback of the others. */
  CPU(OrtProvider.CPU),
  /** NVIDIA cards. */
  CUDA(OrtProvider.CUDA),
  /** Apple's Core ML. */
  COREML(OrtProvider.CORE_ML),
  /** Windows DirectML. */
  DIRECTML(OrtProvider.DIRECT_ML),
  /** Android's NNAPI. */
  NNAPI(OrtProvider.NNAPI),
  /** Google's XNNPACK kernels, mostly for ARM. */
  XNNPACK(OrtProvider.XNNPACK);

  private final OrtProvider ort;

  Provider(OrtProvider ort) {
    this.ort = ort;
  }

  OrtProvider ort() {
    return ort;
  }

  /** Those that the ONNX Runtime on the class path supports; always {@link #CPU}. */
  public static List<Provider> available() {
    return Arrays.stream(values())
        .filter(one -> OrtEnvironment.getAvailableProviders().contains(one.ort))
        .collect(Collectors.toList());
  }

  /**
   * @param asked of which only XNNPACK looks at the threads, and CUDA and DirectML at the card
   */
  void addTo(SessionOptions options, EstimatorOptions asked) throws OrtException {
    switch (this) {
      case CPU -> {
        // Part of every session.
      }
      case CUDA -> options.addCUDA(asked.card());
      case COREML -> options.addCoreML(Map.of());
      case DIRECTML -> options.addDirectML(asked.card());
      case NNAPI -> options.addNnapi();
      // Its threads are its own, and one unless it is told.
      case XNNPACK ->
          options.addXnnpack(
              Map.of("intra_op_num_threads", String.valueOf(Math.max(1, asked.threads()))));
    }
  }
}
