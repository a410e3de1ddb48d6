package dev.deltadepth.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SceneRendererTest {
  private static final SceneRenderer SMALL = new SceneRenderer(64, 48, 1);
  private static final Camera STRAIGHT =
      Camera.at(Vector.ZERO, new Vector(0, 0, 1), 2 * Math.toDegrees(Math.atan(0.5)));

  @Test
  void theDepthOfAWallSeenHeadOnIsItsDistanceEverywhere() {
    Shape wall = new Shape.Plane(new Vector(0, 0, 3.5), new Vector(0, 0, -1));
    assertThat(depthOf(wall).data()).containsOnly(3.5f);
  }

  @Test
  void eachRowIsToldOnce() {
    AtomicInteger rows = new AtomicInteger();
    Scene scene = Scene.of(Scene.Kind.ROOM, 1);
    assertThat(SMALL.render(scene, rows::incrementAndGet).image())
        .isEqualTo(SMALL.render(scene).image());
    assertThat(rows).hasValue(48);
  }

  @Test
  void theDepthOfASlantedPlaneIsThatOfItsEquation() {
    Vector normal = new Vector(0.3, 1, -0.4).unit();
    DepthMap depth = depthOf(new Shape.Plane(new Vector(0, -1, 4), normal));
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++) {
        double along = ray(x, y).dot(normal);
        double expected = new Vector(0, -1, 4).dot(normal) / along;
        if (along < 0) {
          assertThat(depth.value(x, y)).isEqualTo((float) expected);
        } else {
          assertThat(depth.value(x, y)).isInfinite();
        }
      }
    }
  }

  @Test
  void theDepthOfABallIsTheNearerRootOfItsEquation() {
    Vector centre = new Vector(0.4, -0.2, 5);
    double radius = 1.5;
    DepthMap depth = depthOf(Shape.ball(centre, radius));
    int hits = 0;
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++) {
        Vector d = ray(x, y);
        double half = d.dot(centre) / d.dot(d);
        double root = half * half - (centre.dot(centre) - radius * radius) / d.dot(d);
        if (root > 0) {
          assertThat((double) depth.value(x, y)).isCloseTo(half - Math.sqrt(root), within(1e-6));
          hits++;
        } else {
          assertThat(depth.value(x, y)).isInfinite();
        }
      }
    }
    assertThat(hits).isGreaterThan(400);
  }

  @Property(tries = 200)
  void raysEndOnTheSurfaceThatTheyMeet(
      @ForAll @DoubleRange(min = -0.4, max = 0.4) double x,
      @ForAll @DoubleRange(min = -0.4, max = 0.4) double y) {
    Vector origin = new Vector(0, 0.5, -3);
    Vector direction = new Vector(x, y, 1);
    Shape box = Shape.standing(Vector.ZERO, 1, 1.2, 0.8, 0.6);
    double t = box.hit(origin, direction);
    if (t < Shape.MISS) {
      Vector p = box.local(origin.plus(direction.times(t)));
      double outside =
          Math.max(Math.abs(p.x()) - 0.5, Math.max(Math.abs(p.y()) - 0.6, Math.abs(p.z()) - 0.4));
      assertThat(outside).isCloseTo(0, within(1e-9));
    }
    Shape.Frustum cone = new Shape.Frustum(Vector.ZERO, 0.6, 0.2, 1);
    t = cone.hit(origin, direction);
    if (t < Shape.MISS) {
      Vector p = cone.local(origin.plus(direction.times(t)));
      double outside = Math.hypot(p.x(), p.z()) - (0.6 - 0.4 * p.y());
      double ends = Math.max(-p.y(), p.y() - 1);
      assertThat(Math.max(outside, ends)).isCloseTo(0, within(1e-9));
      assertThat(cone.normal(origin.plus(direction.times(t))).dot(direction)).isNegative();
    }
  }

  @Test
  void theTreeOfBoxesFindsWhatTestingEveryShapeFinds() {
    Scene scene = Scene.of(Scene.Kind.STREET, 5);
    RayCaster caster = new RayCaster(scene.solids());
    Vector origin = scene.camera().position();
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++) {
        Vector direction = scene.camera().direction(x + 0.5, y + 0.5, 64, 48);
        double expected =
            scene.solids().stream()
                .mapToDouble(solid -> solid.shape().hit(origin, direction))
                .min()
                .orElseThrow();
        assertThat(caster.nearest(origin, direction).distance()).isEqualTo(expected);
        assertThat(caster.blocked(origin, direction, 20)).isEqualTo(expected < 20);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameSeedGivesTheSamePictureAndAnotherSeedAnother(Scene.Kind kind) {
    RenderedScene first = SMALL.render(Scene.of(kind, 3));
    RenderedScene again = SMALL.render(Scene.of(kind, 3));
    RenderedScene other = SMALL.render(Scene.of(kind, 4));
    assertThat(first.image().data()).isEqualTo(again.image().data());
    assertThat(first.depthMetres().data()).isEqualTo(again.depthMetres().data());
    assertThat(first.image().data()).isNotEqualTo(other.image().data());
  }

  @ParameterizedTest
  @CsvSource({
    "20, INTERIOR",
    "24, INTERIOR",
    "25, WALL",
    "26, WALL",
    "27, INTERIOR",
    "28, INTERIOR",
    "9, ROOM",
    "19, STREET",
    "29, STILL_LIFE",
    "-1, STILL_LIFE"
  })
  void anyThirtySeedsInARowGiveAllKinds(long seed, Scene.Kind kind) {
    assertThat(SMALL.render(Scene.random(seed)).image().data())
        .isEqualTo(SMALL.render(Scene.of(kind, seed)).image().data());
  }

  @Property(tries = 20)
  void anInteriorIsNotSeenFromInsideOfAThing(@ForAll short seed) {
    float[] metres = SMALL.render(Scene.of(Scene.Kind.INTERIOR, seed)).depthMetres().data();
    int near = 0;
    float farthest = 0;
    for (float depth : metres) {
      near += depth < 0.35f ? 1 : 0;
      farthest = Math.max(farthest, depth);
    }
    assertThat(near).isLessThan(metres.length / 10);
    assertThat(farthest).isBetween(0.35f, 12f);
  }

  @ParameterizedTest
  @EnumSource
  void everyDepthIsPositiveAndNothingIsUnlit(Scene.Kind kind) {
    RenderedScene scene = SMALL.render(Scene.of(kind, 8));
    for (float metres : scene.depthMetres().data()) {
      assertThat(metres).isPositive();
    }
    double sum = 0;
    for (byte value : scene.image().data()) {
      sum += value & 0xff;
    }
    assertThat(sum / scene.image().data().length).isBetween(50.0, 210.0);
  }

  @Test
  void disparityIsLargerWhereThingsAreNearerAndZeroInTheSky() {
    RenderedScene street = SMALL.render(Scene.of(Scene.Kind.STREET, 1));
    DepthMap disparity = street.disparity();
    assertThat(disparity.kind()).isEqualTo(DepthMap.Kind.DISPARITY);
    assertThat(disparity.value(32, 47)).isGreaterThan(disparity.value(32, 30));
    float[] metres = street.depthMetres().data();
    int sky = 0;
    for (int i = 0; i < metres.length; i++) {
      if (Float.isInfinite(metres[i])) {
        assertThat(disparity.data()[i]).isZero();
        sky++;
      } else {
        assertThat(disparity.data()[i] * metres[i]).isCloseTo(1, within(1e-6f));
      }
    }
    assertThat(sky).isGreaterThan(metres.length / 20);
  }

  @Test
  void aStainChangesColoursAndNoDepth() {
    Scene wall = Scene.of(Scene.Kind.WALL, 2);
    RenderedScene clean = SMALL.render(wall);
    RenderedScene stained = SMALL.render(wall.stained(0.5, 0.4, 4 / 3.0, 0.6, 0x202060));
    assertThat(stained.depthMetres().data()).isEqualTo(clean.depthMetres().data());
    int changed = 0;
    for (int i = 0; i < 64 * 48; i++) {
      if (Math.abs(
              stained.image().value(i % 64, i / 64, 0) - clean.image().value(i % 64, i / 64, 0))
          > 40) {
        changed++;
      }
    }
    assertThat(changed).isBetween(100, 1500);
    assertThat(stained.image().value(32, 19, 0)).isLessThan(clean.image().value(32, 19, 0) - 40);
  }

  @Test
  void refusesToPaintOnTheSkyAndToDrawNothing() {
    Scene street = Scene.of(Scene.Kind.STREET, 1);
    assertThatThrownBy(() -> street.stained(0.5, 0.01, 1, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no flat surface");
    assertThatThrownBy(() -> new SceneRenderer(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static DepthMap depthOf(Shape shape) {
    Solid solid = Solid.matt(shape, Texture.plain(0x808080));
    Scene scene = new Scene(STRAIGHT, List.of(solid), List.of(), Air.indoors(1));
    return SMALL.render(scene).depthMetres();
  }

  /** A camera that sees the shorter side, 48 pixels, under the tangent one half. */
  private static Vector ray(int x, int y) {
    return new Vector((x + 0.5 - 32) / 48, (24 - y - 0.5) / 48, 1);
  }
}
