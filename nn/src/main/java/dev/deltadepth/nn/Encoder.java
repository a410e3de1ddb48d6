package dev.deltadepth.nn;

import java.util.List;

/** The part of a network that turns a picture into feature maps at falling resolutions. */
public interface Encoder {

  /** The architecture's name, as recipes spell it. */
  String name();

  /** Channels of the maps, finest first. */
  List<Integer> channels();

  /** Strides of the maps (how many pixels of the picture one step covers), finest first. */
  List<Integer> strides();

  /**
   * The feature maps of a picture, finest first.
   *
   * @param image [N, 3, H, W], RGB in [0, 1]
   */
  <T> List<T> apply(Ops<T> ops, T image);
}
