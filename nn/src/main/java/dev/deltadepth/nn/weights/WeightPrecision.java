package dev.deltadepth.nn.weights;

/**
 * The precision in which weights are stored: of all arrays in a safetensors file, of kernels and
 * matrices in an exported graph. All arithmetic stays in float32.
 */
public enum WeightPrecision {
  /** float16 (IEEE 754 binary16), half the file size; values beyond 65504 are rejected. */
  FLOAT16,
  /** float32. */
  FLOAT32
}
