package dev.deltadepth.video.clip;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.steady.SteadyDepth;
import java.util.List;
import java.util.Optional;

/** Makes the maps of a clip steady: each frame's map with an eye on those around it. */
public interface Steadiness {
  /**
   * Takes the next frame.
   *
   * @param frame at the map's size
   * @param map as the network gave it
   * @return the maps of earlier frames that are ready now, in order; maybe none
   */
  List<DepthMap> add(RgbImage frame, DepthMap map);

  /** The maps of the frames that are left. */
  List<DepthMap> finish();

  /** Whether the last frame that was taken shows another scene than the one before. */
  boolean cut();

  /**
   * Steady maps.
   *
   * @param lookahead how many frames they wait for; empty for every map as it is
   * @see SteadyDepth
   */
  static Steadiness of(Optional<Integer> lookahead) {
    if (lookahead.isEmpty()) {
      return none();
    }
    SteadyDepth steady = new SteadyDepth(lookahead.get());
    return new Steadiness() {
      @Override
      public List<DepthMap> add(RgbImage frame, DepthMap map) {
        return steady.add(frame, map);
      }

      @Override
      public List<DepthMap> finish() {
        return steady.finish();
      }

      @Override
      public boolean cut() {
        return steady.cut();
      }
    };
  }

  /** Every map as it is. */
  static Steadiness none() {
    return new Steadiness() {
      @Override
      public List<DepthMap> add(RgbImage frame, DepthMap map) {
        return List.of(map);
      }

      @Override
      public List<DepthMap> finish() {
        return List.of();
      }

      @Override
      public boolean cut() {
        return false;
      }
    };
  }
}
