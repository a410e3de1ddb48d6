package dev.deltadepth.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.deltadepth.core.RgbImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileImagesTest {

  @TempDir Path folder;

  /** A file that ends early is refused; only what follows the last pixel may be missing. */
  @ParameterizedTest
  @ValueSource(
      strings = {"jpeg", "progressive", "inks", "png", "gif", "bmp", "tiff", "webp", "lossy webp"})
  void aFileThatWasCutOffNeverGivesAnotherPicture(String kind) throws IOException {
    byte[] whole = sample(kind);
    RgbImage expected = ImageFiles.read(whole, kind);
    for (int length = 0; length < whole.length; length++) {
      byte[] start = Arrays.copyOf(whole, length);
      Throwable problem = null;
      try {
        assertThat(ImageFiles.read(start, kind).data())
            .as("%s of %d bytes, cut at %d", kind, whole.length, length)
            .isEqualTo(expected.data());
      } catch (FileException e) {
        problem = e;
      }
      if (length < whole.length * 9 / 10) {
        assertOneLine(problem, kind);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "progressive", "inks"})
  void aJpegMayLackItsEndMarkerAndNothingElse(String kind) throws IOException {
    byte[] whole = sample(kind);
    for (int missing : new int[] {1, 2}) {
      byte[] start = Arrays.copyOf(whole, whole.length - missing);
      Picture picture = ImageFiles.picture(start, "photo.jpg", PictureLimits.DEFAULT);
      assertThat(picture.image()).isEqualTo(ImageFiles.read(whole, "photo.jpg"));
      assertThat(picture.notes())
          .containsExactly("photo.jpg lacks its end marker; all of its pixels were there");
    }
    for (int missing : new int[] {8, 20, whole.length / 2}) {
      byte[] start = Arrays.copyOf(whole, whole.length - missing);
      assertThatThrownBy(() -> ImageFiles.read(start, "photo.jpg"))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("photo.jpg is cut off");
    }
  }

  /** Whole pictures that the WebP reader takes for damaged, or leaves a part of out. */
  @Test
  void aWebpThatIsNotReadHereIsNotCalledDamaged() {
    for (byte[] webp :
        List.of(
            WebpSample.ofOneColour(100, 70, 0xffc86432),
            WebpSample.ofPredictedIndices(0xff102030, 0xffc86432),
            WebpSample.ofPlainOpacity())) {
      assertThatThrownBy(() -> ImageFiles.read(webp, "a.webp"))
          .isInstanceOf(FileException.class)
          .hasMessage(
              "a.webp is a WebP that is not read here: add the module delta-video, which reads more"
                  + " of them, or export it as JPEG or PNG");
    }
  }

  /** As a picture of which one scan was repeated: decoding takes as long as there are scans. */
  @Test
  void aJpegOfThousandsOfScansIsRefused() throws IOException {
    byte[] whole = sample("progressive");
    byte[] one = Arrays.copyOfRange(whole, firstScan(whole), whole.length - 2);
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    many.write(whole, 0, whole.length - 2);
    for (int i = 0; i < 600; i++) {
      many.write(one);
    }
    many.write(new byte[] {(byte) 0xff, (byte) 0xd9});
    assertThatThrownBy(() -> ImageFiles.read(many.toByteArray(), "scans.jpg"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("scans.jpg has")
        .hasMessageContaining("scans");
  }

  private static int firstScan(byte[] jpeg) {
    int scan = 0;
    while (jpeg[scan] != (byte) 0xff || jpeg[scan + 1] != (byte) 0xda) {
      scan++;
    }
    return scan;
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "progressive"})
  void aJpegMayEndWithTheLengthOfAScan(String kind) throws IOException {
    byte[] whole = sample(kind);
    byte[] start = Arrays.copyOf(whole, firstScan(whole) + 4);
    for (int length = 0; length < 8; length++) {
      start[start.length - 2] = 0;
      start[start.length - 1] = (byte) length;
      assertThatThrownBy(() -> ImageFiles.read(start, "photo.jpg"))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("photo.jpg");
    }
  }

  @Property(tries = 300)
  void damageIsReportedOrHarmless(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    String[] kinds = {"jpeg", "progressive", "inks", "png", "gif", "bmp", "tiff", "webp"};
    byte[] content = sample(kinds[random.nextInt(kinds.length)]);
    for (int i = 0; i <= random.nextInt(8); i++) {
      content[random.nextInt(content.length)] = (byte) random.nextInt(256);
    }
    Throwable problem = catchThrowable(() -> ImageFiles.read(content, "damaged", 1_000_000));
    if (problem != null) {
      assertOneLine(problem, "damaged");
    }
  }

  @Property(tries = 200)
  void randomBytesAreNoPicture(@ForAll byte[] content) {
    assertOneLine(catchThrowable(() -> ImageFiles.read(content, "noise.jpg")), "noise.jpg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp"})
  void aHeaderOfHugeSidesIsRefusedBeforeAnythingIsDecoded(String kind) throws IOException {
    byte[] bomb = withSize(kind, sample(kind), 30_000);
    assertThatThrownBy(() -> ImageFiles.read(bomb, "bomb"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("bomb has 30000 x 30000 pixels")
        .hasMessageContaining("smaller");
  }

  @Test
  void theLimitCanBeChosen() throws IOException {
    byte[] png = sample("png");
    assertThat(ImageFiles.read(png, "a.png", 24 * 20).width()).isEqualTo(24);
    assertThatThrownBy(() -> ImageFiles.read(png, "a.png", 24 * 20 - 1))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("479");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "tiff", "webp"})
  void decodingEndsWhenItsThreadIsInterrupted(String kind) throws IOException {
    byte[] content = sample(kind);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> ImageFiles.read(content, "a picture"))
        .isInstanceOf(FileException.class)
        .hasMessage("a picture was not decoded: interrupted");
    // The interrupt is its owner's to clear.
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whatIsNoPictureIsNamedWithARemedy() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jpg"), "this is no picture");
    Path empty = Files.write(folder.resolve("empty.png"), new byte[0]);
    assertOneLine(catchThrowable(() -> ImageFiles.read(text)), "text.jpg is not a picture");
    assertOneLine(catchThrowable(() -> ImageFiles.read(empty)), "empty.png is empty");
    assertOneLine(
        catchThrowable(() -> ImageFiles.read(folder.resolve("nowhere.jpg"))), "does not exist");
    assertOneLine(catchThrowable(() -> ImageFiles.read(folder)), "is a folder");
  }

  private static void assertOneLine(Throwable problem, String named) {
    assertThat(problem).isInstanceOf(FileException.class).hasMessageContaining(named);
    assertThat(problem.getMessage()).doesNotContain("\n").doesNotContain("\r");
  }

  private static byte[] sample(String kind) throws IOException {
    RgbImage image = Samples.gradient(24, 20);
    return switch (kind) {
      case "progressive" -> Samples.progressiveJpeg(image);
      case "inks" -> Samples.CMYK_JPEG.clone();
      case "webp" -> Samples.WEBP.clone();
      case "lossy webp" -> Samples.WEBP_LOSSY.clone();
      default -> Samples.encoded(image, kind);
    };
  }

  private static byte[] withSize(String kind, byte[] file, int side) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    switch (kind) {
      case "png" -> {
        bytes.putInt(16, side).putInt(20, side);
        CRC32 sum = new CRC32();
        sum.update(file, 12, 17);
        bytes.putInt(29, (int) sum.getValue());
      }
      case "jpeg" -> {
        int frame = new String(file, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
        bytes.putShort(frame + 5, (short) side).putShort(frame + 7, (short) side);
      }
      case "gif" -> {
        int frame = new String(file, StandardCharsets.ISO_8859_1).indexOf(",\0\0\0\0", 13);
        short swapped = Short.reverseBytes((short) side);
        bytes.putShort(6, swapped).putShort(8, swapped);
        bytes.putShort(frame + 5, swapped).putShort(frame + 7, swapped);
      }
      default ->
          bytes.putInt(18, Integer.reverseBytes(side)).putInt(22, Integer.reverseBytes(side));
    }
    return file;
  }
}
