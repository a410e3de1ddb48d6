package dev.deltadepth.core.view;

import dev.deltadepth.core.RgbImage;
import java.util.Arrays;

/**
 * Draws a layered photo from another place as a mesh with one vertex a pixel, cut where depth
 * jumps; the nearest wins. Time is linear in the pixels of the photo and of the picture.
 */
final class MeshWarp {
  private static final int CHANNELS = 3;
  private static final float NOTHING = -1;

  /** So much beyond its edges a triangle still covers a pixel, or cracks would open. */
  private static final float SLACK = 1e-4f;

  /**
   * Where the photo is seen from.
   *
   * @param x how far a nearness of 1 more moves a pixel to the right, in pixels of the photo
   * @param y the same downwards
   * @param forward how far the camera moves ahead, in distances of the nearest: below 1
   * @param still the nearness that neither moves nor grows
   * @param zoom how much larger everything is
   */
  record View(double x, double y, double forward, double still, double zoom) {}

  private final LayeredPhoto layers;
  private final View view;
  private final int columns;
  private final int rows;

  private int width;
  private int height;
  private float scaleX;
  private float scaleY;
  private float[] nearest = new float[0];
  private byte[] out = new byte[0];

  /** The places of two rows of vertices in the picture, by turns. */
  private final float[][] placesX = new float[2][];

  private final float[][] placesY = new float[2][];

  MeshWarp(LayeredPhoto layers, View view) {
    this.layers = layers;
    this.view = view;
    columns = layers.width();
    rows = layers.height();
  }

  /** A picture of a size. */
  RgbImage draw(int toWidth, int toHeight) {
    width = toWidth;
    height = toHeight;
    scaleX = toWidth / (float) columns;
    scaleY = toHeight / (float) rows;
    nearest = new float[width * height];
    out = new byte[CHANNELS * width * height];
    Arrays.fill(nearest, NOTHING);
    layer(layers.back(), layers.behind(), true);
    layer(layers.front(), layers.photo().data(), false);
    cover();
    return new RgbImage(width, height, out);
  }

  private void layer(float[] depth, byte[] colours, boolean isHidden) {
    float[] front = layers.front();
    Surface surface = new Surface(depth, colours, cut());
    places(0, depth, 0);
    for (int y = 0; y + 1 < rows; y++) {
      places(y + 1, depth, (y + 1) % 2);
      for (int x = 0; x + 1 < columns; x++) {
        int i = y * columns + x;
        boolean shown =
            !isHidden
                || depth[i] != front[i]
                || depth[i + 1] != front[i + 1]
                || depth[i + columns] != front[i + columns]
                || depth[i + columns + 1] != front[i + columns + 1];
        if (shown) {
          cell(surface, x, y);
        }
      }
    }
    if (rows == 1 || columns == 1) {
      for (int y = 0; y < rows; y++) {
        places(y, depth, y % 2);
        for (int x = 0; x < columns; x++) {
          corner(surface, x, y, -1, -1);
          corner(surface, x, y, 1, -1);
          corner(surface, x, y, -1, 1);
          corner(surface, x, y, 1, 1);
        }
      }
    }
  }

  private float cut() {
    double aside = Math.hypot(view.x(), view.y());
    double ahead = view.forward() * Math.max(columns, rows) / 2;
    return Edges.cut(columns, (float) (view.zoom() * scaleX * (aside + ahead)));
  }

  private record Surface(float[] depth, byte[] colours, float jump) {}

  private void places(int y, float[] depth, int turn) {
    if (placesX[turn] == null) {
      placesX[turn] = new float[columns];
      placesY[turn] = new float[columns];
    }
    float middleX = (columns - 1) / 2f;
    float middleY = (rows - 1) / 2f;
    for (int x = 0; x < columns; x++) {
      double n = depth[y * columns + x];
      double grown = view.zoom() * (1 - view.forward() * view.still()) / (1 - view.forward() * n);
      double moved = n - view.still();
      double px = middleX + grown * (x - middleX + view.x() * moved);
      double py = middleY + grown * (y - middleY + view.y() * moved);
      placesX[turn][x] = (float) ((px + 0.5) * scaleX - 0.5);
      placesY[turn][x] = (float) ((py + 0.5) * scaleY - 0.5);
    }
  }

  /** The square between four vertices. */
  private void cell(Surface surface, int x, int y) {
    float[] depth = surface.depth();
    int i = y * columns + x;
    float a = depth[i];
    float b = depth[i + 1];
    float c = depth[i + columns];
    float d = depth[i + columns + 1];
    float low = Math.min(Math.min(a, b), Math.min(c, d));
    float high = Math.max(Math.max(a, b), Math.max(c, d));
    if (high - low > surface.jump()) {
      corner(surface, x, y, 1, 1);
      corner(surface, x + 1, y, -1, 1);
      corner(surface, x, y + 1, 1, -1);
      corner(surface, x + 1, y + 1, -1, -1);
    } else {
      triangle(surface, x, y, 1);
      triangle(surface, x + 1, y + 1, -1);
    }
  }

