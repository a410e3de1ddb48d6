package dev.deltadepth.nn.weights;

import dev.deltadepth.core.FloatArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes files as torch.save does, and such as it never would. */
final class TorchFiles {

  private TorchFiles() {}

  /** The bytes of a pickle, instruction by instruction. */
  static final class PickleWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleWriter() {
      bytes(0x80, 2);
    }

    PickleWriter bytes(int... values) {
      for (int value : values) {
        out.write(value);
      }
      return this;
    }

    private PickleWriter littleEndian(long value, int width) {
      for (int i = 0; i < width; i++) {
        out.write((int) (value >> (8 * i)));
      }
      return this;
    }

    PickleWriter text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      bytes('X').littleEndian(utf8.length, 4);
      out.writeBytes(utf8);
      return this;
    }

    PickleWriter integer(long value) {
      if (value >= 0 && value < 256) {
        return bytes('K', (int) value);
      }
      if (value == (int) value) {
        return bytes('J').littleEndian(value, 4);
      }
      return bytes(0x8a, 8).littleEndian(value, 8);
    }

    PickleWriter global(String module, String name) {
      out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
      return this;
    }

    PickleWriter tuple(long... values) {
      bytes('(');
      for (long value : values) {
        integer(value);
      }
      return bytes('t');
    }

    /** An empty OrderedDict, as state dictionaries are. */
    PickleWriter orderedDict() {
      return global("collections", "OrderedDict").bytes(')', 'R');
    }

    /** A tensor over a storage; its key is a text. */
    PickleWriter tensor(
        String type, String key, long numel, long offset, long[] shape, long[] strides) {
      global("torch._utils", "_rebuild_tensor_v2").bytes('(', '(').text("storage");
      global("torch", type).text(key).text("cpu").integer(numel).bytes('t', 'Q');
      integer(offset).tuple(shape).tuple(strides);
      return bytes(0x89).orderedDict().bytes('t', 'R');
    }

    byte[] toBytes() {
      return bytes('.').out.toByteArray();
    }
  }

  /** A dense float32 state dictionary. */
  static void write(Weights weights, Path file) {
    PickleWriter pickle = new PickleWriter().orderedDict().bytes('(');
    Map<String, byte[]> storages = new LinkedHashMap<>();
    for (String name : weights.names()) {
      FloatArray array = weights.get(name);
      long[] shape = new long[array.shape().length];
      long[] strides = new long[shape.length];
      long stride = 1;
      for (int i = shape.length - 1; i >= 0; i--) {
        shape[i] = array.shape()[i];
        strides[i] = stride;
        stride *= shape[i];
      }
      String key = String.valueOf(storages.size());
      pickle.text(name).tensor("FloatStorage", key, array.data().length, 0, shape, strides);
      storages.put(key, floats(array.data()));
    }
    write(pickle.bytes('u').toBytes(), storages, file);
  }

  static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /** The archive of a pickle and its storages. */
  static void write(byte[] pickle, Map<String, byte[]> storages, Path file) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", pickle);
    storages.forEach((key, bytes) -> entries.put("archive/data/" + key, bytes));
    entries.put("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    zip(entries, ZipEntry.STORED, file);
  }

  static void zip(Map<String, byte[]> entries, int method, Path file) {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> part : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(part.getKey());
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
          CRC32 sum = new CRC32();
          sum.update(part.getValue());
          entry.setCrc(sum.getValue());
          entry.setSize(part.getValue().length);
        }
        zip.putNextEntry(entry);
        zip.write(part.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
