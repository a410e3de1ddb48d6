package dev.deltadepth.core.view;

import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Ways to put a stereo pair beside each other in one picture. */
public enum StereoLayout {
  /** Left and right, each at its full size: twice as wide. */
  SIDE_BY_SIDE {
    @Override
    public RgbImage join(StereoPair pair) {
      return beside(pair.left(), pair.right());
    }
  },
  /** Left and right, each at half its width: the size of one, as television sets expect. */
  HALF_SIDE_BY_SIDE {
    @Override
    public RgbImage join(StereoPair pair) {
      int width = pair.left().width();
      int height = pair.left().height();
      // Both halves are equally wide, or players would cut an odd width in the wrong place.
      int half = Math.max(1, width / 2);
      return beside(
          Resizer.resize(pair.left(), half, height), Resizer.resize(pair.right(), half, height));
    }
  },
  /** The left one above the right one: twice as high. */
  TOP_BOTTOM {
    @Override
    public RgbImage join(StereoPair pair) {
      return above(pair.left(), pair.right());
    }
  },
  /** The left one above the right one, each at half its height. */
  HALF_TOP_BOTTOM {
    @Override
    public RgbImage join(StereoPair pair) {
      int width = pair.left().width();
      int half = Math.max(1, pair.left().height() / 2);
      return above(
          Resizer.resize(pair.left(), width, half), Resizer.resize(pair.right(), width, half));
    }
  },
  /** The rows of both by turns, the left one's first: for screens with polarised rows. */
  INTERLACED {
    @Override
    public RgbImage join(StereoPair pair) {
      byte[] out = pair.left().data().clone();
      int row = pair.left().width() * CHANNELS;
      for (int y = 1; y < pair.left().height(); y += 2) {
        System.arraycopy(pair.right().data(), y * row, out, y * row, row);
      }
      return new RgbImage(pair.left().width(), pair.left().height(), out);
    }
  };

  private static final int CHANNELS = 3;

  /** The pair in one picture. */
  public abstract RgbImage join(StereoPair pair);

  private static RgbImage beside(RgbImage left, RgbImage right) {
    int row = left.width() * CHANNELS;
    byte[] out = new byte[Math.multiplyExact(2, left.data().length)];
    for (int y = 0; y < left.height(); y++) {
      System.arraycopy(left.data(), y * row, out, 2 * y * row, row);
      System.arraycopy(right.data(), y * row, out, (2 * y + 1) * row, row);
    }
    return new RgbImage(2 * left.width(), left.height(), out);
  }

  private static RgbImage above(RgbImage top, RgbImage bottom) {
    byte[] out = Arrays.copyOf(top.data(), Math.multiplyExact(2, top.data().length));
    System.arraycopy(bottom.data(), 0, out, top.data().length, bottom.data().length);
    return new RgbImage(top.width(), 2 * top.height(), out);
  }

  /** The name in options: {@code side-by-side}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one with a name in options; empty if there is none. */
  public static Optional<StereoLayout> named(String name) {
    return Arrays.stream(values()).filter(one -> one.toString().equals(name)).findFirst();
  }
}
