package dev.deltadepth.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.metrics.Crop;
import dev.deltadepth.metrics.Region;
import dev.deltadepth.metrics.TruthKind;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;

/** On a small nyu_depth_v2_labeled.mat of five pictures of 8x6, and on small folders. */
class NyuTest {
  private static final int WIDTH = 8;
  private static final int HEIGHT = 6;

  @TempDir private Path folder;

  /**
   * A file as MATLAB 7.3 writes it, made by HDF5's own library: behind a block of text, axes in
   * reverse, in chunks that no picture fills ([2, 3, 4, 6] and [3, 5, 4]) under an old index,
   * deflated. Pictures are red 200 + x, green 10 y and blue their index; column 0 of the raw depths
   * has no value.
   */
  private void writeMat() throws IOException {
    String resource = "nyu_depth_v2_labeled.mat.gz.base64";
    try (InputStream text = Objects.requireNonNull(NyuTest.class.getResourceAsStream(resource));
        InputStream mat = new GZIPInputStream(Base64.getMimeDecoder().wrap(text))) {
      Files.copy(mat, mat());
    }
  }

  private static float metres(int picture, int x, int y) {
    return 1 + picture + x / 10f + y / 100f;
  }

  private Path mat() {
    return folder.resolve("nyu_depth_v2_labeled.mat");
  }

  private void writeSplit(int... indices) throws IOException {
    Matrix matrix = Mat5.newMatrix(indices.length, 1);
    for (int i = 0; i < indices.length; i++) {
      matrix.setDouble(i, indices[i]);
    }
    Mat5.writeToFile(
        Mat5.newMatFile().addArray("testNdxs", matrix).addArray("trainNdxs", Mat5.newMatrix(1, 1)),
        folder.resolve("splits.mat").toFile());
  }

  @Test
  void theTestPicturesOfTheMatFileAreReadUpright() throws IOException {
    writeMat();
    writeSplit(2, 5);
    for (Path path : List.of(folder, mat())) {
      try (DataSet data = DataSets.open(path)) {
        assertThat(data.name()).isEqualTo("nyu");
        SampleSet set = data.sets().get(0);
        assertThat(set.kind()).isEqualTo(TruthKind.METRES);
        assertThat(set.region()).isEqualTo(new Region(10, Crop.NYU_EIGEN));
        assertThat(set.origin().citation()).contains("ECCV 2012");
        assertThat(set.samples()).extracting(Sample::id).containsExactly("0002", "0005");
        Sample last = set.samples().get(1);
        assertThat(last.source()).endsWith("nyu_depth_v2_labeled.mat, picture 5");
        assertThat(last.image().width()).isEqualTo(WIDTH);
        assertThat(last.image().value(7, 3, 0)).isEqualTo(207);
        assertThat(last.image().value(7, 3, 1)).isEqualTo(30);
        assertThat(last.image().value(7, 3, 2)).isEqualTo(4);
        DepthMap truth = last.truth();
        assertThat(truth.kind()).isEqualTo(DepthMap.Kind.METRES);
        assertThat(truth.height()).isEqualTo(HEIGHT);
        assertThat(truth.value(7, 3)).isCloseTo(metres(4, 7, 3), within(1e-5f));
        assertThat(truth.value(0, 3)).isNaN();
      }
    }
  }

  @Test
  void theFilledDepthsAreADataSetOfTheirOwn() throws IOException {
    writeMat();
    writeSplit(1);
    DataSetFormat filled = DataSets.named("nyu-filled").orElseThrow();
    try (DataSet data = DataSets.open(filled, folder)) {
      assertThat(data.sets().get(0).name()).isEqualTo("nyu-filled");
      assertThat(data.sets().get(0).samples().get(0).truth().value(0, 3))
          .isCloseTo(metres(0, 0, 3), within(1e-5f));
    }
  }

  @Test
  void picturesAreReadByManyThreadsAtATime() throws IOException {
    writeMat();
    writeSplit(1, 2, 3, 4, 5);
    try (DataSet data = DataSets.open(folder)) {
      List<Sample> samples = data.sets().get(0).samples();
      IntStream.range(0, 200)
          .parallel()
          .forEach(
              i -> {
                Sample sample = samples.get(i % 5);
                assertThat(sample.image().value(2, 1, 2)).isEqualTo(i % 5);
                assertThat(sample.truth().value(2, 1))
                    .isCloseTo(metres(i % 5, 2, 1), within(1e-5f));
              });
    }
  }

