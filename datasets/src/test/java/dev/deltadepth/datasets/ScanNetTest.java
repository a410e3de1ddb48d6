package dev.deltadepth.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.metrics.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanNetTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    write("scene0406_02", "0");
    write("scene0406_02", "2");
    write("scene0406_02", "10");
    write("scene0088_02", "0");
  }

  private void write(String scan, String frame) throws IOException {
    Pictures.jpeg(folder.resolve(scan + "/color/" + frame + ".jpg"), 32, 24, 0);
    Pictures.depth(folder.resolve(scan + "/depth/" + frame + ".png"), 16, 12, (x, y) -> 250 * x);
  }

  @Test
  void framesFollowEachOtherInTheirScan() {
    SampleSet set = DataSets.open(folder).sets().get(0);
    assertThat(set.name()).isEqualTo("scannet");
    assertThat(set.region()).isEqualTo(Region.upTo(10));
    assertThat(set.samples())
        .extracting(Sample::id)
        .containsExactly("scene0088_02/0", "scene0406_02/0", "scene0406_02/2", "scene0406_02/10");
    Sample last = set.samples().get(3);
    assertThat(last.sequence()).isEqualTo("scene0406_02");
    assertThat(last.image().width()).isEqualTo(32);
    assertThat(last.truth().width()).isEqualTo(16);
    assertThat(last.truth().value(6, 0)).isEqualTo(1.5f);
    assertThat(last.truth().value(0, 0)).isNaN();
  }

  @Test
  void oneScanIsASetToo() {
    assertThat(DataSets.open(folder.resolve("scene0406_02")).count()).isEqualTo(3);
  }

  @Test
  void aListRestrictsTheSet() throws IOException {
    Path list = folder.resolve("scannet_val_sampled_list_800_1.txt");
    Files.writeString(
        list,
        """
        scene0406_02/color/10.jpg scene0406_02/depth/10.png
        scene0088_02/color/0.jpg scene0088_02/depth/0.png
        """);
    assertThat(DataSets.open(folder).sets().get(0).samples())
        .extracting(Sample::id)
        .containsExactly("scene0406_02/10", "scene0088_02/0");
    Files.writeString(list, "scene0406_02/color/11.jpg scene0406_02/depth/11.png\n");
    assertRefused("11.jpg does not exist");
    Files.writeString(list, "scene0406_02/color/10.jpg\n");
    assertRefused("has the line 'scene0406_02/color/10.jpg', which is not a picture and a depth");
  }

  @Test
  void aFrameWithoutDepthIsNamed() throws IOException {
    Files.delete(folder.resolve("scene0406_02/depth/2.png"));
    assertRefused("2.png does not exist: export or copy the scan again");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> DataSets.open(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(message);
  }
}
