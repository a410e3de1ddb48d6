package dev.deltadepth.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.io.map.StoredMap;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void losslessFormatsGiveBackEveryPixel(String format) throws IOException {
    RgbImage image = Samples.gradient(37, 23);
    Path file = folder.resolve("photo." + format);
    Files.write(file, Samples.encoded(image, format));
    RgbImage read = ImageFiles.read(file);
    assertThat(read.width()).isEqualTo(37);
    assertThat(read.data()).isEqualTo(image.data());
  }

  /** A pipe that nobody writes into is waited for without end, and zeros have no end. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void pipesSocketsAndDevicesAreNotOpened() throws Exception {
    Path pipe = folder.resolve("pipe.jpg");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path link = Files.createSymbolicLink(folder.resolve("link.jpg"), pipe);
    Path socket = folder.resolve("socket.jpg");
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
      for (Path file : List.of(pipe, link, socket, Path.of("/dev/zero"), Path.of("/dev/null"))) {
        String message =
            file
                + " is a pipe, a socket or a device: give the path of a file, or - for standard"
                + " input";
        assertThatThrownBy(() -> ImageFiles.read(file)).hasMessage(message);
        assertThatThrownBy(() -> ImageFiles.size(file)).hasMessage(message);
        assertThatThrownBy(() -> Sha256.of(file)).hasMessage(message);
        assertThatThrownBy(() -> NpyFile.read(file)).hasMessage(message);
        assertThatThrownBy(() -> StoredMap.read(file)).hasMessage(message);
      }
    }
  }

  @Test
  void aLinkThatLeadsNowhereIsCalledSo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("a.jpg"), folder.resolve("gone.jpg"));
    assertThatThrownBy(() -> ImageFiles.read(link))
        .isInstanceOf(FileException.class)
        .hasMessage(link + " is a link to a file that does not exist: check its target");
  }

  @Test
  void aJpegIsCloseToWhatWasWritten() {
    RgbImage image = Samples.gradient(64, 48);
    Path file = folder.resolve("photo.jpg");
    ImageFiles.writeJpeg(image, file, 0.98f);
    assertClose(ImageFiles.read(file), image, 12);
  }

  @Test
  void aProgressiveJpegIsReadToo() throws IOException {
    RgbImage image = Samples.gradient(64, 48);
    assertClose(ImageFiles.read(Samples.progressiveJpeg(image), "p.jpg"), image, 60);
  }

  @Test
  void aGreyJpegIsGreyInAllChannels() throws IOException {
    BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    fill(grey, 77);
    assertColour(ImageFiles.read(Samples.encoded(grey, "jpeg"), "grey.jpg"), 77, 77, 77, 1);
  }

  @Test
  void inksBecomeColours() {
    // (255 - ink) * (255 - black) / 255
    assertColour(ImageFiles.read(Samples.CMYK_JPEG, "inks.jpg"), 198, 152, 106, 2);
  }

  @Test
  void inksInYcckBecomeColours() {
    // Y 215, Cb 165, Cr 115 are inks of (196.8, 211.5, 255): 235 / 255 of what those leave.
    assertColour(ImageFiles.read(Samples.ycckJpeg(), "inks.jpg"), 54, 40, 0, 2);
  }

  @Test
  void sixteenBitsAreRoundedToEight() throws IOException {
    BufferedImage grey = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    grey.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 128 * 257 + 100, 65535});
    RgbImage read = ImageFiles.read(Samples.encoded(grey, "png"), "grey.png");
    assertThat(read.data()).containsExactly(bytes(0, 0, 0, 128, 128, 128, 255, 255, 255));

    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
    raster.setPixel(0, 0, new int[] {200 * 257, 100 * 257 - 99, 12345});
    BufferedImage colour = new BufferedImage(model, raster, false, null);
    assertThat(ImageFiles.read(Samples.encoded(colour, "png"), "colour.png").data())
        .containsExactly(bytes(200, 100, 48));
  }

  @Test
  void portableMapsOfColoursBitsAndOpacityAreRead() {
    byte[] rgb = {(byte) 200, 100, 50, 10, 20, 30};
    RgbImage colours = ImageFiles.read(joined("P6 2 1 255\n", rgb), "a.ppm");
    assertThat(colours.data()).isEqualTo(rgb);
    byte[] bits = {(byte) 0b01000000};
    RgbImage black = ImageFiles.read(joined("P4 2 1\n", bits), "a.pbm");
    assertThat(black.data()).isEqualTo(new byte[] {-1, -1, -1, 0, 0, 0});
    byte[] rgba = {10, 20, 30, -1, 10, 20, 30, 0};
    String head = "P7\nWIDTH 2\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n";
    RgbImage half = ImageFiles.read(joined(head, rgba), "a.pam");
    assertThat(half.data()).isEqualTo(new byte[] {10, 20, 30, -1, -1, -1});
  }

  /** What is brighter than a screen's white is brighter than grey, and not cut off. */
  @Test
  void lightOfRadianceIsMappedToAScreen() {
    String head = "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 2 +X 8\n";
    // Each row is eight times one pixel: (128, 128, 128) / 256 * 2^0 and (128, 0, 0) / 256 * 2^3.
    int[] rows = {
      2, 2, 0, 8, 136, 128, 136, 128, 136, 128, 136, 128, 2, 2, 0, 8, 136, 128, 136, 0, 136, 0, 136,
      131
    };
    byte[] pixels = new byte[rows.length];
    for (int i = 0; i < rows.length; i++) {
      pixels[i] = (byte) rows[i];
    }
    RgbImage image = ImageFiles.read(joined(head, pixels), "a.hdr");
    assertThat(image.width()).isEqualTo(8);
    assertThat(Arrays.copyOf(image.data(), 3)).containsOnly(image.data()[0]);
    assertThat(image.data()[0] & 0xff).isBetween(180, 230);
    assertThat(image.data()[24] & 0xff).isBetween(240, 254);
    assertThat(image.data()[25]).isZero();
  }

  private static byte[] joined(String head, byte[] body) {
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  @Test
  void whatIsTransparentLiesOverWhite() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00102030);
    image.setRGB(1, 0, 0x80000000);
    image.setRGB(2, 0, 0xff102030);
    assertThat(ImageFiles.read(Samples.encoded(image, "png"), "a.png").data())
        .containsExactly(bytes(255, 255, 255, 127, 127, 127, 16, 32, 48));
  }

  @Test
  void palettesKeepTheirColoursAndTheirTransparency() throws IOException {
    byte[] red = bytes(10, 200, 30);
    byte[] green = bytes(20, 100, 60);
    byte[] blue = bytes(30, 50, 90);
    byte[] opacity = bytes(255, 0, 255);
    IndexColorModel palette = new IndexColorModel(8, 3, red, green, blue, opacity);
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 1, 2});
    byte[] expected = bytes(10, 20, 30, 255, 255, 255, 30, 60, 90);
    assertThat(ImageFiles.read(Samples.encoded(image, "png"), "p.png").data())
        .containsExactly(expected);
    assertThat(ImageFiles.read(Samples.encoded(image, "gif"), "p.gif").data())
        .containsExactly(expected);
  }

  @Test
  void webpIsReadLosslessLossyAndWithOpacity() {
    RgbImage read = ImageFiles.read(Samples.WEBP, "w.webp");
    RgbImage half = ImageFiles.read(Samples.WEBP_HALF_TRANSPARENT, "w.webp");
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        assertThat(read.value(x, y, 0)).isEqualTo(30 * x);
        assertThat(read.value(x, y, 1)).isEqualTo(30 * y);
        assertThat(read.value(x, y, 2)).isEqualTo(100);
        assertThat(half.value(x, y, 0)).isCloseTo((30 * x * 128 + 255 * 127) / 255, within(1));
      }
    }
    assertColour(ImageFiles.read(Samples.WEBP_LOSSY, "l.webp"), 200, 120, 40, 4);
  }

  @Test
  void theContentCountsAndNotTheExtension() throws IOException {
    Path file = folder.resolve("really-a-png.jpg");
    Files.write(file, Samples.encoded(Samples.gradient(5, 4), "png"));
    assertThat(ImageFiles.read(file).data()).isEqualTo(Samples.gradient(5, 4).data());
  }

  @Test
  void aPngThatWasWrittenIsTheSamePicture() {
    RgbImage image = Samples.gradient(41, 19);
    Path file = folder.resolve("out.png");
    ImageFiles.writePng(image, file);
    assertThat(ImageFiles.read(file).data()).isEqualTo(image.data());
  }

  @Test
  void aFolderListingKnowsPicturesByTheirExtension() {
    assertThat(ImageFiles.isImage(Path.of("a", "Photo.JPG"))).isTrue();
    assertThat(ImageFiles.isImage(Path.of("x.webp"))).isTrue();
    assertThat(ImageFiles.isImage(Path.of("x.NEF"))).isTrue();
    assertThat(ImageFiles.isImage(Path.of("x.heic"))).as("without its module").isFalse();
    assertThat(ImageFiles.isImage(Path.of("x.exr"))).as("most hold depth").isFalse();
    assertThat(ImageFiles.isImage(Path.of("x.mp4"))).isFalse();
    assertThat(ImageFiles.isImage(Path.of("x.depth.txt"))).isFalse();
    assertThat(ImageFiles.isImage(Path.of("png"))).isFalse();
    assertThat(ImageFiles.isImage(Path.of("._photo.jpg"))).isFalse();
    assertThat(ImageFiles.isImage(Path.of("/"))).isFalse();
  }

  @Test
  void aQualityOutsideItsRangeIsRefused() {
    assertThatThrownBy(
            () -> ImageFiles.writeJpeg(Samples.gradient(2, 2), folder.resolve("a.jpg"), 1.5f))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void fill(BufferedImage image, int value) {
    WritableRaster raster = image.getRaster();
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++) {
        raster.setSample(x, y, 0, value);
      }
    }
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static void assertColour(RgbImage image, int red, int green, int blue, int tolerance) {
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        assertThat(image.value(x, y, 0)).isCloseTo(red, within(tolerance));
        assertThat(image.value(x, y, 1)).isCloseTo(green, within(tolerance));
        assertThat(image.value(x, y, 2)).isCloseTo(blue, within(tolerance));
      }
    }
  }

  private static void assertClose(RgbImage image, RgbImage expected, int tolerance) {
    assertThat(image.width()).isEqualTo(expected.width());
    assertThat(image.height()).isEqualTo(expected.height());
    for (int i = 0; i < expected.data().length; i++) {
      assertThat(image.data()[i] & 0xff).isCloseTo(expected.data()[i] & 0xff, within(tolerance));
    }
  }
}
