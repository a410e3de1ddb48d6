package dev.deltadepth.distill.recipe;

import org.jspecify.annotations.Nullable;

/**
 * The photos of a recipe.
 *
 * @param folder searched with its sub-folders; relative to the recipe's file; empty for rendered
 *     scenes alone
 * @param scenes so many pictures are rendered with their exact depth, 0 for none
 * @param sceneHeight of a rendered picture in pixels; it is 5/4 as wide
 * @param validation share held out, 0 to 0.5
 * @param smallestCrop size of the smallest crop as a share of the largest that fits, 0.1 to 1
 * @param shorterSide larger photos are reduced to this when decoded, in pixels
 * @param memory gigabytes of decoded photos kept
 */
public record PhotoSource(
    String folder,
    int scenes,
    int sceneHeight,
    double validation,
    double smallestCrop,
    int shorterSide,
    double memory) {

  /**
   * Checks the values.
   *
   * @throws DistillException naming the key and what is allowed
   */
  public PhotoSource {
    folder = orEmpty(folder);
    Checks.within("photos: scenes", scenes, 0, 100_000);
    if (folder.isEmpty() && scenes == 0) {
      throw new DistillException(
          "the recipe lacks photos: folder; name it, or the number of scenes to render instead");
    }
    Checks.within("photos: scene-height", sceneHeight, 64, 2048);
    Checks.within("photos: validation", validation, 0, 0.5);
    Checks.within("photos: smallest-crop", smallestCrop, 0.1, 1);
    Checks.within("photos: shorter-side", shorterSide, 64, 4096);
    Checks.within("photos: memory", memory, 0, 1024);
  }

  static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** Bytes of decoded photos kept. */
  public long budget() {
    return (long) (memory * (1L << 30));
  }

  PhotoSource in(String otherFolder) {
    return new PhotoSource(
        otherFolder, scenes, sceneHeight, validation, smallestCrop, shorterSide, memory);
  }
}
