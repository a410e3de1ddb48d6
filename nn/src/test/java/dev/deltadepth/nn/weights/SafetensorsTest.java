package dev.deltadepth.nn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.io.map.HalfFloat;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.ParityGenerator;
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
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

  @TempDir private Path folder;

  @Property(tries = 100)
  void whatIsWrittenIsRead(
      @ForAll @Size(max = 5) Map<@NotEmpty String, @Size(max = 40) float[]> data,
      @ForAll @Size(max = 3) Map<String, String> notes)
      throws IOException {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    data.forEach(
        (name, values) ->
            arrays.put(whole(name), new FloatArray(new int[] {1, values.length, 1}, values)));
    Map<String, String> metadata = new LinkedHashMap<>();
    notes.forEach((key, value) -> metadata.put(whole(key), whole(value)));
    Path file = Files.createTempFile("weights", ".safetensors");
    try {
      Safetensors.write(Weights.of(arrays).withMetadata(metadata), file);
      Weights read = Safetensors.read(file);
      assertThat(read.metadata()).isEqualTo(metadata);
      assertThat(read.names()).containsExactlyElementsOf(arrays.keySet());
      for (String name : read.names()) {
        assertThat(read.get(name).shape()).isEqualTo(arrays.get(name).shape());
        assertThat(bits(read.get(name).data())).isEqualTo(bits(arrays.get(name).data()));
      }
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void namesAndOrderStayAsTheyAre() {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (String name :
        List.of(
            "stem.conv.weight",
            "stages.2.1.transformer.0.attn.qkv.weight",
            "stages.0.0.conv1_1x1.bn.running_var",
            "final_conv.bn.bias",
            "a")) {
      arrays.put(name, new FloatArray(new int[] {2}, new float[] {1, 2}));
    }
    arrays.put("scalar", new FloatArray(new int[0], new float[] {7}));
    arrays.put("nothing", new FloatArray(new int[] {3, 0}, new float[0]));
    Path file = folder.resolve("names.safetensors");
    Safetensors.write(Weights.of(arrays), file);
    Weights read = Safetensors.read(file);
    assertThat(read.names()).containsExactlyElementsOf(arrays.keySet());
    assertThat(read.get("scalar").shape()).isEmpty();
    assertThat(read.get("scalar").data()).containsExactly(7);
    assertThat(read.get("nothing").shape()).containsExactly(3, 0);
  }

  @Test
  void theBytesAreThoseOfTheFormat() throws IOException {
    Path file = folder.resolve("one.safetensors");
    Weights weights = weights("w", 1.5f, -2).withMetadata(Map.of("format", "pt"));
    Safetensors.write(weights, file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = Math.toIntExact(bytes.getLong());
    byte[] header = new byte[length];
    bytes.get(header);
    assertThat(length % 8).isZero();
    assertThat(new String(header, StandardCharsets.UTF_8).stripTrailing())
        .isEqualTo(
            "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}");
    assertThat(bytes.getFloat()).isEqualTo(1.5f);
    assertThat(bytes.getFloat()).isEqualTo(-2f);
    assertThat(bytes.hasRemaining()).isFalse();
  }

  @Test
  void everyFloatTypeIsReadAsFloat32() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort((short) 0x3c00).putShort((short) 0x3f80).putFloat(-3).putDouble(0.1);
    String header =
        """
        {"half":{"dtype":"F16","shape":[],"data_offsets":[0,2]},
         "brain":{"dtype":"BF16","shape":[1],"data_offsets":[2,4]},
         "single":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},
         "double":{"dtype":"F64","shape":[1,1],"data_offsets":[8,16]}}""";
    Weights read = Safetensors.read(file(header, data.array()));
    assertThat(read.get("half").data()).containsExactly(1);
    assertThat(read.get("brain").data()).containsExactly(1);
    assertThat(read.get("single").data()).containsExactly(-3);
    assertThat(read.get("double").data()).containsExactly(0.1f);
  }

  @Test
  void countersOfBatchesAreLeftOut() throws IOException {
    String header =
        """
        {"bn.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[0,8]},
         "bn.weight":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""";
    assertThat(Safetensors.read(file(header, new byte[12])).names()).containsExactly("bn.weight");
  }

  @Test
  void float16IsHalfTheSizeAndRounded() throws IOException {
    Path file = folder.resolve("half.safetensors");
    float[] values = ParityGenerator.values("half", 0, 3, 100_001);
    Safetensors.write(weights("w", values), file, WeightPrecision.FLOAT16);
    assertThat(Files.size(file)).isLessThan(2 * values.length + 200);
    float[] read = Safetensors.read(file).get("w").data();
    for (int i = 0; i < values.length; i++) {
      assertThat(read[i]).isEqualTo(HalfFloat.fromFloat16(HalfFloat.toFloat16(values[i])));
    }
  }

  @Test
  void valuesBeyondFloat16AreRefused() throws IOException {
    Path file = folder.resolve("big.safetensors");
    assertThatThrownBy(
            () -> Safetensors.write(weights("w", 1, 7e4f), file, WeightPrecision.FLOAT16))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("big.safetensors")
        .hasMessageContaining("w contains 70000.0")
        .hasMessageContaining("use float32");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    Safetensors.write(weights("some.weight", 1, 2, 3).withMetadata(Map.of("a", "b")), whole);
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.safetensors");
    for (int length = 0; length < bytes.length; length++) {
      Files.write(cut, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> Safetensors.read(cut))
          .as("%d of %d bytes", length, bytes.length)
          .isInstanceOf(NetworkException.class)
          .hasMessageContaining("cut.safetensors")
          .hasMessageContaining("download it again");
    }
    Files.write(cut, Arrays.copyOf(bytes, bytes.length + 1));
    assertThatThrownBy(() -> Safetensors.read(cut)).isInstanceOf(NetworkException.class);
  }

  @Property(tries = 300)
  void changedBytesGiveWeightsOrANetworkException(@ForAll int place, @ForAll byte value)
      throws IOException {
    Path file = Files.createTempFile("changed", ".safetensors");
    try {
      Safetensors.write(weights("some.weight", 1, 2, 3).withMetadata(Map.of("a", "b")), file);
      byte[] bytes = Files.readAllBytes(file);
      bytes[Math.floorMod(place, bytes.length)] = value;
      Files.write(file, bytes);
      try {
        assertThat(Safetensors.read(file)).isNotNull();
      } catch (NetworkException e) {
        assertThat(e).hasMessageContaining(file.toString());
      }
    } finally {
      Files.delete(file);
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {-1, 0, 1, 100, 100_000_001, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
  void anImpossibleHeaderLengthIsRefused(long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    Path file = Files.write(folder.resolve("hostile.safetensors"), bytes.array());
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("length of a header");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "\"text\"",
        "{",
        "{} {}",
        "{\"a\":1}",
        "{\"a\":{}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,9]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,\"8\"]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,4],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967298],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536,65536,65536],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[9223372036854775800,9223372036854775808]}}",
        "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"__metadata__\":{\"x\":1},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"__metadata__\":[],\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
      })
  void aHeaderThatDoesNotFitTheFileIsRefused(String header) throws IOException {
    Path file = file(header, new byte[8]);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void deepNestingIsRefused() throws IOException {
    Path file = file("{\"a\":" + "[".repeat(100_000), new byte[8]);
    assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(NetworkException.class);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> Safetensors.read(folder.resolve("none.safetensors")))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("none.safetensors does not exist");
    assertThatThrownBy(() -> Safetensors.read(folder)).isInstanceOf(NetworkException.class);
  }

  @Test
  void reservedNamesAreNotWritten() {
    assertThatThrownBy(
            () -> Safetensors.write(weights("__metadata__", 1), folder.resolve("w.safetensors")))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("rename it");
  }

  private Path file(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json).put(data);
    return Files.write(folder.resolve("made.safetensors"), bytes.array());
  }

  private static Weights weights(String name, float... values) {
    return Weights.of(Map.of(name, new FloatArray(new int[] {values.length}, values)));
  }

  /** Half a surrogate pair has no UTF-8 form, so no file can hold it. */
  private static String whole(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
