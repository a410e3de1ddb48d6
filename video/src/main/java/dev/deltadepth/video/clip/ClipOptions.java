package dev.deltadepth.video.clip;

import dev.deltadepth.core.Normalization;
import java.util.Locale;
import java.util.Optional;

/**
 * How a clip is worked on.
 *
 * @param start where to begin, in seconds
 * @param duration how much to take, in seconds; empty for all
 * @param rate frames a second; empty for those that there are
 * @param side the longer side of frames in pixels, at most; 0 for theirs
 * @param lookahead how many later frames steady maps look at, at least; empty for the network's
 *     maps as they are
 * @param range of the colours
 * @param fixed the values that become the darkest and the brightest, if they are known
 * @param sound whether the sound is kept
 * @param resume whether finished parts are gone on with, and kept when the job is stopped
 */
public record ClipOptions(
    double start,
    Optional<Double> duration,
    Optional<Double> rate,
    int side,
    Optional<Integer> lookahead,
    Range range,
    Optional<Normalization> fixed,
    boolean sound,
    boolean resume) {

  /** Which values become the darkest and the brightest. */
  public enum Range {
    /** A range that follows what is seen. */
    MOVING,
    /** One range for the whole clip, which is estimated first and drawn then. */
    CLIP,
    /** Each frame's own. */
    FRAME;

    /** The name in options: {@code moving}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The whole clip, made steady from the frames before, with a moving range. */
  public static ClipOptions defaults() {
    return new ClipOptions(
        0,
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.of(0),
        Range.MOVING,
        Optional.empty(),
        true,
        false);
  }

  /** The same with another longer side of frames. */
  public ClipOptions withSide(int other) {
    return new ClipOptions(start, duration, rate, other, lookahead, range, fixed, sound, resume);
  }

  /** The same with another lookahead. */
  public ClipOptions withLookahead(Optional<Integer> other) {
    return new ClipOptions(start, duration, rate, side, other, range, fixed, sound, resume);
  }

  /** The same with another range. */
  public ClipOptions withRange(Range other) {
    return new ClipOptions(start, duration, rate, side, lookahead, other, fixed, sound, resume);
  }

  /** The same with finished parts kept and gone on with. */
  public ClipOptions withResume() {
    return new ClipOptions(start, duration, rate, side, lookahead, range, fixed, sound, true);
  }

  /** The same for a part of the clip. */
  public ClipOptions withPart(double from, double seconds) {
    return new ClipOptions(
        from, Optional.of(seconds), rate, side, lookahead, range, fixed, sound, resume);
  }
}
