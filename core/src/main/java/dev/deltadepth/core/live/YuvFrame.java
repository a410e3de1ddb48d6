package dev.deltadepth.core.live;

import dev.deltadepth.core.RgbImage;

/**
 * A frame as cameras and video codecs have it: brightness for every pixel, two colour differences
 * for every two by two pixels (YUV 4:2:0, ITU-R BT.601). Each plane says how far its rows and its
 * values are apart, so that separate planes (I420, YV12), interleaved ones (NV12, NV21) and rows
 * with padding are all the same here. For an odd width or height, the last values of U and V stand
 * for the one column or row that is left.
 *
 * <p>The arrays are not copied: do not write to them while the frame is in use.
 */
public final class YuvFrame {
  private static final int CHANNELS = 3;
  private static final int BITS = 20;
  private static final int HALF = 1 << (BITS - 1);
  private static final int MIDDLE = 128;

  // The weights of BT.601.
  private static final double RED = 0.299;
  private static final double BLUE = 0.114;
  private static final double GREEN = 1 - RED - BLUE;

  private final int width;
  private final int height;
  private final Plane y;
  private final Plane u;
  private final Plane v;
  private final Shares shares;

  /** Which values stand for black, white and the strongest colours. */
  public enum Range {
    /** 0 to 255, as in JPEG files and in the frames of most phones' cameras. */
    FULL(0, 255, 255),
    /** 16 to 235, and 16 to 240 for colours, as in videos. */
    LIMITED(16, 219, 224);

    private final int black;
    private final int span;
    private final int colourSpan;

    Range(int black, int span, int colourSpan) {
      this.black = black;
      this.span = span;
      this.colourSpan = colourSpan;
    }
  }

  /** What each value adds to red, green and blue, with {@link #BITS} bits after the point. */
  private static final class Shares {
    private static final Shares FULL = new Shares(Range.FULL);
    private static final Shares LIMITED = new Shares(Range.LIMITED);

    private final int[] light = new int[256];
    private final int[] redOfV = new int[256];
    private final int[] greenOfV = new int[256];
    private final int[] greenOfU = new int[256];
    private final int[] blueOfU = new int[256];

    private Shares(Range range) {
      double unit = 255.0 * (1 << BITS);
      for (int i = 0; i < 256; i++) {
        double colour = unit * (i - MIDDLE) / range.colourSpan;
        light[i] = (int) Math.round(unit * (i - range.black) / range.span) + HALF;
        redOfV[i] = (int) Math.round(colour * 2 * (1 - RED));
        greenOfV[i] = (int) Math.round(-colour * 2 * (1 - RED) * RED / GREEN);
        greenOfU[i] = (int) Math.round(-colour * 2 * (1 - BLUE) * BLUE / GREEN);
        blueOfU[i] = (int) Math.round(colour * 2 * (1 - BLUE));
      }
    }
  }

  /** One of the three planes: {@code data[row * rowStride + column * pixelStride]}. */
  public static final class Plane {
    private final byte[] data;
    private final int rowStride;
    private final int pixelStride;

    /**
     * Describes a plane; the frame checks that it is large enough.
     *
     * @param data its bytes, 0..255 unsigned; the last row may end with its last value
     * @param rowStride bytes from one row to the next, at least 1
     * @param pixelStride bytes from one value of a row to the next, at least 1
     * @throws IllegalArgumentException if a stride is below 1
     */
    public Plane(byte[] data, int rowStride, int pixelStride) {
      if (rowStride < 1 || pixelStride < 1) {
        throw new IllegalArgumentException(
            "strides must be at least 1, not " + rowStride + " and " + pixelStride);
      }
      this.data = data;
      this.rowStride = rowStride;
      this.pixelStride = pixelStride;
    }

    /** The value of a column and row, 0..255. */
    public int value(int column, int row) {
      return data[row * rowStride + column * pixelStride] & 0xff;
    }

    private void require(String name, int columns, int rows) {
      if (rowStride <= (columns - 1L) * pixelStride) {
        throw new IllegalArgumentException(
            name
                + ": rows of "
                + columns
                + " values, "
                + pixelStride
                + " bytes apart, do not fit into a row stride of "
                + rowStride);
      }
      long needed = (rows - 1L) * rowStride + (columns - 1L) * pixelStride + 1;
      if (data.length < needed) {
        throw new IllegalArgumentException(
            name
                + ": "
                + columns
                + "x"
                + rows
                + " values need "
                + needed
                + " bytes, not "
                + data.length);
      }
    }
  }

