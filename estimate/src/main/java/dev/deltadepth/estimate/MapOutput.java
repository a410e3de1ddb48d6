package dev.deltadepth.estimate;

import dev.deltadepth.io.map.MapStyle;

/**
 * What the files of a batch look like and say.
 *
 * @param style of the pictures
 * @param sidecars whether a JSON file beside each map says what it holds
 * @param software that writes them, with its version
 * @param modelSha256 of the model's file, in hex
 * @param scene how maps become metres and scenes
 */
public record MapOutput(
    MapStyle style, boolean sidecars, String software, String modelSha256, SceneOutput scene) {

  /** Of relative maps. */
  public MapOutput(MapStyle style, boolean sidecars, String software, String modelSha256) {
    this(style, sidecars, software, modelSha256, SceneOutput.relative());
  }

  /** The same with metres and scenes. */
  public MapOutput withScene(SceneOutput other) {
    return new MapOutput(style, sidecars, software, modelSha256, other);
  }

  /** The same in another style. */
  public MapOutput withStyle(MapStyle other) {
    return new MapOutput(other, sidecars, software, modelSha256, scene);
  }
}
