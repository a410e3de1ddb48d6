package dev.deltadepth.nn.weights;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.io.map.HalfFloat;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.weights.Pickle.Dict;
import dev.deltadepth.nn.weights.Pickle.Global;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Weights in files written by {@code torch.save} of PyTorch 1.6 and later (.pth, .pt, .bin): a zip
 * archive with a pickle, {@code data.pkl}, that describes tensors, and one file per storage, {@code
 * data/<key>} (torch/serialization.py). No Python code runs and nothing is called: the pickle may
 * only name what is in {@link #GLOBALS}.
 *
 * <p>Tensors of float32, float16, bfloat16 and float64 (rounded) are read, with any strides and
 * shared storages. Tensors of integers and booleans, such as {@code num_batches_tracked}, are
 * skipped, as in {@link Safetensors}. The state dictionary is the root object, or its entry {@code
 * state_dict} or {@code model}.
 *
 * <p>No memory is allocated on the basis of the file's claims alone: its parts must be stored
 * uncompressed, as PyTorch does, so they are never larger than the file.
 */
final class TorchFile {

  /** Limit for the list of names and shapes, which takes 100 KB for 336 million parameters. */
  private static final long LONGEST_PICKLE = 64 << 20;

  private static final int MOST_AXES = 8;

  private static final String ORDERED_DICT = "collections.OrderedDict";
  private static final String TENSOR = "torch._utils._rebuild_tensor_v2";
  private static final String PARAMETER = "torch._utils._rebuild_parameter";

  /** The type of the values in a storage. */
  private enum Type {
    FLOAT(4),
    DOUBLE(8),
    HALF(2),
    BFLOAT16(2),
    /** Integers and booleans, which are skipped. */
    OTHER(0);

    private final int width;

    Type(int width) {
      this.width = width;
    }
  }

  private static final Map<String, Object> GLOBALS =
      Map.ofEntries(
          Map.entry(ORDERED_DICT, ORDERED_DICT),
          Map.entry(TENSOR, TENSOR),
          Map.entry(PARAMETER, PARAMETER),
          Map.entry("torch.FloatStorage", Type.FLOAT),
          Map.entry("torch.DoubleStorage", Type.DOUBLE),
          Map.entry("torch.HalfStorage", Type.HALF),
          Map.entry("torch.BFloat16Storage", Type.BFLOAT16),
          Map.entry("torch.LongStorage", Type.OTHER),
          Map.entry("torch.IntStorage", Type.OTHER),
          Map.entry("torch.ShortStorage", Type.OTHER),
          Map.entry("torch.CharStorage", Type.OTHER),
          Map.entry("torch.ByteStorage", Type.OTHER),
          Map.entry("torch.BoolStorage", Type.OTHER));

  private record Storage(Type type, String key, long count) {}

  private record Tensor(Storage storage, long offset, int[] shape, long[] strides, int count) {}

  private final Path file;
  private final ZipFile zip;
  private final String prefix;

  private TorchFile(Path file, ZipFile zip, String prefix) {
    this.file = file;
    this.zip = zip;
    this.prefix = prefix;
  }

  /**
   * Reads a whole file.
   *
   * @throws NetworkException if the file is damaged, not of this format, or contains more than
   *     tensors
   */
  static Weights read(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new TorchFile(file, zip, prefix(zip, Files.size(file))).weights();
    } catch (NetworkException e) {
      throw new NetworkException(
          file
              + " is damaged or contains more than weights: "
              + e.getMessage()
              + "; download it again, or save only the weights with"
              + " torch.save(model.state_dict(), ...)",
          e);
    } catch (IOException | IllegalArgumentException e) {
      // The latter for names in the archive that cannot be decoded.
      throw new NetworkException(
          file + " is damaged or not a PyTorch file: " + e.getMessage() + "; download it again", e);
    }
  }

  /** The folder inside the archive; also checks that the parts are no larger than the file. */
  private static String prefix(ZipFile zip, long fileLength) {
    List<String> prefixes = new ArrayList<>();
    long length = 0;
    for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
      ZipEntry entry = e.nextElement();
      // PyTorch writes no comments; one may hide an entry, and Java then makes up another.
      if (entry.getComment() != null) {
        throw new NetworkException(entry.getName() + " has a comment, which PyTorch never writes");
      }
      if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
        throw new NetworkException(entry.getName() + " is compressed, which PyTorch never does");
      }
      length += entry.getSize();
      if (entry.getSize() < 0 || length > fileLength) {
        throw new NetworkException("its parts are larger than the file");
      }
      String name = entry.getName();
      if (name.endsWith("/data.pkl") && name.indexOf('/') == name.lastIndexOf('/')) {
        prefixes.add(name.substring(0, name.indexOf('/') + 1));
      }
    }
    if (prefixes.size() != 1) {
      throw new NetworkException("it is a zip archive with " + prefixes.size() + " data.pkl files");
    }
    return prefixes.get(0);
  }

  private Weights weights() throws IOException {
    ZipEntry order = zip.getEntry(prefix + "byteorder");
    if (order != null
        && !new String(bytes("byteorder", 16), StandardCharsets.US_ASCII).equals("little")) {
      throw new NetworkException("its values are not in little-endian order");
    }
    Object whole = Pickle.read(bytes("data.pkl", LONGEST_PICKLE), new Tensors());
    Map<String, Tensor> tensors = tensors(Pickle.as(Dict.class, whole));
    if (tensors.isEmpty()) {
      throw new NetworkException("it contains no tensors");
    }
    long values = 0;
    Map<String, Map<String, Tensor>> byStorage = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      values += tensor.count();
      byStorage
          .computeIfAbsent(tensor.storage().key(), key -> new LinkedHashMap<>())
          .put(entry.getKey(), tensor);
    }
    // Tensors may share a storage, but must not let a small file fill the memory.
    if (values > Files.size(file)) {
      throw new NetworkException(
          "its tensors have " + values + " values, more than the file has bytes");
    }
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (Map.Entry<String, Map<String, Tensor>> entry : byStorage.entrySet()) {
      byte[] bytes = bytes("data/" + entry.getKey(), Integer.MAX_VALUE - 8);
      entry
          .getValue()
          .forEach(
              (name, tensor) ->
                  arrays.put(name, new FloatArray(tensor.shape(), values(name, tensor, bytes))));
    }
    return Weights.of(arrays);
  }

  /** The floating-point tensors in a state dictionary. */
  private static Map<String, Tensor> tensors(Dict whole) {
    Dict dictionary = whole;
    for (String key : List.of("state_dict", "model")) {
      if (whole.entries().get(key) instanceof Dict inner) {
        dictionary = inner;
      }
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    dictionary
        .entries()
        .forEach(
            (name, value) -> {
              if (value instanceof Tensor tensor && tensor.storage().type() != Type.OTHER) {
                tensors.put(Pickle.as(String.class, name), tensor);
              }
            });
    return tensors;
  }

  private byte[] bytes(String name, long longest) throws IOException {
    ZipEntry entry = zip.getEntry(prefix + name);
    if (entry == null) {
      throw new NetworkException("it lacks " + name);
    }
    if (entry.getSize() > longest) {
      throw new NetworkException(name + " has " + entry.getSize() + " bytes, more than supported");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) entry.getSize());
      CRC32 sum = new CRC32();
      sum.update(bytes);
      if (bytes.length != entry.getSize() || sum.getValue() != entry.getCrc()) {
        throw new NetworkException(name + " does not match its checksum");
      }
      return bytes;
    }
  }

  private static float[] values(String name, Tensor tensor, byte[] bytes) {
    Type type = tensor.storage().type();
    long expected = tensor.storage().count() * type.width;
    if (bytes.length != expected) {
      throw new NetworkException(
          name + " has a storage of " + bytes.length + " bytes, not " + expected);
    }
    ByteBuffer storage = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int axes = tensor.shape().length;
    int[] index = new int[axes];
    long at = tensor.offset();
    float[] values = new float[tensor.count()];
    for (int i = 0; i < values.length; i++) {
      int position = (int) at * type.width;
      values[i] =
          switch (type) {
            case FLOAT -> storage.getFloat(position);
            case DOUBLE -> (float) storage.getDouble(position);
            case HALF -> HalfFloat.fromFloat16(storage.getShort(position));
            case BFLOAT16 -> HalfFloat.fromBfloat16(storage.getShort(position));
            case OTHER -> throw new IllegalStateException("no values of " + name + " are read");
          };
      for (int axis = axes - 1; axis >= 0; axis--) {
        at += tensor.strides()[axis];
        if (++index[axis] < tensor.shape()[axis]) {
          break;
        }
        at -= tensor.strides()[axis] * index[axis];
        index[axis] = 0;
      }
    }
    return values;
  }

  /** Resolves the names and calls in a weights file. */
  private static final class Tensors implements Pickle.Reader {

    @Override
    public Object global(Global global) {
      Object known = GLOBALS.get(global.toString());
      if (known == null) {
        throw new NetworkException("it refers to " + global + ", which weights do not need");
      }
      return known;
    }

    @Override
    public Object call(Object function, List<?> arguments) {
      if (function.equals(ORDERED_DICT) && arguments.isEmpty()) {
        return new Dict();
      }
      if (function.equals(TENSOR) && arguments.size() >= 4) {
        return tensor(arguments);
      }
      if (function.equals(PARAMETER) && !arguments.isEmpty()) {
        return Pickle.as(Tensor.class, arguments.get(0));
      }
      String name = function instanceof String known ? known : "something";
      throw new NetworkException("it calls " + name + " in an unsupported way");
    }

    @Override
    public Object external(Object id) {
      List<?> parts = Pickle.as(List.class, id);
      if (parts.size() != 5 || !parts.get(0).equals("storage")) {
        throw new NetworkException("it refers to something that is not a storage");
      }
      String key = Pickle.as(String.class, parts.get(2));
      return new Storage(
          Pickle.as(Type.class, parts.get(1)), key, Pickle.as(Long.class, parts.get(4)));
    }

    private static Tensor tensor(List<?> arguments) {
      Storage storage = Pickle.as(Storage.class, arguments.get(0));
      long offset = Pickle.as(Long.class, arguments.get(1));
      List<?> sides = Pickle.as(List.class, arguments.get(2));
      List<?> steps = Pickle.as(List.class, arguments.get(3));
      if (sides.size() != steps.size() || sides.size() > MOST_AXES) {
        throw new NetworkException(
            "it has a tensor with " + sides.size() + " sides and " + steps.size() + " strides");
      }
      long length = within(storage.count(), Integer.MAX_VALUE);
      int[] shape = new int[sides.size()];
      long[] strides = new long[shape.length];
      long count = 1;
      long last = within(offset, length);
      for (int i = 0; i < shape.length; i++) {
        // No number here exceeds 31 bits, so products are checked before they overflow.
        long side = within(Pickle.as(Long.class, sides.get(i)), length);
        long stride = within(Pickle.as(Long.class, steps.get(i)), Integer.MAX_VALUE);
        count = within(count * side, length);
        last = within(last + Math.max(0, side - 1) * stride, Integer.MAX_VALUE);
        shape[i] = (int) side;
        strides[i] = stride;
      }
      if (count > 0 && last >= length) {
        throw new NetworkException("it has a tensor that extends beyond its storage");
      }
      return new Tensor(storage, offset, shape, strides, (int) count);
    }

    private static long within(long value, long highest) {
      if (value < 0 || value > highest) {
        throw new NetworkException("it has a tensor with a side, stride or offset of " + value);
      }
      return value;
    }
  }
}
