package dev.deltadepth.scenes;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Objects composed of shapes. Each stands with its foot at a point and is turned by a yaw. */
final class Furniture {
  private static final int[] CLOTHS = {
    0x2f4b6e, 0x7a2e2e, 0x3d5a45, 0xc9b18a, 0x54506b, 0xa8552f, 0x6d7f8f, 0xd8d3c8, 0x2b2b30
  };
  private static final int[] SKINS = {0xe0b898, 0xc58f69, 0x8d5a3c, 0xf0cdb0};
  private static final int[] HAIRS = {0x2a1d14, 0x5b3a1e, 0x111114, 0xb08a4f, 0x7b7b7b};

  private Furniture() {}

  static int cloth(Random random) {
    return pick(random, CLOTHS);
  }

  static int pick(Random random, int... colours) {
    return colours[random.nextInt(colours.length)];
  }

  /** A colour {@code 0xRRGGBB} of any hue; saturation and brightness from 0 to 1. */
  static int anyHue(Random random, double saturation, double brightness) {
    return Color.HSBtoRGB(random.nextFloat(), (float) saturation, (float) brightness) & 0xffffff;
  }

  static double between(Random random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /**
   * Where a thing stands and how it is turned.
   *
   * @param foot the point on which it stands
   * @param yaw about the vertical axis, in radians
   */
  record Spot(Vector foot, double yaw) {
    /** The spot that lies so far to its right, above it and behind it, turned alike. */
    Spot at(double x, double y, double z) {
      return new Spot(place(foot, yaw, x, y, z), yaw);
    }
  }

  /** A point relative to a foot, in directions turned by a yaw. */
  private static Vector place(Vector foot, double yaw, double x, double y, double z) {
    return foot.plus(new Vector(x, y, z).turned(Math.cos(yaw), Math.sin(yaw)));
  }

  static List<Solid> table(Vector foot, double width, double depth, double yaw, Random random) {
    Texture wood =
        random.nextBoolean()
            ? Texture.wood(0xc79a63, 0x8e6236, 0.14)
            : Texture.wood(0x8a5a36, 0x5a3820, 0.16);
    double height = 0.74;
    List<Solid> solids = new ArrayList<>();
    Shape top = Shape.standing(place(foot, yaw, 0, height - 0.04, 0), width, 0.04, depth, yaw);
    solids.add(new Solid(top, wood, 0.12, 0));
    for (int corner = 0; corner < 4; corner++) {
      double x = (corner % 2 == 0 ? -1 : 1) * (width / 2 - 0.07);
      double z = (corner < 2 ? -1 : 1) * (depth / 2 - 0.07);
      Shape leg = new Shape.Frustum(place(foot, yaw, x, 0, z), 0.02, 0.03, height - 0.04);
      solids.add(Solid.matt(leg, wood));
    }
    return solids;
  }

  static List<Solid> chair(Vector foot, double yaw, Random random) {
    Texture frame = Texture.mottled(pick(random, 0x6b4526, 0x2d2b2a, 0xb98d5a), 0.2, 0.2);
    Texture seat = Texture.mottled(cloth(random), 0.05, 0.2);
    List<Solid> solids = new ArrayList<>();
    for (int corner = 0; corner < 4; corner++) {
      double x = corner % 2 == 0 ? -0.19 : 0.19;
      double z = corner < 2 ? -0.19 : 0.19;
      double height = corner < 2 ? 0.44 : 0.92;
      Shape leg = Shape.standing(place(foot, yaw, x, 0, z), 0.035, height, 0.035, yaw);
      solids.add(Solid.matt(leg, frame));
    }
    solids.add(
        Solid.matt(Shape.standing(place(foot, yaw, 0, 0.42, 0), 0.44, 0.06, 0.44, yaw), seat));
    solids.add(
        Solid.matt(Shape.standing(place(foot, yaw, 0, 0.6, 0.19), 0.38, 0.3, 0.03, yaw), seat));
    return solids;
  }

  static List<Solid> sofa(Vector foot, double width, double yaw, Random random) {
    Texture cover = Texture.mottled(cloth(random), 0.06, 0.25);
    Texture cushion = Texture.bands(cloth(random), 0xe6dfd0, 0.06);
    List<Solid> solids = new ArrayList<>();
    solids.add(
        Solid.matt(Shape.standing(place(foot, yaw, 0, 0.05, 0), width, 0.36, 0.9, yaw), cover));
    solids.add(
        Solid.matt(Shape.standing(place(foot, yaw, 0, 0.3, 0.36), width, 0.55, 0.2, yaw), cover));
    for (int side = -1; side <= 1; side += 2) {
      double x = side * (width / 2 - 0.1);
      solids.add(
          Solid.matt(Shape.standing(place(foot, yaw, x, 0.05, 0), 0.2, 0.58, 0.9, yaw), cover));
      double seat = side * (width / 4 - 0.06);
      solids.add(
          Solid.matt(
              Shape.standing(place(foot, yaw, seat, 0.41, -0.05), width / 2 - 0.16, 0.1, 0.7, yaw),
              cover));
    }
    Vector pillow = place(foot, yaw, -width / 4, 0.68, 0.14);
    solids.add(Solid.matt(new Shape.Ellipsoid(pillow, new Vector(0.22, 0.19, 0.13)), cushion));
    return solids;
  }

  static List<Solid> bookshelf(
      Vector foot, double width, double height, double yaw, Random random) {
    Texture wood = Texture.wood(0xb98a58, 0x80572f, 0.2);
    double depth = 0.3;
    List<Solid> solids = new ArrayList<>();
    for (int side = -1; side <= 1; side += 2) {
      Vector post = place(foot, yaw, side * (width / 2 - 0.015), 0, 0);
      solids.add(Solid.matt(Shape.standing(post, 0.03, height, depth, yaw), wood));
    }
    Vector back = place(foot, yaw, 0, 0, depth / 2 - 0.01);
    solids.add(Solid.matt(Shape.standing(back, width, height, 0.02, yaw), wood));
    int shelves = (int) Math.round(height / 0.36);
    for (int i = 0; i <= shelves; i++) {
      double y = 0.06 + i * (height - 0.09) / shelves;
      solids.add(
          Solid.matt(Shape.standing(place(foot, yaw, 0, y, 0), width, 0.03, depth, yaw), wood));
      if (i < shelves) {
        books(solids, place(foot, yaw, 0, y + 0.03, -0.03), width - 0.08, yaw, random);
      }
    }
    return solids;
  }

  private static void books(
      List<Solid> solids, Vector foot, double width, double yaw, Random random) {
    double x = -width / 2;
    double end = width / 2 - between(random, 0, width / 2);
    while (x < end) {
      double thickness = between(random, 0.03, 0.075);
      double height = between(random, 0.19, 0.28);
      Vector stand = place(foot, yaw, x + thickness / 2, 0, 0);
      Shape book = Shape.standing(stand, thickness * 0.94, height, 0.18, yaw);
      int colour =
          pick(random, 0x9c2f2f, 0x2d4f78, 0xd9c79b, 0x39543b, 0x2c2a33, 0xc9803a, 0x7a4f7d);
      solids.add(Solid.matt(book, Texture.bands(colour, colour - (colour >> 2 & 0x3f3f3f), 0.085)));
      x += thickness;
    }
  }

  static List<Solid> floorLamp(Vector foot) {
    Texture metal = Texture.plain(0x3a3835);
    return List.of(
        Solid.glossy(Shape.cylinder(foot, 0.14, 0.03), metal),
        Solid.glossy(Shape.cylinder(foot, 0.012, 1.4), metal),
        Solid.glowing(
            new Shape.Frustum(foot.plus(new Vector(0, 1.35, 0)), 0.2, 0.13, 0.26),
            Texture.mottled(0xf3dfb4, 0.3, 0.1),
            0.95));
  }

  static List<Solid> plant(Vector foot, double size, Random random) {
    List<Solid> solids = new ArrayList<>();
    Texture pot = Texture.mottled(pick(random, 0xb5643c, 0xe4e0d6, 0x44505a), 0.1, 0.15);
    solids.add(Solid.matt(new Shape.Frustum(foot, 0.13 * size, 0.18 * size, 0.32 * size), pot));
    Texture leaf = Texture.mottled(0x4f7a3a, 0.06, 0.5);
    for (int i = 0; i < 16; i++) {
      double angle = i * 2.39996 + between(random, -0.2, 0.2);
      double away = between(random, 0.05, 0.3) * size;
      double height = (0.42 + between(random, 0, 0.65)) * size;
      Vector at = foot.plus(new Vector(away * Math.cos(angle), height, away * Math.sin(angle)));
      Vector radii =
          new Vector(
              between(random, 0.05, 0.12) * size,
              between(random, 0.04, 0.13) * size,
              between(random, 0.05, 0.12) * size);
      solids.add(Solid.matt(new Shape.Ellipsoid(at, radii), leaf));
    }
    return solids;
  }

  /** Someone who stands there, 1.55 to 1.85 m tall. */
  static List<Solid> person(Vector foot, double yaw, Random random) {
    double tall = between(random, 1.55, 1.85);
    Texture trousers = Texture.mottled(cloth(random), 0.08, 0.2);
    Texture shirt = Texture.mottled(cloth(random), 0.08, 0.25);
    Texture skin = Texture.plain(pick(random, SKINS));
    Texture hair = Texture.mottled(pick(random, HAIRS), 0.03, 0.4);
    List<Solid> solids = new ArrayList<>();
    for (int side = -1; side <= 1; side += 2) {
      Vector ankle = place(foot, yaw, side * 0.1, 0, side * 0.06);
      solids.add(Solid.matt(new Shape.Frustum(ankle, 0.06, 0.09, 0.49 * tall), trousers));
      Vector toe = place(foot, yaw, side * 0.1, 0.04, side * 0.06 - 0.06);
      solids.add(
          Solid.matt(
              new Shape.Ellipsoid(toe, new Vector(0.07, 0.05, 0.13)), Texture.plain(0x2a2420)));
      Vector hand = place(foot, yaw, side * 0.235, 0.42 * tall, 0);
      solids.add(Solid.matt(new Shape.Frustum(hand, 0.04, 0.055, 0.38 * tall), shirt));
      solids.add(Solid.matt(Shape.ball(hand.minus(new Vector(0, 0.03, 0)), 0.048), skin));
    }
    Vector waist = place(foot, yaw, 0, 0.46 * tall, 0);
    solids.add(Solid.matt(new Shape.Frustum(waist, 0.15, 0.185, 0.33 * tall), shirt));
    Vector shoulders = waist.plus(new Vector(0, 0.33 * tall, 0));
    solids.add(Solid.matt(new Shape.Ellipsoid(shoulders, new Vector(0.23, 0.08, 0.16)), shirt));
    Vector neck = shoulders.plus(new Vector(0, 0.03, 0));
    solids.add(Solid.matt(Shape.cylinder(neck, 0.055, 0.1), skin));
    Vector head = place(foot, yaw, 0, tall - 0.125, 0);
    solids.add(Solid.matt(new Shape.Ellipsoid(head, new Vector(0.085, 0.12, 0.1)), skin));
    Vector crown = place(foot, yaw, 0, tall - 0.085, 0.025);
    solids.add(Solid.matt(new Shape.Ellipsoid(crown, new Vector(0.096, 0.1, 0.1)), hair));
    return solids;
  }

  static List<Solid> tree(Vector foot, double height, Random random) {
    List<Solid> solids = new ArrayList<>();
    Texture bark = Texture.mottled(0x5a4534, 0.08, 0.5);
    double trunk = 0.42 * height;
    solids.add(
        Solid.matt(new Shape.Frustum(foot, 0.035 * height, 0.02 * height, trunk * 1.3), bark));
    int green = pick(random, 0x4d6b2c, 0x5f7a33, 0x3c5c2f, 0x88803a);
    Texture leaves = Texture.mottled(green, 0.3, 0.8);
    Vector crown = foot.plus(new Vector(0, 0.68 * height, 0));
    for (int i = 0; i < 22; i++) {
      double angle = i * 2.39996;
      double level = 2 * (i + 0.5) / 22 - 1;
      double away = 0.23 * height * Math.sqrt(1 - level * level) * between(random, 0.7, 1.1);
      Vector at =
          crown.plus(
              new Vector(away * Math.cos(angle), 0.23 * height * level, away * Math.sin(angle)));
      double r = between(random, 0.09, 0.13) * height;
      solids.add(
          Solid.matt(new Shape.Ellipsoid(at, new Vector(r * 1.1, r * 0.9, r * 1.1)), leaves));
    }
    return solids;
  }

  /** A car along the z axis. */
  static List<Solid> car(Vector foot, Random random) {
    Texture paint =
        Texture.plain(pick(random, 0x9b1f1f, 0x27476e, 0xd8d8d6, 0x3a3d40, 0x6f7d52, 0xb8882e));
    Texture glass = Texture.plain(0x20272d);
    Texture rubber = Texture.plain(0x18181a);
    List<Solid> solids = new ArrayList<>();
    solids.add(Solid.glossy(Shape.standing(up(foot, 0.28, 0), 1.75, 0.54, 4.2, 0), paint));
    solids.add(
        Solid.glossy(new Shape.Ellipsoid(up(foot, 0.8, 0), new Vector(0.84, 0.13, 2.05)), paint));
    solids.add(Solid.glossy(Shape.standing(up(foot, 0.8, 0.1), 1.5, 0.52, 2.3, 0), glass));
    solids.add(Solid.glossy(Shape.standing(up(foot, 1.32, 0.1), 1.46, 0.07, 2.1, 0), paint));
    for (int corner = 0; corner < 4; corner++) {
      double x = corner % 2 == 0 ? -0.82 : 0.82;
      double z = corner < 2 ? -1.3 : 1.3;
      Vector hub = foot.plus(new Vector(x, 0.32, z));
      solids.add(Solid.matt(new Shape.Ellipsoid(hub, new Vector(0.14, 0.32, 0.32)), rubber));
      if (corner < 2) {
        Shape lamp =
            new Shape.Ellipsoid(
                up(foot, 0.62, -2.1).plus(new Vector(x * 0.8, 0, 0)),
                new Vector(0.14, 0.065, 0.04));
        solids.add(Solid.glowing(lamp, Texture.plain(0xb02020), 1));
      }
    }
    solids.add(
        Solid.matt(
            Shape.standing(up(foot, 0.36, -2.09), 0.5, 0.11, 0.05, 0), Texture.plain(0xd8d8d0)));
    return solids;
  }

  private static Vector up(Vector foot, double y, double z) {
    return foot.plus(new Vector(0, y, z));
  }
}
