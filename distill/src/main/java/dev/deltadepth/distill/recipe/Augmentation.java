package dev.deltadepth.distill.recipe;

/**
 * How crops are varied. What comes after {@code mix} changes the student's picture alone: depth
 * does not depend on it.
 *
 * @param mirror share of crops whose left and right are swapped
 * @param rotate share of crops that are turned a little, up to six degrees
 * @param aspects share of batches of any shape, width to height from 1:2 to 7:2; the others have
 *     about that of their first photo
 * @param mix share of crops with a rectangle of another photo in them, for teacher and student
 * @param paint share of pictures with patches of other paint: a stain has the depth of its wall
 * @param colour share of pictures whose brightness, contrast, gamma, saturation and cast change
 * @param lowLight share of pictures darkened as at dusk
 * @param blur share of pictures out of focus
 * @param noise share of pictures with a sensor's noise
 * @param jpeg share of pictures with the blocks of strong compression
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
   * @throws DistillException naming the key and what is allowed
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
