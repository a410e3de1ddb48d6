package dev.deltadepth.core.steady;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the maps of a clip steady. A network that sees one frame at a time estimates each with a
 * scale and a shift of its own, and its errors change from frame to frame; both are visible as
 * flicker. Here
 *
 * <ol>
 *   <li>the motion between frames is searched ({@link MotionSearch}), and where the two look the
 *       same along it, the past counts ({@link Carrier});
 *   <li>scale and shift of each map are fitted to the past ({@link SteadyScale});
 *   <li>the maps are averaged along the motion ({@link Blend}); what moved away, came into view or
 *       looks different takes the new map;
 *   <li>at a cut all begins anew ({@link CutDetector}). Where a frame after a cut continues the
 *       shot before it, as after a flash, that shot goes on.
 * </ol>
 *
 * <p>With a lookahead, the average also runs backwards from the coming maps, which makes it twice
 * as long, and symmetric: it does not lag behind what approaches.
 *
 * <p>The maps are best given at the network's size and enlarged afterwards: time and memory grow
 * with the pixels, memory with the lookahead too. Not thread-safe.
 *
 * <pre>{@code
 * SteadyDepth steady = new SteadyDepth(8);
 * for (RgbImage frame : frames) {
 *   steady.add(frame, estimate(frame)).forEach(this::show);
 * }
 * steady.finish().forEach(this::show);
 * }</pre>
 */
public final class SteadyDepth {
  /** So many frames after a cut, the shot before it may still go on. */
  private static final int INTERRUPTION = 8;

  private final int lookahead;
  private final ArrayDeque<Turn> waiting = new ArrayDeque<>();
  private final List<Moment> shot = new ArrayList<>();
  private SteadyScale scale = new SteadyScale();
  private SteadyScale interruptedScale = new SteadyScale();
  private @Nullable Workshop workshop;
  private @Nullable Moment last;
  private @Nullable Moment interrupted;
  private int sinceCut;
  private boolean cut;

  /** A map that waits; without a moment, it is given as it is. */
  private record Turn(DepthMap map, @Nullable Moment moment) {}

  /**
   * Starts a clip.
   *
   * @param lookahead 0: every map is given at once, from those before it; N: N maps at a time, each
   *     from N to 2 N - 1 of those after it too
   * @throws IllegalArgumentException if it is below 0
   */
  public SteadyDepth(int lookahead) {
    if (lookahead < 0) {
      throw new IllegalArgumentException("the lookahead must be at least 0, not " + lookahead);
    }
    this.lookahead = lookahead;
  }

  /**
   * Adds the next frame. A map of another size than the last begins a new shot. A map that is
   * constant or has no finite value says nothing: it is given as it is and leaves no trace.
   *
   * @param frame of any size, but the same part of the world as the map
   * @param map its disparity; what is not finite stays as it is and counts as a hole
   * @return the steady maps that became due, the oldest first: maybe none; of the size of their
   *     maps, in the scale of the shot's first map, which slowly follows the maps' own. They belong
   *     to the caller
   * @throws IllegalArgumentException if the map is not {@link DepthMap.Kind#DISPARITY}
   */
  public List<DepthMap> add(RgbImage frame, DepthMap map) {
    map.require(DepthMap.Kind.DISPARITY);
    List<DepthMap> due = new ArrayList<>(1);
    cut = false;
    Workshop tools = workshop;
    if (tools == null || tools.width != map.width() || tools.height != map.height()) {
      giveAll(due);
      cut = tools != null;
      tools = new Workshop(map.width(), map.height());
      workshop = tools;
      last = null;
      interrupted = null;
    }
    if (map.varies()) {
      Moment now = tools.moment();
      now.picture.take(frame);
      now.take(map);
      follow(tools, now, due);
      waiting.add(new Turn(map, now));
    } else {
      waiting.add(new Turn(map, null));
    }
    if (lookahead == 0) {
      give(1, due);
    } else if (waiting.size() >= 2 * lookahead) {
      give(lookahead, due);
    }
    return due;
  }

  /** Gives the maps that still wait; afterwards it is ready for a new clip. */
  public List<DepthMap> finish() {
    List<DepthMap> due = new ArrayList<>(waiting.size());
    giveAll(due);
    workshop = null;
    last = null;
    interrupted = null;
    cut = false;
    return due;
  }

  /**
   * Whether the last frame added began a new shot, another size, or an interruption such as a
   * flash, or ended one; false for the first frame of a clip.
   */
  public boolean cut() {
    return cut;
  }

  /** Continues the shot with a frame, or begins a new one. */
  private void follow(Workshop tools, Moment now, List<DepthMap> due) {
    boolean both = lookahead > 0;
    Moment before = last;
    sinceCut++;
    if (before != null && !tools.link(now, before, both)) {
      cut = true;
      giveAll(due);
      Moment earlier = sinceCut <= INTERRUPTION ? interrupted : null;
      if (earlier != null && tools.link(now, earlier, both)) {
        before = earlier;
        interrupted = null;
        scale.continueAs(interruptedScale);
      } else {
        interrupted = before;
        interruptedScale.continueAs(scale);
        before = null;
      }
      sinceCut = 0;
    }
    if (before == null) {
      scale.begin();
      now.begin();
    } else {
      tools.follow(now, before, scale);
      if (!both) {
        tools.giveBack(before);
      }
    }
    last = now;
  }

  private void giveAll(List<DepthMap> due) {
    give(waiting.size(), due);
  }

  /** Gives the oldest maps that wait, made steady with all that wait. */
  private void give(int count, List<DepthMap> due) {
    shot.clear();
    int settled = 0;
    int index = 0;
    for (Turn turn : waiting) {
      if (turn.moment != null) {
        shot.add(turn.moment);
        settled += index < count ? 1 : 0;
      }
      index++;
    }
    float[][] steady =
        workshop == null || settled == 0 ? new float[0][] : workshop.settle(shot, settled);
    int next = 0;
    for (int i = 0; i < count; i++) {
      Turn turn = waiting.remove();
      DepthMap map = turn.map;
      Moment moment = turn.moment;
      float[] out = moment == null ? map.data().clone() : steady[next++];
      if (moment != null && workshop != null) {
        for (int p = 0; p < out.length; p++) {
          if (moment.present[p] == 0) {
            out[p] = map.data()[p];
          }
        }
        if (lookahead > 0 && moment != last) {
          workshop.giveBack(moment);
        }
      }
      due.add(new DepthMap(map.kind(), map.width(), map.height(), out));
    }
  }
}
