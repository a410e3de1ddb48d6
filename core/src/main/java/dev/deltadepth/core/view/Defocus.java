package dev.deltadepth.core.view;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The blur of a lens with a shallow depth of field. The picture is parted into layers by the radius
 * of their discs; each is blurred on its own in linear light, and they are laid over each other
 * from the farthest to the nearest. So nothing sharp bleeds into the blur behind it, and what is
 * blurred in front lies softly over what is sharp. Bright lights keep their strength: values near
 * white stand for more light than a photo can hold.
 *
 * <p>Layers with large discs are blurred at a fraction of the size. Rows are worked on in bands, so
 * that memory does not grow with the height.
 */
public final class Defocus {
  private static final int CHANNELS = 3;

  /** Radii of the layers, in pixels: each is about a third larger than the one before. */
  private static final double[] SMALL = {0, 0.7, 1.4, 2.2, 3.2, 4.4};

  private static final double GROWTH = 1.33;

  /** A disc is drawn at half the size, a quarter and so on while its radius stays above this. */
  private static final double FINEST = 2.2;

  /** About this many pixels are worked on at once. */
  private static final int BAND = 2_000_000;

  /** Values of nearness whose layers are looked up. */
  private static final int STEPS = 4096;

  /** Pixels of a row that are passed over together. */
  private static final int RUN = 64;

  private final RgbImage photo;
  private final Lens lens;
  private final char[] steps;

  /** The farthest and the nearest layer in each run of pixels of a row. */
  private final byte[] lowest;

  private final byte[] highest;
  private final int runs;

  /** The layers that an aperture makes of a picture of a size. */
  static final class Lens {
    private final int shorter;

    /** Of the layers' discs, from the farthest layer on; negative behind the focus. */
    private final double[] radii;

    /**
     * For each step of nearness: its layer as seen from the farthest, and the share of the next.
     */
    private final byte[] layer = new byte[STEPS];

    private final float[] next = new float[STEPS];
    private final int sharpest;
    private final int halo;

    /** The largest factor by which a layer is made smaller. */
    private final int coarsest;

    Lens(Aperture aperture, int width, int height) {
      shorter = Math.min(width, height);
      int longer = Math.max(width, height);
      double behind = -aperture.radius(0, longer);
      double before = aperture.radius(1, longer);
      int far = count(behind);
      int near = count(before);
      sharpest = far;
      radii = new double[far + near + 1];
      for (int k = 1; k <= far; k++) {
        radii[far - k] = -radius(k);
      }
      for (int k = 1; k <= near; k++) {
        radii[far + k] = radius(k);
      }
      for (int i = 0, k = 0; i < STEPS; i++) {
        double wanted = aperture.radius(i / (STEPS - 1.0), longer);
        while (k + 2 < radii.length && radii[k + 1] <= wanted) {
          k++;
        }
        layer[i] = (byte) k;
        next[i] =
            radii.length == 1
                ? 0
                : (float) Math.max(0, Math.min(1, (wanted - radii[k]) / (radii[k + 1] - radii[k])));
      }
      coarsest = factor(Math.max(-radii[0], radii[radii.length - 1]));
      halo = halo(coarsest);
    }

    private static double radius(int k) {
      return k < SMALL.length
          ? SMALL[k]
          : SMALL[SMALL.length - 1] * Math.pow(GROWTH, k - SMALL.length + 1);
    }

    /** How many layers reach a radius. */
    private static int count(double largest) {
      int k = 0;
      while (radius(k) < largest) {
        k++;
      }
      return k;
    }

    private static int factor(double radius) {
      int factor = 1;
      while (Math.abs(radius) / (2 * factor) >= FINEST) {
        factor *= 2;
      }
      return factor;
    }

    /** How many rows beyond a band the discs drawn with a factor reach. */
    private int halo(int factor) {
      double largest = 0;
      for (double radius : radii) {
        if (factor(radius) == factor) {
          largest = Math.max(largest, Math.abs(radius));
        }
      }
      return (int) Math.ceil(largest) + 2 * factor;
    }

