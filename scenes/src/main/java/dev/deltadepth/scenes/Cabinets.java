package dev.deltadepth.scenes;

import static dev.deltadepth.scenes.Furniture.anyHue;
import static dev.deltadepth.scenes.Furniture.between;
import static dev.deltadepth.scenes.Furniture.pick;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What stands at walls: spots are on the floor below the wall, their z axis points into it. */
final class Cabinets {

  private static final double COUNTER_DEPTH = 0.6;

  private Cabinets() {}

  /**
   * What the pieces of one wall have in common.
   *
   * @param front of doors and drawers
   * @param top of counters
   * @param counter height of counters in metres
   * @param shine of the fronts
   */
  record Style(Texture front, Texture top, double counter, double shine) {
    static Style random(Random random) {
      double saturation = 0.6 * Math.pow(random.nextDouble(), 2);
      int pale = anyHue(random, saturation, between(random, 0.25, 0.97));
      Texture front =
          random.nextInt(3) == 0 ? Texture.wood(0xbd9361, 0x87603a, 0.3) : Texture.plain(pale);
      Texture top =
          random.nextBoolean()
              ? Texture.mottled(pick(random, 0x3a3a3d, 0xd8d4cc, 0x8e8a84), 0.02, 0.5)
              : Texture.wood(0xa87a4c, 0x70492a, 0.1);
      return new Style(front, top, between(random, 0.85, 0.95), random.nextBoolean() ? 0.3 : 0);
    }
  }

  private static Solid box(
      Furniture.Spot spot, double width, double height, double depth, Texture texture) {
    return Solid.matt(Shape.standing(spot.foot(), width, height, depth, spot.yaw()), texture);
  }

  /** A piece of a kitchen: a counter with what stands on it, often a cupboard above. */
  static List<Solid> kitchen(
      Furniture.Spot wall, double width, double ceiling, Style style, Random random) {
    List<Solid> solids = new ArrayList<>();
    if (random.nextInt(7) == 0) {
      tall(solids, wall, width, between(random, 1.5, 2.1), style, random);
      return solids;
    }
    Furniture.Spot base = wall.at(0, 0, -COUNTER_DEPTH / 2 + 0.02);
    solids.add(
        box(base.at(0, 0.1, 0), width, style.counter() - 0.14, COUNTER_DEPTH, style.front()));
    solids.add(box(base.at(0, 0, 0.06), width, 0.1, COUNTER_DEPTH, Texture.plain(0x2c2b2a)));
    Furniture.Spot front = base.at(0, 0, -COUNTER_DEPTH / 2);
    if (random.nextInt(3) == 0) {
      for (int i = 0; i < 3; i++) {
        double tall = (style.counter() - 0.17) / 3;
        door(solids, front.at(0, 0.12 + i * tall, 0), width, tall, style, random);
      }
    } else {
      door(solids, front.at(0, 0.12, 0), width, style.counter() - 0.17, style, random);
    }
    Furniture.Spot top = base.at(0, style.counter(), 0);
    solids.add(
        new Solid(
            Shape.standing(top.at(0, -0.04, -0.01).foot(), width, 0.04, 0.63, top.yaw()),
            style.top(),
            0.2,
            0));
    solids.addAll(Clutter.on(top, width, COUNTER_DEPTH, random));
    if (random.nextInt(3) > 0) {
      double tall = Math.min(between(random, 0.5, 0.9), ceiling - 1.5);
      Furniture.Spot above = wall.at(0, 1.4, -0.17);
      solids.add(box(above, width, tall, 0.34, style.front()));
      door(solids, above.at(0, 0.01, -0.17), width, tall - 0.02, style, random);
    }
    return solids;
  }

  private static void door(
      List<Solid> solids,
      Furniture.Spot front,
      double width,
      double height,
      Style style,
      Random random) {
    Shape leaf = Shape.standing(front.foot(), width - 0.012, height - 0.012, 0.035, front.yaw());
    solids.add(new Solid(leaf, style.front(), style.shine(), 0));
    Furniture.Spot handle = front.at(0, height - 0.1, -0.03);
    solids.add(
        Solid.glossy(
            Shape.standing(handle.foot(), 0.12, 0.015, 0.02, handle.yaw()),
            Texture.plain(pick(random, 0xb8b8b8, 0x2b2b2b, 0x9b7a3c))));
  }

  /** A fridge, an oven's column, a wardrobe. */
  private static void tall(
      List<Solid> solids,
      Furniture.Spot wall,
      double width,
      double height,
      Style style,
      Random random) {
    Furniture.Spot base = wall.at(0, 0, -0.3);
    Texture own =
        random.nextBoolean()
            ? style.front()
            : Texture.plain(pick(random, 0xe8e8e6, 0x9a9da0, 0x26272a));
    solids.add(box(base, width, height, 0.6, own));
    double split = between(random, 0.3, 0.7) * height;
    Style leaf = new Style(own, style.top(), style.counter(), style.shine());
    door(solids, base.at(0, 0.02, -0.3), width, split - 0.02, leaf, random);
    door(solids, base.at(0, split, -0.3), width, height - split, leaf, random);
  }