  /**
   * Puts the planes together.
   *
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   * @param y the brightness, {@code width} x {@code height} values
   * @param u the difference of blue, half as many columns and rows, rounded up
   * @param v the difference of red, of the same size
   * @throws IllegalArgumentException if a side is below 1 or a plane is too small
   */
  public YuvFrame(int width, int height, Plane y, Plane u, Plane v, Range range) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "width and height of a frame must be at least 1, not " + width + "x" + height);
    }
    y.require("Y", width, height);
    u.require("U", half(width), half(height));
    v.require("V", half(width), half(height));
    this.width = width;
    this.height = height;
    this.y = y;
    this.u = u;
    this.v = v;
    shares = range == Range.FULL ? Shares.FULL : Shares.LIMITED;
  }

  /**
   * A picture in limited range and three separate planes without padding, for encoders. The colours
   * are the means of every two by two pixels.
   */
  public static YuvFrame of(RgbImage picture) {
    int width = picture.width();
    int height = picture.height();
    byte[] light = new byte[width * height];
    byte[] blue = new byte[half(width) * half(height)];
    byte[] red = new byte[blue.length];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        light[row * width + column] =
            (byte) Math.round(Range.LIMITED.black + scaled(luma(picture, column, row)));
      }
    }
    for (int row = 0, i = 0; row < height; row += 2) {
      for (int column = 0; column < width; column += 2, i++) {
        int right = Math.min(width - 1, column + 1);
        int below = Math.min(height - 1, row + 1);
        blue[i] = difference(picture, column, right, row, below, 2, BLUE);
        red[i] = difference(picture, column, right, row, below, 0, RED);
      }
    }
    return new YuvFrame(
        width,
        height,
        new Plane(light, width, 1),
        new Plane(blue, half(width), 1),
        new Plane(red, half(width), 1),
        Range.LIMITED);
  }

  private static double scaled(double light) {
    return light * Range.LIMITED.span / 255;
  }

  private static double luma(RgbImage picture, int column, int row) {
    return RED * picture.value(column, row, 0)
        + GREEN * picture.value(column, row, 1)
        + BLUE * picture.value(column, row, 2);
  }

  /** The mean of a channel less the brightness, over two by two pixels. */
  private static byte difference(
      RgbImage picture, int left, int right, int top, int bottom, int channel, double weight) {
    double sum = 0;
    for (int row : new int[] {top, bottom}) {
      for (int column : new int[] {left, right}) {
        sum += picture.value(column, row, channel) - luma(picture, column, row);
      }
    }
    double largest = 2 * (1 - weight) * 255;
    return (byte) Math.round(MIDDLE + sum / 4 * Range.LIMITED.colourSpan / largest);
  }

  private static int half(int side) {
    return (side + 1) / 2;
  }

  /** Width in pixels, before it is turned. */
  public int width() {
    return width;
  }

  /** Height in pixels, before it is turned. */
  public int height() {
    return height;
  }

  /** The brightness. */
  public Plane y() {
    return y;
  }

  /** The difference of blue. */
  public Plane u() {
    return u;
  }

  /** The difference of red. */
  public Plane v() {
    return v;
  }

  /**
   * The frame as a picture.
   *
   * @param degrees by which it is turned clockwise: 0, 90, 180 or 270
   * @param mirrored whether left and right change places afterwards, as in a mirror
   * @return a picture of the frame's size; a quarter turn exchanges width and height
   * @throws IllegalArgumentException if the angle is another one
   */
  public RgbImage picture(int degrees, boolean mirrored) {
    if (degrees < 0 || degrees > 270 || degrees % 90 != 0) {
      throw new IllegalArgumentException(
          "a frame is turned by 0, 90, 180 or 270 degrees, not " + degrees);
    }
    boolean exchanged = degrees % 180 != 0;
    int columns = exchanged ? height : width;
    int rows = exchanged ? width : height;
    // Where the frame's first pixel goes, and how far its next column and its next row are from it.
    int last = columns * rows - 1;
    int first;
    int right;
    int down;
    switch (degrees) {
      case 90 -> {
        first = columns - 1;
        right = columns;
        down = -1;
      }
      case 180 -> {
        first = last;
        right = -1;
        down = -columns;
      }
      case 270 -> {
        first = last - columns + 1;
        right = -columns;
        down = 1;
      }
      default -> {
        first = 0;
        right = 1;
        down = columns;
      }
    }
    if (mirrored) {
      first += columns - 1 - 2 * (first % columns);
      right = exchanged ? right : -right;
      down = exchanged ? -down : down;
    }
    byte[] rgb = new byte[CHANNELS * columns * rows];
    for (int row = 0; row < height; row++) {
      row(row, rgb, first + row * down, right);
    }
    return new RgbImage(columns, rows, rgb);
  }

  private void row(int row, byte[] rgb, int first, int step) {
    int lightAt = row * y.rowStride;
    int blueAt = row / 2 * u.rowStride;
    int redAt = row / 2 * v.rowStride;
    int out = CHANNELS * first;
    for (int column = 0; column < width; column++) {
      int light = shares.light[y.data[lightAt + column * y.pixelStride] & 0xff];
      int blue = u.data[blueAt + column / 2 * u.pixelStride] & 0xff;
      int red = v.data[redAt + column / 2 * v.pixelStride] & 0xff;
      rgb[out] = level(light + shares.redOfV[red]);
      rgb[out + 1] = level(light + shares.greenOfU[blue] + shares.greenOfV[red]);
      rgb[out + 2] = level(light + shares.blueOfU[blue]);
      out += CHANNELS * step;
    }
  }

  private static byte level(int value) {
    return (byte) Math.max(0, Math.min(255, value >> BITS));
  }
}
