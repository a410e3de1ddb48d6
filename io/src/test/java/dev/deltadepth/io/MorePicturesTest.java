package dev.deltadepth.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.RgbImage;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures as other programs write them, read right or refused as what they are. */
class MorePicturesTest {

  private static final int WIDTH = 12;
  private static final int HEIGHT = 3;

  /** A ramp from black to white. */
  private static double ramp(int i) {
    return (double) (i % WIDTH) / (WIDTH - 1);
  }

  private static void assertRamp(byte[] file, boolean inverted) {
    RgbImage image = ImageFiles.read(file, "ramp");
    assertThat(image.width()).isEqualTo(WIDTH);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      double expected = 255 * (inverted ? 1 - ramp(i) : ramp(i));
      assertThat((double) (image.data()[3 * i] & 0xff)).isCloseTo(expected, within());
      assertThat(image.data()[3 * i + 2]).isEqualTo(image.data()[3 * i]);
    }
  }

  private static Offset<Double> within() {
    return Offset.offset(2.5);
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 8, 10, 12, 14, 16, 32})
  void greyTiffIsScaledByItsOwnBits(int bits) {
    for (int kind : new int[] {1, 0}) {
      long[] samples = new long[WIDTH * HEIGHT];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = Math.round(ramp(i) * ((1L << bits) - 1));
      }
      byte[] strip =
          bits % 8 == 0 ? wholeBytes(samples, bits / 8) : TiffSample.packed(samples, WIDTH, bits);
      byte[] tiff =
          new TiffSample().page(WIDTH, HEIGHT, bits, TiffSample.UNSIGNED, kind, strip).bytes();
      assertRamp(tiff, kind == 0);
    }
  }

  private static byte[] wholeBytes(long[] samples, int bytes) {
    byte[] out = new byte[samples.length * bytes];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (samples[i / bytes] >> (8 * (i % bytes)));
    }
    return out;
  }

  /** Their readers take the bytes in the wrong order. */
  @Test
  void tiffOf24BitsIsRefusedAsUnsupported() {
    byte[] strip = new byte[3 * WIDTH * HEIGHT];
    byte[] tiff = new TiffSample().page(WIDTH, HEIGHT, 24, TiffSample.UNSIGNED, 1, strip).bytes();
    assertThatThrownBy(() -> ImageFiles.read(tiff, "deep.tif"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("deep.tif is not read (Unsupported: 24 bits per sample)");
  }

  @ParameterizedTest
  @CsvSource({"50000, Zstandard", "50001, WebP", "34887, LERC", "34925, LZMA"})
  void tiffOfAnUnsupportedCompressionNamesIt(int number, String name) {
    byte[] strip = new byte[WIDTH * HEIGHT];
    byte[] tiff = new TiffSample().page(WIDTH, HEIGHT, 8, TiffSample.UNSIGNED, 1, strip).bytes();
    ByteBuffer entries = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
    int compression = 10;
    while (entries.getShort(compression) != 259) {
      compression += 12;
    }
    entries.putShort(compression + 8, (short) number);
    assertThatThrownBy(() -> ImageFiles.read(tiff, "packed.tif"))
        .isInstanceOf(FileException.class)
        .hasMessage(
            "packed.tif is compressed with "
                + name
                + ", which is not read: save it with LZW or Deflate");
  }

  @Test
  void tiffOfFloatsIsNotBrightened() {
    ByteBuffer strip = TiffSample.buffer(4 * WIDTH * HEIGHT);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      strip.putFloat((float) ramp(i));
    }
    assertRamp(
        new TiffSample()
            .page(WIDTH, HEIGHT, 32, TiffSample.FLOAT, 1, TiffSample.bytes(strip))
            .bytes(),
        false);
  }

  @Test
  void tiffOfSignedIntegersIsRead() {
    ByteBuffer strip = TiffSample.buffer(2 * WIDTH * HEIGHT);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      strip.putShort((short) (Math.round(ramp(i) * 65535) - 32768));
    }
    assertRamp(
        new TiffSample()
            .page(WIDTH, HEIGHT, 16, TiffSample.SIGNED, 1, TiffSample.bytes(strip))
            .bytes(),
        false);
  }

  @Test
  void theLargestPageOfATiffCounts() {
    byte[] small = new byte[4 * 3];
    byte[] large = new byte[WIDTH * HEIGHT];
    Arrays.fill(large, (byte) 200);
    byte[] tiff =
        new TiffSample()
            .page(4, 3, 8, TiffSample.UNSIGNED, 1, small)
            .page(WIDTH, HEIGHT, 8, TiffSample.UNSIGNED, 1, large)
            .bytes();
    assertThat(ImageFiles.read(tiff, "pages.tif").width()).isEqualTo(WIDTH);
    assertThat(ImageFiles.read(tiff, "pages.tif").data()[0]).isEqualTo((byte) 200);
  }

  @Test
  void portableMapsAreRead() throws IOException {
    ByteArrayOutputStream grey = new ByteArrayOutputStream();
    grey.writeBytes("P5\n# a ramp\n12 3\n1000\n".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int value = (int) Math.round(1000 * ramp(i));
      grey.write(value >> 8);
      grey.write(value);
    }
    assertRamp(grey.toByteArray(), false);
    ByteBuffer floats = TiffSample.buffer(4 * WIDTH * HEIGHT);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      floats.putFloat((float) ramp(i));
    }
    ByteArrayOutputStream pfm = new ByteArrayOutputStream();
    pfm.writeBytes("Pf\n12 3\n-1.0\n".getBytes(StandardCharsets.US_ASCII));
    pfm.writeBytes(TiffSample.bytes(floats));
    assertRamp(pfm.toByteArray(), false);
  }

  /** Uncompressed, of 24 bits, from the bottom up. */
  @Test
  void targaIsToldByItsName() {
    byte[] head = new byte[18];
    head[2] = 2;
    head[12] = WIDTH;
    head[14] = HEIGHT;
    head[16] = 24;
    ByteArrayOutputStream tga = new ByteArrayOutputStream();
    tga.writeBytes(head);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      tga.writeBytes(new byte[] {10, 20, (byte) 230});
    }
    RgbImage image = ImageFiles.read(tga.toByteArray(), "a.tga");
    assertThat(Arrays.copyOf(image.data(), 3)).isEqualTo(new byte[] {(byte) 230, 20, 10});
  }

  /** OS/2's header has 12 bytes. */
  @Test
  void bitmapsOfOs2AreRead() {
    ByteBuffer bmp = TiffSample.buffer(26 + 4 * 3 * 2);
    bmp.put((byte) 'B').put((byte) 'M').putInt(bmp.capacity()).putInt(0).putInt(26);
    bmp.putInt(12).putShort((short) 4).putShort((short) 2).putShort((short) 1).putShort((short) 24);
    for (int i = 0; i < 8; i++) {
      bmp.put((byte) 50).put((byte) 100).put((byte) 150);
    }
    RgbImage image = ImageFiles.read(TiffSample.bytes(bmp), "os2.bmp");
    assertThat(image.width()).isEqualTo(4);
    assertThat(Arrays.copyOf(image.data(), 3)).isEqualTo(new byte[] {(byte) 150, 100, 50});
  }

  /** A mask of no bits is a colour that is always 0. */
  @Test
  void aBitmapWithoutRedIsRead() {
    ByteBuffer bmp = TiffSample.buffer(14 + 40 + 12 + 4 * 4);
    bmp.put((byte) 'B').put((byte) 'M').putInt(bmp.capacity()).putInt(0).putInt(66);
    bmp.putInt(40).putInt(2).putInt(2).putShort((short) 1).putShort((short) 32).putInt(3);
    bmp.putInt(16).putInt(0).putInt(0).putInt(0).putInt(0);
    bmp.putInt(0).putInt(0xff00).putInt(0xff);
    for (int i = 0; i < 4; i++) {
      bmp.putInt(0x00ff8040);
    }
    RgbImage image = ImageFiles.read(TiffSample.bytes(bmp), "mask.bmp");
    assertThat(Arrays.copyOf(image.data(), 3)).isEqualTo(new byte[] {0, (byte) 0x80, 0x40});
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6, 8})
  void aPngIsTurnedAsItsExifSays(int orientation) throws IOException {
    RgbImage image = Samples.gradient(8, 5);
    byte[] exif = {
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      18,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
    byte[] png = withChunk(Samples.encoded(image, "png"), "eXIf", exif);
    assertThat(ImageFiles.read(png, "a.png"))
        .isEqualTo(new Orientation(orientation).upright(image));
  }

  /** Linear light: 128 of 255 is brighter on a screen than 128. */
  @Test
  void aPngHasItsProfilesColours() throws IOException {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.writeBytes("linear\0\0".getBytes(StandardCharsets.US_ASCII));
    Deflater deflater = new Deflater();
    deflater.setInput(profile);
    deflater.finish();
    byte[] buffer = new byte[profile.length + 100];
    chunk.write(buffer, 0, deflater.deflate(buffer));
    deflater.end();
    byte[] grey = new byte[4 * 4 * 3];
    Arrays.fill(grey, (byte) 128);
    byte[] plain = Samples.encoded(new RgbImage(4, 4, grey), "png");
    RgbImage image = ImageFiles.read(withChunk(plain, "iCCP", chunk.toByteArray()), "linear.png");
    assertThat(image.data()[0] & 0xff).isBetween(184, 192);
    RgbImage broken =
        ImageFiles.read(withChunk(plain, "iCCP", new byte[] {'x', 0, 0, 1, 2, 3}), "broken.png");
    assertThat(broken.data()[0] & 0xff).isEqualTo(128);
  }

  /** Puts a chunk behind the header. */
  private static byte[] withChunk(byte[] png, String type, byte[] content) {
    ByteBuffer out = ByteBuffer.allocate(png.length + 12 + content.length);
    out.put(png, 0, 33).putInt(content.length);
    int start = out.position();
    out.put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
    CRC32 sum = new CRC32();
    sum.update(out.array(), start, 4 + content.length);
    out.putInt((int) sum.getValue()).put(png, 33, png.length - 33);
    return out.array();
  }

  /** A canvas of 6 x 4, of which the first frame covers 2 x 2 at (3, 1). */
  @Test
  void aGifHasItsCanvas() throws IOException {
    byte[] gif = Samples.encoded(new RgbImage(2, 2, new byte[12]), "gif");
    gif[6] = 6;
    gif[8] = 4;
    int descriptor = 13 + 3 * (2 << (gif[10] & 7));
    while (gif[descriptor] != ',') {
      descriptor++;
    }
    gif[descriptor + 1] = 3;
    gif[descriptor + 3] = 1;
    RgbImage image = ImageFiles.read(gif, "a.gif");
    assertThat(image.width()).isEqualTo(6);
    assertThat(image.height()).isEqualTo(4);
    assertThat(image.data()[0]).as("outside of the frame").isEqualTo((byte) 255);
    assertThat(image.data()[3 * (6 + 3)]).as("the frame").isZero();
  }

  /** A chunk that says it is the first of two, empty, and full of nonsense. */
  @ParameterizedTest
  @ValueSource(strings = {"half", "empty", "nonsense"})
  void aJpegWithAnUnusableProfileIsWhole(String kind) throws IOException {
    byte[] jpeg = Samples.encoded(Samples.gradient(16, 16), "jpeg");
    byte[] body =
        switch (kind) {
          case "half" -> {
            byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
            yield Arrays.copyOf(profile, profile.length / 2);
          }
          case "empty" -> new byte[0];
          default -> new byte[500];
        };
    ByteBuffer marker = ByteBuffer.allocate(4 + 14 + body.length);
    marker.putShort((short) 0xffe2).putShort((short) (2 + 14 + body.length));
    marker.put("ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII));
    marker.put((byte) 1).put((byte) (kind.equals("half") ? 2 : 1)).put(body);
    ByteBuffer with = ByteBuffer.allocate(jpeg.length + marker.capacity());
    with.put(jpeg, 0, 2).put(marker.array()).put(jpeg, 2, jpeg.length - 2);
    assertThat(ImageFiles.read(with.array(), "icc.jpg"))
        .isEqualTo(ImageFiles.read(jpeg, "icc.jpg"));
  }

  /** A tiny picture first, as in DNG and NEF, and the samples of the sensor elsewhere. */
  @Test
  void aRawPhotoIsReadByItsPreviewNeverByItsThumbnail() throws IOException {
    byte[] thumbnail = new byte[16 * 12];
    TiffSample dng =
        new TiffSample().page(16, 12, 8, TiffSample.UNSIGNED, 1, thumbnail, 0xfe, 1, 0xc612, 1);
    assertThatThrownBy(() -> ImageFiles.read(dng.bytes(), "a.dng"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("a.dng is a camera's raw photo without a preview")
        .hasMessageContaining("export");
    byte[] small = Samples.encoded(Samples.gradient(160, 120), "jpeg");
    assertThatThrownBy(() -> ImageFiles.read(joined(dng.bytes(), small), "a.dng"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("160 x 120");
    RgbImage picture = Samples.gradient(700, 500);
    byte[] preview = Samples.encoded(picture, "jpeg");
    RgbImage read = ImageFiles.read(joined(dng.bytes(), small, preview, small), "a.dng");
    assertThat(read).isEqualTo(ImageFiles.read(preview, "preview"));
    byte[] turned =
        new TiffSample()
            .page(16, 12, 8, TiffSample.UNSIGNED, 1, thumbnail, 0x112, 6, 0xfe, 1, 0xc612, 1)
            .bytes();
    RgbImage upright = ImageFiles.read(joined(turned, preview), "a.dng");
    assertThat(upright.width()).isEqualTo(500);
    assertThat(upright.height()).isEqualTo(700);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  @Test
  void whatIsNotReadHereIsNamedWithTheWay() {
    assertThatThrownBy(() -> ImageFiles.read(box("heic"), "a.heic"))
        .isInstanceOf(FileException.class)
        .hasMessage(
            "a.heic is HEIC, which needs the module delta-video: add it, or export the photo as"
                + " JPEG");
    assertThatThrownBy(() -> ImageFiles.read(box("avif"), "a.avif")).hasMessageContaining("AVIF");
    assertThatThrownBy(() -> ImageFiles.read(box("isom"), "a.jpg"))
        .hasMessageContaining("a.jpg is a video, not a picture");
    byte[] jxl = {(byte) 0xff, '\n', 0, 0, 0, 0};
    assertThatThrownBy(() -> ImageFiles.read(jxl, "a.jxl"))
        .hasMessage("a.jxl is JPEG XL, which is not read: export it as JPEG or PNG");
    byte[] pdf = "%PDF-1.7".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> ImageFiles.read(pdf, "a.pdf")).hasMessageContaining("a.pdf is PDF");
  }

  private static byte[] box(String brand) {
    return ByteBuffer.allocate(24)
        .putInt(24)
        .put(("ftyp" + brand).getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  /** Above the limit a picture is read at a half, a third and so on of its size, if wanted. */
  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "bmp", "tiff"})
  void aLargePictureIsReadReduced(String format) throws IOException {
    byte[] file = Samples.encoded(Samples.gradient(60, 41), format);
    Picture picture = ImageFiles.picture(file, "large", new PictureLimits(60 * 41 / 5, true));
    assertThat(picture.image().width()).isEqualTo(20);
    assertThat(picture.image().height()).isEqualTo(14);
    assertThat(picture.notes())
        .containsExactly(
            "large has 60 x 41 pixels: it was read at 1/3 of that, and so large is its map");
    assertThat(picture.image().data()[3 * 19] & 0xff).as("red at the right").isGreaterThan(200);
    assertThatThrownBy(() -> ImageFiles.picture(file, "large", PictureLimits.strict(100)))
        .hasMessageContaining("60 x 41 pixels, more than the limit of 100");
  }
}
