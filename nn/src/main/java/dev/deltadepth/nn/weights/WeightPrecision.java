package dev.deltadepth.nn.weights;

/**
 * How an exported graph stores its kernels and matrices. Vectors, which are few, stay in 32 bits,
 * and so does all arithmetic.
 */
public enum WeightPrecision {
  /** 16 bits (IEEE 754 binary16), widened once when the model is loaded: half the file. */
  FLOAT16,
  /** 32 bits. */
  FLOAT32
}