    /** How many pixels an outline in focus is softened by, on each side. */
    private int soft() {
      return 1 + Math.round(shorter / 2000f);
    }

    /** How many rows above and below a pixel decide on its colour. */
    int reach() {
      return halo + soft() + coarsest;
    }

    /** Strips of a picture must begin at multiples of so many rows. */
    int step() {
      return coarsest;
    }
  }

  /**
   * Prepares a photo.
   *
   * @param map of the photo's size and any kind
   * @throws IllegalArgumentException if the sizes differ
   */
  public Defocus(RgbImage photo, DepthMap map, Aperture aperture) {
    this(photo, sharpened(photo, map), new Lens(aperture, photo.width(), photo.height()));
  }

  /**
   * Prepares a photo, or a strip of one.
   *
   * @param nearness as {@link Edges#staying} makes it
   * @param lens that of the whole photo
   */
  Defocus(RgbImage photo, float[] nearness, Lens lens) {
    this.photo = photo;
    this.lens = lens;
    steps = new char[nearness.length];
    runs = (photo.width() + RUN - 1) / RUN;
    lowest = new byte[runs * photo.height()];
    highest = new byte[lowest.length];
    find(nearness);
  }

  private void find(float[] nearness) {
    int width = photo.width();
    Arrays.fill(lowest, Byte.MAX_VALUE);
    for (int i = 0; i < nearness.length; i++) {
      steps[i] = (char) (nearness[i] * (STEPS - 1) + 0.5f);
      int run = i / width * runs + i % width / RUN;
      byte here = lens.layer[steps[i]];
      lowest[run] = (byte) Math.min(lowest[run], here);
      highest[run] = (byte) Math.max(highest[run], here);
    }
  }

  private static float[] sharpened(RgbImage photo, DepthMap map) {
    LayeredPhoto.requireSameSize(photo, map);
    return Edges.staying(Nearness.of(map));
  }

  /** The blurred picture. */
  public RgbImage apply() {
    byte[] out = new byte[photo.data().length];
    for (int y = 0; y < photo.height(); y += bandRows()) {
      rows(y, Math.min(photo.height(), y + bandRows()), out);
    }
    return new RgbImage(photo.width(), photo.height(), out);
  }

  /** How many rows are best drawn at once. */
  public int bandRows() {
    return Math.max(lens.halo, BAND / photo.width());
  }

  /**
   * Draws some rows; several threads may draw others at the same time. Rows do not depend on the
   * bands in which they are drawn.
   *
   * @param first the first row
   * @param end the row after the last
   * @param out the whole picture, as in {@link RgbImage#data()}
   */
  public void rows(int first, int end, byte[] out) {
    int width = photo.width();
    Pool pool = new Pool(first, end);
    Composition composition = new Composition(width, first, end);
    for (int k = 0; k < lens.radii.length; k++) {
      if (k == lens.sharpest) {
        sharp(first, end, composition);
      } else {
        blurred(k, pool.planes(Lens.factor(lens.radii[k])), composition);
      }
    }
    composition.write(out);
  }

  /** The share of a pixel that belongs to a layer. */
  private float share(int pixel, int k) {
    int step = steps[pixel];
    int lower = lens.layer[step];
    if (lower == k) {
      return 1 - lens.next[step];
    }
    return lower == k - 1 ? lens.next[step] : 0;
  }

  private void blurred(int k, Pair pair, Composition composition) {
    Planes planes = pair.gathered();
    planes.clear();
    for (int y = pair.top(); y < pair.bottom(); y++) {
      for (int run = 0; run < runs; run++) {
        int r = y * runs + run;
        if (highest[r] >= k - 1 && lowest[r] <= k) {
          gather(k, y, run * RUN, pair.factor(), pair.top(), planes);
        }
      }
    }
    if (!planes.isEmpty()) {
      pair.spread().clear();
      new Disc(Math.abs(lens.radii[k]) / pair.factor()).spread(planes, pair.spread());
      composition.add(pair.spread(), pair.factor(), pair.top());
    }
  }

