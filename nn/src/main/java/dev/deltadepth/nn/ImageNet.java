package dev.deltadepth.nn;

import java.util.List;

/** The statistics by which published encoders expect their input normalised. */
public final class ImageNet {

  /** Mean of red, green and blue, in [0, 1]. */
  public static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);

  /** Standard deviation of red, green and blue, in [0, 1]. */
  public static final List<Double> STD = List.of(0.229, 0.224, 0.225);

  private ImageNet() {}
}
