package dev.deltadepth.nn;

import java.util.List;

/** The part of a network that turns an image into feature maps of decreasing resolution. */
public interface Encoder {

  /** The architecture's name. */
  String name();

  /** Channels of the maps, finest first. */
  List<Integer> channels();

  /** Strides of the maps in pixels of the image, finest first. */
  List<Integer> strides();

  /**
   * The feature maps of an image, finest first.
   *
   * @param image [N, 3, H, W], RGB in [0, 1]
   */
  <T> List<T> apply(Ops<T> ops, T image);
}
