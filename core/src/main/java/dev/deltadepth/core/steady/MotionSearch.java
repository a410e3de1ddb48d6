package dev.deltadepth.core.steady;

import java.util.Arrays;

/**
 * Where the things of one picture are in another: dense optical flow by inverse search of patches,
 * after Kroeger et al., "Fast Optical Flow using Dense Inverse Search" (ECCV 2016), without their
 * variational refinement. From the coarsest level of a pyramid to a fine one, patches on a grid
 * slide by Gauss-Newton steps from the best of these starts: the coarser level's motion, that of
 * the patch to the left, that of the patch above, and none; every pixel gets the mean over its
 * patches, weighted by how well each explains it. Patches are compared with their means taken off,
 * so that changes of light matter little.
 */
final class MotionSearch {
  private static final int PATCH = 8;
  private static final int STRIDE = 4;
  private static final int STEPS = 8;

  /**
   * The shorter side at which the search ends: finer motion is interpolated. Ending later costs
   * four times as much a level, and its errors make maps less steady.
   */
  private static final int FINEST = 64;

  /**
   * Added to a patch's squared gradients, a pixel: without texture, patches stay where they are.
   */
  private static final float STIFFNESS = 12;

  /** What standing still is favoured by, in squared steps of brightness a pixel: camera noise. */
  private static final float STANDSTILL = 3;

  private final int finest;

  /** Offsets to the right and downwards at each level, in pixels of that level. */
  private final float[][] right;

  private final float[][] down;
  private final float[] weights;
  private final float[] patch = new float[PATCH * PATCH];
  private final float[] alongX = new float[PATCH * PATCH];
  private final float[] alongY = new float[PATCH * PATCH];
  private final float[] difference = new float[PATCH * PATCH];
  private final float[] nodesRight;
  private final float[] nodesDown;

  private Pyramid from;
  private Pyramid to;
  private int level;
  private int width;
  private int height;
  private int wide;
  private int high;

  /** Searches in pictures as large as those of the given one. */
  MotionSearch(Pyramid like) {
    int level = 0;
    while (level < like.levels() - 1 && Math.min(like.width(level), like.height(level)) > FINEST) {
      level++;
    }
    finest = level;
    right = new float[like.levels()][];
    down = new float[like.levels()][];
    for (int i = finest; i < like.levels(); i++) {
      right[i] = new float[like.level(i).length];
      down[i] = new float[like.level(i).length];
    }
    weights = new float[like.level(finest).length];
    int nodes = (like.width(finest) / STRIDE + 2) * (like.height(finest) / STRIDE + 2);
    nodesRight = new float[nodes];
    nodesDown = new float[nodes];
    from = like;
    to = like;
  }

  /**
   * Finds for each pixel of a picture where it was in another.
   *
   * @param offsetsRight gets the offsets to the right at the level {@link #level}, in its pixels
   * @param offsetsDown gets the offsets downwards
   */
  void search(Pyramid picture, Pyramid other, float[] offsetsRight, float[] offsetsDown) {
    from = picture;
    to = other;
    for (level = from.levels() - 1; level >= finest; level--) {
      width = from.width(level);
      height = from.height(level);
      wide = Math.min(PATCH, width);
      high = Math.min(PATCH, height);
      searchLevel();
    }
    System.arraycopy(right[finest], 0, offsetsRight, 0, right[finest].length);
    System.arraycopy(down[finest], 0, offsetsDown, 0, down[finest].length);
  }

  /** The pyramid's level at which motion is found. */
  int level() {
    return finest;
  }

  private void searchLevel() {
    Arrays.fill(right[level], 0);
    Arrays.fill(down[level], 0);
    Arrays.fill(weights, 0, width * height, 0);
    int columns = (width - wide + STRIDE - 1) / STRIDE + 1;
    int rows = (height - high + STRIDE - 1) / STRIDE + 1;
    for (int j = 0; j < rows; j++) {
      int y = Math.min(j * STRIDE, height - high);
      for (int i = 0; i < columns; i++) {
        int x = Math.min(i * STRIDE, width - wide);
        slide(x, y, j * columns + i, i > 0, j > 0 ? columns : 0);
      }
    }
    for (int i = 0; i < width * height; i++) {
      right[level][i] /= weights[i];
      down[level][i] /= weights[i];
    }
  }

