package dev.deltadepth.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.JointUpsampler;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.space.Calibration;
import dev.deltadepth.core.space.Fit;
import dev.deltadepth.core.space.Normals;
import dev.deltadepth.core.space.PointCloud;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What core makes of exact depth. */
class SceneGeometryTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final Camera CAMERA = Camera.at(new Vector(0, 1.4, 0), new Vector(0.4, 1, 3), 50);

  private static dev.deltadepth.core.space.Camera seenBy(Camera camera) {
    return dev.deltadepth.core.space.Camera.ofFocalLength(
        WIDTH, HEIGHT, camera.focal() * Math.min(WIDTH, HEIGHT));
  }

  private static RenderedScene render(Shape... shapes) {
    List<Solid> solids = new ArrayList<>();
    for (Shape shape : shapes) {
      solids.add(Solid.matt(shape, Texture.plain(0xc0a080)));
    }
    return new SceneRenderer(WIDTH, HEIGHT, 1)
        .render(new Scene(CAMERA, solids, List.of(), Air.indoors(1)));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 0, 0", "0.2, 0.3, -1, 4", "-0.7, 0, -1, 3", "0, 0, -1, 25"})
  void theCloudOfAPlaneIsFlatAndFacesItsWay(double nx, double ny, double nz, double z) {
    Vector normal = new Vector(nx, ny, nz).unit();
    Vector point = new Vector(0, 0, z);
    RenderedScene scene = render(new Shape.Plane(point, normal));
    PointCloud cloud = PointCloud.of(scene.depthMetres(), scene.image(), seenBy(CAMERA), 1);
    assertThat(cloud.count()).isGreaterThan(WIDTH * HEIGHT / 2);
    double distance = Math.abs(CAMERA.position().minus(point).dot(normal));
    for (int k = 0; k < cloud.count(); k++) {
      Vector place = CAMERA.position().plus(world(cloud.positions(), k));
      assertThat(place.minus(point).dot(normal)).isCloseTo(0, within(1e-3 * distance));
      assertThat(degrees(world(cloud.normals(), k), normal)).isLessThan(1);
    }
  }

  @Test
  void theNormalsOfARoomAreThoseOfItsSurfaces() {
    Shape floor = new Shape.Plane(Vector.ZERO, new Vector(0, 1, 0));
    Shape wall = new Shape.Plane(new Vector(0, 0, 4), new Vector(0, 0, -1));
    Shape box = Shape.standing(new Vector(0.2, 0, 2.4), 0.5, 0.5, 0.5, 0.5);
    Shape ball = Shape.ball(new Vector(-0.4, 0.4, 2.6), 0.4);
    Shape[] shapes = {floor, wall, box, ball};
    RenderedScene scene = render(shapes);
    Normals normals = Normals.of(scene.depthMetres(), seenBy(CAMERA));
    List<Solid> solids = new ArrayList<>();
    for (Shape shape : shapes) {
      solids.add(Solid.matt(shape, Texture.plain(0)));
    }
    RayCaster caster = new RayCaster(solids);
    int right = 0;
    int all = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        Vector ray = CAMERA.direction(x + 0.5, y + 0.5, WIDTH, HEIGHT);
        RayCaster.Hit hit = caster.nearest(CAMERA.position(), ray);
        if (hit.index() >= 0 && hit.index() < 3) {
          Shape shape = shapes[hit.index()];
          Vector place = CAMERA.position().plus(ray.times(hit.distance()));
          all++;
          right += degrees(world(normals.data(), y * WIDTH + x), shape.normal(place)) < 1 ? 1 : 0;
        }
      }
    }
    // The rest are pixels beside an edge.
    assertThat((double) right / all).isGreaterThan(0.97);
  }

  /** Maps as a network gives them: a fifth of the size, enlarged along the edges of the photo. */
  @Test
  void softEdgesTurnFewNormalsAround() {
    dev.deltadepth.core.space.Camera camera =
        dev.deltadepth.core.space.Camera.ofFieldOfView(480, 360, 60);
    int wrong = 0;
    int all = 0;
    for (Scene.Kind kind : Scene.Kind.values()) {
      RenderedScene scene = new SceneRenderer(480, 360, 1).render(Scene.of(kind, 2));
      DepthMap exact = scene.disparity();
      DepthMap soft =
          JointUpsampler.enlarge(Resizer.resizeAntialiased(exact, 96, 72), scene.image());
      float[] truth = Normals.of(Calibration.metric(1, 0).apply(exact).depth(), camera).data();
      float[] found = Normals.of(Calibration.metric(1, 0).apply(soft).depth(), camera).data();
      for (int i = 0; i < truth.length; i += 3) {
        double cosine =
            truth[i] * found[i] + truth[i + 1] * found[i + 1] + truth[i + 2] * found[i + 2];
        all++;
        wrong += cosine < 0.5 ? 1 : 0;
      }
    }
    assertThat((double) wrong / all).isLessThan(0.17);
  }

  @Test
  void pointsOfARenderedSceneGiveItsMetresBack() {
    RenderedScene scene = new SceneRenderer(96, 72, 1).render(Scene.of(Scene.Kind.ROOM, 3));
    DepthMap metres = scene.depthMetres();
    float[] relative = new float[metres.data().length];
    for (int i = 0; i < relative.length; i++) {
      relative[i] = 0.7f / metres.data()[i] - 0.05f;
    }
    DepthMap map = new DepthMap(DepthMap.Kind.DISPARITY, 96, 72, relative);
    Fit fit =
        Fit.of(
            map,
            List.of(
                new Fit.Point("a", 10, 60, metres.value(10, 60)),
                new Fit.Point("b", 50, 20, metres.value(50, 20))));
    Calibration.Depth depth = fit.calibration().apply(map);
    assertThat(depth.behind()).isZero();
    for (int i = 0; i < relative.length; i++) {
      float truth = metres.data()[i];
      assertThat(depth.depth().data()[i]).isCloseTo(truth, within(1e-3f * truth));
    }
  }

  /** From the camera's axes to those of the scene. */
  private static Vector world(float[] values, int k) {
    return CAMERA
        .right()
        .times(values[3 * k])
        .plus(CAMERA.up().times(values[3 * k + 1]))
        .minus(CAMERA.forward().times(values[3 * k + 2]));
  }

  private static double degrees(Vector a, Vector b) {
    return Math.toDegrees(Math.acos(Math.min(1, a.dot(b))));
  }
}
