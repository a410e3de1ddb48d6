package dev.deltadepth.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Picture;
import dev.deltadepth.io.PictureLimits;
import dev.deltadepth.io.space.PhoneDepth;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeifPictureTest {

  private static final int[] RED = {200, 40, 40};
  private static final int[] GREEN = {40, 180, 60};
  private static final int[] BLUE = {50, 60, 210};
  private static final int[] GREY = {128, 128, 128};
  private static final int[] WHITE = {255, 255, 255};

  static HeifSample single(byte[]... more) {
    byte[][] properties = Arrays.copyOf(more, more.length + 2);
    System.arraycopy(more, 0, properties, 2, more.length);
    properties[0] = HeifSample.size(64, 64);
    properties[1] = HeifSample.hevc();
    return new HeifSample().item("hvc1", HeifSample.RED, List.of(), properties);
  }

  /** Four tiles, of which the right and the lower ones are cut off, as phones write them. */
  static HeifSample grid(byte[]... more) {
    byte[][] properties = Arrays.copyOf(more, more.length + 1);
    System.arraycopy(more, 0, properties, 1, more.length);
    properties[0] = HeifSample.size(120, 100);
    HeifSample sample =
        new HeifSample()
            .item("grid", HeifSample.grid(2, 2, 120, 100), List.of(2, 3, 4, 5), properties);
    for (byte[] tile :
        List.of(HeifSample.RED, HeifSample.GREEN, HeifSample.BLUE, HeifSample.GREY)) {
      sample.item("hvc1", tile, List.of(), HeifSample.size(64, 64), HeifSample.hevc());
    }
    return sample;
  }

  /** Small files of all that is read here. */
  static List<byte[]> samples() {
    return List.of(
        single().bytes(),
        single(HeifSample.turned(1), HeifSample.mirrored(0)).bytes(),
        single(HeifSample.cut(20, 10, -22, -27)).bytes(),
        grid(HeifSample.turned(3)).bytes(),
        withDepth(xmp("disparity", "relative", "1", "3")).bytes());
  }

  static RgbImage read(HeifSample sample) {
    return ImageFiles.read(sample.bytes(), "photo.heic");
  }

  private static void assertColour(RgbImage image, int x, int y, int... colour) {
    for (int c = 0; c < 3; c++) {
      assertThat(image.data()[(y * image.width() + x) * 3 + c] & 0xff)
          .as("channel %d at %d, %d", c, x, y)
          .isBetween(colour[c] - 12, colour[c] + 12);
    }
  }

  @Test
  void aCodedPictureIsReadThroughThePicturesOfFiles() {
    RgbImage image = read(single());
    assertThat(image.width()).isEqualTo(64);
    assertThat(image.height()).isEqualTo(64);
    assertColour(image, 4, 3, WHITE);
    assertColour(image, 40, 40, RED);
    assertThat(ImageFiles.isImage(Path.of("IMG_0001.HEIC"))).isTrue();
  }

  /** Grey, with a white mark of 16x8. */
  private static HeifSample withDepth(String xmp, byte[]... more) {
    byte[][] properties = Arrays.copyOf(more, more.length + 3);
    System.arraycopy(more, 0, properties, 3, more.length);
    properties[0] = HeifSample.size(64, 64);
    properties[1] = HeifSample.hevc();
    properties[2] = HeifSample.auxiliary("urn:mpeg:hevc:2015:auxid:2");
    return single()
        .item("hvc1", HeifSample.GREY, List.of(), properties)
        .item("mime", xmp.getBytes(StandardCharsets.UTF_8), List.of())
        .relation("auxl", 2, 1)
        .relation("cdsc", 3, 2);
  }

  private static String xmp(String kind, String accuracy, String black, String white) {
    return """
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:apdi="http://ns.apple.com/pixeldatainfo/1.0/"
        xmlns:depthData="http://ns.apple.com/depthData/1.0/">
        <apdi:AuxiliaryImageType>%s</apdi:AuxiliaryImageType>
        <depthData:Accuracy>%s</depthData:Accuracy>
        <apdi:FloatMinValue>%s</apdi:FloatMinValue>
        <apdi:FloatMaxValue>%s</apdi:FloatMaxValue>
        </rdf:Description></rdf:RDF></x:xmpmeta>
        """
        .formatted(kind, accuracy, black, white);
  }

  @ParameterizedTest
  @CsvSource({
    "disparity, relative, DISPARITY, 2, 3",
    "disparity, absolute, METRES, 0.5, 0.33333",
    "depth, relative, METRES, 2, 3"
  })
  void depthThatAnIphoneStored(
      String kind, String accuracy, DepthMap.Kind expected, double middle, double mark) {
    byte[] photo = withDepth(xmp(kind, accuracy, "1", "3"), HeifSample.turned(1)).bytes();
    DepthMap map = PhoneDepth.read(photo, "photo.heic").orElseThrow();
    assertThat(map.kind()).isEqualTo(expected);
    assertThat((double) map.value(40, 10)).isCloseTo(middle, within(0.05));
    // Turned by a quarter anticlockwise: the mark is at the lower left.
    assertThat((double) map.value(3, 60)).isCloseTo(mark, within(0.05));
    assertThat((double) map.value(3, 3)).isCloseTo(middle, within(0.05));
  }

  @Test
  void depthWithoutWhatItMeans() {
    byte[] photo = withDepth(xmp("disparity", "relative", "1", "?")).bytes();
    assertThatThrownBy(() -> PhoneDepth.read(photo, "photo.heic"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("photo.heic")
        .hasMessageContaining("FloatMaxValue");
    byte[] empty = withDepth(xmp("disparity", "relative", "2", "2")).bytes();
    assertThatThrownBy(() -> PhoneDepth.read(empty, "photo.heic"))
        .hasMessageContaining("no valid range");
    byte[] other = withDepth(xmp("hdrgainmap", "relative", "1", "2")).bytes();
    assertThatThrownBy(() -> PhoneDepth.read(other, "photo.heic"))
        .hasMessageContaining("no valid range");
    assertThat(PhoneDepth.read(single().bytes(), "photo.heic")).isEmpty();
  }

  @Test
  void tilesMakeAWholePicture() {
    RgbImage image = read(grid());
    assertThat(image.width()).isEqualTo(120);
    assertThat(image.height()).isEqualTo(100);
    assertColour(image, 32, 32, RED);
    assertColour(image, 110, 32, GREEN);
    assertColour(image, 32, 90, BLUE);
    assertColour(image, 110, 90, GREY);
    assertColour(image, 68, 68, WHITE);
  }

  /** Anticlockwise in quarters; where the mark of the first tile is then, and the size. */
  @ParameterizedTest
  @CsvSource({
    "0, 4, 3, 120, 100",
    "1, 3, 115, 100, 120",
    "2, 115, 96, 120, 100",
    "3, 96, 4, 100, 120"
  })
  void aPictureIsTurnedAsTheFileSays(int quarters, int x, int y, int width, int height) {
    RgbImage image = read(grid(HeifSample.turned(quarters)));
    assertThat(image.width()).isEqualTo(width);
    assertThat(image.height()).isEqualTo(height);
    assertColour(image, x, y, WHITE);
  }

  @Test
  void aPictureIsMirroredAndCutAsTheFileSays() {
    assertColour(read(single(HeifSample.mirrored(0))), 60, 3, WHITE);
    assertColour(read(single(HeifSample.mirrored(1))), 4, 60, WHITE);
    RgbImage cut = read(single(HeifSample.cut(20, 10, -22, -27)));
    assertThat(cut.width()).isEqualTo(20);
    assertThat(cut.height()).isEqualTo(10);
    assertColour(cut, 2, 2, WHITE);
    assertColour(cut, 18, 9, RED);
    assertThatThrownBy(() -> read(single(HeifSample.cut(80, 10, 0, 0))))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("outside");
  }

  @Test
  void anItemThatStandsForAnotherIsThatOne() {
    HeifSample sample =
        new HeifSample()
            .item("iden", new byte[0], List.of(2), HeifSample.size(64, 64), HeifSample.turned(2))
            .item("hvc1", HeifSample.RED, List.of(), HeifSample.size(64, 64), HeifSample.hevc());
    assertColour(read(sample), 60, 60, WHITE);
    HeifSample circle =
        new HeifSample().item("iden", new byte[0], List.of(1), HeifSample.size(64, 64));
    assertThatThrownBy(() -> read(circle))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("refer to one another");
  }

  /** Red at the left upper corner, cut by it, and blue over that; the rest is green at a half. */
  @Test
  void picturesLieOverOneAnother() {
    byte[] places = HeifSample.overlay(100, 80, new int[] {0, 0xffff, 0, 0x8000}, -10, -20, 40, 10);
    HeifSample sample =
        new HeifSample()
            .item("iovl", places, List.of(2, 3), HeifSample.size(100, 80), HeifSample.turned(2))
            .item("hvc1", HeifSample.RED, List.of(), HeifSample.size(64, 64), HeifSample.hevc())
            .item("hvc1", HeifSample.BLUE, List.of(), HeifSample.size(64, 64), HeifSample.hevc());
    RgbImage image = read(sample);
    assertThat(image.width()).isEqualTo(100);
    assertThat(image.height()).isEqualTo(80);
    assertColour(image, 98, 78, RED);
    assertColour(image, 99 - 50, 79 - 40, BLUE);
    assertColour(image, 99 - 44, 79 - 12, WHITE);
    assertColour(image, 99 - 20, 79 - 70, 127, 255, 127);
    Picture reduced =
        ImageFiles.picture(sample.bytes(), "photo.heic", new PictureLimits(2000, true));
    assertThat(reduced.image().width()).isEqualTo(50);
    assertColour(reduced.image(), 49 - 25, 39 - 20, BLUE);
    byte[] large = HeifSample.overlay(60_000, 60_000, new int[4], 0, 0);
    HeifSample huge =
        new HeifSample()
            .item("iovl", large, List.of(2), HeifSample.size(64, 64))
            .item("hvc1", HeifSample.RED, List.of(), HeifSample.size(64, 64), HeifSample.hevc());
    assertThatThrownBy(() -> read(huge))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("60000 x 60000 pixels, more than it says");
  }

  @Test
  void aPictureOfAnotherKindIsNamed() {
    HeifSample sample =
        new HeifSample().item("tmap", new byte[10], List.of(), HeifSample.size(64, 64));
    assertThatThrownBy(() -> read(sample))
        .isInstanceOf(FileException.class)
        .hasMessage("photo.heic is made of 'tmap', which is not read: export it as JPEG");
  }

  /**
   * Grey of 203 candela, HDR's white of paper, as its code in PQ and in HLG, and three quarters of
   * the code.
   */
  @ParameterizedTest
  @CsvSource({"16, 148, HDR (PQ)", "18, 191, HDR (HLG)"})
  void tonesOfHdrBecomeThoseOfAScreen(int transfer, int code, String kind) {
    byte[] pixels = new byte[64 * 48 * 3];
    Arrays.fill(pixels, (byte) code);
    Arrays.fill(pixels, 0, 64 * 24 * 3, (byte) (code * 3 / 4));
    byte[] stream = encoded(pixels, "libaom-av1", "obu", "yuv444p10le");
    byte[] item = Arrays.copyOfRange(stream, 2, stream.length);
    HeifSample plain =
        new HeifSample().brand("avif").item("av01", item, List.of(), HeifSample.size(64, 48));
    HeifSample hdr =
        new HeifSample()
            .brand("avif")
            .item(
                "av01",
                item,
                List.of(),
                HeifSample.size(64, 48),
                HeifSample.colours(9, transfer, 9, false));
    assertThat(ImageFiles.picture(plain.bytes(), "photo.avif", PictureLimits.DEFAULT).notes())
        .isEmpty();
    Picture picture = ImageFiles.picture(hdr.bytes(), "photo.avif", PictureLimits.DEFAULT);
    assertThat(picture.notes())
        .containsExactly("photo.avif is " + kind + ": its tones are mapped to those of a screen");
    int dark = picture.image().data()[3 * (64 * 10 + 30) + 1] & 0xff;
    int bright = picture.image().data()[3 * (64 * 40 + 30) + 1] & 0xff;
    assertThat(bright).as("the same light in both codes").isBetween(150, 164);
    assertThat(dark).isBetween(80, 115);
  }

  @Test
  void thePrimaryItemCountsAndNotTheFirst() {
    HeifSample sample = single().primary(2);
    sample.item("hvc1", HeifSample.BLUE, List.of(), HeifSample.size(64, 64), HeifSample.hevc());
    assertColour(read(sample), 40, 40, BLUE);
  }

  @Test
  void aLargePictureIsReadReduced() {
    Picture picture =
        ImageFiles.picture(grid().bytes(), "photo.heic", new PictureLimits(2000, true));
    assertThat(picture.image().width()).isEqualTo(40);
    assertThat(picture.image().height()).isEqualTo(34);
    assertColour(picture.image(), 10, 10, RED);
    assertColour(picture.image(), 36, 10, GREEN);
    assertColour(picture.image(), 36, 30, GREY);
    assertThat(picture.notes()).hasSize(1);
    assertThatThrownBy(() -> ImageFiles.read(grid().bytes(), "photo.heic", 2000))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("120 x 100 pixels, more than the limit of 2000");
  }

  /** AV1 made here by FFmpeg itself. */
  @Test
  void avifIsReadToo() {
    byte[] pixels = new byte[64 * 48 * 3];
    for (int i = 0; i < pixels.length; i += 3) {
      pixels[i] = (byte) 200;
      pixels[i + 1] = 40;
      pixels[i + 2] = 40;
    }
    byte[] stream = encoded(pixels, "libaom-av1", "obu", "yuv444p");
    byte[] item = Arrays.copyOfRange(stream, 2, stream.length);
    HeifSample sample =
        new HeifSample()
            .brand("avif")
            .item("av01", item, List.of(), HeifSample.size(64, 48), HeifSample.turned(1));
    RgbImage image = ImageFiles.read(sample.bytes(), "photo.avif");
    assertThat(image.width()).isEqualTo(48);
    assertColour(image, 20, 20, RED);
  }

  /** 64 x 48 pixels, coded. */
  static byte[] encoded(byte[] rgb, String codec, String format, String pixels) {
    return Ffmpeg.run(
        List.of(
            "-f",
            "rawvideo",
            "-pix_fmt",
            "rgb24",
            "-s",
            "64x48",
            "-i",
            "pipe:0",
            "-frames:v",
            "1",
            "-c:v",
            codec,
            "-pix_fmt",
            pixels,
            "-f",
            format,
            "pipe:1"),
        rgb,
        Duration.ofSeconds(30),
        Ffmpeg.bytes(1 << 20));
  }
}
