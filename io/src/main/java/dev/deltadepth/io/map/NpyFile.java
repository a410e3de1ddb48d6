package dev.deltadepth.io.map;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.RegularFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's {@code .npy} files (NEP 1). Written: format 1.0, {@code <f4} or {@code <f2}, C order.
 * Read: formats 1 to 3 in C order with 8-bit to 64-bit integers, float16, float32 and float64 of
 * either byte order, all turned into float32.
 */
public final class NpyFile {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LARGEST_HEADER = 1 << 16;
  private static final int CHUNK = 1 << 16;
  private static final Pattern TYPE =
      Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]*)['\"]");
  private static final Pattern ORDER =
      Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
  private static final Pattern SHAPE =
      Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([\\d,\\sL]*)\\)");

  private NpyFile() {}

  /**
   * Reads an array.
   *
   * @throws FileException if the file is missing, cut off, not an .npy file or of another type
   */
  public static FloatArray read(Path file) {
    RegularFile.require(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK)) {
      return read(in, Files.size(file), file);
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  /** Reads an array from a file's content. */
  static FloatArray read(byte[] content, Path file) {
    try {
      return read(new ByteArrayInputStream(content), content.length, file);
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  /** The text that {@link #writeText} wrote; empty if the content is something else. */
  static Optional<String> text(byte[] content) {
    ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    if (content.length < 10 || 10 + in.getShort(8) > content.length || content[6] != 1) {
      return Optional.empty();
    }
    int start = 10 + in.getShort(8);
    String header = new String(content, 10, start - 10, StandardCharsets.ISO_8859_1);
    if (!header.contains("'<U")) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    for (int i = start; i + 4 <= content.length; i += 4) {
      int point = in.getInt(i);
      if (!Character.isValidCodePoint(point)) {
        return Optional.empty();
      }
      text.appendCodePoint(point);
    }
    return Optional.of(text.toString());
  }

  /** Writes a text as an array of no axes, NumPy's {@code <U}. */
  static void writeText(String text, OutputStream out) throws IOException {
    int[] points = text.codePoints().toArray();
    out.write(header(new int[0], "<U" + points.length));
    ByteBuffer bytes = ByteBuffer.allocate(4 * points.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(points);
    out.write(bytes.array());
  }

  private static FloatArray read(InputStream in, long fileSize, Path file) throws IOException {
    byte[] start = in.readNBytes(8);
    if (start.length < 8 || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new FileException(file + " is not an .npy file: save it with numpy.save");
    }
    int lengthBytes = start[6] == 1 ? 2 : 4;
    long headerLength = littleEndian(readFully(in, lengthBytes, file));
    if (headerLength > LARGEST_HEADER) {
      throw new FileException(file + " is damaged: its header claims " + headerLength + " bytes");
    }
    String header =
        new String(readFully(in, (int) headerLength, file), StandardCharsets.ISO_8859_1);
    Type type = Type.of(find(TYPE, header, file), file);
    if (find(ORDER, header, file).equals("True")) {
      throw new FileException(
          file + " is in Fortran order: save numpy.ascontiguousarray(array) instead");
    }
    int[] shape = shape(find(SHAPE, header, file), file);
    long values = 1;
    for (int axis : shape) {
      values = axis == 0 ? 0 : Math.min(values, Integer.MAX_VALUE) * axis;
    }
    // Before anything is allocated, check that the file is as long as its header claims.
    long available = fileSize - 8 - lengthBytes - headerLength;
    if (values > Integer.MAX_VALUE - 8 || values * type.bytes > available) {
      throw new FileException(
          file
              + " is cut off: its header claims the shape "
              + Arrays.toString(shape)
              + "; copy or make it again");
    }
    return new FloatArray(shape, values(in, (int) values, type, file));
  }

  private static float[] values(InputStream in, int size, Type type, Path file) throws IOException {
    float[] values = new float[size];
    int perChunk = CHUNK / type.bytes;
    for (int from = 0; from < size; from += perChunk) {
      int count = Math.min(perChunk, size - from);
      ByteBuffer bytes =
          ByteBuffer.wrap(readFully(in, count * type.bytes, file)).order(type.byteOrder);
      if (type.code == 'f' && type.bytes == 4) {
        bytes.asFloatBuffer().get(values, from, count);
        continue;
      }
      for (int i = 0; i < count; i++) {
        values[from + i] = type.value(bytes);
      }
    }
    return values;
  }

  /** An element's type: {@code f}loat, {@code i}nteger, {@code u}nsigned or {@code b}oolean. */
  private record Type(char code, int bytes, ByteOrder byteOrder) {

    private static final String READABLE = "f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 b1";

    static Type of(String name, Path file) {
      if (!name.matches("[<>|=].\\d") || !READABLE.contains(name.substring(1))) {
        throw new FileException(
            file + " holds " + shown(name) + " values: save it as float32 (numpy's astype('<f4'))");
      }
      ByteOrder order = name.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      return new Type(name.charAt(1), name.charAt(2) - '0', order);
    }

    float value(ByteBuffer in) {
      return switch (bytes) {
        case 1 -> code == 'i' ? in.get() : in.get() & 0xff;
        case 2 ->
            code == 'f'
                ? HalfFloat.fromFloat16(in.getShort())
                : code == 'i' ? in.getShort() : in.getShort() & 0xffff;
        case 4 -> code == 'i' ? in.getInt() : in.getInt() & 0xffffffffL;
        default -> code == 'f' ? (float) in.getDouble() : in.getLong();
      };
    }
  }

  private static int[] shape(String text, Path file) {
    String[] parts = text.replace("L", "").strip().split("\\s*,\\s*", -1);
    int axes = parts[parts.length - 1].isEmpty() ? parts.length - 1 : parts.length;
    int[] shape = new int[axes];
    for (int i = 0; i < axes; i++) {
      try {
        shape[i] = Integer.parseInt(parts[i]);
      } catch (NumberFormatException e) {
        throw new FileException(file + " is damaged: its shape is (" + shown(text) + ")", e);
      }
    }
    return shape;
  }

  /** A damaged header may hold line breaks. */
  private static String shown(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  private static String find(Pattern pattern, String header, Path file) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new FileException(file + " has a damaged header: save it again with numpy.save");
    }
    return matcher.group(1);
  }

  private static byte[] readFully(InputStream in, int count, Path file) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new FileException(file + " is cut off: copy or make it again");
    }
    return bytes;
  }

  private static long littleEndian(byte[] bytes) {
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = value << 8 | (bytes[i] & 0xff);
    }
    return value;
  }

  /**
   * Writes an array as float32; the file appears complete or not at all.
   *
   * @throws FileException if it cannot be written
   */
  public static void write(FloatArray array, Path file) {
    AtomicFile.write(file, out -> write(array, out));
  }

  /** Writes an array to a stream. */
  public static void write(FloatArray array, OutputStream out) throws IOException {
    out.write(header(array.shape(), "<f4"));
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < array.data().length; from += CHUNK / 4) {
      int count = Math.min(CHUNK / 4, array.data().length - from);
      chunk.clear().asFloatBuffer().put(array.data(), from, count);
      out.write(chunk.array(), 0, count * 4);
    }
  }

  /**
   * Writes an array as float16, rounded to 11 significant bits; the file appears complete or not at
   * all.
   *
   * @throws FileException if it cannot be written, or a value is beyond 65504
   */
  public static void writeFloat16(FloatArray array, Path file) {
    byte[] bytes = new byte[2 * array.data().length];
    ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : array.data()) {
      if (Math.abs(value) >= HalfFloat.OVERFLOW && !Float.isInfinite(value)) {
        throw new FileException(
            "cannot write " + file + ": " + value + " exceeds float16; write float32 instead");
      }
      values.putShort(HalfFloat.toFloat16(value));
    }
    AtomicFile.write(
        file,
        out -> {
          out.write(header(array.shape(), "<f2"));
          out.write(bytes);
        });
  }

  private static byte[] header(int[] shape, String type) {
    StringBuilder text =
        new StringBuilder("{'descr': '" + type + "', 'fortran_order': False, 'shape': (");
    for (int i = 0; i < shape.length; i++) {
      text.append(i == 0 ? "" : " ").append(shape[i]);
      text.append(i < shape.length - 1 || shape.length == 1 ? "," : "");
    }
    text.append("), }");
    // Magic, version and length take 10 bytes; the values begin at a multiple of 64.
    int total = (10 + text.length() + 1 + 63) / 64 * 64;
    text.append(" ".repeat(total - 10 - text.length() - 1)).append('\n');
    ByteBuffer header = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length());
    header.put(text.toString().getBytes(StandardCharsets.US_ASCII));
    return header.array();
  }
}
