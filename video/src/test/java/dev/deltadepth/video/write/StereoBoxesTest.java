package dev.deltadepth.video.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StereoBoxesTest {
  /** Version and flags 0, and 2 for left and right ("Spherical Video V2 RFC"). */
  private static final byte[] LEFT_RIGHT = box("st3d", new byte[] {0, 0, 0, 0, 2});

  @TempDir Path folder;

  /** A box: its size, its name, what is in it. */
  private static byte[] box(String name, byte[]... parts) {
    byte[] content = joined(parts);
    ByteBuffer box = ByteBuffer.allocate(8 + content.length);
    return box.putInt(8 + content.length).put(ascii(name)).put(content).array();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] kept(byte[]... boxes) throws IOException {
    Path file = Files.write(folder.resolve("a.mp4"), joined(boxes));
    StereoBoxes.keepOne(file);
    return Files.readAllBytes(file);
  }

  @Test
  void applesBoxBesideGooglesBecomesFreeSpace() throws IOException {
    byte[] eyes = box("eyes", box("stri", new byte[] {0, 0, 0, 0, 3}));
    byte[] data = box("mdat", ascii("vexu"));
    assertThat(kept(box("ftyp"), box("moov", LEFT_RIGHT, box("vexu", eyes)), data))
        .isEqualTo(joined(box("ftyp"), box("moov", LEFT_RIGHT, box("free", eyes)), data));
  }

  @Test
  void otherFilesStayAsTheyAre() throws IOException {
    for (byte[] file :
        new byte[][] {
          box("moov", box("vexu", ascii("eyes"))),
          box("moov", LEFT_RIGHT),
          ascii("no box at all"),
          ascii("moov"),
          {}
        }) {
      assertThat(kept(file)).isEqualTo(file);
    }
  }
}