  /** A quarter of a vertex's own pixel, on the side of a cut cell. */
  private void corner(Surface surface, int x, int y, int right, int down) {
    int turn = y % 2;
    int i = y * columns + x;
    float px = placesX[turn][x];
    float py = placesY[turn][x];
    float edgeX = px + right * scaleX * (float) view.zoom() / 2;
    float edgeY = py + down * scaleY * (float) view.zoom() / 2;
    int lastX = Math.min(width - 1, (int) Math.floor(Math.max(px, edgeX)));
    int lastY = Math.min(height - 1, (int) Math.floor(Math.max(py, edgeY)));
    for (int oy = Math.max(0, (int) Math.ceil(Math.min(py, edgeY))); oy <= lastY; oy++) {
      for (int ox = Math.max(0, (int) Math.ceil(Math.min(px, edgeX))); ox <= lastX; ox++) {
        int o = oy * width + ox;
        if (surface.depth()[i] > nearest[o]) {
          nearest[o] = surface.depth()[i];
          System.arraycopy(surface.colours(), CHANNELS * i, out, CHANNELS * o, CHANNELS);
        }
      }
    }
  }

  /** The half of a cell at a vertex, with its neighbours to the right and below, or opposite. */
  private void triangle(Surface surface, int x, int y, int side) {
    float ax = placesX[y % 2][x];
    float ay = placesY[y % 2][x];
    float ux = placesX[y % 2][x + side] - ax;
    float uy = placesY[y % 2][x + side] - ay;
    float vx = placesX[(y + 1) % 2][x] - ax;
    float vy = placesY[(y + 1) % 2][x] - ay;
    float area = ux * vy - uy * vx;
    if (area <= 0) {
      // Its other side would be seen, which is always behind something.
      return;
    }
    int i = y * columns + x;
    int alongX = i + side;
    int alongY = i + side * columns;
    float[] depth = surface.depth();
    int left = (int) Math.ceil(ax + Math.min(0, Math.min(ux, vx)) - SLACK);
    int right = (int) Math.floor(ax + Math.max(0, Math.max(ux, vx)) + SLACK);
    int top = (int) Math.ceil(ay + Math.min(0, Math.min(uy, vy)) - SLACK);
    int bottom = (int) Math.floor(ay + Math.max(0, Math.max(uy, vy)) + SLACK);
    for (int oy = Math.max(0, top); oy <= Math.min(height - 1, bottom); oy++) {
      for (int ox = Math.max(0, left); ox <= Math.min(width - 1, right); ox++) {
        float dx = ox - ax;
        float dy = oy - ay;
        float s = (dx * vy - dy * vx) / area;
        float t = (ux * dy - uy * dx) / area;
        if (s < -SLACK || t < -SLACK || s + t > 1 + SLACK) {
          continue;
        }
        float here = depth[i] + s * (depth[alongX] - depth[i]) + t * (depth[alongY] - depth[i]);
        int o = oy * width + ox;
        if (here > nearest[o]) {
          nearest[o] = here;
          mix(surface.colours(), i, i + side + side * columns, alongX, alongY, s, t, o);
        }
      }
    }
  }

  /** The colour at a place in a cell, from its four vertices. */
  private void mix(byte[] from, int a, int d, int b, int c, float s, float t, int o) {
    float weightB = s * (1 - t);
    float weightC = t * (1 - s);
    float weightD = s * t;
    for (int k = 0; k < CHANNELS; k++) {
      float base = from[CHANNELS * a + k] & 0xff;
      float value =
          base
              + weightB * ((from[CHANNELS * b + k] & 0xff) - base)
              + weightC * ((from[CHANNELS * c + k] & 0xff) - base)
              + weightD * ((from[CHANNELS * d + k] & 0xff) - base);
      out[CHANNELS * o + k] = (byte) Math.max(0, Math.min(255, value + 0.5f));
    }
  }

  /** Holes that are left take the colour of the farther of their two sides in the row. */
  private void cover() {
    int full = -1;
    for (int y = 0; y < height; y++) {
      if (coverRow(y * width)) {
        full = full < 0 ? y : full;
      } else if (y > 0) {
        copyRow(y - 1, y);
      }
    }
    for (int y = 0; y < full; y++) {
      copyRow(full, y);
    }
  }

  private void copyRow(int from, int to) {
    System.arraycopy(out, CHANNELS * from * width, out, CHANNELS * to * width, CHANNELS * width);
  }

  /** Whether the row has anything at all. */
  private boolean coverRow(int row) {
    int x = 0;
    while (x < width) {
      int begin = x;
      while (x < width && nearest[row + x] == NOTHING) {
        x++;
      }
      if (begin == 0 && x == width) {
        return false;
      }
      if (x > begin) {
        boolean fromLeft =
            x == width || (begin > 0 && nearest[row + begin - 1] <= nearest[row + x]);
        int side = row + (fromLeft ? begin - 1 : x);
        for (int hole = row + begin; hole < row + x; hole++) {
          System.arraycopy(out, CHANNELS * side, out, CHANNELS * hole, CHANNELS);
        }
      }
      x++;
    }
    return true;
  }
}
