package dev.deltadepth.server.job;

import dev.deltadepth.video.clip.ClipModel;

/** The network that is served. */
@FunctionalInterface
public interface ClipNetwork {
  /**
   * The network for a video.
   *
   * @param size the shorter side that it sees, in pixels; 0 for its native size
   */
  ClipModel at(int size);
}
