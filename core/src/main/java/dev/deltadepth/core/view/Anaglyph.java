package dev.deltadepth.core.view;

import dev.deltadepth.core.RgbImage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Ways to put a stereo pair into one picture for glasses of red (left) and cyan (right). */
public enum Anaglyph {
  /** The left picture's red, the right one's green and blue: full colours, strong rivalry. */
  COLOUR,
  /** Both pictures in grey: no colours, the calmest. */
  GREY,
  /** The left picture in grey, the right one in colours: less rivalry in red. */
  HALF_COLOUR,
  /**
   * The least-squares match of what both eyes see through real glasses; the fewest ghosts. Matrices
   * for red-cyan glasses on an LCD in linear light, from Dubois, "Conversion of a stereo pair to
   * anaglyph with the least-squares projection method" (2009), after "A projection method to
   * generate anaglyph stereo images" (ICASSP 2001).
   */
  DUBOIS;

  private static final int CHANNELS = 3;

  // Rows: red, green and blue of the anaglyph. Columns: those of one picture.
  private static final float[] RED = {1, 0, 0, 0, 0, 0, 0, 0, 0};
  private static final float[] CYAN = {0, 0, 0, 0, 1, 0, 0, 0, 1};

  /** The grey of ITU-R BT.601. */
  private static final float[] GREY_TO_RED = {0.299f, 0.587f, 0.114f, 0, 0, 0, 0, 0, 0};

  private static final float[] GREY_TO_CYAN = {
    0, 0, 0, 0.299f, 0.587f, 0.114f, 0.299f, 0.587f, 0.114f
  };
  private static final float[] DUBOIS_LEFT = {
    0.437f, 0.449f, 0.164f, -0.062f, -0.062f, -0.024f, -0.048f, -0.050f, -0.017f
  };
  private static final float[] DUBOIS_RIGHT = {
    -0.011f, -0.032f, -0.007f, 0.377f, 0.761f, 0.009f, -0.026f, -0.093f, 1.234f
  };

  /** The pair in one picture. */
  public RgbImage join(StereoPair pair) {
    return switch (this) {
      case COLOUR -> join(pair, RED, CYAN, false);
      case GREY -> join(pair, GREY_TO_RED, GREY_TO_CYAN, false);
      case HALF_COLOUR -> join(pair, GREY_TO_RED, CYAN, false);
      case DUBOIS -> join(pair, DUBOIS_LEFT, DUBOIS_RIGHT, true);
    };
  }

  private static RgbImage join(StereoPair pair, float[] left, float[] right, boolean linear) {
    byte[] l = pair.left().data();
    byte[] r = pair.right().data();
    byte[] out = new byte[l.length];
    float[] levels = linear ? LinearLight.levels() : plain();
    for (int i = 0; i < out.length; i += CHANNELS) {
      for (int c = 0; c < CHANNELS; c++) {
        float sum = 0;
        for (int k = 0; k < CHANNELS; k++) {
          int m = CHANNELS * c + k;
          sum += left[m] * levels[l[i + k] & 0xff] + right[m] * levels[r[i + k] & 0xff];
        }
        out[i + c] = linear ? LinearLight.encode(sum) : (byte) Math.min(255, sum + 0.5f);
      }
    }
    return new RgbImage(pair.left().width(), pair.left().height(), out);
  }

  private static float[] plain() {
    float[] levels = new float[256];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = i;
    }
    return levels;
  }

  /** The name in options: {@code half-colour}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one with a name in options; empty if there is none. */
  public static Optional<Anaglyph> named(String name) {
    return Arrays.stream(values()).filter(one -> one.toString().equals(name)).findFirst();
  }
}
