package dev.deltadepth.core.view;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import java.util.Arrays;

/**
 * A photo in two layers, to be seen from beside the place where it was taken: what the photo shows,
 * and, where something stands in front, what may be behind it. Behind an edge, the background goes
 * on with its own mirror image; nothing of the foreground is smeared.
 *
 * <p>Time and memory are linear in the number of pixels.
 */
public final class LayeredPhoto {
  private static final int CHANNELS = 3;

  /**
   * How much of the way from the edge the mirror image is taken from, in order of preference. A
   * whole image is torn more where the edge is ragged: its pixels come from twice as far apart.
   */
  private static final float[] MIRRORED = {0.5f, 0.2f, 0};

  private final RgbImage photo;
  private final float[] front;
  private final float[] back;
  private final byte[] behind;

  private LayeredPhoto(RgbImage photo, float[] front, float[] back, byte[] behind) {
    this.photo = photo;
    this.front = front;
    this.back = back;
    this.behind = behind;
  }

  /**
   * Parts a photo into layers.
   *
   * @param map of the photo's size and any kind
   * @param reach how far behind edges the background goes on, in pixels: at least the largest shift
   *     between two neighbours that will be drawn
   * @throws IllegalArgumentException if the sizes differ or the reach is negative
   */
  public static LayeredPhoto of(RgbImage photo, DepthMap map, int reach) {
    return of(photo, map, reach, 1);
  }

  /**
   * The same for pictures of another size.
   *
   * @param scale how many times as large as the photo they are at most
   */
  static LayeredPhoto of(RgbImage photo, DepthMap map, int reach, double scale) {
    requireSameSize(photo, map);
    if (reach < 0) {
      throw new IllegalArgumentException("the reach must not be negative: " + reach);
    }
    float[] front = Edges.moving(Nearness.of(map));
    float cut = Edges.cut(photo.width(), (float) (scale * reach));
    return of(photo, front, reach, cut, margin(Math.min(photo.width(), photo.height())));
  }

  /** How far from an edge the background is taken. */
  private static int margin(int shorter) {
    return 2 + Math.round(shorter / 600f);
  }

  /**
   * The same for a strip of a photo.
   *
   * @param front the strip's nearness as {@link Edges#moving} makes it
   * @param shorter the whole photo's shorter side
   */
  static LayeredPhoto ofStrip(RgbImage strip, float[] front, int reach, int shorter) {
    return of(strip, front, reach, Edges.cut(strip.width(), reach), margin(shorter));
  }

  /** How many rows above and below a pixel decide on what is behind it. */
  static int rowsAround(int reach, int shorter) {
    // An edge's pixels are handed on from row to row, and its colours come from beyond it.
    return 3 * reach + margin(shorter) + 2;
  }

  private static LayeredPhoto of(RgbImage photo, float[] front, int reach, float cut, int margin) {
    int width = photo.width();
    int height = photo.height();
    Seeds seeds = Seeds.of(front, width, height, reach, cut);
    float[] back = front.clone();
    byte[] behind = photo.data().clone();
    for (int i = 0; i < back.length; i++) {
      int seed = seeds.nearest()[i];
      if (seed >= 0) {
        back[i] = front[seed];
        int from = mirrored(i, seed, front, width, height, margin);
        System.arraycopy(photo.data(), CHANNELS * from, behind, CHANNELS * i, CHANNELS);
      }
    }
    return new LayeredPhoto(photo, front, back, calmed(behind, seeds.nearest(), width, height));
  }

