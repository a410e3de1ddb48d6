package dev.deltadepth.estimate;

import dev.deltadepth.io.map.MapStyle;

/**
 * What the files of a batch look like and say.
 *
 * @param style of the pictures
 * @param sidecars whether a JSON file beside each map says what it holds
 * @param software that writes them, with its version
 * @param modelSha256 of the model's file, in hex
 */
public record MapOutput(MapStyle style, boolean sidecars, String software, String modelSha256) {

  /** The same in another style. */
  public MapOutput withStyle(MapStyle other) {
    return new MapOutput(other, sidecars, software, modelSha256);
  }
}
