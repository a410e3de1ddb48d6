package dev.deltadepth.scenes;

import static dev.deltadepth.scenes.Furniture.anyHue;
import static dev.deltadepth.scenes.Furniture.between;
import static dev.deltadepth.scenes.Furniture.pick;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Kitchens, bedrooms, offices and halls as a hand-held camera sees them: from anywhere, tilted,
 * often so close that little of the room is in the picture. The room's middle is x = 0, z = 0.
 */
final class Interiors {

  /** The minimum distance of what is in the picture, in metres. */
  private static final double CLEARANCE = 0.35;

  /** The minimum number of objects in the picture; each face of the room is one. */
  private static final int FEWEST_THINGS = 5;

  private Interiors() {}

  static Scene build(Random random) {
    double width = between(random, 2.4, 6);
    double depth = between(random, 2.8, 8);
    double height = between(random, 2.3, 3.2);
    List<Solid> solids = new ArrayList<>();
    surfaces(solids, width, depth, height, random);
    for (int side = 0; side < 4; side++) {
      double run = side % 2 == 0 ? width : depth;
      double away = (side % 2 == 0 ? depth : width) / 2;
      alongWall(solids, side * Math.PI / 2, away, run, height, random);
    }
    middle(solids, width, depth, random);
    List<Light> lights = new ArrayList<>();
    int lamps = 1 + random.nextInt(3);
    for (int i = 0; i < lamps; i++) {
      Vector warmth = new Vector(1.1, 1, 0.9).mix(new Vector(0.9, 1, 1.1), random.nextDouble());
      lights.add(
          new Light(
              new Vector(
                  between(random, -0.4, 0.4) * width,
                  height - between(random, 0.1, 0.9),
                  between(random, -0.4, 0.4) * depth),
              between(random, 0.05, 0.4),
              warmth.times(between(random, 0.8, 1.5) / Math.sqrt(lamps)),
              between(random, 1.5, 4)));
    }
    Camera camera = camera(solids, width, depth, random);
    return new Scene(camera, solids, lights, Air.indoors(between(random, 0.25, 0.5)));
  }

  /** A hand-held camera, turned and tilted at random. */
  private static Camera camera(List<Solid> solids, double width, double depth, Random random) {
    RayCaster caster = new RayCaster(solids);
    double fieldOfView = between(random, 38, 66);
    for (int tries = 0; ; tries++) {
      Vector eye =
          new Vector(
              between(random, -0.45, 0.45) * width,
              between(random, 0.8, 1.8),
              between(random, -0.45, 0.45) * depth);
      double yaw = between(random, -Math.PI, Math.PI);
      double tilt = Math.toRadians(between(random, -38, 8));
      Vector forward = new Vector(0, Math.tan(tilt), 1).turned(Math.cos(yaw), Math.sin(yaw));
      Camera camera =
          Camera.at(eye, eye.plus(forward), fieldOfView)
              .rolled(Math.toRadians(6 * random.nextGaussian() / 2));
      if (tries == 100 || worthwhile(caster, camera)) {
        return camera;
      }
    }
  }

