package dev.deltadepth.android.work;

/** Makes maps of photos; the phone's own does it with ONNX Runtime. */
public interface Estimator {
  /**
   * Called on a thread of its own; may take a while.
   *
   * @throws dev.deltadepth.core.DeltaException if it fails
   */
  Estimate estimate(Photo photo);
}
