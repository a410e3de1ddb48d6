package dev.deltadepth.scenes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Finds what a ray hits: a tree of boxes around the shapes, split at the median of the longest
 * side, rules most of them out. Infinite shapes are kept outside the tree.
 */
final class RayCaster {
  private static final int LEAF = 2;

  private final Shape[] shapes;

  /** Indices of the shapes: the infinite ones first, then the tree's leaves in order. */
  private final int[] order;

  private final int endless;

  /** Six bounds per node: lowest x, y, z, highest x, y, z. The root is node 0. */
  private final double[] bounds;

  /** Where a leaf's shapes begin in the order; -1 for an inner node. */
  private final int[] begin;

  /** Where a leaf's shapes end; the second child of an inner node, whose first child follows it. */
  private final int[] end;

  private int nodes;

  /**
   * The nearest thing on a ray.
   *
   * @param index its place in the list, -1 for none
   * @param distance the ray's parameter there, infinite for none
   */
  record Hit(int index, double distance) {}

  RayCaster(List<Solid> solids) {
    shapes = solids.stream().map(Solid::shape).toArray(Shape[]::new);
    List<Integer> without = new ArrayList<>();
    List<Integer> within = new ArrayList<>();
    for (int i = 0; i < shapes.length; i++) {
      (Double.isInfinite(shapes[i].extent().x()) ? without : within).add(i);
    }
    endless = without.size();
    order = new int[shapes.length];
    for (int i = 0; i < endless; i++) {
      order[i] = without.get(i);
    }
    int most = Math.max(2 * within.size(), 1);
    bounds = new double[6 * most];
    begin = new int[most];
    end = new int[most];
    build(within, endless);
  }

  private void build(List<Integer> members, int place) {
    int node = nodes++;
    for (int c = 0; c < 3; c++) {
      bounds[6 * node + c] = Double.POSITIVE_INFINITY;
      bounds[6 * node + 3 + c] = Double.NEGATIVE_INFINITY;
    }
    for (int i : members) {
      Vector low = shapes[i].centre().minus(shapes[i].extent());
      Vector high = shapes[i].centre().plus(shapes[i].extent());
      widen(node, low);
      widen(node, high);
    }
    if (members.size() <= LEAF) {
      begin[node] = place;
      end[node] = place + members.size();
      for (int i = 0; i < members.size(); i++) {
        order[place + i] = members.get(i);
      }
      return;
    }
    List<Integer> sorted = new ArrayList<>(members);
    ToDoubleFunction<Vector> axis = longest(node);
    sorted.sort(Comparator.comparingDouble(i -> axis.applyAsDouble(shapes[i].centre())));
    int half = sorted.size() / 2;
    begin[node] = -1;
    build(sorted.subList(0, half), place);
    end[node] = nodes;
    build(sorted.subList(half, sorted.size()), place + half);
  }

  private void widen(int node, Vector point) {
    double[] p = {point.x(), point.y(), point.z()};
    for (int c = 0; c < 3; c++) {
      // A little more than the shape, so that rounding rules nothing out.
      bounds[6 * node + c] = Math.min(bounds[6 * node + c], p[c] - 1e-6);
      bounds[6 * node + 3 + c] = Math.max(bounds[6 * node + 3 + c], p[c] + 1e-6);
    }
  }

  private ToDoubleFunction<Vector> longest(int node) {
    double x = bounds[6 * node + 3] - bounds[6 * node];
    double y = bounds[6 * node + 4] - bounds[6 * node + 1];
    double z = bounds[6 * node + 5] - bounds[6 * node + 2];
    if (x >= y && x >= z) {
      return Vector::x;
    }
    return y >= z ? Vector::y : Vector::z;
  }

  Hit nearest(Vector origin, Vector direction) {
    Search search = new Search(origin, direction, Shape.MISS, false);
    search.run();
    return new Hit(search.index, search.best);
  }

  /** True if anything lies between the origin and the ray's parameter {@code limit}. */
  boolean blocked(Vector origin, Vector direction, double limit) {
    Search search = new Search(origin, direction, limit, true);
    search.run();
    return search.index >= 0;
  }

  /** One ray on its way through the tree. */
  private final class Search {
    private final Vector origin;
    private final Vector direction;
    private final boolean any;
    private final double inverseX;
    private final double inverseY;
    private final double inverseZ;
    private double best;
    private int index = -1;

    Search(Vector origin, Vector direction, double limit, boolean any) {
      this.origin = origin;
      this.direction = direction;
      this.best = limit;
      this.any = any;
      inverseX = 1 / direction.x();
      inverseY = 1 / direction.y();
      inverseZ = 1 / direction.z();
    }

    void run() {
      test(0, endless);
      if (endless < shapes.length) {
        visit(0);
      }
    }

    private void visit(int node) {
      if ((any && index >= 0) || !crosses(6 * node)) {
        return;
      }
      if (begin[node] >= 0) {
        test(begin[node], end[node]);
      } else {
        visit(node + 1);
        visit(end[node]);
      }
    }

    private void test(int from, int to) {
      for (int i = from; i < to && !(any && index >= 0); i++) {
        double t = shapes[order[i]].hit(origin, direction);
        if (t < best) {
          best = t;
          index = order[i];
        }
      }
    }

    private boolean crosses(int at) {
      double a = (bounds[at] - origin.x()) * inverseX;
      double b = (bounds[at + 3] - origin.x()) * inverseX;
      double near = Math.min(a, b);
      double far = Math.max(a, b);
      a = (bounds[at + 1] - origin.y()) * inverseY;
      b = (bounds[at + 4] - origin.y()) * inverseY;
      near = Math.max(near, Math.min(a, b));
      far = Math.min(far, Math.max(a, b));
      a = (bounds[at + 2] - origin.z()) * inverseZ;
      b = (bounds[at + 5] - origin.z()) * inverseZ;
      near = Math.max(near, Math.min(a, b));
      far = Math.min(far, Math.max(a, b));
      return near <= far && far >= 0 && near <= best;
    }
  }
}
