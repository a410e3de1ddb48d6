package dev.deltadepth.distill.recipe;

/**
 * How crops are augmented. Everything after {@code mix} changes the student's image only, because
 * depth does not depend on it.
 *
 * @param mirror share of crops that are mirrored
 * @param rotate share of crops that are rotated, by up to six degrees
 * @param aspects share of batches with a random aspect ratio, from 1:2 to 7:2; the others have
 *     about that of their first photo
 * @param mix share of crops with a rectangle from another photo, for teacher and student
 * @param paint share of images with painted patches: a stain has the depth of its wall
 * @param colour share of images with changed brightness, contrast, gamma, saturation and colour
 *     cast
 * @param lowLight share of images darkened as at dusk
 * @param blur share of images out of focus
 * @param noise share of images with sensor noise
 * @param jpeg share of images with the artefacts of strong compression
 */
public record Augmentation(
    double mirror,
    double rotate,
    double aspects,
    double mix,
    double paint,
    double colour,
    double lowLight,
    double blur,
    double noise,
    double jpeg) {

  /**
   * Checks the values.
   *
   * @throws DistillException naming the key and the allowed range
   */
  public Augmentation {
    Checks.within("augmentation: mirror", mirror, 0, 1);
    Checks.within("augmentation: rotate", rotate, 0, 1);
    Checks.within("augmentation: aspects", aspects, 0, 1);
    Checks.within("augmentation: mix", mix, 0, 1);
    Checks.within("augmentation: paint", paint, 0, 1);
    Checks.within("augmentation: colour", colour, 0, 1);
    Checks.within("augmentation: low-light", lowLight, 0, 1);
    Checks.within("augmentation: blur", blur, 0, 1);
    Checks.within("augmentation: noise", noise, 0, 1);
    Checks.within("augmentation: jpeg", jpeg, 0, 1);
  }
}
