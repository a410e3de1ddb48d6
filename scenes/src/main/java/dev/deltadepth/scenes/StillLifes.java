package dev.deltadepth.scenes;

import static dev.deltadepth.scenes.Furniture.between;
import static dev.deltadepth.scenes.Furniture.pick;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Objects on a table at arm's length. The table's surface is y = 0. */
final class StillLifes {
  private StillLifes() {}

  static Scene build(Random random) {
    List<Solid> solids = new ArrayList<>();
    double wall = between(random, 1.1, 1.9);
    Texture top =
        random.nextBoolean()
            ? Texture.wood(0xb98655, 0x7c5230, 0.11)
            : Texture.wood(0x8b5e3c, 0x55371f, 0.09);
    solids.add(
        new Solid(Shape.standing(new Vector(0, -0.05, 0.15), 1.9, 0.05, 1.1, 0), top, 0.25, 0));
    solids.add(
        Solid.matt(
            new Shape.Plane(new Vector(0, 0, wall), new Vector(0, 0, -1)),
            random.nextBoolean()
                ? Texture.bricks(0x96705c, 0xb5aca0, 0.24)
                : Texture.mottled(pick(random, 0x7d8b8a, 0xb7a88f, 0x6e7a8c), 0.5, 0.15)));
    solids.add(
        Solid.matt(
            new Shape.Plane(new Vector(0, -0.75, 0), Vector.UP),
            Texture.wood(0x7b5a3e, 0x54391f, 0.12)));
    cloth(solids, random);
    bottle(solids, new Vector(between(random, -0.3, -0.2), 0, between(random, 0.22, 0.34)), random);
    bowl(solids, new Vector(between(random, 0.0, 0.1), 0, between(random, 0.1, 0.2)), random);
    books(solids, new Vector(between(random, 0.34, 0.42), 0, between(random, 0.3, 0.42)), random);
    cup(solids, new Vector(between(random, -0.2, -0.12), 0, between(random, -0.06, 0.02)), random);
    loose(solids, random);

    List<Light> lights =
        List.of(
            new Light(
                new Vector(between(random, -1.3, -0.8), between(random, 1.1, 1.5), -0.5),
                0.16,
                new Vector(2.1, 1.95, 1.7),
                1.6));
    Camera camera =
        Camera.at(
            new Vector(between(random, -0.1, 0.15), between(random, 0.36, 0.5), -0.78),
            new Vector(0.02, 0.09, 0.2),
            between(random, 38, 43));
    return new Scene(camera, solids, lights, Air.indoors(0.3));
  }

  private static void cloth(List<Solid> solids, Random random) {
    Texture pattern = Texture.checker(pick(random, 0xa8433b, 0x3d5f86, 0x5d7a4f), 0xe8e1d2, 0.035);
    solids.add(
        Solid.matt(
            Shape.standing(
                new Vector(0.03, 0, 0.05), 0.62, 0.003, 0.42, between(random, -0.3, 0.3)),
            pattern));
  }

  private static void bottle(List<Solid> solids, Vector foot, Random random) {
    Texture glass = Texture.plain(pick(random, 0x2c4a33, 0x47311f, 0x29414f));
    solids.add(Solid.glossy(Shape.cylinder(foot, 0.04, 0.19), glass));
    Vector shoulder = foot.plus(new Vector(0, 0.19, 0));
    solids.add(Solid.glossy(new Shape.Frustum(shoulder, 0.04, 0.014, 0.055), glass));
    Vector neck = shoulder.plus(new Vector(0, 0.055, 0));
    solids.add(Solid.glossy(Shape.cylinder(neck, 0.014, 0.06), glass));
    solids.add(
        Solid.matt(
            Shape.cylinder(neck.plus(new Vector(0, 0.06, 0)), 0.013, 0.02),
            Texture.plain(0xc9a87c)));
    solids.add(
        Solid.matt(
            Shape.cylinder(foot.plus(new Vector(0, 0.05, 0)), 0.0405, 0.09),
            Texture.bands(0xe9e0c8, pick(random, 0x8c2f2a, 0xc09a3e), 0.03)));
  }

