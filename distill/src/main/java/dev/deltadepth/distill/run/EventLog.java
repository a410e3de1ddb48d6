package dev.deltadepth.distill.run;

import dev.deltadepth.distill.recipe.DistillException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A table as TensorBoard reads it: TensorFlow's records of {@code Event} messages (tensorflow,
 * core/util/event.proto and core/lib/io/record_writer.cc). Each is a length and a message, both
 * with a masked CRC-32C. There is no library for these on the JVM that does not bring TensorFlow
 * along. A run that resumes repeats its steps, and TensorBoard shows the later ones.
 */
final class EventLog implements AutoCloseable {

  private static final int MASK_DELTA = 0xa282ead8;

  // Field numbers and wire types of protocol buffers: number * 8 + type.
  private static final int EVENT_TIME = 8 + 1;
  private static final int EVENT_STEP = 2 * 8;
  private static final int EVENT_VERSION = 3 * 8 + 2;
  private static final int EVENT_SUMMARY = 5 * 8 + 2;
  private static final int SUMMARY_VALUE = 8 + 2;
  private static final int VALUE_TAG = 8 + 2;
  private static final int VALUE_NUMBER = 2 * 8 + 5;

  private final Path file;
  private final OutputStream out;

  private EventLog(Path file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  /** Opens a log to add to. */
  static EventLog open(Path file) {
    try {
      boolean fresh = !Files.exists(file);
      OutputStream out =
          Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      EventLog log = new EventLog(file, out);
      if (fresh) {
        Message event = new Message().time(EVENT_TIME);
        log.write(event.bytes(EVENT_VERSION, "brain.Event:2".getBytes(StandardCharsets.UTF_8)));
      }
      return log;
    } catch (IOException e) {
      throw new DistillException("cannot write " + file + "; check the run folder", e);
    }
  }

  /**
   * Adds the numbers of a row.
   *
   * @param step of the run
   * @param table under which TensorBoard groups them
   * @param names of the columns, the first of which is the step
   * @param row of equal length
   */
  void add(long step, String table, List<String> names, List<?> row) {
    Message summary = new Message();
    for (int i = 1; i < names.size(); i++) {
      if (row.get(i) instanceof Number number) {
        byte[] tag = (table + "/" + names.get(i)).getBytes(StandardCharsets.UTF_8);
        summary.bytes(
            SUMMARY_VALUE,
            new Message()
                .bytes(VALUE_TAG, tag)
                .number(VALUE_NUMBER, number.floatValue())
                .toBytes());
      }
    }
    Message event = new Message().time(EVENT_TIME).number(EVENT_STEP, step);
    write(event.bytes(EVENT_SUMMARY, summary.toBytes()));
  }

  private void write(Message message) {
    byte[] content = message.toBytes();
    ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(content.length);
    head.putInt(masked(head.array(), 8));
    ByteBuffer foot = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    foot.putInt(masked(content, content.length));
    try {
      out.write(head.array());
      out.write(content);
      out.write(foot.array());
      out.flush();
    } catch (IOException e) {
      throw new DistillException("cannot write " + file + "; is the disk full?", e);
    }
  }

  private static int masked(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    int value = (int) crc.getValue();
    return Integer.rotateRight(value, 15) + MASK_DELTA;
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new DistillException("cannot write " + file + "; is the disk full?", e);
    }
  }

  /** A message of protocol buffers in the making. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message time(int key) {
      out.write(key);
      long bits = Double.doubleToLongBits(System.currentTimeMillis() / 1000.0);
      for (int i = 0; i < Long.SIZE; i += Byte.SIZE) {
        out.write((int) (bits >>> i));
      }
      return this;
    }

    Message number(int key, long value) {
      out.write(key);
      varint(value);
      return this;
    }

    Message number(int key, float value) {
      out.write(key);
      int bits = Float.floatToIntBits(value);
      for (int i = 0; i < Integer.SIZE; i += Byte.SIZE) {
        out.write(bits >>> i);
      }
      return this;
    }

    Message bytes(int key, byte[] value) {
      out.write(key);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    private void varint(long value) {
      long rest = value;
      while (rest >>> 7 != 0) {
        out.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    byte[] toBytes() {
      return out.toByteArray();
    }
  }
}
