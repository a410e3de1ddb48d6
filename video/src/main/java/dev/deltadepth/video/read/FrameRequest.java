package dev.deltadepth.video.read;

import dev.deltadepth.core.InputSize;
import java.util.Optional;

/**
 * Which frames of a source are wanted, and how large.
 *
 * @param start where to begin, in seconds
 * @param duration how much to take, in seconds; empty for all
 * @param rate frames a second; empty for those that there are, each at its own time
 * @param width of the pictures; empty if none but the small ones are wanted
 * @param height of the pictures
 * @param planes whether the pictures are wanted for their edges alone ({@link ClipFrame#guide}): if
 *     the sides are even, they come in half the bytes
 * @param small the size that the network sees
 */
public record FrameRequest(
    double start,
    Optional<Double> duration,
    Optional<Double> rate,
    int width,
    int height,
    boolean planes,
    InputSize small) {

  /** The same without full pictures: {@link ClipFrame#picture} is then the small one. */
  public FrameRequest onlySmall() {
    return new FrameRequest(start, duration, rate, 0, 0, false, small);
  }

  boolean wantsPlanes() {
    return planes && width % 2 == 0 && height % 2 == 0;
  }

  boolean wantsPictures() {
    return width > 0 && !(width == small.width() && height == small.height());
  }
}
