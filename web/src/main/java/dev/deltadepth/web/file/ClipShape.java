package dev.deltadepth.web.file;

/**
 * The size of a clip's pictures: even sides, as encoders need them, at most {@link #LONGEST}.
 *
 * @param frameWidth of the film's frame, and of its map
 * @param frameHeight of the same
 * @param withFilm whether the frame stands beside its map
 */
public record ClipShape(int frameWidth, int frameHeight, boolean withFilm) {
  /** The longer side, in pixels. */
  public static final int LONGEST = 1280;

  /** The shortest side that encoders take. */
  private static final int SHORTEST = 16;

  /** The shape for a film of a size. */
  public static ClipShape of(int width, int height, boolean withFilm) {
    double longer = Math.max(withFilm ? 2.0 * width : width, height);
    double scale = Math.min(1, LONGEST / longer);
    return new ClipShape(even(width * scale), even(height * scale), withFilm);
  }

  private static int even(double pixels) {
    return Math.max(SHORTEST, 2 * (int) Math.round(pixels / 2));
  }

  /** The clip's width in pixels. */
  public int width() {
    return withFilm ? 2 * frameWidth : frameWidth;
  }

  /** The clip's height in pixels. */
  public int height() {
    return frameHeight;
  }
}
