package dev.deltadepth.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Struct;

/** On pictures of 5x4, where pixel (1, 2) is invalid, (2, 2) glass and (0, 0) without depth. */
class IbimsTest {
  private static final int WIDTH = 5;
  private static final int HEIGHT = 4;

  @TempDir private Path folder;

  private void writeMat(Path file) throws IOException {
    Matrix rgb = Mat5.newMatrix(new int[] {HEIGHT, WIDTH, 3}, MatlabType.UInt8);
    Matrix depth = Mat5.newMatrix(HEIGHT, WIDTH);
    Matrix invalid = Mat5.newMatrix(HEIGHT, WIDTH, MatlabType.UInt8);
    Matrix glass = Mat5.newLogical(HEIGHT, WIDTH);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        rgb.setByte(new int[] {y, x, 0}, (byte) (200 + x));
        rgb.setByte(new int[] {y, x, 1}, (byte) (10 * y));
        rgb.setByte(new int[] {y, x, 2}, (byte) 7);
        depth.setDouble(y, x, metres(x, y));
        invalid.setInt(y, x, x == 1 && y == 2 ? 0 : 1);
        glass.setBoolean(y, x, x != 2 || y != 2);
      }
    }
    Struct data = Mat5.newStruct();
    data.set("rgb", rgb);
    data.set("depth", depth);
    data.set("mask_invalid", invalid);
    data.set("mask_transp", glass);
    Files.createDirectories(file.getParent());
    Mat5.writeToFile(Mat5.newMatFile().addArray("data", data), file.toFile());
  }

  private static double metres(int x, int y) {
    return x + y == 0 ? 0 : 10 * x + y;
  }

  private void writePictures(Path root) throws IOException {
    Pictures.png(root.resolve("rgb/corridor_01.png"), WIDTH, HEIGHT, 7);
    Pictures.depth(
        root.resolve("depth/corridor_01.png"),
        WIDTH,
        HEIGHT,
        (x, y) -> (int) Math.round(metres(x, y) / 50 * 65535));
    mask(root.resolve("mask_invalid/corridor_01.png"), 1);
    mask(root.resolve("mask_transp/corridor_01.png"), 2);
    Files.writeString(root.resolve("imagelist.txt"), "corridor_01\n");
  }

  /** Of one bit. */
  private static void mask(Path file, int x) throws IOException {
    BufferedImage mask = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      mask.getRaster().setSample(i % WIDTH, i / WIDTH, 0, 1);
    }
    mask.getRaster().setSample(x, 2, 0, 0);
    Files.createDirectories(file.getParent());
    ImageIO.write(mask, "png", file.toFile());
  }

  @Test
  void theMatlabFilesAreReadUprightAndMasked() throws IOException {
    Path root = folder.resolve("ibims1_core_mat");
    writeMat(root.resolve("corridor_01.mat"));
    Files.writeString(root.resolve("imagelist.txt"), "corridor_01\n");
    Sample sample = DataSets.open(folder).sets().get(0).samples().get(0);
    assertThat(sample.id()).isEqualTo("corridor_01");
    assertThat(sample.image().width()).isEqualTo(WIDTH);
    assertThat(sample.image().value(4, 3, 0)).isEqualTo(204);
    assertThat(sample.image().value(4, 3, 1)).isEqualTo(30);
    assertThat(sample.image().value(4, 3, 2)).isEqualTo(7);
    assertTruth(sample.truth());
  }

  @Test
  void thePngFilesSayTheSame() throws IOException {
    writePictures(folder);
    DataSet data = DataSets.open(folder);
    assertThat(data.name()).isEqualTo("ibims");
    assertTruth(data.sets().get(0).samples().get(0).truth());
  }

  private static void assertTruth(DepthMap truth) {
    assertThat(truth.width()).isEqualTo(WIDTH);
    assertThat(truth.value(4, 3)).isCloseTo(43, within(0.001f));
    assertThat(truth.value(0, 3)).isCloseTo(3, within(0.001f));
    assertThat(truth.value(1, 2)).isNaN();
    assertThat(truth.value(2, 2)).isNaN();
    assertThat(truth.value(0, 0)).isNaN();
    int counted = 0;
    for (float value : truth.data()) {
      counted += Float.isNaN(value) ? 0 : 1;
    }
    assertThat(counted).isEqualTo(WIDTH * HEIGHT - 3);
  }

  @Test
  void wrongOrPartialCopiesAreNamed() throws IOException {
    Path file = folder.resolve("corridor_01.mat");
    Files.writeString(folder.resolve("imagelist.txt"), "corridor_01\n");
    assertRefused("corridor_01.mat does not exist: unpack the archive again");
    writeMat(file);
    Sample sample = DataSets.open(folder).sets().get(0).samples().get(0);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(sample::truth)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("corridor_01.mat is not a MATLAB file of level 5, or is cut off");
    Mat5.writeToFile(Mat5.newMatFile().addArray("data", Mat5.newStruct()), file.toFile());
    assertThatThrownBy(sample::truth)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("has no data.depth");
    writePictures(folder);
    Sample picture = DataSets.open(folder).sets().get(0).samples().get(0);
    Pictures.depth(folder.resolve("mask_transp/corridor_01.png"), 2, 2, (x, y) -> 1);
    assertThatThrownBy(picture::truth)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("differs in size from the depth");
    Files.delete(folder.resolve("mask_transp/corridor_01.png"));
    assertRefused("corridor_01.png does not exist");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> DataSets.open(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(message);
  }
}
