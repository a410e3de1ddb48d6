package dev.deltadepth.scenes;

import static dev.deltadepth.scenes.Furniture.anyHue;
import static dev.deltadepth.scenes.Furniture.between;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small objects: cartons, books, tins, bottles, bowls, mugs, fruit. */
final class Clutter {

  private Clutter() {}

  /** Objects around a spot on a level surface of the given sides. */
  static List<Solid> on(Furniture.Spot surface, double width, double depth, Random random) {
    List<Solid> solids = new ArrayList<>();
    int count = random.nextInt(2 + (int) (8 * width * depth + 4 * width));
    for (int i = 0; i < count; i++) {
      Furniture.Spot spot =
          surface.at(between(random, -0.45, 0.45) * width, 0, between(random, -0.4, 0.4) * depth);
      thing(solids, spot, random);
    }
    return solids;
  }

  private static void thing(List<Solid> solids, Furniture.Spot spot, Random random) {
    Vector foot = spot.foot();
    Texture cover = cover(random);
    double shine = random.nextInt(3) == 0 ? 0.5 : 0;
    double size = between(random, 0.03, 0.09);
    switch (random.nextInt(7)) {
      case 0, 1 -> {
        double yaw = spot.yaw() + between(random, -0.6, 0.6);
        double wide = between(random, 0.06, 0.32);
        double tall = between(random, 0.04, 0.35);
        Shape carton = Shape.standing(foot, wide, tall, between(random, 0.05, 0.3), yaw);
        solids.add(new Solid(carton, cover, shine, 0));
      }
      case 2 -> solids.add(new Solid(Shape.cylinder(foot, size, 2.6 * size), cover, shine, 0));
      case 3 -> {
        solids.add(Solid.glossy(Shape.cylinder(foot, 0.6 * size, 2.4 * size), cover));
        Vector shoulder = foot.plus(new Vector(0, 2.4 * size, 0));
        solids.add(
            Solid.glossy(new Shape.Frustum(shoulder, 0.6 * size, 0.2 * size, 0.7 * size), cover));
        Vector neck = shoulder.plus(new Vector(0, 0.7 * size, 0));
        solids.add(Solid.glossy(Shape.cylinder(neck, 0.2 * size, size), cover));
      }
      case 4 ->
          solids.add(new Solid(new Shape.Frustum(foot, size, 2 * size, size), cover, shine, 0));
      case 5 ->
          solids.add(
              new Solid(new Shape.Frustum(foot, size, 0.7 * size, 1.4 * size), cover, shine, 0));
      default ->
          solids.add(
              new Solid(
                  Shape.ball(foot.plus(new Vector(0, 0.6 * size, 0)), 0.6 * size), cover, 0.2, 0));
    }
  }

  private static Texture cover(Random random) {
    int first = colour(random);
    return switch (random.nextInt(5)) {
      case 0 -> Texture.plain(first);
      case 1 -> Texture.bands(first, colour(random), between(random, 0.01, 0.1));
      case 2 -> Texture.checker(first, colour(random), between(random, 0.01, 0.08));
      default -> Texture.mottled(first, between(random, 0.01, 0.2), between(random, 0.1, 0.8));
    };
  }

  private static int colour(Random random) {
    return anyHue(random, random.nextDouble(), between(random, 0.1, 0.98));
  }
}
