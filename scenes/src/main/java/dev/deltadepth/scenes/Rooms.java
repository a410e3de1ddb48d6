package dev.deltadepth.scenes;

import static dev.deltadepth.scenes.Furniture.between;
import static dev.deltadepth.scenes.Furniture.pick;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Indoor scenes. The room spans x from -half to half, the camera stands near z = 0. */
final class Rooms {
  private static final double HEIGHT = 2.7;

  private Rooms() {}

  static Scene build(Random random) {
    double half = between(random, 2.2, 2.9);
    double back = between(random, 4.8, 6.2);
    List<Solid> solids = new ArrayList<>();
    shell(solids, half, back, random);
    window(solids, half, back * 0.55);
    pictures(solids, back, half, random);

    Vector rug = new Vector(between(random, -0.4, 0.4), 0, back - 2.3);
    solids.add(
        Solid.matt(
            Shape.standing(rug, 2.4, 0.012, 1.7, 0),
            Texture.checker(
                pick(random, 0x8c3b34, 0x3b566e, 0x6d7053),
                pick(random, 0xd6c8ab, 0xb9a98c),
                0.2)));
    solids.addAll(
        Furniture.sofa(
            new Vector(between(random, -0.9, -0.5), 0, back - 0.55),
            between(random, 1.7, 2.1),
            0,
            random));
    solids.addAll(
        Furniture.bookshelf(
            new Vector(half - 0.6, 0, back - 0.17), 1.0, between(random, 1.8, 2.2), 0, random));
    solids.addAll(Furniture.floorLamp(new Vector(half - 1.45, 0, back - 0.4)));
    solids.addAll(
        Furniture.plant(
            new Vector(0.4 - half, 0, back - between(random, 0.4, 1.2)),
            between(random, 0.9, 1.4),
            random));

    Vector table = new Vector(between(random, 0.5, 0.9), 0, between(random, 2.4, 2.8));
    double yaw = between(random, -0.5, 0.5);
    solids.addAll(Furniture.table(table, 1.3, 0.8, yaw, random));
    tableware(solids, table.plus(new Vector(0, 0.74, 0)), random);
    solids.addAll(
        Furniture.chair(
            table.plus(new Vector(-0.95, 0, between(random, -0.1, 0.3))), yaw - 1.6, random));
    if (random.nextInt(3) > 0) {
      solids.addAll(
          Furniture.person(
              new Vector(between(random, -1.5, -1.0), 0, between(random, 2.6, 3.4)),
              between(random, -0.6, 0.6),
              random));
    }
    double ball = between(random, 0.12, 0.2);
    solids.add(
        Solid.glossy(
            Shape.ball(
                new Vector(between(random, -0.7, -0.2), ball, between(random, 1.9, 2.3)), ball),
            Texture.bands(pick(random, 0xc9412f, 0x2f6fb0, 0xe0a526), 0xf2efe6, ball * 0.55)));

    List<Light> lights =
        List.of(
            new Light(
                new Vector(0.35 - half, 1.7, back * 0.55), 0.3, new Vector(1.5, 1.5, 1.45), 2.2),
            new Light(
                new Vector(0.3, HEIGHT - 0.35, back * 0.4), 0.22, new Vector(1.0, 0.9, 0.75), 2.2));
    Camera camera =
        Camera.at(
            new Vector(between(random, -0.3, 0.3), between(random, 1.35, 1.6), -0.2),
            new Vector(between(random, -0.1, 0.2), between(random, 0.85, 1.05), back * 0.75),
            between(random, 50, 58));
    return new Scene(camera, solids, lights, Air.indoors(0.36));
  }

  /** A bare wall a few metres away with a strip of floor: every third head-on, others turned. */
  static Scene wall(Random random) {
    double back = between(random, 2.4, 4);
    List<Solid> solids = new ArrayList<>();
    shell(solids, 4, back, random);
    Vector lamp =
        new Vector(between(random, -2, 2), between(random, 1.8, 2.5), between(random, 0.2, 1.2));
    List<Light> lights =
        List.of(new Light(lamp, 0.3, new Vector(1.3, 1.25, 1.15), between(random, 2, 4)));
    Vector eye = new Vector(0, between(random, 1.1, 1.6), 0);
    double angle = random.nextInt(3) == 0 ? 0 : between(random, -0.35, 0.35);
    double turned = back * Math.tan(angle);
    Vector target = new Vector(turned, eye.y() - between(random, 0, 0.3), back);
    return new Scene(
        Camera.at(eye, target, between(random, 48, 60)),
        solids,
        lights,
        Air.indoors(between(random, 0.25, 0.45)));
  }

