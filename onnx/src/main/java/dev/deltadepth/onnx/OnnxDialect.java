package dev.deltadepth.onnx;

/** Which operators an exported graph is made of. The function is the same. */
public enum OnnxDialect {
  /**
   * Those that are quickest in ONNX Runtime, its own fused attention among them; what runs on
   * phones, in browsers and on the JVM here.
   */
  ONNX_RUNTIME,
  /** Those of the standard operator set 17 alone, for every other runtime and converter. */
  STANDARD;

  /** The domain of ONNX Runtime's own operators. */
  static final String ONNX_RUNTIME_DOMAIN = "com.microsoft";
}
