package dev.deltadepth.core.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PointCloudTest {
  private static final Camera CAMERA = Camera.unknown(40, 30);

  @Test
  void fewerThanThreePointsAreNoCloud() {
    DepthMap depth = Planes.step(40, 30, 40, 2, 2);
    assertThatThrownBy(() -> PointCloud.of(depth, Planes.photo(40, 30), CAMERA, 10_000))
        .hasMessage(
            "only 1 point is left, and a point cloud has at least 3: use a smaller stride than"
                + " 10000");
    DepthMap two = new DepthMap(Kind.METRES, 1, 3, new float[] {1, 1, Float.NaN});
    assertThatThrownBy(() -> PointCloud.of(two, Planes.photo(1, 3), Camera.unknown(1, 3), 1))
        .hasMessage(
            "only 2 points are left, and a point cloud has at least 3: the map has depth at too few"
                + " pixels");
  }

  @Test
  void pointsLieWhereTheCameraSeesThem() {
    DepthMap depth = Planes.step(40, 30, 40, 2, 2);
    PointCloud cloud = PointCloud.of(depth, Planes.photo(40, 30), CAMERA, 1);
    assertThat(cloud.count()).isEqualTo(1200);
    assertThat(cloud.metric()).isTrue();
    // The left upper pixel is to the left, up, and away from the viewer.
    double side = 2 * 19.5 / CAMERA.fx();
    assertThat((double) cloud.positions()[0]).isCloseTo(-side, within(1e-6));
    assertThat((double) cloud.positions()[1]).isCloseTo(2 * 14.5 / CAMERA.fy(), within(1e-6));
    assertThat(cloud.positions()[2]).isEqualTo(-2);
    int last = 3 * 1199;
    assertThat((double) cloud.positions()[last]).isCloseTo(side, within(1e-6));
    assertThat(cloud.colours()[last]).isEqualTo((byte) 39);
    assertThat(cloud.colours()[last + 1]).isEqualTo((byte) 29);
    assertThat(cloud.normals()[last + 2]).isEqualTo(1);
  }

  @Property(tries = 50)
  void aStrideTakesEverySoManyFromTheMiddle(@ForAll @IntRange(min = 1, max = 29) int stride) {
    DepthMap depth = Planes.step(40, 30, 40, 2, 2);
    PointCloud cloud = PointCloud.of(depth, Planes.photo(40, 30), CAMERA, stride);
    assertThat(cloud.count()).isEqualTo(((39 / stride) + 1) * ((29 / stride) + 1));
    int left = cloud.colours()[0];
    int right = 39 - cloud.colours()[cloud.colours().length - 3];
    assertThat(Math.abs(left - right)).isLessThanOrEqualTo(1);
  }

  @Test
  void pixelsBetweenNearAndFarAreLeftOut() {
    DepthMap step = Planes.step(40, 30, 20, 1, 7);
    float[] soft = step.data().clone();
    for (int y = 0; y < 30; y++) {
      soft[y * 40 + 19] = 1.9f;
      soft[y * 40 + 20] = 3.6f;
    }
    PointCloud cloud =
        PointCloud.of(new DepthMap(Kind.METRES, 40, 30, soft), Planes.photo(40, 30), CAMERA, 1);
    assertThat(cloud.count()).isEqualTo(30 * 38);
    // A sharp edge has no pixels between, and a wire is no edge.
    assertThat(PointCloud.of(step, Planes.photo(40, 30), CAMERA, 1).count()).isEqualTo(1200);
    float[] wire = Planes.step(40, 30, 40, 4, 4).data();
    wire[15 * 40 + 10] = 1;
    assertThat(
            PointCloud.of(new DepthMap(Kind.METRES, 40, 30, wire), Planes.photo(40, 30), CAMERA, 1)
                .count())
        .isEqualTo(1200);
  }

  @Test
  void pixelsWithoutDepthAreLeftOut() {
    float[] depth = new float[1200];
    Arrays.fill(depth, 1);
    depth[0] = Float.NaN;
    depth[1] = Float.POSITIVE_INFINITY;
    depth[2] = 0;
    depth[3] = -1;
    DepthMap map = new DepthMap(Kind.RELATIVE_DEPTH, 40, 30, depth);
    PointCloud cloud = PointCloud.of(map, Planes.photo(40, 30), CAMERA, 1);
    assertThat(cloud.count()).isEqualTo(1196);
    assertThat(cloud.metric()).isFalse();
  }

  @Test
  void refusesWhatLeavesNothing() {
    float[] nothing = new float[1200];
    DepthMap map = new DepthMap(Kind.METRES, 40, 30, nothing);
    assertThatThrownBy(() -> PointCloud.of(map, Planes.photo(40, 30), CAMERA, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no point is left");
    assertThatThrownBy(() -> PointCloud.of(map, Planes.photo(40, 30), CAMERA, 0))
        .hasMessageContaining("stride");
    assertThatThrownBy(() -> PointCloud.of(map, Planes.photo(40, 31), CAMERA, 1))
        .hasMessageContaining("40x31");
    assertThatThrownBy(() -> new PointCloud(true, new float[3], new float[3], new byte[2]))
        .hasMessageContaining("as many points");
  }
}
