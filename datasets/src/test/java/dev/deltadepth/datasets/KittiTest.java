package dev.deltadepth.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.metrics.Crop;
import dev.deltadepth.metrics.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KittiTest {
  private static final String DRIVE = "2011_09_26_drive_0002_sync";
  private static final String OTHER = "2011_09_28_drive_0002_sync";

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Pictures.png(raw("2011_09_26", DRIVE, 2, "0000000069.png"), 62, 20, 0);
    Pictures.png(raw("2011_09_26", DRIVE, 2, "0000000000.png"), 4, 3, 0);
    Pictures.png(raw("2011_09_28", OTHER, 2, "0000000010.png"), 62, 20, 0);
    Pictures.depth(depth("val", DRIVE, "0000000069.png"), 62, 20, (x, y) -> 256 * (x % 50));
    Pictures.depth(depth("train", OTHER, "0000000010.png"), 62, 20, (x, y) -> 128);
  }

  private Path raw(String date, String drive, int camera, String file) {
    return folder.resolve("raw/" + date + "/" + drive + "/image_0" + camera + "/data/" + file);
  }

  private Path depth(String part, String drive, String file) {
    return folder.resolve(part + "/" + drive + "/proj_depth/groundtruth/image_02/" + file);
  }

  private void list(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /** As they go round: with right pictures, with depths, by numbers, and alone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        2011_09_26/%1$s/image_02/data/0000000069.jpg 2011_09_26/%1$s/image_03/data/0000000069.jpg
        2011_09_26/%1$s/image_02/data/0000000000.jpg 2011_09_26/%1$s/image_03/data/0000000000.jpg
        2011_09_28/%2$s/image_02/data/0000000010.jpg 2011_09_28/%2$s/image_03/data/0000000010.jpg
        """,
        """
        2011_09_26/%1$s/image_02/data/0000000069.png %1$s/proj_depth/groundtruth/x.png 721.5377
        2011_09_26/%1$s/image_02/data/0000000000.png None 721.5377
        2011_09_28/%2$s/image_02/data/0000000010.png %2$s/proj_depth/groundtruth/y.png 721.5377
        """,
        """
        2011_09_26/%1$s 0000000069 l
        2011_09_26/%1$s 0 l
        2011_09_28/%2$s 0000000010 l
        """,
        """
        2011_09_26/%1$s/image_02/data/0000000069.png
        2011_09_26/%1$s/image_02/data/0000000000.png
        2011_09_28/%2$s/image_02/data/0000000010.png
        """
      })
  void everyListNamesTheSamePictures(String text) throws IOException {
    list("eigen_test_files.txt", String.format(Locale.ROOT, text, DRIVE, OTHER));
    SampleSet set = DataSets.open(folder).sets().get(0);
    assertThat(set.name()).isEqualTo("kitti");
    assertThat(set.region()).isEqualTo(new Region(80, Crop.GARG));
    assertThat(set.samples())
        .extracting(Sample::id)
        .containsExactly(DRIVE + "/image_02/0000000069", OTHER + "/image_02/0000000010");
    assertThat(set.samples().get(0).truth().value(7, 2)).isEqualTo(7);
    assertThat(set.samples().get(0).truth().value(50, 2)).isNaN();
    assertThat(set.samples().get(1).truth().value(7, 2)).isEqualTo(0.5f);
  }

  @Test
  void theCutSetHasTheBenchmarksSize() throws IOException {
    Pictures.png(raw("2011_09_26", DRIVE, 2, "0000000069.png"), 1242, 375, 0);
    Pictures.depth(depth("val", DRIVE, "0000000069.png"), 1242, 375, (x, y) -> 256 * (x % 50));
    list("test_files.txt", "2011_09_26/" + DRIVE + " 0000000069 l\n");
    DataSet data = DataSets.open(DataSets.named("kitti-cut").orElseThrow(), folder);
    Sample sample = data.sets().get(0).samples().get(0);
    assertThat(data.sets().get(0).region().crop()).isEqualTo(Crop.KITTI_EIGEN);
    assertThat(sample.image().width()).isEqualTo(1216);
    assertThat(sample.image().height()).isEqualTo(352);
    assertThat(sample.truth().width()).isEqualTo(1216);
    assertThat(sample.truth().height()).isEqualTo(352);
    // 13 columns and 23 rows are cut off in front.
    assertThat(sample.truth().value(2, 0)).isEqualTo(15);
    assertThat(sample.image().value(2, 0, 0)).isEqualTo(150);
    assertThat(sample.image().value(2, 0, 1)).isEqualTo(230);
  }

  @Test
  void theWholeListNeedsAllAnnotatedPictures() throws IOException {
    String line = "2011_09_26/" + DRIVE + " 0000000069 l\n";
    list("test_files_eigen.txt", line.repeat(697));
    assertRefused("has 697 pictures, but kitti has 652");
  }

  @Test
  void wrongOrPartialCopiesAreNamed() throws IOException {
    list("eigen_test_files.txt", "2011_09_26/" + DRIVE + "/image_02/data/0000000070.png\n");
    assertRefused("0000000070.png does not exist, nor below raw");
    list("eigen_test_files.txt", "eigen\n");
    assertRefused("has the line 'eigen', which does not name a KITTI picture");
    list("eigen_test_files.txt", "2011_09_26/" + DRIVE + " 0000000069 l\n");
    Files.delete(depth("val", DRIVE, "0000000069.png"));
    assertRefused("has no pictures with ground truth: kitti needs eigen_test_files.txt");
    Files.delete(depth("val", DRIVE, "x").getParent());
    assertRefused("does not exist, nor below train and val: unpack KITTI's annotated depth there");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> DataSets.open(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(message);
  }
}
