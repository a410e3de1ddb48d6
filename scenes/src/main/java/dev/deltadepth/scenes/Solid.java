package dev.deltadepth.scenes;

/**
 * A shape with its surface.
 *
 * @param shape where it is
 * @param texture its colour
 * @param shine strength of the highlight, 0 for matt
 * @param glow light that it emits, as a multiple of its colour
 */
record Solid(Shape shape, Texture texture, double shine, double glow) {

  /** A matt surface. */
  static Solid matt(Shape shape, Texture texture) {
    return new Solid(shape, texture, 0, 0);
  }

  /** A surface with a highlight. */
  static Solid glossy(Shape shape, Texture texture) {
    return new Solid(shape, texture, 0.5, 0);
  }

  /** A surface that emits light. */
  static Solid glowing(Shape shape, Texture texture, double glow) {
    return new Solid(shape, texture, 0, glow);
  }

  /** The same shape with another texture. */
  Solid with(Texture other) {
    return new Solid(shape, other, shine, glow);
  }

  /** The same surface elsewhere. */
  Solid moved(Vector by) {
    return new Solid(shape.moved(by), texture, shine, glow);
  }

  /** True if the surface is made of flat faces. */
  boolean flat() {
    return shape instanceof Shape.Plane || shape instanceof Shape.Box;
  }
}
