package dev.deltadepth.core.space;

/**
 * A pinhole camera without distortion: which direction a pixel looks in.
 *
 * <p>Columns and rows are counted from the picture's left upper corner, and the middle of the first
 * pixel is at (0.5, 0.5). OpenCV and ROS count from the middle of the first pixel: add 0.5 to their
 * principal point.
 *
 * @param width of the picture in pixels, at least 1
 * @param height of the picture in pixels, at least 1
 * @param fx focal length in pixels along a row, above 0
 * @param fy focal length in pixels along a column, above 0
 * @param cx column of the principal point, where the optical axis meets the picture
 * @param cy row of the principal point
 */
public record Camera(int width, int height, double fx, double fy, double cx, double cy) {

  /**
   * The field of view along the picture's longer side that stands in for an unknown camera: that of
   * a 31 mm lens on 35 mm film. Phones have 65 to 75 degrees, their portrait cameras 40.
   */
  public static final double DEFAULT_FIELD_OF_VIEW = 60;

  /** The diagonal of 35 mm film, 36 x 24 mm. */
  private static final double FILM_DIAGONAL = Math.hypot(36, 24);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a side is below 1, a focal length is not above 0, or a
   *     number is not finite
   */
  public Camera {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "width and height of a picture must be at least 1, not " + width + "x" + height);
    }
    if (!(fx > 0 && fy > 0) || Double.isInfinite(fx) || Double.isInfinite(fy)) {
      throw new IllegalArgumentException(
          "a focal length must be above 0 pixels, not " + fx + " and " + fy);
    }
    if (!Double.isFinite(cx) || !Double.isFinite(cy)) {
      throw new IllegalArgumentException(
          "the principal point must be finite, not " + cx + ", " + cy);
    }
  }

  /**
   * A camera with square pixels that looks through the middle of the picture.
   *
   * @param pixels the focal length in pixels
   */
  public static Camera ofFocalLength(int width, int height, double pixels) {
    return new Camera(width, height, pixels, pixels, width / 2.0, height / 2.0);
  }

  /**
   * A camera whose picture spans the same diagonal angle as a lens on 35 mm film: how EXIF's
   * FocalLengthIn35mmFilm is defined (CIPA DCG-001).
   *
   * @param millimetres the focal length on 35 mm film
   */
  public static Camera ofFocalLength35mm(int width, int height, double millimetres) {
    return ofFocalLength(width, height, millimetres * Math.hypot(width, height) / FILM_DIAGONAL);
  }

  /**
   * A camera with a field of view. The longer side is meant, so that turning a photo upright
   * changes nothing.
   *
   * @param degrees that the picture's longer side spans, above 0 and below 180
   * @throws IllegalArgumentException if the angle is out of range
   */
  public static Camera ofFieldOfView(int width, int height, double degrees) {
    if (!(degrees > 0 && degrees < 180)) {
      throw new IllegalArgumentException(
          "a field of view must be between 0 and 180 degrees, not " + degrees);
    }
    double half = Math.max(width, height) / 2.0;
    return ofFocalLength(width, height, half / Math.tan(Math.toRadians(degrees) / 2));
  }

  /** A camera of which nothing is known: {@value #DEFAULT_FIELD_OF_VIEW} degrees. */
  public static Camera unknown(int width, int height) {
    return ofFieldOfView(width, height, DEFAULT_FIELD_OF_VIEW);
  }

  /** The angle that the picture's longer side spans, in degrees. */
  public double fieldOfView() {
    return width >= height ? angle(cx, width, fx) : angle(cy, height, fy);
  }

  private static double angle(double centre, double side, double focal) {
    return Math.toDegrees(Math.atan(centre / focal) + Math.atan((side - centre) / focal));
  }

  /** The same camera, its whole picture resized. */
  public Camera resized(int newWidth, int newHeight) {
    double x = (double) newWidth / width;
    double y = (double) newHeight / height;
    return new Camera(newWidth, newHeight, fx * x, fy * y, cx * x, cy * y);
  }

  /** The same camera, a part of its picture cut out whose left upper corner was at a pixel. */
  public Camera cropped(int left, int top, int newWidth, int newHeight) {
    return new Camera(newWidth, newHeight, fx, fy, cx - left, cy - top);
  }

  /**
   * The camera of a picture that was turned upright.
   *
   * @param orientation EXIF's value of the picture as stored: 1 upright; 2 mirrored left to right;
   *     3 upside down; 4 mirrored top to bottom; 5 to 8 stored with rows and columns exchanged
   * @throws IllegalArgumentException if the orientation is outside 1..8
   */
  public Camera turned(int orientation) {
    if (orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException("an orientation is 1 to 8, not " + orientation);
    }
    boolean exchanged = orientation >= 5;
    boolean fromRight =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    boolean fromBottom =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    double x = fromRight ? width - cx : cx;
    double y = fromBottom ? height - cy : cy;
    return exchanged
        ? new Camera(height, width, fy, fx, y, x)
        : new Camera(width, height, fx, fy, x, y);
  }

  /** How far to the right the middle of a pixel of a column is seen, at a depth of 1. */
  double right(int column) {
    return (column + 0.5 - cx) / fx;
  }

  /** How far up the middle of a pixel of a row is seen, at a depth of 1. */
  double up(int row) {
    return (cy - row - 0.5) / fy;
  }

  /**
   * Returns the camera itself, for a caller who needs that of a picture of this size.
   *
   * @throws IllegalArgumentException if it is the camera of another size
   */
  public Camera require(int neededWidth, int neededHeight) {
    if (width != neededWidth || height != neededHeight) {
      throw new IllegalArgumentException(
          "the camera is that of a picture of "
              + width
              + "x"
              + height
              + " pixels, but this one has "
              + neededWidth
              + "x"
              + neededHeight);
    }
    return this;
  }
}
