package dev.deltadepth.nn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.weights.TorchFiles.PickleWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchFileTest {

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void nameFile() {
    file = folder.resolve("weights.pth");
  }

  private static PickleWriter stateDict() {
    return new PickleWriter().orderedDict().bytes('(');
  }

  private Weights read(PickleWriter items, Map<String, byte[]> storages) {
    TorchFiles.write(items.bytes('u').toBytes(), storages, file);
    return WeightsFile.read(file);
  }

  private static byte[] bytes(int count, Consumer<ByteBuffer> fill) {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    fill.accept(bytes);
    return bytes.array();
  }

  @Test
  void aStateDictionaryIsReadAsItIs() {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    arrays.put("b.weight", new FloatArray(new int[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6}));
    arrays.put("a.bias", new FloatArray(new int[] {2}, new float[] {-0f, Float.NaN}));
    arrays.put("scalar", new FloatArray(new int[0], new float[] {7}));
    TorchFiles.write(Weights.of(arrays), file);
    Weights read = WeightsFile.read(file);
    assertThat(read.names()).containsExactly("b.weight", "a.bias", "scalar");
    for (String name : arrays.keySet()) {
      assertThat(read.get(name).shape()).isEqualTo(Weights.of(arrays).get(name).shape());
      assertThat(read.get(name).data()).isEqualTo(Weights.of(arrays).get(name).data());
    }
  }

  @Test
  void everyTypeOfFloatIsReadAndIntegersAreLeftOut() {
    long[] two = {2};
    long[] one = {1};
    PickleWriter items =
        stateDict()
            .text("half")
            .tensor("HalfStorage", "0", 2, 0, two, one)
            .text("bfloat")
            .tensor("BFloat16Storage", "1", 2, 0, two, one)
            .text("double")
            .tensor("DoubleStorage", "2", 2, 0, two, one)
            .text("bn.num_batches_tracked")
            .tensor("LongStorage", "3", 1, 0, new long[0], new long[0]);
    Weights read =
        read(
            items,
            Map.of(
                "0", bytes(4, b -> b.putShort((short) 0x3c00).putShort((short) 0xc100)),
                "1", bytes(4, b -> b.putShort((short) 0x3f80).putShort((short) 0xc020)),
                "2", bytes(16, b -> b.putDouble(0.1).putDouble(-3)),
                "3", new byte[8]));
    assertThat(read.names()).containsExactly("half", "bfloat", "double");
    assertThat(read.get("half").data()).containsExactly(1, -2.5f);
    assertThat(read.get("bfloat").data()).containsExactly(1, -2.5f);
    assertThat(read.get("double").data()).containsExactly(0.1f, -3);
  }

  @Test
  void stridesAndSharedStoragesAreFollowed() {
    PickleWriter items =
        stateDict()
            .text("whole")
            .tensor("FloatStorage", "0", 6, 0, new long[] {2, 3}, new long[] {3, 1})
            .text("turned")
            .tensor("FloatStorage", "0", 6, 0, new long[] {3, 2}, new long[] {1, 3})
            .text("column")
            .tensor("FloatStorage", "0", 6, 1, new long[] {2}, new long[] {3})
            .text("last")
            .tensor("FloatStorage", "0", 6, 5, new long[0], new long[0]);
    Weights read = read(items, Map.of("0", TorchFiles.floats(1, 2, 3, 4, 5, 6)));
    assertThat(read.get("whole").data()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(read.get("turned").shape()).containsExactly(3, 2);
    assertThat(read.get("turned").data()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(read.get("column").data()).containsExactly(2, 5);
    assertThat(read.get("last").data()).containsExactly(6);
  }

  @Test
  void aCheckpointsStateDictionaryIsTaken() {
    PickleWriter whole = new PickleWriter().bytes('}', '(').text("epoch").integer(3);
    whole.text("state_dict").orderedDict().bytes('(').text("w");
    whole.global("torch._utils", "_rebuild_parameter").bytes('(');
    whole.tensor("FloatStorage", "0", 1, 0, new long[] {1}, new long[] {1}).bytes(0x88);
    whole.orderedDict().bytes('t', 'R', 'u');
    // Attributes of the dictionary, as modules leave them: the versions of its parts.
    whole.bytes('}').text("_metadata").orderedDict().bytes('s', 'b');
    Weights read = read(whole, Map.of("0", TorchFiles.floats(5)));
    assertThat(read.names()).containsExactly("w");
    assertThat(read.get("w").data()).containsExactly(5);
  }

  @Test
  void aFileThatIsCutOffAnywhereIsNamed() throws IOException {
    byte[] whole = small();
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> WeightsFile.read(file))
          .as("the first %d of %d bytes", length, whole.length)
          .isInstanceOf(NetworkException.class)
          .hasMessageContaining("weights.pth");
    }
  }

  /** The last entry of the archive's list is said to be the comment of the one before. */
  @Test
  void anEntryThatHidesTheNextIsNamed() throws IOException {
    TorchFiles.write(Weights.of(Map.of("w", new FloatArray(new int[] {1}, new float[1]))), file);
    byte[] whole = Files.readAllBytes(file);
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    int last = text.lastIndexOf("PK\u0001\u0002");
    int before = text.lastIndexOf("PK\u0001\u0002", last - 1);
    int first = text.indexOf("PK\u0001\u0002");
    whole[before + 32] = (byte) (text.lastIndexOf("PK\u0005\u0006") - last);
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      // The times of the entries, which may or may not look like letters of a name.
      for (int entry : new int[] {first, before, last}) {
        for (int k = 12; k < 16; k++) {
          whole[entry + k] = (byte) random.nextInt(128);
        }
      }
      Files.write(file, whole);
      assertThatThrownBy(() -> WeightsFile.read(file))
          .isInstanceOf(NetworkException.class)
          .hasMessageContaining("weights.pth is damaged");
    }
  }

  @Test
  void aByteThatIsWrongIsAnErrorThatNamesTheFileOrDoesNotMatter() throws IOException {
    byte[] whole = small();
    for (int i = 0; i < whole.length; i++) {
      for (int flip : new int[] {1, 0x80}) {
        byte[] damaged = whole.clone();
        damaged[i] ^= (byte) flip;
        Files.write(file, damaged);
        try {
          assertThat(WeightsFile.read(file).get("w").data()).containsExactly(1, 2, 3, 4);
        } catch (NetworkException e) {
          assertThat(e).hasMessageContaining("weights.pth");
        } catch (RuntimeException e) {
          fail("byte " + i + " with " + flip + " ends in " + e, e);
        }
      }
    }
  }

  private byte[] small() throws IOException {
    float[] values = {1, 2, 3, 4};
    FloatArray array = new FloatArray(new int[] {2, 2}, values);
    TorchFiles.write(Weights.of(Map.of("w", array)), file);
    return Files.readAllBytes(file);
  }

  @Test
  void aPickleOfAnyBytesEndsInAValueOrARefusal() {
    Pickle.Reader trusting =
        new Pickle.Reader() {
          @Override
          public Object global(Pickle.Global global) {
            return global;
          }

          @Override
          public Object call(Object function, List<?> arguments) {
            return Pickle.NONE;
          }

          @Override
          public Object external(Object id) {
            return Pickle.NONE;
          }
        };
    String opcodes = "\u0080.(NJKMG}])tae suqrhjcRbQX\u0085\u0086\u0087\u0088\u0089\u008a\u0093";
    Random random = new Random(1);
    int values = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] pickle = new byte[1 + random.nextInt(30)];
      for (int k = 0; k < pickle.length; k++) {
        pickle[k] = (byte) opcodes.charAt(random.nextInt(opcodes.length()));
      }
      try {
        assertThat(Pickle.read(pickle, trusting)).isNotNull();
        values++;
      } catch (NetworkException e) {
        assertThat(e).hasMessageContaining("its pickle");
      }
    }
    assertThat(values).as("some of them are pickles").isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "os,system",
    "posix,system",
    "builtins,eval",
    "builtins,getattr",
    "subprocess,Popen",
    "torch,load",
    "torch.storage,_load_from_bytes",
    "numpy.core.multiarray,_reconstruct"
  })
  void whatAPickleWouldCallIsRefused(String module, String function) {
    PickleWriter call =
        new PickleWriter().global(module, function).bytes('(').text("touch x").bytes('t', 'R');
    TorchFiles.write(call.toBytes(), Map.of(), file);
    assertThatThrownBy(() -> WeightsFile.read(file))
        .isInstanceOf(NetworkException.class)
        .hasMessage(
            file
                + " is damaged or contains more than weights: it refers to "
                + module
                + "."
                + function
                + ", which weights do not need; download it again, or save only the weights"
                + " with torch.save(model.state_dict(), ...)");
  }

  @Test
  void otherInstructionsAreRefused() {
    // INST, OBJ, NEWOBJ, NEWOBJ_EX, EXT1, PERSID, GLOBAL over several lines, BYTEARRAY8.
    for (int opcode : new int[] {'i', 'o', 0x81, 0x92, 0x82, 'P', 0x96}) {
      TorchFiles.write(new PickleWriter().bytes(opcode).toBytes(), Map.of(), file);
      assertThatThrownBy(() -> WeightsFile.read(file))
          .isInstanceOf(NetworkException.class)
          .hasMessageContaining(String.format("instruction 0x%02x at byte 2", opcode));
    }
  }

  @Test
  void aDictionaryInsideItselfEnds() {
    PickleWriter whole = new PickleWriter().bytes('}', 'q', 0).text("state_dict");
    TorchFiles.write(whole.bytes('h', 0, 's').toBytes(), Map.of(), file);
    assertThatThrownBy(() -> WeightsFile.read(file))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("it contains no tensors");
    PickleWriter call =
        new PickleWriter().bytes('}', 'q', 0).text("x").bytes('h', 0, 's', ')', 'R');
    TorchFiles.write(call.toBytes(), Map.of(), file);
    assertThatThrownBy(() -> WeightsFile.read(file))
        .hasMessageContaining("it calls something in an unsupported way");
  }

  private void refused(PickleWriter items, Map<String, byte[]> storages, String why) {
    assertThatThrownBy(() -> read(items, storages))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("weights.pth")
        .hasMessageContaining(why);
  }

  private static PickleWriter tensor(long numel, long offset, long[] shape, long[] strides) {
    return stateDict().text("w").tensor("FloatStorage", "0", numel, offset, shape, strides);
  }

  @Test
  void tensorsThatDoNotLieInTheirStorageAreRefused() {
    Map<String, byte[]> four = Map.of("0", TorchFiles.floats(1, 2, 3, 4));
    refused(tensor(4, 1, new long[] {4}, new long[] {1}), four, "extends beyond its storage");
    refused(tensor(4, 4, new long[0], new long[0]), four, "extends beyond its storage");
    refused(tensor(4, -1, new long[] {2}, new long[] {1}), four, "offset of -1");
    refused(tensor(4, 0, new long[] {5}, new long[] {1}), four, "of 5");
    refused(tensor(4, 0, new long[] {2, 2}, new long[] {-2, 1}), four, "of -2");
    refused(tensor(4, 0, new long[] {2, 2}, new long[] {2}), four, "2 sides and 1 strides");
    refused(
        tensor(4, 0, new long[] {2}, new long[] {Long.MAX_VALUE}), four, "of 9223372036854775807");
    refused(tensor(5, 0, new long[] {4}, new long[] {1}), four, "a storage of 16 bytes");
    refused(tensor(1L << 40, 0, new long[] {1}, new long[] {1}), four, "of 1099511627776");
    refused(tensor(4, 0, new long[] {4}, new long[] {1}), Map.of(), "lacks data/0");
  }

  @Test
  void aSmallFileDoesNotFillTheMemory() {
    // One value in a storage that is said to be large, seen as many; a large one seen many times.
    Map<String, byte[]> one = Map.of("0", TorchFiles.floats(1));
    refused(tensor(1, 0, new long[] {1 << 30}, new long[] {0}), one, "of 1073741824");
    refused(tensor(1 << 30, 0, new long[] {1 << 30}, new long[] {0}), one, "more than the file");
    PickleWriter items = stateDict();
    for (int i = 0; i < 300; i++) {
      items.text("w" + i).tensor("FloatStorage", "0", 2500, 0, new long[] {2500}, new long[] {1});
    }
    refused(items, Map.of("0", new byte[10_000]), "750000 values, more than the file has bytes");
  }

  @Test
  void compressedPartsAreRefused() {
    Map<String, byte[]> bomb = Map.of("archive/data.pkl", new byte[50_000_000]);
    TorchFiles.zip(bomb, ZipEntry.DEFLATED, file);
    assertThatThrownBy(() -> WeightsFile.read(file))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("data.pkl is compressed");
  }

  @Test
  void otherArchivesAreRefused() {
    byte[] text = "x".getBytes(StandardCharsets.UTF_8);
    TorchFiles.zip(Map.of("word/document.xml", text), ZipEntry.STORED, file);
    assertThatThrownBy(() -> WeightsFile.read(file))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("a zip archive with 0 data.pkl files");
    Map<String, byte[]> big =
        Map.of(
            "archive/data.pkl",
            new byte[0],
            "archive/byteorder",
            "big".getBytes(StandardCharsets.UTF_8));
    TorchFiles.zip(big, ZipEntry.STORED, file);
    assertThatThrownBy(() -> WeightsFile.read(file))
        .hasMessageContaining("not in little-endian order");
  }

  @Test
  void theContentSaysWhatAFileIs() throws IOException {
    Weights weights = Weights.of(Map.of("w", new FloatArray(new int[] {1}, new float[] {3})));
    Safetensors.write(weights, file);
    assertThat(WeightsFile.read(file).get("w").data()).containsExactly(3);
    Path torch = folder.resolve("torch.safetensors");
    TorchFiles.write(weights, torch);
    assertThat(WeightsFile.read(torch).get("w").data()).containsExactly(3);
    Files.writeString(file, "<!doctype html>");
    assertThatThrownBy(() -> WeightsFile.read(file))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("is not a weights file");
    Files.write(file, new PickleWriter().bytes(0x8a, 10).toBytes());
    assertThatThrownBy(() -> WeightsFile.read(file))
        .hasMessageContaining("was saved by PyTorch before 1.6");
    assertThatThrownBy(() -> WeightsFile.read(folder.resolve("none.pth")))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("none.pth does not exist");
    assertThatThrownBy(() -> WeightsFile.read(folder))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("cannot read " + folder);
  }
}
