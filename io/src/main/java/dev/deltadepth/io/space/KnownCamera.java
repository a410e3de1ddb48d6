package dev.deltadepth.io.space;

import dev.deltadepth.core.space.Camera;

/**
 * A camera and where it is from.
 *
 * @param camera of the picture as it was read: upright, at its size
 * @param origin what to tell the user, such as "26 mm on 35 mm film (EXIF)"
 */
public record KnownCamera(Camera camera, String origin) {
  /** The camera of which nothing is known, and the words that say so. */
  public static KnownCamera unknown(int width, int height) {
    return new KnownCamera(Camera.unknown(width, height), "unknown, taken to be 60 degrees wide");
  }
}
