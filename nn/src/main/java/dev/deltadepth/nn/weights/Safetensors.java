package dev.deltadepth.nn.weights;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.map.HalfFloat;
import dev.deltadepth.nn.NetworkException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weights files in the safetensors format: the header's length (8 bytes, little-endian), a JSON
 * header that maps names to type, shape and offsets, then the values, little-endian and row-major
 * (huggingface/safetensors, README). Names, order and metadata are preserved.
 *
 * <p>F32, F16, BF16 and F64 (rounded) are read as float32. Arrays of integers and booleans, such as
 * {@code num_batches_tracked}, are skipped because no network uses them.
 */
public final class Safetensors {

  private static final String METADATA = "__metadata__";

  /** The reference implementation's limit. */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final int CHUNK = 1 << 16;

  private static final Set<String> SKIPPED =
      Set.of("BOOL", "U8", "I8", "U16", "I16", "U32", "I32", "U64", "I64");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Safetensors() {}

  /** One array of the header: bytes {@code begin} to {@code end} after the header. */
  private record Entry(String name, String type, int[] shape, long count, long begin, long end) {}

  /**
   * Reads a whole file. No memory is allocated on the basis of the header alone: every array must
   * lie within the file, and together they must fill it without overlap.
   *
   * @throws NetworkException if the file is missing, damaged or not of this format
   */
  public static Weights read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      long headerLength = headerLength(channel, file);
      JsonNode header = header(channel, headerLength, file);
      List<Entry> entries = entries(header, file);
      requireToFill(entries, channel.size() - 8 - headerLength, file);
      Map<String, FloatArray> arrays = new LinkedHashMap<>();
      for (Entry entry : entries) {
        if (!SKIPPED.contains(entry.type())) {
          arrays.put(
              entry.name(),
              new FloatArray(entry.shape(), values(channel, 8 + headerLength, entry, file)));
        }
      }
      return Weights.of(arrays).withMetadata(metadata(header, file));
    } catch (NoSuchFileException e) {
      throw new NetworkException(file + " does not exist; check the path of the weights", e);
    } catch (IOException e) {
      throw new NetworkException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Like {@link #write(Weights, Path, WeightPrecision)}, in float32. */
  public static void write(Weights weights, Path file) {
    write(weights, file, WeightPrecision.FLOAT32);
  }

  /**
   * Writes a file atomically, replacing an existing one. Equal weights give equal bytes.
   *
   * @throws NetworkException if a value does not fit the precision or a name is reserved
   * @throws dev.deltadepth.io.FileException if the file cannot be written
   */
  public static void write(Weights weights, Path file, WeightPrecision precision) {
    byte[] header = header(weights, file, precision);
    AtomicFile.write(
        file,
        out -> {
          byte[] length = new byte[8];
          ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length);
          out.write(length);
          out.write(header);
          for (String name : weights.names()) {
            writeValues(out, weights.get(name).data(), precision);
          }
        });
  }

  private static long headerLength(FileChannel channel, Path file) throws IOException {
    ByteBuffer start = littleEndian(8);
    readFully(channel, start, 0, file);
    long length = start.getLong();
    if (length < 2 || length > LONGEST_HEADER || length > channel.size() - 8) {
      throw damaged(file, "its first 8 bytes are not the length of a header");
    }
    return length;
  }

  private static JsonNode header(FileChannel channel, long length, Path file) throws IOException {
    ByteBuffer bytes = littleEndian(Math.toIntExact(length));
    readFully(channel, bytes, 8, file);
    try {
      JsonNode header = JSON.readTree(StandardCharsets.UTF_8.decode(bytes).toString());
      if (!header.isObject()) {
        throw damaged(file, "its header is not a JSON object");
      }
      return header;
    } catch (JacksonException e) {
      throw new NetworkException(
          damage(file, "its header is not JSON: " + e.getOriginalMessage()), e);
    }
  }

  private static Map<String, String> metadata(JsonNode header, Path file) {
    Map<String, String> metadata = new LinkedHashMap<>();
    JsonNode node = header.path(METADATA);
    if (!node.isObject() && !node.isMissingNode()) {
      throw damaged(file, METADATA + " is not an object");
    }
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      if (!property.getValue().isTextual()) {
        throw damaged(file, METADATA + " has a value that is not a string: " + property.getKey());
      }
      metadata.put(property.getKey(), property.getValue().textValue());
    }
    return metadata;
  }

  private static List<Entry> entries(JsonNode header, Path file) {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : header.properties()) {
      if (!property.getKey().equals(METADATA)) {
        entries.add(entry(property.getKey(), property.getValue(), file));
      }
    }
    return entries;
  }

  private static Entry entry(String name, JsonNode node, Path file) {
    String type = node.path("dtype").asText();
    int width = bytesPerValue(type);
    if (width == 0) {
      throw new NetworkException(
          file
              + " contains "
              + name
              + " with the unsupported type '"
              + type
              + "'; convert the file to F32, F16 or BF16");
    }
    JsonNode sides = node.path("shape");
    JsonNode offsets = node.path("data_offsets");
    if (!sides.isArray() || !offsets.isArray() || offsets.size() != 2) {
      throw damaged(file, name + " has no shape or no data_offsets");
    }
    int[] shape = new int[sides.size()];
    long count = 1;
    for (int i = 0; i < shape.length; i++) {
      JsonNode side = sides.get(i);
      shape[i] = side.intValue();
      // An array has at most as many values as an int can count, so stop before it overflows.
      count = count > Integer.MAX_VALUE ? count : count * shape[i];
      if (!side.isIntegralNumber() || !side.canConvertToInt() || shape[i] < 0) {
        throw damaged(file, name + " has the side " + side + " in its shape");
      }
    }
    for (JsonNode offset : offsets) {
      if (!offset.isIntegralNumber() || !offset.canConvertToLong() || offset.longValue() < 0) {
        throw damaged(file, name + " starts or ends at " + offset);
      }
    }
    long begin = offsets.get(0).longValue();
    long end = offsets.get(1).longValue();
    if (count > Integer.MAX_VALUE - 8 || end - begin != count * width) {
      throw damaged(
          file,
          name + " has bytes " + begin + " to " + end + ", which do not fit the shape " + sides);
    }
    return new Entry(name, type, shape, count, begin, end);
  }

  /** Checks, as the format requires, that arrays lie in the file without overlaps or gaps. */
  private static void requireToFill(List<Entry> entries, long length, Path file) {
    List<Entry> inOrder = new ArrayList<>(entries);
    inOrder.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long next = 0;
    for (Entry entry : inOrder) {
      if (entry.begin() != next) {
        throw damaged(file, entry.name() + " starts at " + entry.begin() + ", not at " + next);
      }
      next = entry.end();
    }
    if (next != length) {
      throw damaged(file, "its arrays take " + next + " bytes, but it contains " + length);
    }
  }

  private static float[] values(FileChannel channel, long dataStart, Entry entry, Path file)
      throws IOException {
    float[] values = new float[Math.toIntExact(entry.count())];
    int width = bytesPerValue(entry.type());
    ByteBuffer chunk = littleEndian(CHUNK);
    int done = 0;
    while (done < values.length) {
      int now = Math.min(CHUNK / width, values.length - done);
      chunk.clear().limit(now * width);
      readFully(channel, chunk, dataStart + entry.begin() + (long) done * width, file);
      for (int i = done; i < done + now; i++) {
        values[i] =
            switch (entry.type()) {
              case "F32" -> chunk.getFloat();
              case "F64" -> (float) chunk.getDouble();
              case "F16" -> HalfFloat.fromFloat16(chunk.getShort());
              default -> HalfFloat.fromBfloat16(chunk.getShort());
            };
      }
      done += now;
    }
    return values;
  }

  /** Fills the buffer from a position in the file and flips it. */
  private static void readFully(FileChannel channel, ByteBuffer buffer, long position, Path file)
      throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, at);
      if (read < 0) {
        throw damaged(file, "it ends at byte " + at);
      }
      at += read;
    }
    buffer.flip();
  }

  private static byte[] header(Weights weights, Path file, WeightPrecision precision) {
    ObjectNode header = JSON.createObjectNode();
    if (!weights.metadata().isEmpty()) {
      ObjectNode metadata = header.putObject(METADATA);
      weights.metadata().forEach(metadata::put);
    }
    long width = precision == WeightPrecision.FLOAT32 ? 4 : 2;
    long begin = 0;
    for (String name : weights.names()) {
      if (name.equals(METADATA)) {
        throw new NetworkException(
            "cannot write " + file + ": no array may be named " + METADATA + "; rename it");
      }
      FloatArray array = weights.get(name);
      if (precision == WeightPrecision.FLOAT16) {
        requireFloat16(name, array.data(), file);
      }
      long end = begin + width * array.data().length;
      ObjectNode entry = header.putObject(name);
      entry.put("dtype", precision == WeightPrecision.FLOAT32 ? "F32" : "F16");
      ArrayNode shape = entry.putArray("shape");
      for (int side : array.shape()) {
        shape.add(side);
      }
      entry.putArray("data_offsets").add(begin).add(end);
      begin = end;
    }
    String json = header.toString();
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    // Pad with spaces, so that the values start at a multiple of 8.
    return (json + " ".repeat(-length & 7)).getBytes(StandardCharsets.UTF_8);
  }

  private static void requireFloat16(String name, float[] values, Path file) {
    for (float value : values) {
      if (Math.abs(value) >= HalfFloat.OVERFLOW && !Float.isInfinite(value)) {
        throw new NetworkException(
            "cannot write "
                + file
                + " in float16: "
                + name
                + " contains "
                + value
                + ", which is beyond 65504; use float32");
      }
    }
  }

  private static void writeValues(OutputStream out, float[] values, WeightPrecision precision)
      throws IOException {
    byte[] bytes = new byte[CHUNK];
    ByteBuffer chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      if (precision == WeightPrecision.FLOAT32) {
        chunk.putFloat(value);
      } else {
        chunk.putShort(HalfFloat.toFloat16(value));
      }
      if (!chunk.hasRemaining()) {
        out.write(bytes);
        chunk.clear();
      }
    }
    out.write(bytes, 0, chunk.position());
  }

  /** Bytes per value; 0 for an unsupported type. */
  private static int bytesPerValue(String type) {
    return switch (type) {
      case "BOOL", "U8", "I8" -> 1;
      case "F16", "BF16", "U16", "I16" -> 2;
      case "F32", "U32", "I32" -> 4;
      case "F64", "U64", "I64" -> 8;
      default -> 0;
    };
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static NetworkException damaged(Path file, String why) {
    return new NetworkException(damage(file, why));
  }

  private static String damage(Path file, String why) {
    return file + " is damaged or not a safetensors file: " + why + "; copy or download it again";
  }
}
