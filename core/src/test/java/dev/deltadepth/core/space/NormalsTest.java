package dev.deltadepth.core.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalsTest {
  private static final Camera CAMERA = new Camera(24, 18, 30, 27, 11, 10);

  @Property(tries = 200)
  void aPlaneHasItsNormalEverywhere(
      @ForAll @DoubleRange(min = -0.7, max = 0.7) double nx,
      @ForAll @DoubleRange(min = -0.7, max = 0.7) double ny,
      @ForAll @DoubleRange(min = 0.1, max = 50) double distance,
      @ForAll @IntRange(min = 1, max = 3) int spacing) {
    double length = Math.sqrt(nx * nx + ny * ny + 1);
    Normals normals = Normals.of(Planes.plane(CAMERA, distance, nx, ny, 1), CAMERA, spacing);
    for (int y = 0; y < 18; y++) {
      for (int x = 0; x < 24; x++) {
        assertThat((double) normals.value(x, y, 0)).isCloseTo(nx / length, within(1e-3));
        assertThat((double) normals.value(x, y, 1)).isCloseTo(ny / length, within(1e-3));
        assertThat((double) normals.value(x, y, 2)).isCloseTo(1 / length, within(1e-3));
      }
    }
  }

  @Test
  void aStepDoesNotTiltItsNeighbours() {
    Normals normals = Normals.of(Planes.step(24, 18, 9, 1, 3), CAMERA);
    for (int i = 0; i < normals.data().length; i++) {
      assertThat(normals.data()[i]).isCloseTo(i % 3 == 2 ? 1 : 0, within(1e-6f));
    }
  }

  /** Two walls seen head-on, and between them what a network makes of the edge. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theRampOfASoftEdgeTakesTheNormalOfASide(int ramp) {
    float[] depth = new float[48 * 36];
    for (int i = 0; i < depth.length; i++) {
      float part = Math.max(0, Math.min(1, (i % 48 - 20) / (ramp + 1f)));
      depth[i] = 1 / (1 - part * 2 / 3);
    }
    Normals normals = Normals.of(new DepthMap(Kind.METRES, 48, 36, depth), Camera.unknown(48, 36));
    for (int i = 0; i < normals.data().length; i++) {
      assertThat(normals.data()[i]).isCloseTo(i % 3 == 2 ? 1 : 0, within(1e-3f));
    }
  }

  @Test
  void theUnitOfDepthDoesNotMatter() {
    DepthMap metres = Planes.plane(CAMERA, 2, 0.3, 0.5, 1);
    float[] twice = new float[metres.data().length];
    for (int i = 0; i < twice.length; i++) {
      twice[i] = 2 * metres.data()[i];
    }
    DepthMap relative = new DepthMap(Kind.RELATIVE_DEPTH, 24, 18, twice);
    assertThat(Normals.of(relative, CAMERA)).isEqualTo(Normals.of(metres, CAMERA));
  }

  @Test
  void whereThereIsNoDepthThereIsNoNormalAndBlack() {
    float[] depth = new float[25];
    java.util.Arrays.fill(depth, 2);
    depth[7] = Float.NaN;
    depth[8] = Float.POSITIVE_INFINITY;
    Normals normals = Normals.of(new DepthMap(Kind.METRES, 5, 5, depth), Camera.unknown(5, 5));
    assertThat(normals.value(2, 1, 0)).isNaN();
    assertThat(normals.value(3, 1, 2)).isNaN();
    assertThat(normals.value(1, 1, 2)).isEqualTo(1);
    assertThat(normals.picture().value(2, 1, 2)).isZero();
    assertThat(normals.picture().value(1, 1, 0)).isEqualTo(128);
    assertThat(normals.picture().value(1, 1, 2)).isEqualTo(255);
    assertThat(normals.array().shape()).containsExactly(5, 5, 3);
  }

  @Test
  void aSinglePixelFacesTheViewer() {
    DepthMap one = new DepthMap(Kind.METRES, 1, 1, new float[] {3});
    assertThat(Normals.of(one, Camera.unknown(1, 1)).value(0, 0, 2)).isEqualTo(1);
  }

  @Test
  void refusesDisparityAndAnotherCamera() {
    DepthMap disparity = new DepthMap(Kind.DISPARITY, 1, 1, new float[1]);
    assertThatThrownBy(() -> Normals.of(disparity, Camera.unknown(1, 1)))
        .hasMessageContaining("apply a calibration");
    assertThatThrownBy(() -> Normals.of(Planes.step(3, 3, 1, 1, 2), Camera.unknown(1, 1)))
        .hasMessageContaining("3x3");
    assertThatThrownBy(() -> Normals.of(Planes.step(3, 3, 1, 1, 2), Camera.unknown(3, 3), 0))
        .hasMessageContaining("spacing");
    assertThatThrownBy(() -> new Normals(2, 2, new float[11])).hasMessageContaining("11 values");
  }
}