  /**
   * The colours behind with the median of each pixel and its neighbours there: mirror images of
   * ragged edges have specks.
   */
  private static byte[] calmed(byte[] behind, int[] nearest, int width, int height) {
    byte[] out = behind.clone();
    int[] around = new int[9];
    for (int i = 0; i < nearest.length; i++) {
      if (nearest[i] < 0) {
        continue;
      }
      int x = i % width;
      int y = i / width;
      for (int c = 0; c < CHANNELS; c++) {
        int count = 0;
        for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
          for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
            int n = ny * width + nx;
            if (nearest[n] >= 0) {
              around[count++] = behind[CHANNELS * n + c] & 0xff;
            }
          }
        }
        Arrays.sort(around, 0, count);
        out[CHANNELS * i + c] = (byte) around[count / 2];
      }
    }
    return out;
  }

  static void requireSameSize(RgbImage photo, DepthMap map) {
    if (photo.width() != map.width() || photo.height() != map.height()) {
      throw new IllegalArgumentException(
          "the photo has "
              + photo.width()
              + " x "
              + photo.height()
              + " pixels, but its map "
              + map.width()
              + " x "
              + map.height());
    }
  }

  /** The pixel of the background that continues it at a pixel of the foreground. */
  private static int mirrored(
      int pixel, int seed, float[] front, int width, int height, int margin) {
    int x = seed % width;
    int y = seed / width;
    float dx = x - pixel % width;
    float dy = y - pixel / width;
    float length = (float) Math.sqrt(dx * dx + dy * dy);
    float tolerance = Edges.jump(width);
    for (float share : MIRRORED) {
      float step = (margin + share * (length - 1)) / length;
      int fromX = Math.max(0, Math.min(width - 1, Math.round(x + step * dx)));
      int fromY = Math.max(0, Math.min(height - 1, Math.round(y + step * dy)));
      int from = fromY * width + fromX;
      if (front[from] - front[seed] <= tolerance) {
        return from;
      }
    }
    return seed;
  }

  /** The photo. */
  public RgbImage photo() {
    return photo;
  }

  /** Whether anything moves at all. */
  boolean varies() {
    for (float value : front) {
      if (value != front[0]) {
        return true;
      }
    }
    return false;
  }

  int width() {
    return photo.width();
  }

  int height() {
    return photo.height();
  }

  /** The nearness of what the photo shows, with steps at edges. */
  float[] front() {
    return front;
  }

  /** The nearness of what is behind; the same as the front where nothing is. */
  float[] back() {
    return back;
  }

  /** The colours of what is behind, as in {@link RgbImage#data()}. */
  byte[] behind() {
    return behind;
  }

  /**
   * For each pixel of the foreground, the nearest pixel of the background across an edge at which
   * the picture will be cut.
   *
   * @param nearest indices of pixels, -1 for none
   */
  private record Seeds(int[] nearest) {

    /**
     * Two passes over the picture hand the nearest pixel on (Danielsson, "Euclidean distance
     * mapping", 1980), only to pixels in front of it.
     */
    static Seeds of(float[] front, int width, int height, int reach, float cut) {
      int[] nearest = new int[front.length];
      Arrays.fill(nearest, -1);
      Passes passes = new Passes(front, nearest, width, height, reach, cut);
      passes.start();
      passes.run();
      return new Seeds(nearest);
    }
  }

  private record Passes(float[] front, int[] nearest, int width, int height, int reach, float cut) {

    void start() {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int i = y * width + x;
          float limit = front[i] - cut;
          if (x > 0 && front[i - 1] < limit) {
            nearest[i] = i - 1;
          } else if (x < width - 1 && front[i + 1] < limit) {
            nearest[i] = i + 1;
          } else if (y > 0 && front[i - width] < limit) {
            nearest[i] = i - width;
          } else if (y < height - 1 && front[i + width] < limit) {
            nearest[i] = i + width;
          }
        }
      }
    }

    void run() {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          offer(x, y, -1, 0);
          offer(x, y, -1, -1);
          offer(x, y, 0, -1);
          offer(x, y, 1, -1);
        }
        for (int x = width - 1; x >= 0; x--) {
          offer(x, y, 1, 0);
        }
      }
      for (int y = height - 1; y >= 0; y--) {
        for (int x = width - 1; x >= 0; x--) {
          offer(x, y, 1, 0);
          offer(x, y, 1, 1);
          offer(x, y, 0, 1);
          offer(x, y, -1, 1);
        }
        for (int x = 0; x < width; x++) {
          offer(x, y, -1, 0);
        }
      }
    }

    private void offer(int x, int y, int dx, int dy) {
      int nx = x + dx;
      int ny = y + dy;
      if (nx < 0 || ny < 0 || nx >= width || ny >= height) {
        return;
      }
      int seed = nearest[ny * width + nx];
      int i = y * width + x;
      if (seed < 0 || seed == nearest[i] || front[i] - front[seed] <= cut / 2) {
        return;
      }
      double offered = distance(x, y, seed);
      if (offered <= (double) reach * reach
          && (nearest[i] < 0 || offered < distance(x, y, nearest[i]))) {
        nearest[i] = seed;
      }
    }

    private double distance(int x, int y, int seed) {
      double dx = x - seed % width;
      double dy = y - seed / width;
      return dx * dx + dy * dy;
    }
  }
}
