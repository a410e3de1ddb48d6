package dev.deltadepth.core.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MeshTest {
  private static final Camera CAMERA = Camera.unknown(40, 30);

  @Property(tries = 60)
  void aPlaneIsOneSheetThatFacesTheCamera(
      @ForAll @DoubleRange(min = -0.5, max = 0.5) double nx,
      @ForAll @DoubleRange(min = -0.5, max = 0.5) double ny,
      @ForAll @IntRange(min = 1, max = 7) int stride) {
    Mesh mesh = Mesh.of(Planes.plane(CAMERA, 3, nx, ny, 1), Planes.photo(40, 30), CAMERA, stride);
    int columns = 39 / stride + 1;
    int rows = 29 / stride + 1;
    assertThat(mesh.vertexCount()).isEqualTo(columns * rows);
    assertThat(mesh.triangleCount()).isEqualTo(2 * (columns - 1) * (rows - 1));
    for (int t = 0; t < mesh.triangleCount(); t++) {
      assertThat(facing(mesh, t)).isPositive();
    }
  }

  /** The volume that a triangle spans with the camera: positive if it is counter-clockwise. */
  private static double facing(Mesh mesh, int triangle) {
    double[] p = new double[9];
    for (int k = 0; k < 9; k++) {
      p[k] = mesh.positions()[3 * mesh.triangles()[3 * triangle + k / 3] + k % 3];
    }
    return -(p[0] * (p[4] * p[8] - p[5] * p[7])
        - p[1] * (p[3] * p[8] - p[5] * p[6])
        + p[2] * (p[3] * p[7] - p[4] * p[6]));
  }

  @Test
  void itIsCutWhereDepthJumps() {
    Mesh mesh = Mesh.of(Planes.step(40, 30, 20, 1, 4), Planes.photo(40, 30), CAMERA, 1);
    assertThat(mesh.vertexCount()).isEqualTo(1200);
    assertThat(mesh.triangleCount()).isEqualTo(2 * 2 * 19 * 29);
    for (int t = 0; t < mesh.triangleCount(); t++) {
      float z = mesh.positions()[3 * mesh.triangles()[3 * t] + 2];
      for (int k = 1; k < 3; k++) {
        assertThat(mesh.positions()[3 * mesh.triangles()[3 * t + k] + 2]).isEqualTo(z);
      }
    }
  }

  /** Networks see ripples in patterns; a bedspread or a lawn must not be full of holes. */
  @Test
  void ripplesOnASlantedSurfaceAreNoEdges() {
    int width = 200;
    int height = 160;
    float[] z = new float[width * height];
    for (int i = 0; i < z.length; i++) {
      int y = i / width;
      z[i] = (float) (4 * Math.exp(-0.008 * y + 0.01 * Math.sin(2 * Math.PI * y / 7)));
    }
    DepthMap depth = new DepthMap(Kind.METRES, width, height, z);
    Camera camera = new Camera(width, height, 600, 600, 100, 80);
    Mesh mesh = Mesh.of(depth, Planes.photo(width, height), camera, 1);
    assertThat(mesh.triangleCount()).isEqualTo(2 * (width - 1) * (height - 1));
  }

  @Test
  void theTextureIsThePhotoFromItsUpperLeft() {
    Mesh mesh = Mesh.of(Planes.step(40, 30, 40, 2, 2), Planes.photo(40, 30), CAMERA, 1);
    for (int v = 0; v < mesh.vertexCount(); v++) {
      boolean left = mesh.positions()[3 * v] < 0;
      boolean upper = mesh.positions()[3 * v + 1] > 0;
      assertThat(mesh.texture()[2 * v] < 0.5).isEqualTo(left);
      assertThat(mesh.texture()[2 * v + 1] < 0.5).isEqualTo(upper);
    }
    assertThat(mesh.texture()).contains(0.5f / 40, 39.5f / 40, 0.5f / 30, 29.5f / 30);
  }

  @Test
  void holesStayHolesAndLonelyVerticesGo() {
    float[] depth = Planes.step(40, 30, 40, 2, 2).data();
    depth[10 * 40 + 10] = Float.NaN;
    depth[0 * 40 + 1] = Float.NaN;
    depth[1 * 40 + 0] = Float.NaN;
    depth[1 * 40 + 1] = Float.NaN;
    Mesh mesh =
        Mesh.of(new DepthMap(Kind.RELATIVE_DEPTH, 40, 30, depth), Planes.photo(40, 30), CAMERA, 1);
    // The corner is left without neighbours.
    assertThat(mesh.vertexCount()).isEqualTo(1200 - 5);
    assertThat(mesh.metric()).isFalse();
    assertThat(mesh.positions()).doesNotContain(Float.NaN);
    assertThat(mesh.normals()).doesNotContain(Float.NaN);
  }

  @Test
  void refusesWhatIsTooLargeOrLeavesNothing() {
    DepthMap depth = Planes.step(40, 30, 40, 2, 2);
    assertThatThrownBy(() -> Mesh.of(depth, Planes.photo(40, 30), CAMERA, 50))
        .hasMessage("no triangle is left: use a smaller stride than 50");
    DepthMap column = new DepthMap(Kind.METRES, 1, 3, new float[] {1, 1, 1});
    assertThatThrownBy(() -> Mesh.of(column, Planes.photo(1, 3), Camera.unknown(1, 3), 1))
        .hasMessageContaining("1x3 pixels; only points (ply)");
    DepthMap steps = new DepthMap(Kind.METRES, 2, 2, new float[] {1, Float.NaN, 3, Float.NaN});
    assertThatThrownBy(() -> Mesh.of(steps, Planes.photo(2, 2), Camera.unknown(2, 2), 1))
        .hasMessageContaining("no three neighbouring pixels");
    assertThatThrownBy(() -> Mesh.of(depth, Planes.photo(40, 30), CAMERA, -1))
        .hasMessageContaining("stride");
    DepthMap large = new DepthMap(Kind.METRES, 4001, 4000, new float[4001 * 4000]);
    assertThatThrownBy(
            () -> Mesh.of(large, Planes.photo(4001, 4000), Camera.unknown(4001, 4000), 1))
        .hasMessageContaining("larger stride");
    assertThatThrownBy(() -> new Mesh(true, new float[3], new float[3], new float[3], new int[0]))
        .hasMessageContaining("lengths");
  }
}
