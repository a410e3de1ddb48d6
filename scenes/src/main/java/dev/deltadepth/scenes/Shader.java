package dev.deltadepth.scenes;

/** The light that comes back along a ray. */
final class Shader {
  /** How far a ray starts above the surface it leaves, in metres. */
  private static final double CLEARANCE = 1e-4;

  /** How sharp highlights are (Blinn's exponent). */
  private static final double SHARPNESS = 60;

  private final Scene scene;
  private final RayCaster caster;

  Shader(Scene scene, RayCaster caster) {
    this.scene = scene;
    this.caster = caster;
  }

  /**
   * The linear colour seen along a ray.
   *
   * @param a a number in [0, 1) that picks a point of the lights and a direction of the air
   * @param b another one
   */
  Vector light(Vector origin, Vector direction, double a, double b) {
    RayCaster.Hit hit = caster.nearest(origin, direction);
    if (hit.index() < 0) {
      return scene.air().sky(direction.unit());
    }
    Solid solid = scene.solids().get(hit.index());
    Shape shape = solid.shape();
    Vector point = origin.plus(direction.times(hit.distance()));
    Vector normal = shape.normal(point);
    Vector albedo = solid.texture().at(shape.local(point), shape.localDirection(normal));
    if (solid.glow() > 0) {
      return albedo.times(solid.glow());
    }
    Vector start = point.plus(normal.times(CLEARANCE));
    Vector view = direction.times(-1).unit();
    Vector diffuse = scene.air().ambient(normal).times(openness(start, normal, a, b));
    Vector highlight = Vector.ZERO;
    for (Light light : scene.lights()) {
      Vector towards = light.position().plus(ball(a, b).times(light.radius())).minus(start);
      double facing = towards.dot(normal);
      if (facing <= 0 || caster.blocked(start, towards, 1)) {
        continue;
      }
      double distance = towards.length();
      Vector arriving = light.colour().times(light.strength(distance));
      diffuse = diffuse.plus(arriving.times(facing / distance));
      double mirror = Math.max(towards.times(1 / distance).plus(view).unit().dot(normal), 0);
      highlight = highlight.plus(arriving.times(solid.shine() * Math.pow(mirror, SHARPNESS)));
    }
    double metres = hit.distance() * direction.length();
    return scene.air().through(albedo.times(diffuse).plus(highlight), metres);
  }

  /** 1 where the air's light arrives along a direction picked by the cosine, less in a corner. */
  private double openness(Vector start, Vector normal, double a, double b) {
    double angle = 2 * Math.PI * a;
    double away = Math.sqrt(b);
    Vector side =
        Math.abs(normal.y()) < 0.9
            ? Vector.UP.cross(normal).unit()
            : new Vector(1, 0, 0).cross(normal).unit();
    Vector direction =
        side.times(away * Math.cos(angle))
            .plus(normal.cross(side).times(away * Math.sin(angle)))
            .plus(normal.times(Math.sqrt(1 - b)));
    return caster.blocked(start, direction, scene.air().cornerReach()) ? 0.25 : 1;
  }

  /** A point of the unit sphere. */
  private static Vector ball(double a, double b) {
    double height = 2 * a - 1;
    double around = Math.sqrt(1 - height * height);
    return new Vector(
        around * Math.cos(2 * Math.PI * b), height, around * Math.sin(2 * Math.PI * b));
  }
}
