package dev.deltadepth.scenes;

import static dev.deltadepth.scenes.Furniture.between;

import dev.deltadepth.core.steady.Motion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A clip of a random scene in which one thing moves, at 30 frames a second: a person or a ball
 * crosses the view from side to side and back. The same kind, seed and path give the same clip on
 * every machine, with exact depth and exact motion.
 */
public final class SceneClip {

  /** Paths of the camera. */
  public enum Path {
    /** It stands on a tripod. */
    STILL,
    /** A hand holds it: it sways by centimetres and turns by a degree or two. */
    HAND_HELD,
    /** It sways, and moves ahead and aside and back again, turning slowly. */
    WALKING
  }

  private static final double RATE = 30;

  /** The time in seconds after which the moving thing and the camera are back. */
  private static final double PERIOD = 5;

  private final Scene scene;
  private final Path path;

  /** The first solid that moves; those before it stand still. */
  private final int moving;

  private final Vector stride;
  private final double bounce;
  private final double phase;
  private final double[] sway = new double[8];
  private final double reach;

  private SceneClip(Scene scene, Path path, Random random) {
    this.path = path;
    Camera camera = scene.camera();
    double[] depths = depths(scene);
    double middle = depths[depths.length / 2];
    double away = Math.min(Math.max(0.6 * middle, 0.25), 4);
    reach = Math.min(0.5, Math.min(0.35 * depths[depths.length / 50], 0.4 * room(scene)));
    phase = between(random, 0, 2 * Math.PI);
    for (int i = 0; i < sway.length; i++) {
      sway[i] = between(random, 0, 2 * Math.PI);
    }
    // Half of the picture's width at that distance, for a picture of 4:3.
    double half = away * 0.5 / camera.focal() * 4 / 3;
    List<Solid> solids = new ArrayList<>(scene.solids());
    moving = solids.size();
    if (away > 1.3 && random.nextInt(3) > 0) {
      Vector ahead = new Vector(camera.forward().x(), 0, camera.forward().z()).unit();
      Vector foot = camera.position().plus(ahead.times(away));
      double yaw = between(random, -1, 1);
      solids.addAll(Furniture.person(new Vector(foot.x(), 0, foot.z()), yaw, random));
      bounce = 0.02;
    } else {
      Vector spot = camera.position().plus(camera.forward().times(away));
      double radius = away * between(random, 0.08, 0.16);
      int colour = Furniture.anyHue(random, 0.6, between(random, 0.4, 0.9));
      Texture cover =
          random.nextBoolean()
              ? Texture.bands(colour, 0xe8e2d2, 0.5 * radius)
              : Texture.mottled(colour, 0.6 * radius, 0.6);
      solids.add(Solid.matt(Shape.ball(spot, radius), cover));
      bounce = 0.15 * half;
    }
    stride = new Vector(camera.right().x(), 0, camera.right().z()).unit().times(0.8 * half);
    this.scene = new Scene(camera, solids, scene.lights(), scene.air());
  }

  /** The clip of a kind of scene, a seed and a path. */
  public static SceneClip of(Scene.Kind kind, long seed, Path path) {
    return new SceneClip(Scene.of(kind, seed), path, new Random(seed ^ 0x5ca1ab1e));
  }

  /** The scene as it is in a frame, 0 the first. */
  public Scene scene(int frame) {
    Vector by = thing(frame);
    List<Solid> solids = new ArrayList<>(scene.solids());
    for (int i = moving; i < solids.size(); i++) {
      solids.set(i, solids.get(i).moved(by));
    }
    return new Scene(camera(frame), solids, scene.lights(), scene.air());
  }

  /**
   * Draws a frame, 0 the first.
   *
   * @throws IllegalArgumentException if the number is below 0
   */
  public ClipFrame frame(SceneRenderer renderer, int frame) {
    if (frame < 0) {
      throw new IllegalArgumentException("a frame's number must be at least 0, not " + frame);
    }
    Scene now = scene(frame);
    RayCaster caster = new RayCaster(now.solids());
    return new ClipFrame(
        renderer.render(now, caster, frame),
        motion(frame, now, caster, renderer.width(), renderer.height()));
  }

