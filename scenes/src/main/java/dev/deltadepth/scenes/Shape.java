package dev.deltadepth.scenes;

/**
 * A surface that rays meet. Rays are {@code origin + t * direction} and their directions need not
 * have length one: a primary ray advances one metre along the optical axis as t grows by one, which
 * makes its t the depth itself.
 */
sealed interface Shape {

  /** What {@link #hit} returns when the ray misses. */
  double MISS = Double.POSITIVE_INFINITY;

  /** Crossings nearer than this are the surface that the ray starts on. */
  double NEAREST = 1e-6;

  /** The smallest t at which the ray meets the surface, or {@link #MISS}. */
  double hit(Vector origin, Vector direction);

  /** The outward unit normal at a point of the surface. */
  Vector normal(Vector point);

  /** The point in the shape's own coordinates, in which textures are laid on. */
  Vector local(Vector point);

  /** A direction in the shape's own coordinates. */
  default Vector localDirection(Vector direction) {
    return direction;
  }

  /** The middle of the box, parallel to the axes, around the shape. */
  Vector centre();

  /** Half that box's sides; infinite for what has no end. */
  Vector extent();

  /** The same shape elsewhere, its texture with it; a plane's texture stays where it is. */
  Shape moved(Vector by);

  /** A ball. */
  static Shape ball(Vector centre, double radius) {
    return new Ellipsoid(centre, new Vector(radius, radius, radius));
  }

  /** An upright cylinder on its base's centre. */
  static Shape cylinder(Vector base, double radius, double height) {
    return new Frustum(base, radius, radius, height);
  }

  /** A box that stands on the centre of its lower face. */
  static Shape standing(Vector foot, double width, double height, double depth, double yaw) {
    return new Box(
        foot.plus(new Vector(0, height / 2, 0)),
        new Vector(width / 2, height / 2, depth / 2),
        Math.cos(yaw),
        Math.sin(yaw));
  }

  /** An endless plane, seen only from the side its unit normal points to. */
  record Plane(Vector point, Vector unitNormal) implements Shape {
    @Override
    public Shape moved(Vector by) {
      return new Plane(point.plus(by), unitNormal);
    }

    @Override
    public double hit(Vector origin, Vector direction) {
      double towards = direction.dot(unitNormal);
      if (towards >= 0) {
        return MISS;
      }
      double t = point.minus(origin).dot(unitNormal) / towards;
      return t > NEAREST ? t : MISS;
    }

    @Override
    public Vector normal(Vector onSurface) {
      return unitNormal;
    }

    @Override
    public Vector local(Vector onSurface) {
      return onSurface;
    }

    @Override
    public Vector centre() {
      return point;
    }

    @Override
    public Vector extent() {
      return Vector.ONE.times(Double.POSITIVE_INFINITY);
    }
  }

  /** A box turned about the vertical axis by an angle given as cosine and sine. */
  record Box(Vector centre, Vector half, double cos, double sin) implements Shape {
    @Override
    public Shape moved(Vector by) {
      return new Box(centre.plus(by), half, cos, sin);
    }

    @Override
    public double hit(Vector origin, Vector direction) {
      Vector o = local(origin);
      Vector d = localDirection(direction);
      double near = Double.NEGATIVE_INFINITY;
      double far = Double.POSITIVE_INFINITY;
      double ax = (-half.x() - o.x()) / d.x();
      double bx = (half.x() - o.x()) / d.x();
      near = Math.max(near, Math.min(ax, bx));
      far = Math.min(far, Math.max(ax, bx));
      double ay = (-half.y() - o.y()) / d.y();
      double by = (half.y() - o.y()) / d.y();
      near = Math.max(near, Math.min(ay, by));
      far = Math.min(far, Math.max(ay, by));
      double az = (-half.z() - o.z()) / d.z();
      double bz = (half.z() - o.z()) / d.z();
      near = Math.max(near, Math.min(az, bz));
      far = Math.min(far, Math.max(az, bz));
      return near <= far && near > NEAREST ? near : MISS;
    }

    @Override
    public Vector normal(Vector point) {
      Vector p = local(point);
      double x = Math.abs(p.x()) - half.x();
      double y = Math.abs(p.y()) - half.y();
      double z = Math.abs(p.z()) - half.z();
      if (y >= x && y >= z) {
        return new Vector(0, Math.signum(p.y()), 0);
      }
      return x >= z
          ? new Vector(Math.signum(p.x()), 0, 0).turned(cos, sin)
          : new Vector(0, 0, Math.signum(p.z())).turned(cos, sin);
    }

