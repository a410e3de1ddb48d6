package dev.deltadepth.video.read;

import java.time.Duration;

/**
 * What a video may ask for.
 *
 * @param pixels of a frame, at most
 * @param frames of a clip, at most; the rest is left out
 * @param silence how long FFmpeg may keep this program waiting for a frame, or for room for one
 */
public record ClipLimits(long pixels, long frames, Duration silence) {

  /** 8192 x 4352 pixels, a day at 60 frames a second, half a minute. */
  public static ClipLimits defaults() {
    return new ClipLimits(8192L * 4352, 60L * 86_400, Duration.ofSeconds(30));
  }

  /** The same with another time. */
  public ClipLimits withSilence(Duration other) {
    return new ClipLimits(pixels, frames, other);
  }

  /** The same with fewer or more pixels. */
  public ClipLimits withPixels(long other) {
    return new ClipLimits(other, frames, silence);
  }
}
