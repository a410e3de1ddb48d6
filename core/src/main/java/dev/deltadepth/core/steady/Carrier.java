package dev.deltadepth.core.steady;

import dev.deltadepth.core.WindowMeans;
import dev.deltadepth.core.steady.Moment.Link;

/** Carries values along the motion from one frame to another, where the two look the same. */
final class Carrier {
  /** Brightness may differ by this many times the mean difference of what matches... */
  private static final float NOISE = 5;

  /** ... but at least and at most by this much, of 255. */
  private static final float LEAST = 4;

  private static final float MOST = 24;

  /** And by this share of the brightness's slope, because motion is not exact. */
  private static final float SLOPE = 0.3f;

  private final int level;
  private final int width;
  private final int height;
  private final int fullWidth;
  private final int fullHeight;
  private final float[] seen;
  private final float[] inside;
  private final float[] apart;
  private final WindowMeans mean;
  private final ScaleFit light = new ScaleFit();

  /** For each column and row of the map, the point on the motion's grid. */
  private final int[] columns;

  private final float[] columnParts;
  private final int[] rows;
  private final float[] rowParts;

  /** The motion and the trust at one row of the map, still on the grid's columns. */
  private final float[] rowRight;

  private final float[] rowDown;
  private final float[] rowTrust;
  private double trusted;
  private double correlation;

  Carrier(Pyramid like, int level) {
    this.level = level;
    width = like.width(level);
    height = like.height(level);
    fullWidth = like.width(0);
    fullHeight = like.height(0);
    seen = new float[width * height];
    inside = new float[width * height];
    apart = new float[width * height];
    mean = new WindowMeans(1, width, height, 2);
    columns = new int[fullWidth];
    columnParts = new float[fullWidth];
    rows = new int[fullHeight];
    rowParts = new float[fullHeight];
    rowRight = new float[width];
    rowDown = new float[width];
    rowTrust = new float[width];
    grid(width, columns, columnParts);
    grid(height, rows, rowParts);
  }

  private void grid(int points, int[] before, float[] parts) {
    float scale = 1f / (1 << level);
    for (int i = 0; i < before.length; i++) {
      float at = Math.max(0, Math.min((i + 0.5f) * scale - 0.5f, points - 1));
      before[i] = Math.max(0, Math.min((int) at, points - 2));
      parts[i] = at - before[i];
    }
  }

  /** Compares the two frames along a link's motion and sets its trust. */
  void compare(Pyramid now, Pyramid other, Link link) {
    float[] here = now.level(level);
    float[] there = other.level(level);
    double x = 0;
    double y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    int count = 0;
    for (int row = 0, i = 0; row < height; row++) {
      for (int column = 0; column < width; column++, i++) {
        float atX = column + link.right[i];
        float atY = row + link.down[i];
        boolean in = atX > -0.5f && atY > -0.5f && atX < width - 0.5f && atY < height - 0.5f;
        inside[i] = in ? 1 : 0;
        seen[i] = in ? sample(there, atX, atY) : 0;
        if (in) {
          count++;
          x += seen[i];
          y += here[i];
          xx += seen[i] * seen[i];
          yy += here[i] * here[i];
          xy += seen[i] * here[i];
        }
      }
    }
    xx -= x * x / count;
    yy -= y * y / count;
    xy -= x * y / count;
    boolean flat = xx <= count;
    boolean alsoFlat = yy <= count;
    correlation = count > 0 && flat == alsoFlat ? flat ? 1 : xy / Math.sqrt(xx * yy) : 0;
    boolean lit = light.fit(seen, here, inside);
    float gain = lit ? (float) light.scale() : 1;
    float lift = lit ? (float) light.shift() : 0;
    float allowed = lit ? (float) (NOISE * light.residual()) : LEAST;
    allowed = Math.max(LEAST, Math.min(MOST, allowed));
    for (int row = 0, i = 0; row < height; row++) {
      int above = row > 0 ? width : 0;
      int below = row < height - 1 ? width : 0;
      for (int column = 0; column < width; column++, i++) {
        float across = here[i + (column < width - 1 ? 1 : 0)] - here[i - (column > 0 ? 1 : 0)];
        float along = here[i + below] - here[i - above];
        float limit = allowed + SLOPE / 2 * (Math.abs(across) + Math.abs(along));
        float ratio = (gain * seen[i] + lift - here[i]) / limit;
        apart[i] = inside[i] == 0 ? 1 : Math.min(ratio * ratio, 1);
      }
    }
    // Trust that changed from pixel to pixel would make the average grainy.
    mean.over(apart);
    double sum = 0;
    for (int i = 0; i < here.length; i++) {
      float trust = inside[i] * (1 - apart[i]);
      link.trust[i] = trust * trust;
      sum += link.trust[i];
    }
    trusted = sum / here.length;
  }

