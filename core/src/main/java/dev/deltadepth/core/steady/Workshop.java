package dev.deltadepth.core.steady;

import java.util.ArrayList;
import java.util.List;

/** The tools and the buffers for maps of one size. */
final class Workshop {
  final int width;
  final int height;
  private final MotionSearch search;
  private final Carrier carrier;
  private final Blend blend;
  private final CutDetector cuts = new CutDetector();
  private final int motions;
  private final float[] carried;
  private final float[] carriedWorth;
  private final float[] later;
  private final float[] laterWorth;
  private final List<Moment> spare = new ArrayList<>();

  Workshop(int width, int height) {
    this.width = width;
    this.height = height;
    Pyramid like = new Pyramid(width, height);
    search = new MotionSearch(like);
    carrier = new Carrier(like, search.level());
    blend = new Blend(width, height);
    motions = like.level(search.level()).length;
    carried = new float[width * height];
    carriedWorth = new float[width * height];
    later = new float[width * height];
    laterWorth = new float[width * height];
  }

  /** A moment to fill. */
  Moment moment() {
    return spare.isEmpty()
        ? new Moment(new Pyramid(width, height), motions)
        : spare.remove(spare.size() - 1);
  }

  /** Takes back a moment that is not needed any more. */
  void giveBack(Moment moment) {
    spare.add(moment);
  }

  /**
   * Connects a frame with the one before.
   *
   * @param both whether to connect in both directions
   * @return whether they belong to the same shot
   */
  boolean link(Moment now, Moment before, boolean both) {
    search.search(now.picture, before.picture, now.back.right, now.back.down);
    carrier.compare(now.picture, before.picture, now.back);
    if (cuts.cut(now, before, carrier.trusted(), carrier.correlation())) {
      return false;
    }
    if (both) {
      search.search(before.picture, now.picture, now.ahead.right, now.ahead.down);
      carrier.compare(before.picture, now.picture, now.ahead);
    }
    return true;
  }

  /** Brings a map to the shot's scale and averages it with the frames before. */
  void follow(Moment now, Moment before, SteadyScale scale) {
    carrier.carry(now.back, before.average, before.worth, carried, carriedWorth);
    leaveOutHoles(now);
    scale.follow(now, carried, carriedWorth);
    blend.blend(now, carried, carriedWorth, now.noise, now.average, now.worth);
  }

  /**
   * The values of frames averaged with those of the frames before and after them.
   *
   * @param shot successive frames
   * @param count how many of them, from the first on, are wanted
   * @return their values; 0 where there is none
   */
  float[][] settle(List<Moment> shot, int count) {
    float[][] settled = new float[count][];
    Moment from = shot.get(shot.size() - 1);
    System.arraycopy(from.values, 0, later, 0, later.length);
    System.arraycopy(from.present, 0, laterWorth, 0, later.length);
    for (int k = shot.size() - 1; k >= 0; k--) {
      Moment to = shot.get(k);
      if (to != from) {
        carrier.carry(from.ahead, later, laterWorth, carried, carriedWorth);
        leaveOutHoles(to);
        SteadyScale.change(carried, carriedWorth, 1 / from.gain, -from.lift / from.gain);
        blend.blend(to, carried, carriedWorth, from.noise, later, laterWorth);
        from = to;
      }
      if (k < count) {
        settled[k] = joined(to);
      }
    }
    return settled;
  }

  /** The average with the frames before and the one with those after; the map itself is in both. */
  private float[] joined(Moment moment) {
    float[] out = new float[later.length];
    for (int i = 0; i < out.length; i++) {
      if (moment.present[i] != 0) {
        float value = moment.values[i];
        float past = moment.worth[i];
        float coming = laterWorth[i];
        out[i] =
            value
                + (past * (moment.average[i] - value) + coming * (later[i] - value))
                    / (past + coming - 1);
      }
    }
    return out;
  }

  private void leaveOutHoles(Moment moment) {
    for (int i = 0; i < carriedWorth.length; i++) {
      carriedWorth[i] *= moment.present[i];
    }
  }
}
