package dev.deltadepth.scenes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A random synthetic place: objects, light and a camera. The same kind and seed give the same scene
 * on every machine.
 */
public final class Scene {

  /** Kinds of scenes. */
  public enum Kind {
    /** A furnished room with everyday objects, 1 to 7 metres deep. */
    ROOM,
    /** A kitchen, bedroom, office or hall, from a hand-held camera anywhere in it. */
    INTERIOR,
    /** A road between houses and trees under the sky. */
    STREET,
    /** Fruit and crockery on a table, from nearby. */
    STILL_LIFE,
    /** A bare wall above a floor, seen head-on: a flat surface to paint on. */
    WALL;

    /** The kind's name as written in commands: {@code still-life}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Camera camera;
  private final List<Solid> solids;
  private final List<Light> lights;
  private final Air air;

  Scene(Camera camera, List<Solid> solids, List<Light> lights, Air air) {
    this.camera = camera;
    this.solids = List.copyOf(solids);
    this.lights = List.copyOf(lights);
    this.air = air;
  }

  /** The scene of a kind and a seed. */
  public static Scene of(Kind kind, long seed) {
    Random random = new Random(seed);
    return switch (kind) {
      case ROOM -> Rooms.build(random);
      case INTERIOR -> Interiors.build(random);
      case STREET -> Streets.build(random);
      case STILL_LIFE -> StillLifes.build(random);
      case WALL -> Rooms.wall(random);
    };
  }

  /**
   * The scene of a seed. Of ten consecutive seeds, seven are interiors, the most varied kind, two
   * are walls, and one is by turns a room, a street and a still life.
   */
  public static Scene random(long seed) {
    Kind kind =
        switch (Math.floorMod(seed, 10)) {
          case 5, 6 -> Kind.WALL;
          case 9 ->
              switch (Math.floorMod(Math.floorDiv(seed, 10), 3)) {
                case 0 -> Kind.ROOM;
                case 1 -> Kind.STREET;
                default -> Kind.STILL_LIFE;
              };
          default -> Kind.INTERIOR;
        };
    return of(kind, seed);
  }

  /**
   * The scene with a ragged stain of another colour on the flat surface at a place in the picture.
   * Nothing moves: the depth stays exactly the same.
   *
   * @param x the place's column relative to the picture's width, 0..1
   * @param y the place's row relative to the picture's height, 0..1
   * @param aspect the picture's width divided by its height
   * @param radius the stain's radius in metres
   * @param rgb its colour, {@code 0xRRGGBB}
   * @throws IllegalArgumentException if there is no flat surface at that place
   */
  public Scene stained(double x, double y, double aspect, double radius, int rgb) {
    int height = 10_000;
    int width = (int) Math.round(height * aspect);
    Vector direction = camera.direction(x * width, y * height, width, height);
    RayCaster.Hit hit = new RayCaster(solids).nearest(camera.position(), direction);
    if (hit.index() < 0 || !solids.get(hit.index()).flat()) {
      throw new IllegalArgumentException("there is no flat surface to paint on at " + x + ", " + y);
    }
    Solid solid = solids.get(hit.index());
    Vector centre = solid.shape().local(camera.position().plus(direction.times(hit.distance())));
    List<Solid> painted = new ArrayList<>(solids);
    painted.set(hit.index(), solid.with(Texture.stained(solid.texture(), centre, radius, rgb)));
    return new Scene(camera, painted, lights, air);
  }

  Camera camera() {
    return camera;
  }

  List<Solid> solids() {
    return solids;
  }

  List<Light> lights() {
    return lights;
  }

  Air air() {
    return air;
  }
}