  /** Finds one patch's motion and adds it to its pixels. */
  private void slide(int x, int y, int node, boolean left, int above) {
    int n = wide * high;
    take(x, y);
    float still = error(x, y, 0, 0);
    if (still <= STANDSTILL / 2 * n) {
      // Nothing can be better.
      add(x, y, node, 0, 0);
      return;
    }
    float meanX = 0;
    float meanY = 0;
    float xx = 0;
    float yy = 0;
    float xy = 0;
    for (int k = 0; k < n; k++) {
      meanX += alongX[k];
      meanY += alongY[k];
      xx += alongX[k] * alongX[k];
      yy += alongY[k] * alongY[k];
      xy += alongX[k] * alongY[k];
    }
    xx += STIFFNESS * n - meanX * meanX / n;
    yy += STIFFNESS * n - meanY * meanY / n;
    xy -= meanX * meanY / n;
    float determinant = xx * yy - xy * xy;

    float bestX = 0;
    float bestY = 0;
    float best = still - STANDSTILL * n;
    if (level < from.levels() - 1) {
      int coarse =
          Math.min((y + high / 2) / 2, from.height(level + 1) - 1) * from.width(level + 1)
              + Math.min((x + wide / 2) / 2, from.width(level + 1) - 1);
      float u = 2 * right[level + 1][coarse];
      float v = 2 * down[level + 1][coarse];
      float error = (u == 0 && v == 0 ? still : error(x, y, u, v)) - STANDSTILL / 2 * n;
      if (error < best) {
        best = error;
        bestX = u;
        bestY = v;
      }
    }
    for (int which = 0; which < 2; which++) {
      int neighbour = which == 0 ? (left ? node - 1 : -1) : above > 0 ? node - above : -1;
      if (neighbour >= 0 && (nodesRight[neighbour] != 0 || nodesDown[neighbour] != 0)) {
        float error = error(x, y, nodesRight[neighbour], nodesDown[neighbour]);
        if (error < best) {
          best = error;
          bestX = nodesRight[neighbour];
          bestY = nodesDown[neighbour];
        }
      }
    }

    float u = bestX;
    float v = bestY;
    for (int step = 0; step < STEPS; step++) {
      float error = error(x, y, u, v);
      if (step > 0) {
        if (error >= best) {
          break;
        }
        best = error;
        bestX = u;
        bestY = v;
      }
      float bx = 0;
      float by = 0;
      for (int i = 0; i < n; i++) {
        bx += difference[i] * alongX[i];
        by += difference[i] * alongY[i];
      }
      float stepX = (yy * bx - xy * by) / determinant;
      float stepY = (xx * by - xy * bx) / determinant;
      u -= Math.max(-2, Math.min(2, stepX));
      v -= Math.max(-2, Math.min(2, stepY));
      if (stepX * stepX + stepY * stepY < 4e-4f) {
        break;
      }
    }
    if (still - STANDSTILL * n <= best) {
      bestX = 0;
      bestY = 0;
    }
    error(x, y, bestX, bestY);
    add(x, y, node, bestX, bestY);
  }

  /** Takes a patch and its slopes. */
  private void take(int x, int y) {
    float[] now = from.level(level);
    int k = 0;
    for (int j = y; j < y + high; j++) {
      int row = j * width;
      int upper = Math.max(j - 1, 0) * width;
      int lower = Math.min(j + 1, height - 1) * width;
      for (int i = x; i < x + wide; i++, k++) {
        int before = i > 0 ? i - 1 : 0;
        int after = i < width - 1 ? i + 1 : i;
        patch[k] = now[row + i];
        alongX[k] = (now[row + after] - now[row + before]) / 2;
        alongY[k] = (now[lower + i] - now[upper + i]) / 2;
      }
    }
  }

  /** Adds a patch's motion to its pixels, by how well it explains each: see {@link #error}. */
  private void add(int x, int y, int node, float u, float v) {
    nodesRight[node] = u;
    nodesDown[node] = v;
    int k = 0;
    for (int j = y; j < y + high; j++) {
      for (int i = j * width + x, end = i + wide; i < end; i++, k++) {
        float weight = 1 / (1 + difference[k] * difference[k]);
        right[level][i] += weight * u;
        down[level][i] += weight * v;
        weights[i] += weight;
      }
    }
  }

  /**
   * The sum of squared differences of a patch at an offset, means taken off; the differences stay
   * in {@link #difference}.
   */
  private float error(int x, int y, float u, float v) {
    float[] then = to.level(level);
    float atX = x + u;
    float atY = y + v;
    int ix = (int) Math.floor(atX);
    int iy = (int) Math.floor(atY);
    float fx = atX - ix;
    float fy = atY - iy;
    float a = (1 - fx) * (1 - fy);
    float b = fx * (1 - fy);
    float c = (1 - fx) * fy;
    float d = fx * fy;
    boolean inside = ix >= 0 && iy >= 0 && ix + wide < width && iy + high < height;
    float sum = 0;
    int k = 0;
    for (int j = 0; j < high; j++) {
      int upper = Math.max(0, Math.min(iy + j, height - 1)) * width;
      int lower = Math.max(0, Math.min(iy + j + 1, height - 1)) * width;
      if (inside) {
        for (int i = ix, end = ix + wide; i < end; i++, k++) {
          float value =
              a * then[upper + i]
                  + b * then[upper + i + 1]
                  + c * then[lower + i]
                  + d * then[lower + i + 1];
          difference[k] = value - patch[k];
          sum += difference[k];
        }
      } else {
        for (int i = ix, end = ix + wide; i < end; i++, k++) {
          int p = Math.max(0, Math.min(i, width - 1));
          int q = Math.max(0, Math.min(i + 1, width - 1));
          float value =
              a * then[upper + p] + b * then[upper + q] + c * then[lower + p] + d * then[lower + q];
          difference[k] = value - patch[k];
          sum += difference[k];
        }
      }
    }
    float mean = sum / k;
    float error = 0;
    for (int i = 0; i < k; i++) {
      float apart = difference[i] - mean;
      difference[i] = apart;
      error += apart * apart;
    }
    return error;
  }
}