  private static void shell(List<Solid> solids, double half, double back, Random random) {
    Texture boards =
        random.nextBoolean()
            ? Texture.wood(0xc9a271, 0x94683e, 0.13)
            : Texture.wood(0xa87a50, 0x6d4729, 0.15);
    int paint = pick(random, 0xd9d2c3, 0xb9c4c4, 0xd5c3a4, 0xc4cbb4, 0xcfc0bd);
    Texture wall = Texture.mottled(paint, 1.3, 0.06);
    solids.add(new Solid(plane(0, 0, 0, 0, 1, 0), boards, 0.1, 0));
    solids.add(Solid.matt(plane(0, HEIGHT, 0, 0, -1, 0), Texture.plain(0xf0eee8)));
    solids.add(Solid.matt(plane(0, 0, back, 0, 0, -1), wall));
    solids.add(Solid.matt(plane(0, 0, -1.2, 0, 0, 1), wall));
    solids.add(Solid.matt(plane(-half, 0, 0, 1, 0, 0), wall));
    solids.add(Solid.matt(plane(half, 0, 0, -1, 0, 0), wall));
    Texture skirting = Texture.plain(0xece8df);
    solids.add(
        Solid.matt(Shape.standing(new Vector(0, 0, back), 2 * half, 0.09, 0.03, 0), skirting));
    for (int side = -1; side <= 1; side += 2) {
      solids.add(
          Solid.matt(
              Shape.standing(new Vector(side * half, 0, back / 2), 0.03, 0.09, back + 2, 0),
              skirting));
    }
  }

  private static Shape plane(double x, double y, double z, double nx, double ny, double nz) {
    return new Shape.Plane(new Vector(x, y, z), new Vector(nx, ny, nz));
  }

  private static void window(List<Solid> solids, double half, double z) {
    Vector foot = new Vector(-half, 0.9, z);
    solids.add(
        Solid.glowing(
            Shape.standing(foot, 0.02, 1.3, 1.7, 0), Texture.mottled(0xdfeaf2, 0.9, 0.12), 1.3));
    Texture frame = Texture.plain(0xf4f1ea);
    for (int bar = -1; bar <= 1; bar++) {
      Vector post = foot.plus(new Vector(0, 0, bar * 0.85));
      solids.add(Solid.matt(Shape.standing(post, 0.07, 1.3, 0.06, 0), frame));
      Vector rail = foot.plus(new Vector(0, 0.65 * (bar + 1) - 0.03, 0));
      solids.add(Solid.matt(Shape.standing(rail, 0.06, 0.06, 1.76, 0), frame));
    }
    solids.add(
        Solid.matt(
            Shape.standing(foot.plus(new Vector(0.08, -0.07, 0)), 0.2, 0.035, 1.95, 0), frame));
  }

  private static void pictures(List<Solid> solids, double back, double half, Random random) {
    double x = between(random, -1.5, -1.2);
    int count = 2 + random.nextInt(2);
    for (int i = 0; i < count && x < half - 1.5; i++) {
      double width = between(random, 0.4, 0.7);
      double height = between(random, 0.35, 0.6);
      Vector foot = new Vector(x + width / 2, between(random, 1.4, 1.5), back);
      solids.add(
          Solid.matt(
              Shape.standing(foot, width, height, 0.05, 0),
              Texture.plain(pick(random, 0x2c2621, 0x7d5a37, 0xe9e5dc))));
      Texture motif =
          switch (random.nextInt(3)) {
            case 0 -> Texture.mottled(pick(random, 0x4f7d9a, 0xc27a4a, 0x708c5a), 0.12, 1);
            case 1 -> Texture.checker(0xc9b37d, 0x7c3e36, 0.09);
            default -> Texture.bands(0x3f627f, 0xd8d2bb, 0.075);
          };
      solids.add(
          Solid.matt(
              Shape.standing(
                  foot.plus(new Vector(0, 0.035, -0.004)), width - 0.07, height - 0.07, 0.05, 0),
              motif));
      x += width + between(random, 0.15, 0.3);
    }
  }

  private static void tableware(List<Solid> solids, Vector top, Random random) {
    Vector vase = top.plus(new Vector(between(random, 0.15, 0.3), 0, between(random, 0, 0.15)));
    Texture glaze = Texture.mottled(pick(random, 0x2f5d7c, 0xe7e2d6, 0x8f3d34), 0.1, 0.2);
    solids.add(Solid.glossy(new Shape.Frustum(vase, 0.05, 0.085, 0.14), glaze));
    solids.add(
        Solid.glossy(
            new Shape.Frustum(vase.plus(new Vector(0, 0.14, 0)), 0.085, 0.04, 0.11), glaze));
    for (int i = 0; i < 5; i++) {
      double angle = i * 1.3;
      Vector bloom =
          vase.plus(
              new Vector(0.09 * Math.cos(angle), 0.34 + 0.03 * (i % 3), 0.09 * Math.sin(angle)));
      solids.add(
          Solid.matt(
              Shape.ball(bloom, 0.045),
              Texture.mottled(pick(random, 0xd9534f, 0xe9b44c, 0xe8d9df), 0.02, 0.4)));
    }
    Vector book = top.plus(new Vector(-0.3, 0, -0.05));
    solids.add(
        Solid.matt(
            Shape.standing(book, 0.26, 0.04, 0.19, between(random, -0.5, 0.5)),
            Texture.plain(pick(random, 0x31507a, 0x7a2f2f, 0x44604a))));
    Vector cup = top.plus(new Vector(0, 0, -0.2));
    solids.add(Solid.glossy(new Shape.Frustum(cup, 0.032, 0.042, 0.09), Texture.plain(0xeeeae0)));
  }
}