  /** Adds a run's pixels to their layer. */
  private void gather(int k, int y, int left, int factor, int top, Planes planes) {
    int width = photo.width();
    int right = Math.min(width, left + RUN);
    float[] light = Highlights.light();
    byte[] rgb = photo.data();
    float part = 1f / (factor * factor);
    int row = (y - top) / factor;
    int begin = right;
    int last = -1;
    for (int x = left; x < right; x++) {
      int i = y * width + x;
      float share = share(i, k);
      if (share > 0) {
        begin = Math.min(begin, x);
        last = x;
        int p = CHANNELS * i;
        planes.add(
            x / factor,
            row,
            share * part,
            light[rgb[p] & 0xff],
            light[rgb[p + 1] & 0xff],
            light[rgb[p + 2] & 0xff]);
      }
    }
    if (last >= 0) {
      planes.touch(row, begin / factor, last / factor);
    }
  }

  /**
   * Planes that are used for all layers of a factor, before and after the blur.
   *
   * @param top the picture's row with which they begin
   * @param bottom the row after their last
   */
  private record Pair(int factor, int top, int bottom, Planes gathered, Planes spread) {}

  /** The planes of a band of rows: for each factor only as many rows as its discs reach. */
  private final class Pool {
    private final int first;
    private final int end;
    private final Map<Integer, Pair> pairs = new HashMap<>();

    Pool(int first, int end) {
      this.first = first;
      this.end = end;
    }

    Pair planes(int factor) {
      return pairs.computeIfAbsent(factor, this::create);
    }

    private Pair create(int factor) {
      int around = lens.halo(factor);
      // Bands begin at the same pixels of a layer, wherever they begin.
      int top = Math.floorDiv(Math.max(0, first - around), factor) * factor;
      int bottom = Math.min(photo.height(), end + around);
      int columns = (photo.width() + factor - 1) / factor;
      int rows = (bottom - top + factor - 1) / factor;
      return new Pair(factor, top, bottom, new Planes(columns, rows), new Planes(columns, rows));
    }
  }

  /** What is in focus, its outline softened so that it does not look cut with scissors. */
  private void sharp(int first, int end, Composition composition) {
    int width = photo.width();
    int height = photo.height();
    int soft = lens.soft();
    float[] light = Highlights.light();
    byte[] rgb = photo.data();
    float[] column = new float[width];
    float[] cover = new float[width];
    int rows = 0;
    for (int y = Math.max(0, first - soft); y < Math.min(height, first + soft); y++) {
      addShares(y, 1, column);
      rows++;
    }
    for (int y = first; y < end; y++) {
      if (y + soft < height) {
        addShares(y + soft, 1, column);
        rows++;
      }
      if (y - soft - 1 >= Math.max(0, first - soft)) {
        addShares(y - soft - 1, -1, column);
        rows--;
      }
      mean(column, rows, soft, cover);
      for (int x = 0; x < width; x++) {
        if (cover[x] > 0) {
          int p = CHANNELS * (y * width + x);
          composition.over(
              x,
              y,
              cover[x],
              light[rgb[p] & 0xff],
              light[rgb[p + 1] & 0xff],
              light[rgb[p + 2] & 0xff]);
        }
      }
    }
  }

  private void addShares(int y, int sign, float[] column) {
    int row = y * photo.width();
    for (int x = 0; x < column.length; x++) {
      // In whole steps, so that what is added can be taken away without a rest.
      column[x] += sign * Math.round(share(row + x, lens.sharpest) * 256);
    }
  }

  private static void mean(float[] column, int rows, int soft, float[] out) {
    float sum = 0;
    int count = 0;
    for (int x = 0; x < Math.min(soft, column.length); x++) {
      sum += column[x];
      count++;
    }
    for (int x = 0; x < column.length; x++) {
      if (x + soft < column.length) {
        sum += column[x + soft];
        count++;
      }
      if (x - soft - 1 >= 0) {
        sum -= column[x - soft - 1];
        count--;
      }
      out[x] = sum / (256f * rows * count);
    }
  }
}
