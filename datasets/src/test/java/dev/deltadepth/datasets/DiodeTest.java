package dev.deltadepth.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.metrics.Crop;
import dev.deltadepth.metrics.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiodeTest {
  private static final DataSetFormat DIODE = DataSets.named("diode").orElseThrow();

  @TempDir private Path folder;
  private Path indoor;

  @BeforeEach
  void write() throws IOException {
    indoor = write("indoors/scene_00019/scan_00183/00019_00183_indoors_330_000");
    write("outdoor/scene_00022/scan_00193/00022_00193_outdoor_000_010");
    write("outdoor/scene_00022/scan_00194/00022_00194_outdoor_010_000");
  }

  private Path write(String name) throws IOException {
    Path png = Pictures.png(folder.resolve("val/" + name + ".png"), 4, 3, 0);
    float[] depth = new float[12];
    float[] mask = new float[12];
    for (int i = 0; i < 12; i++) {
      depth[i] = i;
      mask[i] = i % 2;
    }
    NpyFile.write(new FloatArray(new int[] {3, 4, 1}, depth), sibling(png, "_depth.npy"));
    NpyFile.write(new FloatArray(new int[] {3, 4}, mask), sibling(png, "_depth_mask.npy"));
    return png;
  }

  private static Path sibling(Path png, String ending) {
    return png.resolveSibling(Listing.stem(Listing.name(png)) + ending);
  }

  @Test
  void bothPartsAreSetsOfTheirOwnAndMasked() {
    assertThat(Diode.isAt(folder)).isTrue();
    DataSet data = Diode.open(folder, DIODE, 1, 2);
    assertThat(data.sets())
        .extracting(SampleSet::name)
        .containsExactly("diode-indoors", "diode-outdoor");
    assertThat(data.count()).isEqualTo(3);
    assertThat(data.sets().get(0).region()).isEqualTo(new Region(0.6, 350, Crop.NONE));
    Sample sample = data.sets().get(1).samples().get(1);
    assertThat(sample.id()).isEqualTo("00022_00194_outdoor_010_000");
    DepthMap truth = sample.truth();
    assertThat(truth.width()).isEqualTo(4);
    assertThat(truth.value(3, 1)).isEqualTo(7);
    assertThat(truth.value(2, 1)).isNaN();
    assertThat(sample.image().value(3, 1, 0)).isEqualTo(30);
  }

  @Test
  void oneUnpackedPartIsEnough() {
    DataSet data = Diode.open(folder.resolve("val"), DIODE, 1, 2);
    assertThat(data.sets()).hasSize(2);
    assertThatThrownBy(() -> DataSets.open(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("indoors has 1 pictures, but diode has 325");
  }

  @Test
  void wrongOrPartialCopiesAreNamed() throws IOException {
    Path mask = sibling(indoor, "_depth_mask.npy");
    NpyFile.write(new FloatArray(new int[] {3}, new float[3]), mask);
    Sample sample = Diode.open(folder, DIODE, 1, 2).sets().get(0).samples().get(0);
    assertThatThrownBy(sample::truth)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("_depth.npy has the shape [3, 4, 1] and its mask the shape [3]");
    byte[] depth = Files.readAllBytes(sibling(indoor, "_depth.npy"));
    Files.write(sibling(indoor, "_depth.npy"), Arrays.copyOf(depth, depth.length - 4));
    assertThatThrownBy(sample::truth)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("in the evaluation data: ")
        .hasMessageContaining("is cut off");
    Files.delete(mask);
    assertThatThrownBy(() -> Diode.open(folder, DIODE, 1, 2))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("has no 00019_00183_indoors_330_000_depth_mask.npy beside it");
  }
}
