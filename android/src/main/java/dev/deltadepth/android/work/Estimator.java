package dev.deltadepth.android.work;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;

/** Makes maps of photos; the phone's own does it with ONNX Runtime. Called on any thread. */
public interface Estimator {
  /**
   * Makes a photo's map; may take a while.
   *
   * @throws dev.deltadepth.core.DeltaException if it fails
   */
  Estimate estimate(Photo photo);

  /** The shorter side, in pixels, at which the network sees photos. */
  int size();

  /**
   * What the network alone says about a picture.
   *
   * @param shorterSide that it sees, in pixels
   * @return its map, small
   * @throws dev.deltadepth.core.DeltaException if it fails
   */
  DepthMap map(RgbImage picture, int shorterSide);

  /**
   * Tries an engine with the model in use; the engine in use stays.
   *
   * @throws dev.deltadepth.core.DeltaException if it fails
   */
  Sample sample(Engine engine, RgbImage picture);

  /** Takes the model and the engine of the {@link Settings} from the next map on. */
  void renew();
}
