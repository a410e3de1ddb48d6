package dev.deltadepth.video.read;

import dev.deltadepth.core.Guide;
import dev.deltadepth.core.RgbImage;

/**
 * A frame of a clip.
 *
 * @param index of the frame, from 0
 * @param micros when it is shown, in microseconds from the clip's start
 * @param duration how long, in microseconds; 0 if that is not known
 * @param picture at the size that was asked for; the small one if the frame is in planes
 * @param guide the frame at the size that was asked for, for its edges
 * @param small the frame at the size that the network sees
 */
public record ClipFrame(
    long index, long micros, long duration, RgbImage picture, Guide guide, RgbImage small) {

  /** A frame whose picture is its own guide. */
  public ClipFrame(long index, long micros, long duration, RgbImage picture, RgbImage small) {
    this(index, micros, duration, picture, picture, small);
  }

  ClipFrame lasting(long micros) {
    return new ClipFrame(index, this.micros, micros, picture, guide, small);
  }
}
