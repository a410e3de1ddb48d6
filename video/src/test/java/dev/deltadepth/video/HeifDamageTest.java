package dev.deltadepth.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in HEIF that are cut off or damaged. */
class HeifDamageTest {
  @Test
  void aFileThatIsCutOffIsRefusedWhereverItEnds() {
    byte[] whole = HeifPictureTest.grid().bytes();
    for (int length = 24; length < whole.length - 1; length += 7) {
      byte[] start = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ImageFiles.read(start, "photo.heic"))
          .as("cut at %d of %d", length, whole.length)
          .isInstanceOf(FileException.class)
          .hasMessageContaining("photo.heic");
    }
  }

  /** Places of data that are named without a number, so that a few bytes name any of them. */
  @Test
  void piecesWithoutSizeAreCounted() {
    ByteBuffer box = ByteBuffer.allocate(4 + 4 + 6 * 300);
    box.putInt(0).putShort((short) 0).putShort((short) 300);
    for (int i = 0; i < 300; i++) {
      box.putShort((short) i).putShort((short) 0).putShort((short) 0xffff);
    }
    byte[] head = HeifSample.box("ftyp", "heic\0\0\0\0heic".getBytes(StandardCharsets.US_ASCII));
    byte[] iloc = HeifSample.box("iloc", box.array());
    ByteBuffer file = ByteBuffer.allocate(head.length + 12 + iloc.length);
    file.put(head).putInt(12 + iloc.length).put("meta".getBytes(StandardCharsets.US_ASCII));
    file.putInt(0).put(iloc);
    assertThatThrownBy(() -> ImageFiles.read(file.array(), "photo.heic"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("too many items");
  }

  /** It would be read for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"dimg", "ispe"})
  void aBoxOfNoLengthIsRefused(String type) {
    byte[] file = HeifPictureTest.grid().bytes();
    int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(type);
    Arrays.fill(file, at - 4, at, (byte) 0);
    assertThatThrownBy(() -> ImageFiles.read(file, "photo.heic"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("is cut off");
  }

  @Property(tries = 60)
  void damageIsReportedOrHarmless(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] content = HeifPictureTest.grid().bytes();
    for (int i = 0; i <= random.nextInt(6); i++) {
      content[24 + random.nextInt(content.length - 24)] = (byte) random.nextInt(256);
    }
    Throwable problem = catchThrowable(() -> ImageFiles.read(content, "damaged", 1_000_000));
    if (problem != null) {
      assertThat(problem).isInstanceOf(FileException.class).hasMessageContaining("damaged");
      assertThat(problem.getMessage()).doesNotContain("\n");
    }
  }
}
