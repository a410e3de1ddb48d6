package dev.deltadepth.core.view;

import dev.deltadepth.core.MapRows;
import dev.deltadepth.core.RgbImage;
import java.util.function.Function;

/**
 * Draws a picture of a photo and its map in strips, for photos that are too large to be in memory
 * as a whole: takes the map's rows as they come, asks for the photo's row each time, and gives the
 * picture's rows. It is the same picture as from the whole photo.
 */
public final class Strips implements MapRows {
  private static final int CHANNELS = 3;

  /** At least so many rows are drawn at once. */
  private static final int ROWS = 128;

  private final int width;
  private final int height;
  private final Nearness.Ends ends;
  private final Photo photo;
  private final Window nearness;
  private final Window edges;
  private final byte[][] colours;

  /** A photo that is read row by row, from the first to the last. */
  @FunctionalInterface
  public interface Photo {
    /**
     * Reads a row.
     *
     * @param rgb gets three bytes a pixel
     */
    void row(int y, byte[] rgb);
  }

  /** Takes a picture row by row. */
  @FunctionalInterface
  public interface Picture {
    /**
     * Takes the next row.
     *
     * @param rgb three bytes a pixel; the array is used again
     */
    void row(byte[] rgb);
  }

  /** Draws some rows of a strip. */
  private interface Painter {
    RgbImage paint(RgbImage strip, float[] edges, int first, int end);
  }

  /** Makes something of rows and of those around them. */
  private interface Work {
    /**
     * Called with rows that are complete.
     *
     * @param values all rows there are, from row {@code top} of the picture on
     * @param first the first row to be worked on
     * @param end the row after the last to be worked on
     */
    void done(float[] values, int top, int first, int end);
  }

  private Strips(
      int width,
      int height,
      Nearness.Ends ends,
      Photo photo,
      Function<Nearness, float[]> edgesOf,
      int edgesReach,
      int reach,
      int step,
      Painter painter,
      Picture picture) {
    this.width = width;
    this.height = height;
    this.ends = ends;
    this.photo = photo;
    int rows = Math.max(ROWS, reach / 2);
    edges =
        new Window(
            rows,
            reach,
            step,
            (values, top, first, end) -> {
              RgbImage drawn =
                  painter.paint(strip(top, values.length / width), values, first - top, end - top);
              give(drawn, picture);
            });
    nearness =
        new Window(
            ROWS,
            edgesReach,
            1,
            (values, top, first, end) -> {
              float[] made = edgesOf.apply(new Nearness(width, values.length / width, values));
              for (int y = first; y < end; y++) {
                edges.add(made, (y - top) * width);
              }
            });
    colours = new byte[Math.min(height, edges.capacity + nearness.capacity)][CHANNELS * width];
  }

  /**
   * Draws the blur of a {@link Defocus}.
   *
   * @param ends those of the whole map
   * @return takes the rows of a map of disparity of the photo's size, without gaps
   */
  public static MapRows focus(
      int width, int height, Nearness.Ends ends, Aperture aperture, Photo photo, Picture picture) {
    int shorter = Math.min(width, height);
    Defocus.Lens lens = new Defocus.Lens(aperture, width, height);
    return new Strips(
        width,
        height,
        ends,
        photo,
        near -> Edges.staying(near, shorter),
        Edges.stayingReach(shorter),
        lens.reach(),
        lens.step(),
        (strip, near, first, end) -> {
          byte[] out = new byte[strip.data().length];
          new Defocus(strip, near, lens).rows(first, end, out);
          return rows(new RgbImage(width, strip.height(), out), first, end);
        },
        picture);
  }

  /**
   * Draws what two eyes see, as a {@link StereoPair}.
   *
   * @param ends those of the whole map
   * @param join puts a strip of both eyes' pictures into one
   * @return takes the rows of a map of disparity of the photo's size, without gaps
   */
  public static MapRows stereo(
      int width,
      int height,
      Nearness.Ends ends,
      Stereo stereo,
      Function<StereoPair, RgbImage> join,
      Photo photo,
      Picture picture) {
    int shorter = Math.min(width, height);
    int reach = stereo.reach(width);
    return new Strips(
        width,
        height,
        ends,
        photo,
        near -> Edges.moving(near, shorter),
        Edges.movingReach(shorter),
        LayeredPhoto.rowsAround(reach, shorter),
        1,
        (strip, near, first, end) -> {
          if (!ends.differ()) {
            RgbImage seen = rows(strip, first, end);
            return join.apply(new StereoPair(seen, seen));
          }
          LayeredPhoto layers = LayeredPhoto.ofStrip(strip, near, reach, shorter);
          return join.apply(
              new StereoPair(
                  StereoPair.rows(layers, stereo, true, first, end),
                  StereoPair.rows(layers, stereo, false, first, end)));
        },
        picture);
  }

  @Override
  public void row(int y, float[] values) {
    photo.row(y, colours[y % colours.length]);
    float[] row = values.clone();
    ends.stretch(row);
    nearness.add(row, 0);
  }

  private RgbImage strip(int top, int rows) {
    byte[] rgb = new byte[CHANNELS * width * rows];
    for (int y = 0; y < rows; y++) {
      System.arraycopy(
          colours[(top + y) % colours.length], 0, rgb, CHANNELS * y * width, CHANNELS * width);
    }
    return new RgbImage(width, rows, rgb);
  }

  private static RgbImage rows(RgbImage image, int first, int end) {
    byte[] out = new byte[CHANNELS * image.width() * (end - first)];
    System.arraycopy(image.data(), CHANNELS * image.width() * first, out, 0, out.length);
    return new RgbImage(image.width(), end - first, out);
  }

  private static void give(RgbImage image, Picture picture) {
    byte[] row = new byte[CHANNELS * image.width()];
    for (int y = 0; y < image.height(); y++) {
      System.arraycopy(image.data(), y * row.length, row, 0, row.length);
      picture.row(row);
    }
  }

  /** The latest rows, as many as are needed around those that are worked on next. */
  private final class Window {
    private final int rows;
    private final int reach;
    private final int step;
    private final int capacity;
    private final Work work;
    private final float[] ring;
    private int next;
    private int count;

    Window(int rows, int reach, int step, Work work) {
      this.rows = rows;
      this.reach = reach;
      this.step = step;
      this.work = work;
      capacity = Math.min(height, rows + 2 * reach + step);
      ring = new float[capacity * width];
    }

    void add(float[] values, int from) {
      System.arraycopy(values, from, ring, count % capacity * width, width);
      count++;
      while (next < height && count >= Math.min(height, next + rows + reach)) {
        int end = Math.min(height, next + rows);
        int top = Math.max(0, next - reach) / step * step;
        int bottom = Math.min(height, end + reach);
        float[] all = new float[(bottom - top) * width];
        for (int y = top; y < bottom; y++) {
          System.arraycopy(ring, y % capacity * width, all, (y - top) * width, width);
        }
        int first = next;
        next = end;
        work.done(all, top, first, end);
      }
    }
  }
}