  private static void bowl(List<Solid> solids, Vector foot, Random random) {
    Texture glaze = Texture.mottled(pick(random, 0x3d6a86, 0xded6c5, 0x8a4a3a), 0.06, 0.15);
    solids.add(Solid.glossy(Shape.cylinder(foot, 0.05, 0.015), glaze));
    Vector belly = foot.plus(new Vector(0, 0.015, 0));
    solids.add(Solid.glossy(new Shape.Frustum(belly, 0.06, 0.13, 0.06), glaze));
    for (int i = 0; i < 6; i++) {
      boolean last = i == 5;
      double angle = 2 * Math.PI * i / 5 + between(random, -0.1, 0.1);
      double away = last ? 0 : 0.072;
      double radius = between(random, 0.035, 0.04);
      Vector at =
          belly.plus(
              new Vector(away * Math.cos(angle), (last ? 0.125 : 0.078), away * Math.sin(angle)));
      solids.add(fruit(at, radius, random));
    }
  }

  private static Solid fruit(Vector centre, double radius, Random random) {
    int colour = pick(random, 0xe08a1e, 0xc23b2a, 0x9cab3a, 0xe3b23c, 0xd96c24);
    return new Solid(
        new Shape.Ellipsoid(centre, new Vector(radius, radius * between(random, 0.9, 1), radius)),
        Texture.mottled(colour, 0.025, 0.22),
        0.3,
        0);
  }

  private static void books(List<Solid> solids, Vector foot, Random random) {
    double height = 0;
    for (int i = 0; i < 3; i++) {
      double thickness = between(random, 0.025, 0.045);
      double yaw = between(random, -0.5, 0.3);
      Vector at = foot.plus(new Vector(0, height, 0));
      double width = between(random, 0.22, 0.27);
      double depth = between(random, 0.15, 0.18);
      Texture cover =
          Texture.mottled(pick(random, 0x2f4d70, 0x7c2d2a, 0xc6a35b, 0x3f5b45), 0.02, 0.12);
      Texture pages = Texture.bands(0xe9e2d0, 0xd2c9b4, 0.003);
      solids.add(Solid.matt(Shape.standing(at, width, thickness, depth, yaw), cover));
      // The block of pages shows as a strip that stands out from the cover by a hair.
      solids.add(
          Solid.matt(
              Shape.standing(
                  at.plus(new Vector(0, 0.004, 0)),
                  width + 0.002,
                  thickness - 0.008,
                  depth - 0.008,
                  yaw),
              pages));
      height += thickness;
    }
    solids.add(fruit(foot.plus(new Vector(0, height + 0.036, 0)), 0.036, random));
  }

  private static void cup(List<Solid> solids, Vector foot, Random random) {
    Texture china = Texture.bands(0xf1ede4, pick(random, 0x39608c, 0xa63f35, 0x4f7a5c), 0.055);
    solids.add(Solid.glossy(Shape.cylinder(foot, 0.07, 0.008), Texture.plain(0xf1ede4)));
    Vector cup = foot.plus(new Vector(0, 0.008, 0));
    solids.add(Solid.glossy(new Shape.Frustum(cup, 0.028, 0.042, 0.075), china));
    solids.add(
        Solid.glossy(
            Shape.cylinder(cup.plus(new Vector(0, 0.0745, 0)), 0.038, 0.001),
            Texture.plain(0x3a2114)));
  }

  private static void loose(List<Solid> solids, Random random) {
    for (int i = 0; i < 3; i++) {
      double radius = between(random, 0.033, 0.039);
      Vector at =
          new Vector(
              0.1 + 0.12 * i + between(random, -0.03, 0.03),
              radius * 0.95,
              -0.12 + 0.05 * i + between(random, -0.05, 0.04));
      solids.add(fruit(at, radius, random));
    }
  }
}
