package dev.deltadepth.distill.recipe;

import org.jspecify.annotations.Nullable;

/**
 * The photos of a recipe.
 *
 * @param folder searched with its subfolders, relative to the recipe's file; empty for rendered
 *     scenes only
 * @param scenes number of scenes to render with exact depth; 0 for none
 * @param sceneHeight height of a rendered image in pixels; its width is 5/4 of that
 * @param sceneShare share of the crops taken from the scenes, below 1; 0 counts scenes as photos
 * @param validation share of photos to hold out, 0 to 0.5
 * @param smallestCrop size of the smallest crop as a share of the largest that fits, 0.1 to 1
 * @param shorterSide larger photos are reduced to this when decoded, in pixels
 * @param memory gigabytes of decoded photos to cache
 */
public record PhotoSource(
    String folder,
    int scenes,
    int sceneHeight,
    double sceneShare,
    double validation,
    double smallestCrop,
    int shorterSide,
    double memory) {

  /**
   * Checks the values.
   *
   * @throws DistillException naming the key and the allowed range
   */
  public PhotoSource {
    folder = orEmpty(folder);
    Checks.within("photos: scenes", scenes, 0, 100_000);
    Checks.within("photos: scene-height", sceneHeight, 64, 2048);
    Checks.within("photos: scene-share", sceneShare, 0, 0.999);
    if (sceneShare > 0 && (scenes == 0 || folder.isEmpty())) {
      throw new DistillException("photos: scene-share needs both a folder and scenes; remove it");
    }
    Checks.within("photos: validation", validation, 0, 0.5);
    Checks.within("photos: smallest-crop", smallestCrop, 0.1, 1);
    Checks.within("photos: shorter-side", shorterSide, 64, 4096);
    Checks.within("photos: memory", memory, 0, 1024);
  }

  static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** Bytes of decoded pictures and maps to cache in all. */
  public long memoryBytes() {
    return (long) (memory * (1L << 30));
  }

  PhotoSource in(String otherFolder) {
    return new PhotoSource(
        otherFolder,
        scenes,
        sceneHeight,
        sceneShare,
        validation,
        smallestCrop,
        shorterSide,
        memory);
  }
}
