package dev.deltadepth.nn;

import java.util.List;

/** The part of a network that turns an encoder's feature maps into disparity. */
public interface Decoder {

  /**
   * Decodes feature maps.
   *
   * @param maps the encoder's, finest (stride 2) first, each at half the resolution of the previous
   *     one
   * @return [N, 1, 2 H, 2 W] in [0, 1] for a finest map of H x W
   */
  <T> T apply(Ops<T> ops, List<T> maps);
}
