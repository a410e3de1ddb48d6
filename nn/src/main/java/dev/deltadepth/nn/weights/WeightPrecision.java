package dev.deltadepth.nn.weights;

/**
 * The precision of kernels and matrices in an exported graph. Vectors, which are small, and all
 * arithmetic stay in float32.
 */
public enum WeightPrecision {
  /** float16 (IEEE 754 binary16), widened once when the model is loaded: half the file size. */
  FLOAT16,
  /** float32. */
  FLOAT32
}
