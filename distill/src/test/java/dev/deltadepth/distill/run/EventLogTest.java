package dev.deltadepth.distill.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {

  @TempDir Path folder;

  /** The messages of a file of records, whose checksums are right. */
  private static List<byte[]> records(Path file) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> records = new ArrayList<>();
    while (all.hasRemaining()) {
      byte[] length = new byte[8];
      all.get(length);
      assertThat(all.getInt()).isEqualTo(masked(length));
      byte[] content =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      all.get(content);
      assertThat(all.getInt()).isEqualTo(masked(content));
      records.add(content);
    }
    return records;
  }

  /** TensorFlow's crc32c::Mask: rotated right by 15 bits, plus a constant. */
  private static int masked(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    long value = crc.getValue();
    return (int) (((value >>> 15) | (value << 17)) + 0xa282ead8L);
  }

  @Test
  void everyRowIsARecordAfterTheVersion() throws IOException {
    Path file = folder.resolve("events");
    try (EventLog log = EventLog.open(file)) {
      log.add(300, "training", List.of("step", "loss"), List.of(300L, 0.5));
    }
    try (EventLog log = EventLog.open(file)) {
      log.add(301, "validation", List.of("step", "ssi", "note"), List.of(301L, 0.25, "text"));
    }
    List<byte[]> records = records(file);
    assertThat(records).hasSize(3);
    assertThat(new String(records.get(0), StandardCharsets.ISO_8859_1)).endsWith("brain.Event:2");
    ByteBuffer event = ByteBuffer.wrap(records.get(1)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(event.get()).as("the time, a double").isEqualTo((byte) 9);
    assertThat(event.getDouble()).isGreaterThan(1.7e9);
    byte[] rest = new byte[event.remaining()];
    event.get(rest);
    byte[] tag = "training/loss".getBytes(StandardCharsets.UTF_8);
    ByteBuffer expected = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    expected.put(new byte[] {16, (byte) 0xac, 2}); // step 300
    expected.put(new byte[] {42, (byte) (tag.length + 9)}); // summary
    expected.put(new byte[] {10, (byte) (tag.length + 7)}); // value
    expected.put(new byte[] {10, (byte) tag.length}).put(tag);
    expected.put((byte) 21).putFloat(0.5f);
    assertThat(rest).isEqualTo(java.util.Arrays.copyOf(expected.array(), expected.position()));
    assertThat(new String(records.get(2), StandardCharsets.ISO_8859_1))
        .contains("validation/ssi")
        .doesNotContain("note");
  }
}
