package dev.deltadepth.scenes;

import static dev.deltadepth.scenes.Furniture.between;
import static dev.deltadepth.scenes.Furniture.pick;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Roads seen from a pavement or a car: the road runs along z, its middle is x = 0. */
final class Streets {
  private static final double ROAD = 3.6;
  private static final double PAVEMENT = 2.4;
  private static final int[] WALLS = {0xb98f74, 0xcbbd9f, 0xa9a49a, 0xc79f7d, 0x9d6a55, 0xd8d0bd};

  private Streets() {}

  static Scene build(Random random) {
    List<Solid> solids = new ArrayList<>();
    solids.add(
        Solid.matt(
            new Shape.Plane(Vector.ZERO, Vector.UP), ground(Texture.mottled(0x6f7f45, 0.7, 0.5))));
    for (int side = -1; side <= 1; side += 2) {
      double middle = side * (ROAD + PAVEMENT / 2);
      solids.add(
          Solid.matt(
              Shape.standing(new Vector(middle, 0, 150), PAVEMENT, 0.13, 320, 0),
              Texture.bricks(0xa39d92, 0x7f7a70, 0.6)));
      houses(solids, side, random);
      trees(solids, side, random);
      lamps(solids, side, random);
    }
    cars(solids, random);
    people(solids, random);

    double east = (random.nextBoolean() ? 1 : -1) * between(random, 0.15, 0.6);
    Light sun =
        Light.sun(
            new Vector(east, between(random, 0.75, 1.3), between(random, -0.9, 0.1)),
            new Vector(1.5, 1.38, 1.15));
    Air air =
        new Air(
            new Vector(0.42, 0.48, 0.58),
            new Vector(0.26, 0.25, 0.22),
            2.5,
            new Vector(0.13, 0.29, 0.62),
            new Vector(0.66, 0.74, 0.82),
            between(random, 0.3, 0.8),
            between(random, 160, 320));
    Camera camera =
        Camera.at(
            new Vector(between(random, -2.2, 2.2), between(random, 1.5, 1.8), -4),
            new Vector(between(random, -1.5, 1.5), between(random, 1.3, 2.2), 22),
            between(random, 42, 50));
    return new Scene(camera, solids, List.of(sun), air);
  }

  /** Asphalt with markings in the middle, and the given texture beside it. */
  private static Texture ground(Texture meadow) {
    Texture asphalt = Texture.mottled(0x77777a, 0.35, 0.25);
    Texture fine = Texture.mottled(0xffffff, 0.02, 0.25);
    Vector paint = Vector.colour(0xd8d8d0);
    return (p, n) -> {
      double x = Math.abs(p.x());
      if (x > ROAD) {
        return meadow.at(p, n);
      }
      boolean dashes = x < 0.07 && Math.floorMod((int) Math.floor(p.z() / 2), 3) == 0;
      boolean edge = x > ROAD - 0.3 && x < ROAD - 0.18;
      Vector wear = fine.at(p, n);
      return dashes || edge ? paint.times(wear) : asphalt.at(p, n).times(wear);
    };
  }

  private static void houses(List<Solid> solids, int side, Random random) {
    double z = between(random, 2, 8);
    int number = 0;
    while (z < 130) {
      double length = between(random, 8, 14);
      double storey = between(random, 2.9, 3.3);
      double height = storey * (2 + random.nextInt(3)) + 0.5;
      double front = ROAD + PAVEMENT + between(random, 0.2, 2.5);
      double across = 10;
      int colour = pick(random, WALLS);
      Texture wall =
          random.nextBoolean()
              ? Texture.bricks(colour, 0xbab2a4, 0.42)
              : Texture.mottled(colour, 0.8, 0.12);
      Vector foot = new Vector(side * (front + across / 2), 0, z + length / 2);
      // A facade counts storeys from the box's middle: move it so that they start at the ground.
      Texture facade = Texture.facade(wall, storey, number);
      double lift = height / 2;
      Texture grounded = (p, n) -> facade.at(new Vector(p.x(), p.y() + lift, p.z()), n);
      solids.add(Solid.matt(Shape.standing(foot, across, height, length, 0), grounded));
      solids.add(
          Solid.matt(
              Shape.standing(
                  foot.plus(new Vector(0, height, 0)), across + 0.5, 0.3, length + 0.2, 0),
              Texture.plain(pick(random, 0x6b4a3c, 0x55565a, 0x8a7f70))));
      if (random.nextBoolean()) {
        Vector chimney = foot.plus(new Vector(-side * 2.5, height, between(random, -2, 2)));
        solids.add(
            Solid.matt(
                Shape.standing(chimney, 0.7, 1.6, 0.7, 0),
                Texture.bricks(0x8d5442, 0xbab2a4, 0.25)));
      }
      z += length + (random.nextInt(3) == 0 ? between(random, 3, 9) : 0.0);
      number++;
    }
  }

  private static void trees(List<Solid> solids, int side, Random random) {
    double z = between(random, 5, 10);
    while (z < 75) {
      Vector foot = new Vector(side * (ROAD + PAVEMENT - 0.5), 0.1, z);
      solids.addAll(Furniture.tree(foot, between(random, 4.5, 6.5), random));
      z += between(random, 9, 18);
    }
  }

  private static void lamps(List<Solid> solids, int side, Random random) {
    Texture steel = Texture.plain(0x50555a);
    for (double z = between(random, 7, 14); z < 70; z += 22) {
      Vector foot = new Vector(side * (ROAD + 0.35), 0.13, z);
      solids.add(Solid.matt(new Shape.Frustum(foot, 0.07, 0.045, 5.2), steel));
      Vector head = foot.plus(new Vector(-side * 0.45, 5.2, 0));
      solids.add(Solid.matt(Shape.standing(head, 1.1, 0.09, 0.2, 0), steel));
    }
  }

  private static void cars(List<Solid> solids, Random random) {
    for (int side = -1; side <= 1; side += 2) {
      double z = between(random, 5, 9);
      int parked = 2 + random.nextInt(3);
      for (int i = 0; i < parked; i++) {
        solids.addAll(Furniture.car(new Vector(side * (ROAD - 1.15), 0, z), random));
        z += between(random, 6, 14);
      }
    }
    solids.addAll(
        Furniture.car(new Vector(between(random, -0.6, 0.9), 0, between(random, 26, 40)), random));
  }

  private static void people(List<Solid> solids, Random random) {
    int count = 2 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      double side = random.nextBoolean() ? 1 : -1;
      double x = side * between(random, ROAD + 0.7, ROAD + PAVEMENT - 0.9);
      double z = 4.5 + 5 * i + between(random, 0, 4);
      solids.addAll(
          Furniture.person(new Vector(x, 0.13, z), random.nextBoolean() ? 0 : Math.PI, random));
    }
  }
}