  /** The mean trust of the last comparison. */
  double trusted() {
    return trusted;
  }

  /** The correlation of brightness in the last comparison. */
  double correlation() {
    return correlation;
  }

  private float sample(float[] values, float atX, float atY) {
    int x = Math.max(0, Math.min((int) atX, width - 2));
    int y = Math.max(0, Math.min((int) atY, height - 2));
    float fx = Math.max(0, Math.min(atX - x, 1));
    float fy = Math.max(0, Math.min(atY - y, 1));
    int i = y * width + x;
    int across = width > 1 ? 1 : 0;
    int along = height > 1 ? width : 0;
    float upper = values[i] + fx * (values[i + across] - values[i]);
    float lower = values[i + along] + fx * (values[i + along + across] - values[i + along]);
    return upper + fy * (lower - upper);
  }

  /**
   * Carries an average from the frame that the link leads to.
   *
   * @param values of that frame
   * @param worth how many maps each is worth, 0 for none
   * @param carried gets the values at the places of this frame; 0 where there is none
   * @param carriedWorth gets their worth, times the trust
   */
  void carry(Link link, float[] values, float[] worth, float[] carried, float[] carriedWorth) {
    int across = width > 1 ? 1 : 0;
    int along = height > 1 ? width : 0;
    float scale = 1 << level;
    for (int y = 0; y < fullHeight; y++) {
      int upper = rows[y] * width;
      int lower = upper + along;
      for (int g = 0; g < width; g++) {
        rowRight[g] = between(link.right[upper + g], link.right[lower + g], rowParts[y]);
        rowDown[g] = between(link.down[upper + g], link.down[lower + g], rowParts[y]);
        rowTrust[g] = between(link.trust[upper + g], link.trust[lower + g], rowParts[y]);
      }
      for (int x = 0, i = y * fullWidth; x < fullWidth; x++, i++) {
        int g = columns[x];
        int h = g + across;
        float u = between(rowRight[g], rowRight[h], columnParts[x]);
        float v = between(rowDown[g], rowDown[h], columnParts[x]);
        float trust = between(rowTrust[g], rowTrust[h], columnParts[x]);
        if (u == 0 && v == 0) {
          carried[i] = values[i];
          carriedWorth[i] = trust * worth[i];
        } else {
          fetch(values, worth, x + scale * u, y + scale * v, trust, i, carried, carriedWorth);
        }
      }
    }
  }

  private static float between(float a, float b, float part) {
    return a + part * (b - a);
  }

  private void fetch(
      float[] values,
      float[] worth,
      float atX,
      float atY,
      float trust,
      int i,
      float[] carried,
      float[] carriedWorth) {
    carried[i] = 0;
    carriedWorth[i] = 0;
    if (!(atX > -0.5f && atY > -0.5f && atX < fullWidth - 0.5f && atY < fullHeight - 0.5f)) {
      return;
    }
    atX = Math.max(0, Math.min(atX, fullWidth - 1));
    atY = Math.max(0, Math.min(atY, fullHeight - 1));
    int x = (int) atX;
    int y = (int) atY;
    float fx = atX - x;
    float fy = atY - y;
    int p = y * fullWidth + x;
    int q = y < fullHeight - 1 ? p + fullWidth : p;
    int next = x < fullWidth - 1 ? 1 : 0;
    float a = (1 - fx) * (1 - fy) * worth[p];
    float b = fx * (1 - fy) * worth[p + next];
    float c = (1 - fx) * fy * worth[q];
    float d = fx * fy * worth[q + next];
    float sum = a + b + c + d;
    if (sum > 0) {
      carried[i] =
          (a * values[p] + b * values[p + next] + c * values[q] + d * values[q + next]) / sum;
      carriedWorth[i] = sum * trust;
    }
  }
}
