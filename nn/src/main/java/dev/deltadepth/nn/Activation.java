package dev.deltadepth.nn;

/** An element-wise function. */
public enum Activation {
  /** {@code x}: no activation. */
  NONE,
  /** {@code max(x, 0)}. */
  RELU,
  /** {@code x * sigmoid(x)} (Elfwing et al. 2017), also called swish. */
  SILU,
  /** {@code x * (1 + erf(x / sqrt(2))) / 2} (Hendrycks and Gimpel 2016). */
  GELU,
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID,
  /** {@code min(max(x + 3, 0), 6) / 6}: a piecewise linear sigmoid (Howard et al. 2019). */
  HARD_SIGMOID,
  /** {@code x * hardSigmoid(x)} (Howard et al. 2019, section 5.2). */
  HARD_SWISH
}
