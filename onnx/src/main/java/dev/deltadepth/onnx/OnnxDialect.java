package dev.deltadepth.onnx;

/** The operators that an exported graph uses. The function is the same. */
public enum OnnxDialect {
  /**
   * The fastest in ONNX Runtime, including its own fused attention; for phones, browsers and the
   * JVM.
   */
  ONNX_RUNTIME,
  /** Only those of the standard operator set 17, for other runtimes and converters. */
  STANDARD;

  /** The domain of ONNX Runtime's own operators. */
  static final String ONNX_RUNTIME_DOMAIN = "com.microsoft";
}
