package dev.deltadepth.core.view;

import dev.deltadepth.core.RgbImage;

/**
 * The pictures of a short film that is played in a loop, drawn one at a time when they are asked
 * for, so that whoever writes them needs to hold only one.
 */
public interface Frames {
  /** How many there are, at least 1. */
  int count();

  /** How long each is shown, in milliseconds. */
  int millis();

  /**
   * Draws one. All have the same size. Several threads may ask at the same time.
   *
   * @param index 0 to {@link #count} - 1
   */
  RgbImage frame(int index);

  /**
   * The two pictures of a stereo pair by turns, which shows depth without glasses.
   *
   * @param millis how long each is shown
   */
  static Frames wiggle(StereoPair pair, int millis) {
    return new Frames() {
      @Override
      public int count() {
        return 2;
      }

      @Override
      public int millis() {
        return millis;
      }

      @Override
      public RgbImage frame(int index) {
        return index == 0 ? pair.left() : pair.right();
      }
    };
  }
}
