package dev.deltadepth.core;

/**
 * A picture as video stores it, in half the bytes of an {@link RgbImage}: the light of every pixel,
 * and then, for squares of two by two, how blue and how red they are; all in the limited range.
 *
 * <p>Source: ITU-R BT.601-7, sections 2.5.1 to 2.5.3, and ITU-R BT.709-6, items 3.2 to 3.4.
 */
public final class PlanarImage implements Guide {

  /** How light, blueness and redness are made of red, green and blue. */
  public enum Matrix {
    /** That of standard definition. */
    BT601(0.299, 0.114),
    /** That of high definition. */
    BT709(0.2126, 0.0722);

    private final float redOfRedness;
    private final float greenOfBlueness;
    private final float greenOfRedness;
    private final float blueOfBlueness;

    Matrix(double red, double blue) {
      double green = 1 - red - blue;
      redOfRedness = (float) (2 * (1 - red));
      blueOfBlueness = (float) (2 * (1 - blue));
      greenOfBlueness = (float) (-2 * (1 - blue) * blue / green);
      greenOfRedness = (float) (-2 * (1 - red) * red / green);
    }
  }

  private static final float DARKEST = 16 / 219f;
  private static final float LIGHT = 1 / 219f;
  private static final float NEUTRAL = 128 / 224f;
  private static final float COLOUR = 1 / 224f;

  private final int width;
  private final int height;
  private final Matrix matrix;
  private final byte[] data;

  /**
   * Takes a picture.
   *
   * @param data {@link #bytes} of them; not copied: do not write to it after handing it over
   * @throws IllegalArgumentException if there are more or fewer, or a side is below 1
   */
  public PlanarImage(int width, int height, Matrix matrix, byte[] data) {
    if (width < 1 || height < 1 || data.length != bytes(width, height)) {
      throw new IllegalArgumentException(
          data.length + " bytes do not make a " + width + "x" + height + " planar picture");
    }
    this.width = width;
    this.height = height;
    this.matrix = matrix;
    this.data = data;
  }

  /** How many bytes a picture has: the planes of colour have half the sides, rounded up. */
  public static int bytes(int width, int height) {
    return Math.addExact(
        Math.multiplyExact(width, height),
        Math.multiplyExact(2, Math.multiplyExact((width + 1) / 2, (height + 1) / 2)));
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  /** The bytes: light, blueness, redness, each row-major. */
  public byte[] data() {
    return data;
  }

  /** Light, blueness and redness as they are stored, 0..255. */
  @Override
  public void row(int y, float[] light, float[] blueness, float[] redness) {
    int across = (width + 1) / 2;
    int blue = width * height + y / 2 * across;
    int red = blue + across * ((height + 1) / 2);
    int row = y * width;
    for (int x = 0; x < width; x++) {
      light[x] = data[row + x] & 0xff;
    }
    for (int i = 0; i < width / 2; i++) {
      float b = data[blue + i] & 0xff;
      float r = data[red + i] & 0xff;
      blueness[2 * i] = b;
      blueness[2 * i + 1] = b;
      redness[2 * i] = r;
      redness[2 * i + 1] = r;
    }
    if (width % 2 == 1) {
      blueness[width - 1] = data[blue + across - 1] & 0xff;
      redness[width - 1] = data[red + across - 1] & 0xff;
    }
  }

  @Override
  public void adapt(float[] red, float[] green, float[] blue, float[] constant) {
    for (int i = 0; i < constant.length; i++) {
      float light = red[i] + green[i] + blue[i];
      float blueness = matrix.blueOfBlueness * blue[i] + matrix.greenOfBlueness * green[i];
      float redness = matrix.redOfRedness * red[i] + matrix.greenOfRedness * green[i];
      constant[i] -= DARKEST * light + NEUTRAL * (blueness + redness);
      red[i] = LIGHT * light;
      green[i] = COLOUR * blueness;
      blue[i] = COLOUR * redness;
    }
  }
}
