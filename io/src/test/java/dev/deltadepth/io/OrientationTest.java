package dev.deltadepth.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.RgbImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {

  private static final int BLOCK = 16;

  /**
   * A scene with R at the top left, G at the top right, B at the bottom left and W at the bottom
   * right, and where EXIF's table puts its corners in the file: top left, top right, bottom left,
   * bottom right.
   */
  @ParameterizedTest
  @CsvSource({
    "1, RGBW", "2, GRWB", "3, WBGR", "4, BWRG", "5, RBGW", "6, GWRB", "7, WGBR", "8, BRWG"
  })
  void everyPhotoComesUpright(int orientation, String stored) throws IOException {
    // Wider than high as it is seen, so that rows and columns cannot be mistaken.
    int wide = 3 * BLOCK;
    int high = 2 * BLOCK;
    boolean exchanged = orientation >= 5;
    RgbImage file = corners(exchanged ? high : wide, exchanged ? wide : high, stored);
    byte[] jpeg = withOrientation(Samples.encoded(file, "jpeg"), orientation);
    RgbImage read = ImageFiles.read(jpeg, "photo.jpg");
    assertThat(read.width()).isEqualTo(wide);
    assertThat(read.height()).isEqualTo(high);
    assertThat("" + at(read, 0, 0) + at(read, 1, 0) + at(read, 0, 1) + at(read, 1, 1))
        .isEqualTo("RGBW");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 65535})
  void nonsenseIsTakenForUpright(int orientation) throws IOException {
    byte[] jpeg = Samples.encoded(corners(48, 32, "RGBW"), "jpeg");
    assertThat(ImageFiles.read(withOrientation(jpeg, orientation), "photo.jpg").data())
        .isEqualTo(ImageFiles.read(jpeg, "photo.jpg").data());
  }

  @Test
  void damagedMetadataDoNotHinderThePicture() throws IOException {
    byte[] jpeg = withOrientation(Samples.encoded(corners(48, 32, "RGBW"), "jpeg"), 6);
    jpeg[12] = 'X';
    assertThat(ImageFiles.read(jpeg, "photo.jpg").width()).isEqualTo(48);
  }

  @Test
  void whatIsAlignedWithStoredPixelsIsReadAsStored(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("photo.jpg");
    Files.write(file, withOrientation(Samples.encoded(corners(48, 32, "RGBW"), "jpeg"), 6));
    assertThat(ImageFiles.read(file).width()).isEqualTo(32);
    assertThat(ImageFiles.size(file)).isEqualTo(new ImageSize(48, 32));
    RgbImage stored = ImageFiles.readAsStored(file);
    assertThat(stored.width()).isEqualTo(48);
    assertThat("" + at(stored, 0, 0) + at(stored, 1, 0) + at(stored, 0, 1) + at(stored, 1, 1))
        .isEqualTo("RGBW");
  }

  private static RgbImage corners(int width, int height, String names) {
    byte[] data = new byte[width * height * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        char name = names.charAt((y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1));
        int i = (y * width + x) * 3;
        data[i] = (byte) (name == 'R' || name == 'W' ? 255 : 0);
        data[i + 1] = (byte) (name == 'G' || name == 'W' ? 255 : 0);
        data[i + 2] = (byte) (name == 'B' || name == 'W' ? 255 : 0);
      }
    }
    return new RgbImage(width, height, data);
  }

  private static char at(RgbImage image, int column, int row) {
    int x = column == 0 ? 2 : image.width() - 3;
    int y = row == 0 ? 2 : image.height() - 3;
    boolean red = image.value(x, y, 0) > 128;
    boolean green = image.value(x, y, 1) > 128;
    return red && green ? 'W' : red ? 'R' : green ? 'G' : 'B';
  }

  /** The JPEG with an APP1 segment behind its first marker: TIFF, little-endian, one entry. */
  private static byte[] withOrientation(byte[] jpeg, int orientation) throws IOException {
    byte[] exif = {
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'I',
      'I',
      42,
      0,
      8,
      0,
      0,
      0,
      1,
      0,
      0x12,
      1,
      3,
      0,
      1,
      0,
      0,
      0,
      (byte) orientation,
      (byte) (orientation >> 8),
      0,
      0,
      0,
      0,
      0,
      0
    };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(new byte[] {(byte) 0xff, (byte) 0xe1, 0, (byte) (exif.length + 2)});
    out.write(exif);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }
}
