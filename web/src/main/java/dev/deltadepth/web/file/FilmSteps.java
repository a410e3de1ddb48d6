package dev.deltadepth.web.file;

/**
 * The moments at which a film is looked at, and which of the pictures seen then are new. Browsers
 * say nothing about a film's frames: looked at {@link #RATE} times a second, every frame that is
 * shown that long is seen at least once. Those of faster films are left out in turns.
 */
public final class FilmSteps {
  /** Looks a second. */
  public static final int RATE = 30;

  /** Times nearer than this, in seconds, are the same. */
  private static final double SAME = 1e-3;

  private int looks;
  private int frames;
  private double time;
  private int content;

  /** Where to look next, in seconds: between two ticks, so that rounding does not matter. */
  public double next() {
    return (looks + 0.5) / RATE;
  }

  /**
   * Takes what was seen at {@link #next}.
   *
   * @param shown the picture's own time in seconds. WebKit of GNOME knows none and gives that of
   *     the look: then the content decides
   * @param newContent a number that pictures of different content hardly ever share
   * @return whether it is another picture than the one before
   */
  public boolean see(double shown, int newContent) {
    boolean isOwnTime = Math.abs(shown - next()) > SAME;
    boolean isNew = frames == 0 || (shown > time + SAME && (isOwnTime || newContent != content));
    looks++;
    if (isNew) {
      frames++;
      time = shown;
      content = newContent;
    }
    return isNew;
  }

  /** How often the film has been looked at. */
  public int looks() {
    return looks;
  }

  /** How many frames there have been. */
  public int frames() {
    return frames;
  }

  /** The time of the last frame in seconds. */
  public double time() {
    return time;
  }

  /**
   * About how many frames a film has, judged by those seen so far.
   *
   * @param seconds the film's length
   */
  public int expected(double seconds) {
    double rate = looks == 0 ? RATE : frames * (double) RATE / looks;
    double left = Math.max(0, seconds - looks / (double) RATE);
    return Math.max(1, frames + (int) Math.round(left * rate));
  }
}
