package dev.deltadepth.scenes;

/** The colour of a surface, computed on demand. Lengths are in metres. */
interface Texture {

  /**
   * The linear colour at a point.
   *
   * @param p the point in the shape's own coordinates
   * @param n the surface's normal there, in the shape's own coordinates too
   */
  Vector at(Vector p, Vector n);

  /** A single colour. */
  static Texture plain(int rgb) {
    Vector colour = Vector.colour(rgb);
    return (p, n) -> colour;
  }

  /** One colour with a soft unevenness, as of plaster, cloth or leaves. */
  static Texture mottled(int rgb, double size, double strength) {
    Vector colour = Vector.colour(rgb);
    return (p, n) -> {
      double noise = Noise.clouds(p.x() / size, p.y() / size, p.z() / size, 4);
      return colour.times(1 + strength * (2 * noise - 1));
    };
  }

  /** Squares of two colours. */
  static Texture checker(int first, int second, double size) {
    Vector a = Vector.colour(first);
    Vector b = Vector.colour(second);
    return (p, n) -> {
      double square = Math.floor(u(p, n) / size) + Math.floor(v(p, n) / size);
      return square % 2 == 0 ? a : b;
    };
  }

  /** Horizontal bands of two colours. */
  static Texture bands(int first, int second, double period) {
    Vector a = Vector.colour(first);
    Vector b = Vector.colour(second);
    return (p, n) -> Math.floor(p.y() / period) % 2 == 0 ? a : b;
  }

  /** Boards with grain along their length. */
  static Texture wood(int light, int dark, double board) {
    Vector a = Vector.colour(light);
    Vector b = Vector.colour(dark);
    return (p, n) -> {
      double across = u(p, n) / board;
      double along = v(p, n) / board;
      int index = (int) Math.floor(across);
      double offset = Noise.hash(index, 3, 7) * 40;
      int piece = (int) Math.floor((along + offset) / 9);
      double tone = Noise.hash(index, piece, 11);
      double grain = Noise.clouds(across * 9 + 13 * tone, (along + offset) * 0.45, tone * 50, 4);
      double rings = 0.5 + 0.5 * Math.sin(26 * grain + 3 * across);
      double inBoard = across - index;
      double inPiece = (along + offset) / 9 - piece;
      double seam =
          Noise.step(0, 0.025, Math.min(inBoard, 1 - inBoard))
              * Noise.step(0, 0.0025, Math.min(inPiece, 1 - inPiece));
      return a.mix(b, 0.35 * rings + 0.45 * tone).times(0.45 + 0.55 * seam);
    };
  }

  /** Bricks in running bond with joints. */
  static Texture bricks(int brick, int joint, double length) {
    Vector a = Vector.colour(brick);
    Vector b = Vector.colour(joint);
    double height = length / 3;
    return (p, n) -> {
      double row = v(p, n) / height;
      int j = (int) Math.floor(row);
      double column = u(p, n) / length + (Math.floorMod(j, 2) == 0 ? 0 : 0.5);
      int i = (int) Math.floor(column);
      double edge =
          Math.min(Math.min(row - j, 1 - row + j), 3 * Math.min(column - i, 1 - column + i));
      double tone = 0.7 + 0.5 * Noise.hash(i, j, 5);
      double rough = 0.85 + 0.3 * Noise.value(u(p, n) * 60, v(p, n) * 60, 2);
      return b.mix(a.times(tone * rough), Noise.step(0.05, 0.12, edge));
    };
  }

  /** A wall with a grid of windows, each with a pale frame; some have their curtains drawn. */
  static Texture facade(Texture wall, double storey, int seed) {
    Vector frame = Vector.colour(0xe8e4da);
    Vector glass = Vector.colour(0x2c3a48);
    Vector curtain = Vector.colour(0xb9b1a0);
    return (p, n) -> {
      if (Math.abs(n.y()) > 0.5) {
        return wall.at(p, n);
      }
      double across = u(p, n) / (0.8 * storey);
      double up = v(p, n) / storey;
      int i = (int) Math.floor(across);
      int j = (int) Math.floor(up);
      double x = Math.abs(across - i - 0.5);
      double y = Math.abs(up - j - 0.5);
      if (x > 0.27 || y > 0.32) {
        return wall.at(p, n);
      }
      if (x > 0.23 || y > 0.285 || x < 0.015) {
        return frame;
      }
      boolean drawn = Noise.hash(i, j, seed) > 0.6 && up - j > 0.45 - 0.2 * Noise.hash(j, i, 9);
      return drawn ? curtain : glass.times(1 + 1.2 * (up - j));
    };
  }

  /** A stain of another colour within a ball around a point; the surface stays where it is. */
  static Texture stained(Texture under, Vector centre, double radius, int rgb) {
    Vector colour = Vector.colour(rgb);
    return (p, n) -> {
      Vector from = p.minus(centre);
      double ragged = 0.8 + 0.4 * Noise.clouds(5 * p.x(), 5 * p.y(), 5 * p.z(), 3);
      return from.length() < radius * ragged ? colour : under.at(p, n);
    };
  }

  /** The coordinate across a flat face: x on floors and on walls seen from the front, else z. */
  static double u(Vector p, Vector n) {
    return Math.abs(n.x()) > Math.max(Math.abs(n.y()), Math.abs(n.z())) ? p.z() : p.x();
  }

  /** The other coordinate of a flat face: z on floors, else the height. */
  static double v(Vector p, Vector n) {
    return Math.abs(n.y()) > 0.7 ? p.z() : p.y();
  }
}
