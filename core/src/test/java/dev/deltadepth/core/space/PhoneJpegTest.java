package dev.deltadepth.core.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneJpegTest {
  private static final String FURTHER = "http://ns.adobe.com/xmp/extension/\0" + "0".repeat(40);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] jpeg(byte[]... segments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {-1, (byte) 0xd8});
    for (byte[] segment : segments) {
      out.writeBytes(segment);
    }
    out.writeBytes(new byte[] {-1, (byte) 0xda, 0, 2, 1, 2, 3, -1, (byte) 0xd9});
    return out.toByteArray();
  }

  private static byte[] segment(int marker, byte[] content) {
    return ByteBuffer.allocate(4 + content.length)
        .put((byte) 0xff)
        .put((byte) marker)
        .putShort((short) (content.length + 2))
        .put(content)
        .array();
  }

  private static byte[] exif(ByteOrder order, int orientation) {
    ByteBuffer tiff = ByteBuffer.allocate(6 + 8 + 2 + 12 + 4).order(order);
    tiff.put(bytes("Exif\0\0")).put(bytes(order == ByteOrder.BIG_ENDIAN ? "MM" : "II"));
    tiff.putShort((short) 42).putInt(8).putShort((short) 1);
    tiff.putShort((short) 0x112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return segment(0xe1, tiff.array());
  }

  @Test
  void metadataThatDidNotFitFollowTheOthers() {
    byte[] photo =
        jpeg(
            segment(0xe1, bytes("http://ns.adobe.com/xap/1.0/\0<a/>")),
            segment(0xe1, bytes(FURTHER + "<b>")),
            segment(0xfe, bytes("a comment")),
            segment(0xe1, bytes(FURTHER + "</b>")));
    assertThat(PhoneJpeg.metadata(photo)).containsExactly(bytes("<a/>"), bytes("<b></b>"));
    assertThat(PhoneJpeg.metadata(jpeg())).isEmpty();
  }

  @Test
  void theOrientationIsReadInBothByteOrders() {
    assertThat(PhoneJpeg.orientation(jpeg(exif(ByteOrder.BIG_ENDIAN, 6)))).isEqualTo(6);
    assertThat(PhoneJpeg.orientation(jpeg(exif(ByteOrder.LITTLE_ENDIAN, 3)))).isEqualTo(3);
    assertThat(PhoneJpeg.orientation(jpeg(exif(ByteOrder.LITTLE_ENDIAN, 9)))).isEqualTo(1);
    assertThat(PhoneJpeg.orientation(jpeg(segment(0xe1, bytes("Exif\0\0MM"))))).isEqualTo(1);
    assertThat(PhoneJpeg.orientation(jpeg())).isEqualTo(1);
  }

  /** An index of two pictures, of which the second has this size at this place after the index. */
  private static byte[] index(int size, int offset) {
    ByteBuffer mpf = ByteBuffer.allocate(4 + 8 + 2 + 12 + 4 + 32).order(ByteOrder.LITTLE_ENDIAN);
    mpf.put(bytes("MPF\0II")).putShort((short) 42).putInt(8).putShort((short) 1);
    mpf.putShort((short) 0xb002).putShort((short) 7).putInt(32).putInt(26).putInt(0);
    mpf.putInt(0).putInt(1).putInt(0).putInt(0);
    mpf.putInt(0).putInt(size).putInt(offset).putInt(0);
    return segment(0xe2, mpf.array());
  }

  @Test
  void picturesAreFoundByTheirList() {
    byte[] photo = jpeg(index(2, 0));
    // The index begins 10 bytes into the file; the last two bytes are the end marker.
    byte[] listed = jpeg(index(2, photo.length - 2 - 10));
    assertThat(PhoneJpeg.pictures(listed)).containsExactly(new byte[] {-1, (byte) 0xd9});
    assertThat(PhoneJpeg.pictures(jpeg(index(3, photo.length - 2 - 10)))).isEmpty();
    assertThat(PhoneJpeg.pictures(jpeg())).isEmpty();
  }

  /** A list of a few bytes each must not make copies of the whole file. */
  @Test
  void picturesThatOverlapAreNotCopiedAgainAndAgain() {
    int pictures = 1000;
    ByteBuffer mpf = ByteBuffer.allocate(30 + 16 * pictures).order(ByteOrder.LITTLE_ENDIAN);
    mpf.put(bytes("MPF\0II")).putShort((short) 42).putInt(8).putShort((short) 1);
    mpf.putShort((short) 0xb002).putShort((short) 7).putInt(16 * pictures).putInt(26).putInt(0);
    for (int i = 0; i < pictures; i++) {
      mpf.putInt(0).putInt(9000).putInt(0).putInt(0);
    }
    byte[] photo = jpeg(segment(0xe2, mpf.array()));
    assertThat(PhoneJpeg.pictures(photo)).hasSize(photo.length / 9000);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE})
  void aListThatPointsNowhereIsRefused(int offset) {
    assertThatThrownBy(() -> PhoneJpeg.pictures(jpeg(index(2, offset))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("damaged");
  }

  /** Whatever the bytes, what comes is an answer or the one exception that is documented. */
  @Test
  void anyBytesAreAnswered() {
    byte[] photo =
        jpeg(exif(ByteOrder.BIG_ENDIAN, 6), index(2, 60), segment(0xe1, bytes(FURTHER + "<b/>")));
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = photo.clone();
      for (int k = 0; k <= random.nextInt(4); k++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      assertThat(PhoneJpeg.orientation(changed)).isBetween(1, 8);
      assertThat(PhoneJpeg.metadata(changed)).hasSizeLessThan(4);
      try {
        assertThat(PhoneJpeg.pictures(changed)).hasSizeLessThan(5);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("damaged");
      }
    }
  }
}