    @Override
    public Vector local(Vector point) {
      return localDirection(point.minus(centre));
    }

    @Override
    public Vector localDirection(Vector direction) {
      return direction.turned(cos, -sin);
    }

    @Override
    public Vector extent() {
      double c = Math.abs(cos);
      double s = Math.abs(sin);
      return new Vector(c * half.x() + s * half.z(), half.y(), s * half.x() + c * half.z());
    }
  }

  /** A ball stretched along the axes. */
  record Ellipsoid(Vector centre, Vector radii) implements Shape {
    @Override
    public Shape moved(Vector by) {
      return new Ellipsoid(centre.plus(by), radii);
    }

    @Override
    public double hit(Vector origin, Vector direction) {
      double ox = (origin.x() - centre.x()) / radii.x();
      double oy = (origin.y() - centre.y()) / radii.y();
      double oz = (origin.z() - centre.z()) / radii.z();
      double dx = direction.x() / radii.x();
      double dy = direction.y() / radii.y();
      double dz = direction.z() / radii.z();
      double a = dx * dx + dy * dy + dz * dz;
      double b = ox * dx + oy * dy + oz * dz;
      double c = ox * ox + oy * oy + oz * oz - 1;
      double discriminant = b * b - a * c;
      if (discriminant < 0) {
        return MISS;
      }
      double t = (-b - Math.sqrt(discriminant)) / a;
      return t > NEAREST ? t : MISS;
    }

    @Override
    public Vector normal(Vector point) {
      Vector p = local(point);
      return new Vector(
              p.x() / (radii.x() * radii.x()),
              p.y() / (radii.y() * radii.y()),
              p.z() / (radii.z() * radii.z()))
          .unit();
    }

    @Override
    public Vector local(Vector point) {
      return point.minus(centre);
    }

    @Override
    public Vector extent() {
      return radii;
    }
  }

  /** An upright cone with its tip cut off, closed at both ends; equal radii make a cylinder. */
  record Frustum(Vector base, double baseRadius, double topRadius, double height) implements Shape {
    @Override
    public Shape moved(Vector by) {
      return new Frustum(base.plus(by), baseRadius, topRadius, height);
    }

    @Override
    public double hit(Vector origin, Vector direction) {
      double ox = origin.x() - base.x();
      double oy = origin.y() - base.y();
      double oz = origin.z() - base.z();
      double slope = (topRadius - baseRadius) / height;
      double r = baseRadius + slope * oy;
      double dr = slope * direction.y();
      double a = direction.x() * direction.x() + direction.z() * direction.z() - dr * dr;
      double b = ox * direction.x() + oz * direction.z() - r * dr;
      double c = ox * ox + oz * oz - r * r;
      double best = MISS;
      double discriminant = b * b - a * c;
      if (discriminant >= 0 && a != 0) {
        double root = Math.sqrt(discriminant);
        best = side((-b - root) / a, oy, direction.y(), best);
        best = side((-b + root) / a, oy, direction.y(), best);
      }
      best = cap(-oy / direction.y(), ox, oz, direction, baseRadius, best);
      return cap((height - oy) / direction.y(), ox, oz, direction, topRadius, best);
    }

    private double side(double t, double originY, double directionY, double best) {
      double y = originY + t * directionY;
      return t > NEAREST && t < best && y >= 0 && y <= height ? t : best;
    }

    private static double cap(
        double t, double ox, double oz, Vector direction, double radius, double best) {
      double x = ox + t * direction.x();
      double z = oz + t * direction.z();
      return t > NEAREST && t < best && x * x + z * z <= radius * radius ? t : best;
    }

    @Override
    public Vector normal(Vector point) {
      Vector p = local(point);
      double away = Math.hypot(p.x(), p.z());
      double slope = (topRadius - baseRadius) / height;
      double side = Math.abs(away - (baseRadius + slope * p.y()));
      double bottom = Math.abs(p.y());
      double top = Math.abs(p.y() - height);
      if (Math.min(bottom, top) < side) {
        return bottom < top ? Vector.UP.times(-1) : Vector.UP;
      }
      return new Vector(p.x() / away, -slope, p.z() / away).unit();
    }

    @Override
    public Vector local(Vector point) {
      return point.minus(base);
    }

    @Override
    public Vector centre() {
      return base.plus(new Vector(0, height / 2, 0));
    }

    @Override
    public Vector extent() {
      double wide = Math.max(baseRadius, topRadius);
      return new Vector(wide, height / 2, wide);
    }
  }
}
