package dev.deltadepth.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.DepthMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Eth3dTest {
  private static final int WIDTH = 24;
  private static final int HEIGHT = 16;

  @TempDir private Path folder;
  private Path depth;

  @BeforeEach
  void write() throws IOException {
    write("courtyard", "dslr_images", "DSC_0286.JPG");
    depth = write("office", "dslr_images", "DSC_0219.JPG");
  }

  private Path write(String scene, String part, String name) throws IOException {
    Pictures.jpeg(folder.resolve(scene).resolve("images/" + part + "/" + name), WIDTH, HEIGHT, 9);
    ByteBuffer values = ByteBuffer.allocate(4 * WIDTH * HEIGHT).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      values.putFloat(i == 5 ? Float.POSITIVE_INFINITY : i / 4f);
    }
    Path file = folder.resolve(scene).resolve("ground_truth_depth/" + part + "/" + name);
    Files.createDirectories(file.getParent());
    return Files.write(file, values.array());
  }

  @Test
  void rawFloatsBelongToThePictureOfTheirName() {
    DataSet data = DataSets.open(folder);
    assertThat(data.name()).isEqualTo("eth3d");
    SampleSet set = data.sets().get(0);
    assertThat(set.samples())
        .extracting(Sample::id)
        .containsExactly("courtyard/dslr_images/DSC_0286", "office/dslr_images/DSC_0219");
    DepthMap truth = set.samples().get(1).truth();
    assertThat(truth.width()).isEqualTo(WIDTH);
    assertThat(truth.value(3, 2)).isEqualTo((2 * WIDTH + 3) / 4f);
    assertThat(truth.value(5, 0)).isNaN();
    assertThat(truth.value(0, 0)).isNaN();
    assertThat(set.samples().get(1).image().height()).isEqualTo(HEIGHT);
  }

  @Test
  void undistortedPicturesAreTakenWhereThereIsTruthForThem() throws IOException {
    Path scene = folder.resolve("office");
    Pictures.jpeg(scene.resolve("images/dslr_images_undistorted/DSC_0219.JPG"), 8, 8, 0);
    assertThat(DataSets.open(scene).count()).isEqualTo(1);
    write("office", "dslr_images_undistorted", "DSC_0219.JPG");
    assertThat(DataSets.open(scene).sets().get(0).samples())
        .extracting(Sample::id)
        .containsExactly("office/dslr_images/DSC_0219", "office/dslr_images_undistorted/DSC_0219");
  }

  @Test
  void wrongOrPartialCopiesAreNamed() throws IOException {
    Files.write(depth, new byte[17]);
    Sample sample = DataSets.open(folder).sets().get(0).samples().get(1);
    assertThatThrownBy(sample::truth)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("has 17 bytes, but 1536 (384 float32) are expected");
    Files.delete(depth);
    assertRefused("office has 1 pictures and 0 depths of dslr_images");
    Files.delete(folder.resolve("office/images/dslr_images/DSC_0219.JPG"));
    Files.delete(folder.resolve("office/images/dslr_images"));
    assertRefused("unpack the pictures and the depths into one folder");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> DataSets.open(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(message);
  }
}