  /** Whether nothing touches the lens and there is more to see than a bare wall. */
  private static boolean worthwhile(RayCaster caster, Camera camera) {
    int width = 12;
    int height = 9;
    Set<Integer> seen = new HashSet<>();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        Vector direction = camera.direction(x + 0.5, y + 0.5, width, height);
        RayCaster.Hit hit = caster.nearest(camera.position(), direction);
        if (hit.distance() < CLEARANCE) {
          return false;
        }
        seen.add(hit.index());
      }
    }
    return seen.size() >= FEWEST_THINGS;
  }

  /** A random wall colour: mostly pale, sometimes strong. */
  private static int paint(Random random) {
    boolean strong = random.nextInt(4) == 0;
    double saturation = strong ? between(random, 0.2, 0.7) : between(random, 0, 0.15);
    return anyHue(random, saturation, between(random, 0.45, 0.95));
  }

  private static int anyColour(Random random) {
    double saturation = Math.pow(random.nextDouble(), 1.5);
    return anyHue(random, saturation, between(random, 0.15, 0.95));
  }

  private static void surfaces(
      List<Solid> solids, double width, double depth, double height, Random random) {
    Texture floor =
        switch (random.nextInt(5)) {
          case 0 -> Texture.wood(0xc9a271, 0x94683e, between(random, 0.08, 0.2));
          case 1 -> Texture.wood(0x8a6242, 0x553821, between(random, 0.08, 0.2));
          case 2 -> Texture.checker(paint(random), paint(random), between(random, 0.15, 0.5));
          case 3 -> Texture.mottled(anyColour(random), between(random, 0.02, 0.3), 0.4);
          default -> Texture.mottled(paint(random), 0.8, 0.15);
        };
    double gloss = random.nextInt(3) == 0 ? 0.3 : 0;
    solids.add(new Solid(new Shape.Plane(Vector.ZERO, Vector.UP), floor, gloss, 0));
    Vector down = Vector.UP.times(-1);
    solids.add(
        Solid.matt(
            new Shape.Plane(new Vector(0, height, 0), down), Texture.mottled(0xeeece6, 1, 0.04)));
    int common = paint(random);
    for (int side = 0; side < 4; side++) {
      double yaw = side * Math.PI / 2;
      double away = (side % 2 == 0 ? depth : width) / 2;
      int colour = random.nextInt(4) == 0 ? paint(random) : common;
      Texture wall =
          switch (random.nextInt(8)) {
            case 0 -> Texture.bricks(colour, 0xb5aca0, between(random, 0.15, 0.3));
            case 1 -> Texture.checker(colour, paint(random), between(random, 0.08, 0.25));
            case 2 -> Texture.plain(colour);
            default ->
                Texture.mottled(colour, between(random, 0.3, 2), between(random, 0.02, 0.15));
          };
      Vector inwards = new Vector(0, 0, -1).turned(Math.cos(yaw), Math.sin(yaw));
      solids.add(Solid.matt(new Shape.Plane(inwards.times(-away), inwards), wall));
      if (random.nextBoolean()) {
        Vector foot = inwards.times(-away);
        double run = side % 2 == 0 ? width : depth;
        solids.add(
            Solid.matt(Shape.standing(foot, run, 0.08, 0.03, yaw), Texture.plain(paint(random))));
      }
    }
  }

  /** Furniture side by side along a wall, a kitchen or a room's. */
  private static void alongWall(
      List<Solid> solids, double yaw, double away, double run, double height, Random random) {
    int kind = random.nextInt(5);
    if (kind == 0) {
      openings(solids, yaw, away, run, random);
      return;
    }
    boolean kitchen = kind < 3;
    Cabinets.Style style = Cabinets.Style.random(random);
    double at = -run / 2 + between(random, 0, 0.5);
    while (true) {
      double width = kitchen ? 0.3 * (1 + random.nextInt(4)) : between(random, 0.5, 2);
      if (at + width > run / 2) {
        break;
      }
      Furniture.Spot wall = new Furniture.Spot(Vector.ZERO, yaw).at(at + width / 2, 0, away);
      if (kitchen) {
        solids.addAll(Cabinets.kitchen(wall, width, height, style, random));
        at += width + (random.nextInt(8) == 0 ? between(random, 0.3, 1) : 0);
      } else {
        solids.addAll(Cabinets.standing(wall, width, height, style, random));
        at += width + between(random, 0, 0.8);
      }
    }
  }

  /** A wall with windows, doors and pictures, and nothing in front of it. */
  private static void openings(
      List<Solid> solids, double yaw, double away, double run, Random random) {
    double at = -run / 2 + between(random, 0.2, 0.8);
    while (true) {
      double width = between(random, 0.4, 1.6);
      if (at + width > run / 2) {
        break;
      }
      Furniture.Spot wall = new Furniture.Spot(Vector.ZERO, yaw).at(at + width / 2, 0, away);
      solids.addAll(Cabinets.opening(wall, width, random));
      at += width + between(random, 0.2, 1.2);
    }
  }

  private static void middle(List<Solid> solids, double width, double depth, Random random) {
    int things = 1 + random.nextInt(4);
    for (int i = 0; i < things; i++) {
      Vector foot =
          new Vector(between(random, -0.3, 0.3) * width, 0, between(random, -0.3, 0.3) * depth);
      double yaw = between(random, -Math.PI, Math.PI);
      switch (random.nextInt(6)) {
        case 0, 1 -> {
          double across = between(random, 0.7, 1.6);
          double along = between(random, 0.6, 0.9);
          solids.addAll(Furniture.table(foot, across, along, yaw, random));
          Furniture.Spot top = new Furniture.Spot(foot, yaw).at(0, 0.74, 0);
          solids.addAll(Clutter.on(top, across, along, random));
          Furniture.Spot side = new Furniture.Spot(foot, yaw).at(0, 0, -along / 2 - 0.1);
          solids.addAll(Furniture.chair(side.foot(), yaw + Math.PI, random));
        }
        case 2 -> solids.addAll(Furniture.chair(foot, yaw, random));
        case 3 -> solids.addAll(Furniture.person(foot, yaw, random));
        case 4 -> solids.addAll(Furniture.plant(foot, between(random, 0.5, 1.4), random));
        default -> solids.addAll(Clutter.on(new Furniture.Spot(foot, yaw), 1.2, 1.2, random));
      }
    }
    if (random.nextInt(3) == 0) {
      Texture rug =
          Texture.checker(
              pick(random, 0x8c3b34, 0x3b566e, 0x6d7053),
              anyColour(random),
              between(random, 0.05, 0.4));
      solids.add(
          Solid.matt(
              Shape.standing(
                  Vector.ZERO, 0.5 * width, 0.012, 0.5 * depth, between(random, -0.3, 0.3)),
              rug));
    }
  }
}