  @Test
  void wrongOrPartialMatFilesAreNamed() throws IOException {
    writeMat();
    assertRefused("splits.mat does not exist");
    Files.writeString(folder.resolve("splits.mat"), "<html>404</html>".repeat(20));
    assertRefused("splits.mat is not a MATLAB file of level 5");
    Mat5.writeToFile(
        Mat5.newMatFile().addArray("indices", Mat5.newMatrix(1, 1)),
        folder.resolve("splits.mat").toFile());
    assertRefused("splits.mat has no array 'testNdxs'");
    writeSplit(1, 6);
    assertRefused("holds 5 pictures, but the split names 6");
    writeSplit(1, 5);

    Files.writeString(mat(), "no matrix");
    assertRefused("is not HDF5 (MATLAB 7.3), or is cut off");
    try (WritableHdfFile file = HdfFile.write(mat())) {
      file.putDataset("images", new byte[2][3][4][3]);
    }
    assertRefused("has no array 'rawDepths'");
    try (WritableHdfFile file = HdfFile.write(mat())) {
      file.putDataset("images", new byte[2][4][3][3]);
      file.putDataset("rawDepths", new float[2][3][3]);
    }
    assertRefused(", not [N, 3, W, H] and [N, W, H]");
    try (WritableHdfFile file = HdfFile.write(mat())) {
      file.putDataset("images", new double[5][3][2][2]);
      file.putDataset("rawDepths", new double[5][2][2]);
    }
    try (DataSet data = DataSets.open(folder)) {
      Sample sample = data.sets().get(0).samples().get(0);
      assertThatThrownBy(sample::image).hasMessageContaining("images that are not uint8");
      assertThatThrownBy(sample::truth).hasMessageContaining("depths that are not float32");
    }
  }

  @Test
  void aMatFileThatIsCutOffAnywhereIsNamed() throws IOException {
    writeMat();
    writeSplit(1, 2, 3, 4, 5);
    byte[] whole = Files.readAllBytes(mat());
    for (int length = 0; length < whole.length; length += 199) {
      Files.write(mat(), Arrays.copyOf(whole, length));
      try (DataSet data = DataSets.open(folder)) {
        data.sets().get(0).samples().forEach(NyuTest::read);
        // What is left out are the filled depths, the last pictures or the end of a chunk.
        assertThat(length).isGreaterThan(whole.length / 2);
      } catch (DatasetException e) {
        assertThat(e)
            .hasMessageContaining("nyu_depth_v2_labeled.mat")
            .hasMessageContaining("download it again");
      }
    }
  }

  private static void read(Sample sample) {
    assertThat(sample.image().value(7, 3, 0)).isEqualTo(207);
    assertThat(sample.truth().value(7, 3)).isGreaterThan(1);
  }

  @Test
  void picturesInTheLayoutOfBtsAreReadToo() throws IOException {
    DataSetFormat nyu = DataSets.named("nyu").orElseThrow();
    Path scene = folder.resolve("official_splits/test/bathroom");
    for (int i = 45; i < 47; i++) {
      Pictures.jpeg(scene.resolve("rgb_000" + i + ".jpg"), 16, 8, 0);
      Pictures.depth(scene.resolve("sync_depth_000" + i + ".png"), 16, 8, (x, y) -> 1000 * x);
    }
    assertThat(NyuFolder.isAt(folder)).isTrue();
    List<String> prefixes = List.of("sync_depth_", "depth_");
    SampleSet set = NyuFolder.open(folder, nyu, prefixes, 2).sets().get(0);
    assertThat(set.samples())
        .extracting(Sample::id)
        .containsExactly("bathroom/00045", "bathroom/00046");
    assertThat(set.samples().get(0).image().width()).isEqualTo(16);
    assertThat(set.samples().get(0).truth().value(3, 1)).isEqualTo(3);
    assertThat(set.samples().get(0).truth().value(0, 1)).isNaN();

    assertRefused("has 2 pictures, but nyu has 654");
    Files.delete(scene.resolve("sync_depth_00046.png"));
    assertRefused("rgb_00046.jpg has no sync_depth_00046 or depth_00046.png beside it");
  }

  @Test
  void picturesInTheLayoutOfMarigoldHaveBothDepths() throws IOException {
    Path scene = folder.resolve("test/kitchen_0004");
    Pictures.png(scene.resolve("rgb_0001.png"), 16, 8, 0);
    Pictures.depth(scene.resolve("depth_0001.png"), 16, 8, (x, y) -> 0);
    Pictures.depth(scene.resolve("filled_0001.png"), 16, 8, (x, y) -> 2500);
    DataSetFormat nyu = DataSets.named("nyu").orElseThrow();
    Sample raw = NyuFolder.open(folder, nyu, List.of("depth_"), 1).sets().get(0).samples().get(0);
    Sample filled =
        NyuFolder.open(folder, nyu, List.of("filled_"), 1).sets().get(0).samples().get(0);
    assertThat(raw.id()).isEqualTo("kitchen_0004/0001");
    assertThat(raw.truth().value(1, 1)).isNaN();
    assertThat(filled.truth().value(1, 1)).isEqualTo(2.5f);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> DataSets.open(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(message);
  }
}
