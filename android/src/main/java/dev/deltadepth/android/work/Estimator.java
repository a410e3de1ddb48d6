package dev.deltadepth.android.work;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;

/** Makes maps of photos; the phone's own does it with ONNX Runtime. */
public interface Estimator {
  /**
   * Called on a thread of its own; may take a while.
   *
   * @throws dev.deltadepth.core.DeltaException if it fails
   */
  Estimate estimate(Photo photo);

  /** The shorter side, in pixels, at which the network sees photos. */
  int size();

  /**
   * What the network alone says about a picture; called on any thread.
   *
   * @param shorterSide that it sees, in pixels
   * @return its map, small
   * @throws dev.deltadepth.core.DeltaException if it fails
   */
  DepthMap map(RgbImage picture, int shorterSide);
}
