package dev.deltadepth.core;

import java.util.ArrayList;
import java.util.List;

/**
 * A photo cut into overlapping squares, and their maps joined. Every map has a scale and a shift of
 * its own; all of them are found together, so that maps agree where they overlap and follow the map
 * of the whole photo (least squares in disparity). Where tiles overlap, one fades into the next.
 */
public final class Tiles {

  /** The part of a tile that it shares with the next one, at least. */
  private static final double OVERLAP = 1 / 3.0;

  /** Samples of an overlap, or of a tile against the whole, at most in each direction. */
  private static final int SAMPLES = 48;

  /** What agreement with the whole weighs against agreement of neighbours. */
  private static final double WHOLE = 0.3;

  private final int width;
  private final int height;
  private final boolean wraps;
  private final List<Tile> tiles;

  /**
   * A part of a photo.
   *
   * @param x its first column; with wrapping, columns beyond the last are the first ones again
   * @param y its first row
   * @param side columns and rows
   */
  public record Tile(int x, int y, int side) {}

  private Tiles(int width, int height, boolean wraps, List<Tile> tiles) {
    this.width = width;
    this.height = height;
    this.wraps = wraps;
    this.tiles = List.copyOf(tiles);
  }

  /**
   * Tiles for a photo.
   *
   * @param across how many there are across the shorter side, at least 1
   * @param wraps whether the last column continues in the first, as in a panorama of 360 degrees;
   *     the photo is at least as wide as high
   * @throws IllegalArgumentException if a number is below 1, or a photo that wraps is narrow
   */
  public static Tiles of(int width, int height, int across, boolean wraps) {
    if (width < 1 || height < 1 || across < 1 || (wraps && width < height)) {
      throw new IllegalArgumentException(
          "sides and tiles must be at least 1, and what wraps at least as wide as high");
    }
    int shorter = Math.min(width, height);
    int side = (int) Math.ceil(shorter / (across - (across - 1) * OVERLAP));
    List<Tile> tiles = new ArrayList<>();
    for (int y : starts(height, side)) {
      for (int x : wraps ? turns(width, side) : starts(width, side)) {
        tiles.add(new Tile(x, y, side));
      }
    }
    return new Tiles(width, height, wraps, tiles);
  }

  /** Evenly spaced, the last one ends at the end. */
  private static int[] starts(int length, int side) {
    int count = length <= side ? 1 : 1 + (int) Math.ceil((length - side) / ((1 - OVERLAP) * side));
    int[] starts = new int[count];
    for (int i = 1; i < count; i++) {
      starts[i] = (int) Math.round((double) i * (length - side) / (count - 1));
    }
    return starts;
  }