  private Motion motion(int frame, Scene now, RayCaster caster, int width, int height) {
    float[] right = new float[width * height];
    float[] down = new float[width * height];
    Scene before = scene(frame - 1);
    RayCaster earlier = new RayCaster(before.solids());
    Vector step = thing(frame - 1).minus(thing(frame));
    for (int i = 0; i < right.length; i++) {
      right[i] = down[i] = Float.NaN;
      int row = i / width;
      double x = i % width + 0.5;
      double y = row + 0.5;
      Vector direction = now.camera().direction(x, y, width, height);
      RayCaster.Hit hit = caster.nearest(now.camera().position(), direction);
      if (frame == 0 || hit.index() < 0) {
        continue;
      }
      Vector point = now.camera().position().plus(direction.times(hit.distance()));
      Vector was =
          before.camera().project(hit.index() < moving ? point : point.plus(step), width, height);
      boolean inside =
          was.z() > 0 && was.x() >= 0 && was.x() <= width && was.y() >= 0 && was.y() <= height;
      if (inside && seen(before.camera(), earlier, was, hit.index(), width, height)) {
        right[i] = (float) (was.x() - x);
        down[i] = (float) (was.y() - y);
      }
    }
    return new Motion(width, height, right, down);
  }

  /** Whether the ray to a projected point ends there and not on something before it. */
  private static boolean seen(
      Camera camera, RayCaster caster, Vector projected, int index, int width, int height) {
    Vector direction = camera.direction(projected.x(), projected.y(), width, height);
    RayCaster.Hit hit = caster.nearest(camera.position(), direction);
    return hit.index() == index && Math.abs(hit.distance() - projected.z()) < 1e-6 * projected.z();
  }

  /** How far the moving thing is from the middle of its way. */
  private Vector thing(int frame) {
    double angle = phase + 2 * Math.PI * frame / (RATE * PERIOD);
    return stride
        .times(Math.sin(angle))
        .plus(Vector.UP.times(bounce * Math.abs(Math.sin(4 * angle))));
  }

  private Camera camera(int frame) {
    if (path == Path.STILL) {
      return scene.camera();
    }
    double time = frame / RATE;
    double small = Math.min(0.02, 0.05 * reach);
    Vector along =
        new Vector(
            small * wave(0, 0.5, time), small * wave(1, 0.9, time), small * wave(2, 0.4, time));
    double rightwards = 0.012 * wave(3, 0.35, time) + 0.003 * wave(4, 1.7, time);
    double upwards = 0.008 * wave(5, 0.45, time) + 0.003 * wave(6, 2.1, time);
    if (path == Path.WALKING) {
      double way = Math.sin(2 * Math.PI * time / PERIOD);
      double aside = Math.cos(sway[7]);
      along = along.plus(new Vector(reach * aside, 0, reach * Math.sin(sway[7])).times(way));
      rightwards += 0.12 * way;
    }
    return scene.camera().moved(along, rightwards, upwards);
  }

  private double wave(int which, double hertz, double time) {
    return Math.sin(sway[which] + 2 * Math.PI * hertz * time);
  }

  /** The distance in metres of what is nearest to the camera, whatever the direction. */
  private static double room(Scene scene) {
    RayCaster caster = new RayCaster(scene.solids());
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 400; i++) {
      // Points of a spiral over the sphere, turned by the golden angle.
      double height = (i + 0.5) / 200 - 1;
      double wide = Math.sqrt(1 - height * height);
      Vector direction = new Vector(wide * Math.cos(2.4 * i), height, wide * Math.sin(2.4 * i));
      nearest = Math.min(nearest, caster.nearest(scene.camera().position(), direction).distance());
    }
    return nearest;
  }

  /** The depths over the picture in metres, sorted. */
  private static double[] depths(Scene scene) {
    RayCaster caster = new RayCaster(scene.solids());
    int width = 16;
    int height = 12;
    double[] depths = new double[width * height];
    for (int i = 0; i < depths.length; i++) {
      int row = i / width;
      Vector direction = scene.camera().direction(i % width + 0.5, row + 0.5, width, height);
      depths[i] = caster.nearest(scene.camera().position(), direction).distance();
    }
    Arrays.sort(depths);
    return depths;
  }
}