  /** A piece of furniture of a living room, a bedroom or an office. */
  static List<Solid> standing(
      Furniture.Spot wall, double width, double ceiling, Style style, Random random) {
    List<Solid> solids = new ArrayList<>();
    switch (random.nextInt(7)) {
      case 0 -> tall(solids, wall, width, Math.min(2.2, ceiling - 0.1), style, random);
      case 1 -> {
        double height = between(random, 0.8, 2.2);
        solids.addAll(
            Furniture.bookshelf(wall.at(0, 0, -0.17).foot(), width, height, wall.yaw(), random));
      }
      case 2 ->
          solids.addAll(
              Furniture.sofa(wall.at(0, 0, -0.5).foot(), Math.max(width, 1.2), wall.yaw(), random));
      case 3 -> {
        double height = between(random, 0.4, 1);
        Furniture.Spot base = wall.at(0, 0, -0.22);
        solids.add(box(base, width, height, 0.42, style.front()));
        door(solids, base.at(0, 0.03, -0.21), width, height - 0.05, style, random);
        solids.addAll(Clutter.on(base.at(0, height, 0), width, 0.4, random));
      }
      case 4 -> desk(solids, wall, Math.max(width, 0.9), random);
      case 5 -> {
        Texture cloth = Texture.mottled(Furniture.cloth(random), 0.1, 0.3);
        Furniture.Spot bed = wall.at(0, 0, -1);
        solids.add(box(bed, Math.max(width, 0.9), 0.3, 2, style.front()));
        solids.add(box(bed.at(0, 0.3, 0), Math.max(width, 0.9) - 0.04, 0.2, 1.96, cloth));
        Vector pillow = bed.at(0, 0.55, 0.7).foot();
        solids.add(
            Solid.matt(
                new Shape.Ellipsoid(pillow, new Vector(0.32, 0.1, 0.25)),
                Texture.mottled(0xe6e2da, 0.1, 0.1)));
      }
      default -> solids.addAll(opening(wall, width, random));
    }
    return solids;
  }

  private static void desk(List<Solid> solids, Furniture.Spot wall, double width, Random random) {
    Furniture.Spot desk = wall.at(0, 0, -0.38);
    solids.addAll(Furniture.table(desk.foot(), width, 0.7, desk.yaw(), random));
    Furniture.Spot top = desk.at(0, 0.74, 0);
    Texture dark = Texture.plain(0x1d1e20);
    Furniture.Spot screen = top.at(between(random, -0.1, 0.1), 0.12, 0.15);
    solids.add(box(screen.at(0, -0.12, 0), 0.2, 0.12, 0.12, dark));
    solids.add(box(screen, 0.52, 0.33, 0.04, dark));
    Texture lit = Texture.checker(Furniture.cloth(random), 0xd9e2ea, 0.11);
    Furniture.Spot face = screen.at(0, 0.015, -0.003);
    solids.add(Solid.glowing(Shape.standing(face.foot(), 0.49, 0.3, 0.04, face.yaw()), lit, 0.8));
    solids.add(box(top.at(0, 0, -0.15), 0.42, 0.02, 0.14, dark));
    solids.addAll(Clutter.on(top, width, 0.6, random));
    solids.addAll(Furniture.chair(desk.at(0, 0, -0.6).foot(), desk.yaw() + Math.PI, random));
  }

  /** A window, a door or a picture. */
  static List<Solid> opening(Furniture.Spot wall, double width, Random random) {
    List<Solid> solids = new ArrayList<>();
    Texture frame = Texture.plain(pick(random, 0xf1eee7, 0x6b4a2c, 0x33302d, 0xb79a72));
    switch (random.nextInt(3)) {
      case 0 -> {
        Furniture.Spot sill = wall.at(0, 0.9, 0);
        solids.add(box(sill, width, 1.2, 0.06, frame));
        Shape pane =
            Shape.standing(sill.at(0, 0.06, -0.01).foot(), width - 0.12, 1.08, 0.06, wall.yaw());
        solids.add(
            Solid.glowing(pane, Texture.mottled(0xdfeaf2, 0.5, 0.3), between(random, 0.7, 1.3)));
      }
      case 1 -> {
        solids.add(box(wall, Math.max(width, 0.8) + 0.12, 2.06, 0.05, frame));
        solids.add(
            box(
                wall.at(0, 0, -0.01),
                Math.max(width, 0.8),
                2,
                0.06,
                Texture.plain(pick(random, 0xece9e2, 0x9c7448, 0x5c6b73))));
      }
      default -> {
        double tall = between(random, 0.3, 0.9);
        Furniture.Spot foot = wall.at(0, between(random, 1, 1.4), 0);
        solids.add(box(foot, width, tall, 0.05, frame));
        Texture motif = Texture.mottled(Furniture.cloth(random), between(random, 0.03, 0.3), 1);
        solids.add(box(foot.at(0, 0.04, -0.004), width - 0.08, tall - 0.08, 0.05, motif));
      }
    }
    return solids;
  }
}