  /** Evenly spaced around the turn, three at least. */
  private static int[] turns(int length, int side) {
    int count = Math.max(3, (int) Math.ceil(length / ((1 - OVERLAP) * side)));
    int[] starts = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = (int) Math.round((double) i * length / count);
    }
    return starts;
  }

  /** The tiles, row by row. */
  public List<Tile> tiles() {
    return tiles;
  }

  /**
   * The part of a photo under a tile.
   *
   * @param photo of the size for which the tiles are
   */
  public RgbImage cut(RgbImage photo, Tile tile) {
    int columns = Math.min(tile.side(), width);
    int rows = Math.min(tile.side(), height);
    byte[] part = new byte[3 * columns * rows];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        int from = 3 * ((tile.y() + y) * width + (tile.x() + x) % width);
        System.arraycopy(photo.data(), from, part, 3 * (y * columns + x), 3);
      }
    }
    return new RgbImage(columns, rows, part);
  }

  /**
   * Joins the maps of the tiles.
   *
   * @param maps of the tiles' sizes, in their order; disparity
   * @param whole the map of the whole photo, of its size; its scale and shift are kept
   * @return a map of the photo's size; where no tile has a value, the whole's
   * @throws IllegalArgumentException if the number of maps or a size is wrong
   */
  public DepthMap join(List<DepthMap> maps, DepthMap whole) {
    if (maps.size() != tiles.size() || whole.width() != width || whole.height() != height) {
      throw new IllegalArgumentException("maps of other tiles");
    }
    double[] fit = fit(maps, whole);
    float[] sums = new float[width * height];
    float[] weights = new float[width * height];
    for (int i = 0; i < maps.size(); i++) {
      DepthMap map = maps.get(i);
      Tile tile = tiles.get(i);
      for (int y = 0; y < map.height(); y++) {
        float down = fade(tile.y(), y, map.height(), height, false);
        for (int x = 0; x < map.width(); x++) {
          float value = (float) (fit[2 * i] * map.value(x, y) + fit[2 * i + 1]);
          float weight = down * fade(tile.x(), x, map.width(), width, wraps);
          if (Float.isFinite(value)) {
            int at = (tile.y() + y) * width + (tile.x() + x) % width;
            sums[at] += weight * value;
            weights[at] += weight;
          }
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = weights[i] > 0 ? sums[i] / weights[i] : whole.data()[i];
    }
    return new DepthMap(whole.kind(), width, height, sums);
  }

  /** From almost 0 at a tile's edge to 1 inside; 1 at the photo's own edges. */
  private static float fade(int start, int at, int side, int length, boolean wraps) {
    double ramp = Math.max(1, side * OVERLAP);
    double before = start == 0 && !wraps ? 1 : (at + 0.5) / ramp;
    double after = start + side >= length && !wraps ? 1 : (side - at - 0.5) / ramp;
    return (float) Math.max(1e-3, Math.min(1, Math.min(before, after)));
  }

  /** Scale and shift of each map, by normal equations. */
  private double[] fit(List<DepthMap> maps, DepthMap whole) {
    int count = 2 * maps.size();
    double[][] equations = new double[count][count + 1];
    for (int i = 0; i < maps.size(); i++) {
      add(equations, maps, whole, i);
      for (int k = i + 1; k < maps.size() && maps.get(i).varies(); k++) {
        // A map that says nothing must not flatten its neighbours.
        if (maps.get(k).varies()) {
          add(equations, maps, i, k);
        }
      }
    }
    return solve(equations);
  }

  /** A map against the whole: (a m + b - g)^2. */
  private void add(double[][] equations, List<DepthMap> maps, DepthMap whole, int i) {
    DepthMap map = maps.get(i);
    Tile tile = tiles.get(i);
    int across = Math.max(1, map.width() / SAMPLES);
    int down = Math.max(1, map.height() / SAMPLES);
    double weight = WHOLE / ((double) SAMPLES * SAMPLES);
    for (int y = down / 2; y < map.height(); y += down) {
      for (int x = across / 2; x < map.width(); x += across) {
        float value = map.value(x, y);
        float wanted = whole.value((tile.x() + x) % width, tile.y() + y);
        if (Float.isFinite(value) && Float.isFinite(wanted)) {
          int[] unknowns = {2 * i, 2 * i + 1};
          add(equations, unknowns, new double[] {value, 1}, wanted, weight);
        }
      }
    }
  }

  /** Two maps where they overlap: (a m + b - c n - d)^2. */
  private void add(double[][] equations, List<DepthMap> maps, int i, int k) {
    Tile one = tiles.get(i);
    Tile other = tiles.get(k);
    for (int turn : wraps ? new int[] {-width, 0, width} : new int[1]) {
      int left = Math.max(one.x(), other.x() + turn);
      int right = Math.min(one.x() + maps.get(i).width(), other.x() + turn + maps.get(k).width());
      int top = Math.max(one.y(), other.y());
      int bottom = Math.min(one.y() + maps.get(i).height(), other.y() + maps.get(k).height());
      int across = Math.max(1, (right - left) / SAMPLES);
      int down = Math.max(1, (bottom - top) / SAMPLES);
      double weight = 1 / ((double) SAMPLES * SAMPLES);
      for (int y = top; y < bottom; y += down) {
        for (int x = left; x < right; x += across) {
          float first = maps.get(i).value(x - one.x(), y - one.y());
          float second = maps.get(k).value(x - turn - other.x(), y - other.y());
          if (Float.isFinite(first) && Float.isFinite(second)) {
            int[] unknowns = {2 * i, 2 * i + 1, 2 * k, 2 * k + 1};
            add(equations, unknowns, new double[] {first, 1, -second, -1}, 0, weight);
          }
        }
      }
    }
  }

  private static void add(
      double[][] equations, int[] unknowns, double[] factors, double wanted, double weight) {
    for (int r = 0; r < unknowns.length; r++) {
      double[] row = equations[unknowns[r]];
      for (int c = 0; c < unknowns.length; c++) {
        row[unknowns[c]] += weight * factors[r] * factors[c];
      }
      row[row.length - 1] += weight * factors[r] * wanted;
    }
  }

  /** Gauss's elimination; an unknown that nothing determines (a flat map) becomes 0. */
  private static double[] solve(double[][] equations) {
    int count = equations.length;
    for (int pivot = 0; pivot < count; pivot++) {
      int best = pivot;
      for (int row = pivot + 1; row < count; row++) {
        if (Math.abs(equations[row][pivot]) > Math.abs(equations[best][pivot])) {
          best = row;
        }
      }
      double[] swapped = equations[pivot];
      equations[pivot] = equations[best];
      equations[best] = swapped;
      if (Math.abs(equations[pivot][pivot]) < 1e-12) {
        continue;
      }
      for (int row = 0; row < count; row++) {
        double factor = equations[row][pivot] / equations[pivot][pivot];
        if (row != pivot && factor != 0) {
          for (int column = pivot; column <= count; column++) {
            equations[row][column] -= factor * equations[pivot][column];
          }
        }
      }
    }
    double[] solution = new double[count];
    for (int i = 0; i < count; i++) {
      solution[i] = Math.abs(equations[i][i]) < 1e-12 ? 0 : equations[i][count] / equations[i][i];
    }
    return solution;
  }
}
