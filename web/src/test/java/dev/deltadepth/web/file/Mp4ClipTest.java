package dev.deltadepth.web.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Mp4ClipTest {
  private static final String[] TABLES = {"moov", "trak", "mdia", "minf", "stbl"};
  private static final byte[] DESCRIPTION = {1, 100, 0, 40, -1};

  private static Mp4Clip clip() {
    Mp4Clip clip = new Mp4Clip(320, 240);
    clip.add(0, 5000, true);
    clip.add(0.1, 70, false);
    clip.add(0.2, 80, false);
    clip.add(0.4, 90, true);
    return clip;
  }

  /** The content of the box at the end of a path, without version and flags where it has them. */
  private static Optional<ByteBuffer> box(byte[] file, String... path) {
    ByteBuffer inside = ByteBuffer.wrap(file);
    for (String type : path) {
      Optional<ByteBuffer> found = child(inside, type);
      if (found.isEmpty()) {
        return found;
      }
      inside = found.get();
    }
    return Optional.of(inside);
  }

  private static Optional<ByteBuffer> child(ByteBuffer parent, String type) {
    int at = 0;
    while (at < parent.limit()) {
      int size = parent.getInt(at);
      if (name(parent, at + 4).equals(type)) {
        return Optional.of(parent.slice(at + 8, size - 8));
      }
      // The pictures have a size of eight bytes, and are last.
      at = size == 1 ? parent.limit() : at + size;
    }
    return Optional.empty();
  }

  private static String name(ByteBuffer in, int at) {
    byte[] letters = new byte[4];
    in.get(at, letters);
    return new String(letters, StandardCharsets.US_ASCII);
  }

  /** The numbers of a table after its version and flags. */
  private static List<Integer> table(byte[] file, String type) {
    String[] path = List.of(TABLES).toArray(new String[TABLES.length + 1]);
    path[TABLES.length] = type;
    ByteBuffer table = box(file, path).orElseThrow();
    List<Integer> numbers = new ArrayList<>();
    for (int at = 4; at < table.limit(); at += 4) {
      numbers.add(table.getInt(at));
    }
    return numbers;
  }

  @Test
  void everyPictureHasItsTimeItsSizeAndItsPlace() {
    byte[] head = clip().head("avc1.640028", DESCRIPTION, 0, 0.5);
    assertThat(name(ByteBuffer.wrap(head), 4)).isEqualTo("ftyp");
    assertThat(table(head, "stts")).containsExactly(3, 2, 9000, 1, 18_000, 1, 9000);
    assertThat(table(head, "stsz")).containsExactly(0, 4, 5000, 70, 80, 90);
    assertThat(table(head, "stss")).containsExactly(2, 1, 4);
    assertThat(table(head, "stsc")).containsExactly(1, 1, 4, 1);
    assertThat(table(head, "co64")).containsExactly(1, 0, head.length);
    ByteBuffer end = ByteBuffer.wrap(head, head.length - 16, 16);
    assertThat(end.getInt()).isEqualTo(1);
    assertThat(name(end, head.length - 12)).isEqualTo("mdat");
    assertThat(end.getLong(head.length - 8)).isEqualTo(16 + 5000 + 70 + 80 + 90);
  }

  @Test
  void theLengthIsSaidOfFilmTrackAndMedia() {
    byte[] head = clip().head("avc1.640028", DESCRIPTION, 0, 0.5);
    ByteBuffer film = box(head, "moov", "mvhd").orElseThrow();
    assertThat(film.getInt(12)).isEqualTo(Mp4Clip.TIMESCALE);
    assertThat(film.getInt(16)).isEqualTo(45_000);
    assertThat(film.limit()).isEqualTo(100);
    ByteBuffer track = box(head, "moov", "trak", "tkhd").orElseThrow();
    assertThat(track.getInt(20)).isEqualTo(45_000);
    assertThat(track.getInt(76)).isEqualTo(320 << 16);
    assertThat(track.getInt(80)).isEqualTo(240 << 16);
    assertThat(track.limit()).isEqualTo(84);
    ByteBuffer media = box(head, "moov", "trak", "mdia", "mdhd").orElseThrow();
    assertThat(media.getInt(12)).isEqualTo(Mp4Clip.TIMESCALE);
    assertThat(media.getInt(16)).isEqualTo(45_000);
  }

  @Test
  void theDecoderGetsItsDescriptionAndTheColours() {
    byte[] head = clip().head("avc1.640028", DESCRIPTION, 0x010d0601, 0.5);
    ByteBuffer entries = box(head, "moov", "trak", "mdia", "minf", "stbl", "stsd").orElseThrow();
    assertThat(entries.getInt(4)).isEqualTo(1);
    ByteBuffer entry = child(entries.slice(8, entries.limit() - 8), "avc1").orElseThrow();
    assertThat(entry.getShort(24)).isEqualTo((short) 320);
    assertThat(entry.getShort(26)).isEqualTo((short) 240);
    ByteBuffer inside = entry.slice(78, entry.limit() - 78);
    ByteBuffer description = child(inside, "avcC").orElseThrow();
    assertThat(description).isEqualTo(ByteBuffer.wrap(DESCRIPTION));
    ByteBuffer colours = child(inside, "colr").orElseThrow();
    assertThat(name(colours, 0)).isEqualTo("nclx");
    assertThat(colours.getShort(4)).isEqualTo((short) 1);
    assertThat(colours.getShort(6)).isEqualTo((short) 13);
    assertThat(colours.getShort(8)).isEqualTo((short) 6);
    assertThat(colours.get(10)).isEqualTo((byte) 0x80);
  }

  @Test
  void vp9IsDescribedByItsName() {
    byte[] head = clip().head("vp09.00.40.08", new byte[0], 0, 0.5);
    ByteBuffer entries = box(head, "moov", "trak", "mdia", "minf", "stbl", "stsd").orElseThrow();
    ByteBuffer entry = child(entries.slice(8, entries.limit() - 8), "vp09").orElseThrow();
    ByteBuffer setup = child(entry.slice(78, entry.limit() - 78), "vpcC").orElseThrow();
    assertThat(setup.getInt(0)).isEqualTo(1 << 24);
    assertThat(setup.get(4)).isEqualTo((byte) 0);
    assertThat(setup.get(5)).isEqualTo((byte) 40);
    assertThat(setup.get(6)).isEqualTo((byte) 0x82);
  }

  /** As encoders give pictures that are decoded before those they follow. */
  @Test
  void picturesMayComeInAnotherOrderThanTheyAreShown() {
    Mp4Clip clip = new Mp4Clip(320, 240);
    clip.add(0, 50, true);
    clip.add(0.2, 40, false);
    clip.add(0.1, 30, false);
    byte[] head = clip.head("avc1.640028", DESCRIPTION, 0, 0.3);
    assertThat(table(head, "stts")).containsExactly(1, 3, 9000);
    assertThat(table(head, "ctts")).containsExactly(3, 1, 0, 1, 9000, 1, -9000);
    byte[] inOrder = clip().head("avc1.640028", DESCRIPTION, 0, 0.5);
    assertThat(box(inOrder, "moov", "trak", "mdia", "minf", "stbl", "ctts")).isEmpty();
  }

  @Test
  void timesBeginWithTheFirstPictureAndEndAfterTheLast() {
    Mp4Clip clip = new Mp4Clip(320, 240);
    clip.add(2, 50, true);
    clip.add(2.1, 40, false);
    byte[] head = clip.head("avc1.640028", DESCRIPTION, 0, 2.1);
    assertThat(table(head, "stts")).containsExactly(2, 1, 9000, 1, 1);
    assertThat(box(head, "moov", "mvhd").orElseThrow().getInt(16)).isEqualTo(9001);
  }
}
