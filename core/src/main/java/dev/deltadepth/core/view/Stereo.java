package dev.deltadepth.core.view;

/**
 * How deep a stereo pair looks.
 *
 * @param divergence how much farther apart the farthest and the nearest are in one eye's picture
 *     than in the other's, in percent of the width, 0..20; 2.5 is comfortable on most screens
 * @param convergence the nearness that lies on the screen, 0..1: with 0 everything stands in front
 *     of it, with 1 everything lies behind it
 */
public record Stereo(double divergence, double convergence) {
  /** The largest divergence, in percent. */
  public static final double LARGEST = 20;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Stereo {
    if (!(divergence >= 0 && divergence <= LARGEST)) {
      throw new IllegalArgumentException(
          "the divergence must be between 0 and 20 percent, not " + divergence);
    }
    if (!(convergence >= 0 && convergence <= 1)) {
      throw new IllegalArgumentException(
          "the convergence must be between 0 and 1, not " + convergence);
    }
  }

  /** 2.5 percent, the middle on the screen. */
  public static Stereo defaults() {
    return new Stereo(2.5, 0.5);
  }

  /**
   * How far a pixel moves between the eyes, in pixels: its column in the left picture less that in
   * the right one. Positive in front of the screen.
   *
   * @param nearness 0..1
   * @param width of the picture in pixels
   */
  public double shift(double nearness, int width) {
    return divergence / 100 * width * (nearness - convergence);
  }

  /** The reach of {@link LayeredPhoto} that these settings need. */
  public int reach(int width) {
    return (int) Math.ceil(divergence / 200 * width) + 2;
  }
}
