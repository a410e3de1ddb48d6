package dev.deltadepth.metrics;

import dev.deltadepth.core.DepthMap;
import java.util.Arrays;

/**
 * Which pixels of the ground truth are valid: those in the crop with a depth strictly between the
 * nearest and the cap. For disparity without a unit, those above 0.
 *
 * @param nearestMetres depths up to this are ignored, and predictions are clipped to it; above 0
 * @param capMetres depths from this on are ignored, and predictions are clipped to it; above the
 *     nearest
 * @param crop the part of the image
 */
public record Region(double nearestMetres, double capMetres, Crop crop) {
  /** The default nearest depth. */
  private static final double NEAREST_METRES = 1e-3;

  /** Checks the depths. */
  public Region {
    if (!(nearestMetres > 0)) {
      throw new IllegalArgumentException(
          "the nearest depth must be above 0 m, not " + nearestMetres);
    }
    if (!(capMetres > nearestMetres)) {
      throw new IllegalArgumentException(
          "the depth cap must be above " + nearestMetres + " m, not " + capMetres);
    }
  }

  /** A part of the image from 1 mm up to a depth. */
  public Region(double capMetres, Crop crop) {
    this(NEAREST_METRES, capMetres, crop);
  }

  /** The whole image from 1 mm up to a depth. */
  public static Region upTo(double capMetres) {
    return new Region(capMetres, Crop.NONE);
  }

  /**
   * The ground truth at the valid pixels. This is the only place that decides which pixels metrics,
   * fits, edges and figures use.
   *
   * @param truth metres, or disparity without a unit
   * @return a map of the same kind and size, NaN at invalid pixels
   * @throws MetricsException if the crop is not defined for the truth's size
   */
  public DepthMap counted(DepthMap truth) {
    boolean metric = truth.kind() == DepthMap.Kind.METRES;
    // Cast to float, so that the nearest depth stored as float32 is not above itself.
    float least = metric ? (float) nearestMetres : 0;
    double cap = metric ? capMetres : Double.POSITIVE_INFINITY;
    Crop.Box box = crop.in(truth.width(), truth.height());
    float[] counted = new float[truth.data().length];
    Arrays.fill(counted, Float.NaN);
    for (int y = box.top(); y < box.bottom(); y++) {
      for (int x = box.left(); x < box.right(); x++) {
        float value = truth.value(x, y);
        if (value > least && value < cap) {
          counted[y * truth.width() + x] = value;
        }
      }
    }
    return new DepthMap(truth.kind(), truth.width(), truth.height(), counted);
  }

  /**
   * The number of valid pixels.
   *
   * @param truth metres, or disparity without a unit
   * @throws MetricsException if the crop is not defined for the truth's size
   */
  public int count(DepthMap truth) {
    int count = 0;
    for (float value : counted(truth).data()) {
      count += Float.isNaN(value) ? 0 : 1;
    }
    return count;
  }

  /** {@link #counted} as disparity: metres are inverted. */
  public DepthMap disparity(DepthMap truth) {
    DepthMap counted = counted(truth);
    if (truth.kind() == DepthMap.Kind.DISPARITY) {
      return counted;
    }
    float[] disparity = new float[counted.data().length];
    for (int i = 0; i < disparity.length; i++) {
      disparity[i] = 1 / counted.data()[i];
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, truth.width(), truth.height(), disparity);
  }
}
