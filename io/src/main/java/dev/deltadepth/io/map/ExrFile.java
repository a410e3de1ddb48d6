package dev.deltadepth.io.map;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * OpenEXR pictures of one part in scan lines, without compression or with ZIP (OpenEXR 3, "File
 * Layout"; Industrial Light and Magic). Written: one float32 channel, {@code Z} for metres or
 * {@code disparity}. Read: half, float and unsigned channels. Own code, because the libraries on
 * the JVM are native and would read strangers' files inside this process.
 */
public final class ExrFile {

  private static final int MAGIC = 0x01312f76;
  private static final int BLOCK = 16;
  private static final int NONE = 0;
  private static final int ZIPS = 2;
  private static final int ZIP = 3;

  /** Names of a depth channel, the first that a file has is taken. */
  private static final List<String> CHANNELS = List.of("disparity", "Z", "depth.Z", "Depth", "Y");

  private static final int UNSIGNED = 0;
  private static final int HALF = 1;
  private static final int FLOAT = 2;

  private ExrFile() {}

  static void write(DepthMap map, MapDescription description, OutputStream out) throws IOException {
    byte[] header = header(map, description);
    int blocks = (map.height() + BLOCK - 1) / BLOCK;
    List<byte[]> packed = new ArrayList<>();
    for (int y = 0; y < map.height(); y += BLOCK) {
      int rows = Math.min(BLOCK, map.height() - y);
      ByteBuffer raw = ByteBuffer.allocate(4 * rows * map.width()).order(ByteOrder.LITTLE_ENDIAN);
      raw.asFloatBuffer().put(map.data(), y * map.width(), rows * map.width());
      packed.add(deflate(raw.array()));
    }
    out.write(header);
    ByteBuffer offsets = ByteBuffer.allocate(8 * blocks).order(ByteOrder.LITTLE_ENDIAN);
    long at = header.length + 8L * blocks;
    for (byte[] block : packed) {
      offsets.putLong(at);
      at += 8 + block.length;
    }
    out.write(offsets.array());
    for (int i = 0; i < blocks; i++) {
      ByteBuffer start = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      out.write(start.putInt(i * BLOCK).putInt(packed.get(i).length).array());
      out.write(packed.get(i));
    }
  }

  private static byte[] header(DepthMap map, MapDescription description) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ints(MAGIC, 2));
    String channel = map.kind() == Kind.METRES ? "Z" : "disparity";
    ByteArrayOutputStream channels = new ByteArrayOutputStream();
    channels.writeBytes(text(channel));
    channels.writeBytes(ints(FLOAT, 0, 1, 1));
    channels.write(0);
    int[] window = {0, 0, map.width() - 1, map.height() - 1};
    attribute(out, "channels", "chlist", channels.toByteArray());
    attribute(out, "compression", "compression", new byte[] {ZIP});
    attribute(out, "dataWindow", "box2i", ints(window));
    attribute(out, MapDescription.KEY, "string", utf8(description.json()));
    attribute(out, "comments", "string", utf8(description.sentence()));
    attribute(out, "displayWindow", "box2i", ints(window));
    attribute(out, "lineOrder", "lineOrder", new byte[1]);
    attribute(out, "pixelAspectRatio", "float", floats(1));
    attribute(out, "screenWindowCenter", "v2f", floats(0, 0));
    attribute(out, "screenWindowWidth", "float", floats(1));
    out.write(0);
    return out.toByteArray();
  }

  private static void attribute(ByteArrayOutputStream out, String name, String type, byte[] value) {
    out.writeBytes(text(name));
    out.writeBytes(text(type));
    out.writeBytes(ints(value.length));
    out.writeBytes(value);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] text(String name) {
    return (name + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return bytes.array();
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /** Even bytes before odd ones, differences, deflate; as it is where that is no smaller. */
  private static byte[] deflate(byte[] raw) {
    byte[] mixed = new byte[raw.length];
    int half = (raw.length + 1) / 2;
    for (int i = 0; i < raw.length; i++) {
      mixed[i % 2 == 0 ? i / 2 : half + i / 2] = raw[i];
    }
    for (int i = mixed.length - 1; i > 0; i--) {
      mixed[i] = (byte) (mixed[i] - mixed[i - 1] + 128);
    }
    Deflater deflater = new Deflater(4);
    try {
      deflater.setInput(mixed);
      deflater.finish();
      byte[] packed = new byte[raw.length];
      int length = deflater.deflate(packed);
      return deflater.finished() && length < raw.length ? Arrays.copyOf(packed, length) : raw;
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflate(byte[] packed, int size, Path file) {
    if (packed.length == size) {
      return packed;
    }
    Inflater inflater = new Inflater();
    byte[] mixed = new byte[size];
    try {
      inflater.setInput(packed);
      if (inflater.inflate(mixed) != size) {
        throw damaged(file);
      }
    } catch (DataFormatException e) {
      throw new FileException(file + " is damaged; copy or make it again", e);
    } finally {
      inflater.end();
    }
    for (int i = 1; i < size; i++) {
      mixed[i] = (byte) (mixed[i] + mixed[i - 1] - 128);
    }
    byte[] raw = new byte[size];
    int half = (size + 1) / 2;
    for (int i = 0; i < size; i++) {
      raw[i] = mixed[i % 2 == 0 ? i / 2 : half + i / 2];
    }
    return raw;
  }

  private record Channel(String name, int type) {
    int bytes() {
      return type == HALF ? 2 : 4;
    }
  }

  private record Header(
      List<Channel> channels, int compression, int width, int height, int top, String says) {}

  /**
   * Reads the depth channel: {@code disparity}, {@code Z}, {@code Y} or the only one.
   *
   * @throws FileException if the file is missing, damaged, has no such channel, or is tiled, deep,
   *     of several parts or compressed otherwise
   */
  public static StoredMap read(Path file) {
    ByteBuffer in = ByteBuffer.wrap(ImageFiles.content(file)).order(ByteOrder.LITTLE_ENDIAN);
    try {
      if (in.getInt() != MAGIC) {
        throw new FileException(file + " is not an OpenEXR picture");
      }
      if ((in.getInt() & ~0x4ff) != 0) {
        throw new FileException(
            file + " is a tiled, deep or multi-part OpenEXR picture: save it in scan lines");
      }
      Header header = header(in, file);
      Optional<MapDescription> description = MapDescription.parse(header.says());
      Channel wanted = channel(header.channels(), file);
      Kind kind =
          description
              .map(MapDescription::kind)
              .orElse(
                  wanted.name().equals("disparity") || wanted.name().equals("Y")
                      ? Kind.DISPARITY
                      : Kind.METRES);
      float[] values = values(in, header, wanted, file);
      return new StoredMap(
          new DepthMap(kind, header.width(), header.height(), values), description);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new FileException(file + " is cut off or damaged; copy or make it again", e);
    }
  }

  private static Header header(ByteBuffer in, Path file) {
    List<Channel> channels = new ArrayList<>();
    int compression = NONE;
    int[] window = {0, 0, -1, -1};
    String says = "";
    for (String name = word(in); !name.isEmpty(); name = word(in)) {
      word(in); // its type
      int size = in.getInt();
      if (size < 0 || size > in.remaining()) {
        throw damaged(file);
      }
      ByteBuffer value = in.slice().limit(size).order(ByteOrder.LITTLE_ENDIAN);
      in.position(in.position() + size);
      switch (name) {
        case "channels" -> channels(value, channels, file);
        case "compression" -> compression = value.get();
        case "dataWindow" -> value.asIntBuffer().get(window);
        case MapDescription.KEY -> says = StandardCharsets.UTF_8.decode(value).toString();
        default -> {}
      }
    }
    long width = (long) window[2] - window[0] + 1;
    long height = (long) window[3] - window[1] + 1;
    if (width < 1 || height < 1 || width * height > ImageFiles.DEFAULT_MAX_PIXELS) {
      throw new FileException(file + " claims " + width + "x" + height + " pixels");
    }
    if (compression != NONE && compression != ZIPS && compression != ZIP) {
      throw new FileException(
          file + " has an OpenEXR compression that is not read: save it with ZIP or without");
    }
    return new Header(channels, compression, (int) width, (int) height, window[1], says);
  }

  private static void channels(ByteBuffer value, List<Channel> channels, Path file) {
    for (String name = word(value); !name.isEmpty(); name = word(value)) {
      int type = value.getInt();
      value.getInt();
      int acrossStep = value.getInt();
      int downStep = value.getInt();
      if (acrossStep != 1 || downStep != 1 || type < UNSIGNED || type > FLOAT) {
        throw new FileException(file + " has subsampled channels, which are not read");
      }
      channels.add(new Channel(name, type));
    }
  }

  private static Channel channel(List<Channel> channels, Path file) {
    for (String name : CHANNELS) {
      for (Channel channel : channels) {
        if (channel.name().equals(name)) {
          return channel;
        }
      }
    }
    if (channels.size() == 1) {
      return channels.get(0);
    }
    throw new FileException(
        file
            + " has no depth channel ("
            + String.join(", ", CHANNELS)
            + ") among "
            + channels.stream().map(Channel::name).toList());
  }

  private static float[] values(ByteBuffer in, Header header, Channel wanted, Path file) {
    int before = 0;
    int all = 0;
    for (Channel channel : header.channels()) {
      if (channel.equals(wanted)) {
        before = all;
      }
      all = Math.addExact(all, channel.bytes());
    }
    int rows = header.compression() == ZIP ? BLOCK : 1;
    int blocks = (header.height() + rows - 1) / rows;
    if (8L * blocks > in.remaining()) {
      throw damaged(file);
    }
    int table = in.position();
    int width = header.width();
    float[] values = new float[width * header.height()];
    for (int block = 0; block < blocks; block++) {
      long offset = in.getLong(table + 8 * block);
      if (offset < 0 || offset > in.limit() - 8) {
        throw damaged(file);
      }
      in.position((int) offset);
      int y = in.getInt() - header.top();
      int size = in.getInt();
      if (y < 0 || y >= header.height() || size < 0 || size > in.remaining()) {
        throw damaged(file);
      }
      byte[] packed = new byte[size];
      in.get(packed);
      int count = Math.min(rows, header.height() - y);
      int full = Math.multiplyExact(Math.multiplyExact(count, width), all);
      byte[] raw = header.compression() == NONE ? packed : inflate(packed, full, file);
      if (raw.length != full) {
        throw damaged(file);
      }
      ByteBuffer bytes = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
      for (int row = 0; row < count; row++) {
        bytes.position((row * all + before) * width);
        for (int x = 0; x < width; x++) {
          values[(y + row) * width + x] = value(bytes, wanted.type());
        }
      }
    }
    return values;
  }

  private static float value(ByteBuffer in, int type) {
    return switch (type) {
      case HALF -> HalfFloat.fromFloat16(in.getShort());
      case FLOAT -> in.getFloat();
      default -> in.getInt() & 0xffffffffL;
    };
  }

  private static String word(ByteBuffer in) {
    StringBuilder word = new StringBuilder();
    for (byte next = in.get(); next != 0; next = in.get()) {
      if (word.length() == 255) {
        throw new IllegalArgumentException("a name of more than 255 bytes");
      }
      word.append((char) (next & 0xff));
    }
    return word.toString();
  }

  private static FileException damaged(Path file) {
    return new FileException(file + " is cut off or damaged; copy or make it again");
  }
}
