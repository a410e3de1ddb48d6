package dev.deltadepth.io.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.io.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {

  @TempDir Path folder;

  @Property(tries = 60)
  void whatIsWrittenIsRead(
      @ForAll @Size(max = 4) List<@IntRange(max = 9) Integer> axes, @ForAll long seed)
      throws IOException {
    int[] shape = axes.stream().mapToInt(Integer::intValue).toArray();
    Random random = new Random(seed);
    float[] data = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < data.length; i++) {
      data[i] = Float.intBitsToFloat(random.nextInt());
    }
    Path file = Files.createTempFile("delta", ".npy");
    try {
      NpyFile.write(new FloatArray(shape, data), file);
      FloatArray read = NpyFile.read(file);
      assertThat(read.shape()).isEqualTo(shape);
      assertThat(read.data()).isEqualTo(data);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void valuesThatFillManyChunksAreReadWhole() {
    float[] data = new float[100_003];
    for (int i = 0; i < data.length; i++) {
      data[i] = i;
    }
    Path file = folder.resolve("long.npy");
    NpyFile.write(new FloatArray(new int[] {data.length}, data), file);
    assertThat(NpyFile.read(file).data()).isEqualTo(data);
  }

  @Test
  void theFileIsWhatNumpyWrites() throws IOException {
    Path file = folder.resolve("a.npy");
    NpyFile.write(new FloatArray(new int[] {1, 2}, new float[] {1, -2}), file);
    byte[] bytes = Files.readAllBytes(file);
    String header =
        "\u0093NUMPY\u0001\0v\0{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }";
    assertThat(bytes).hasSize(128 + 8);
    assertThat(new String(bytes, 0, 128, StandardCharsets.ISO_8859_1))
        .isEqualTo(header + " ".repeat(127 - header.length()) + "\n");
    assertThat(Arrays.copyOfRange(bytes, 128, 136)).containsExactly(0, 0, -128, 63, 0, 0, 0, -64);
  }

  @ParameterizedTest
  @CsvSource({"<f8, 8", ">f4, 4", "|u1, 1", "<i4, 4", "<u2, 2", "<i8, 8", ">i2, 2"})
  void otherTypesBecomeFloats(String type, int size) throws IOException {
    ByteOrder order = type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ByteBuffer values = ByteBuffer.allocate(2 * size).order(order);
    for (int value : new int[] {7, 120}) {
      switch (type.substring(1)) {
        case "f8" -> values.putDouble(value);
        case "f4" -> values.putFloat(value);
        case "u1" -> values.put((byte) value);
        case "i4" -> values.putInt(value);
        case "i8" -> values.putLong(value);
        default -> values.putShort((short) value);
      }
    }
    Path file = write("{'descr': '" + type + "', 'fortran_order': False, 'shape': (2,), }", values);
    assertThat(NpyFile.read(file).data()).containsExactly(7, 120);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536, 65536, 65536), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 1), }",
        "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
        "{'fortran_order': False, 'shape': (1,), }",
        "nothing of the kind"
      })
  void aHeaderThatCannotBeTrueIsAnError(String header) throws IOException {
    Path file = write(header, ByteBuffer.allocate(8));
    assertThatThrownBy(() -> NpyFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("made.npy")
        .hasMessageNotContaining("\n");
  }

  @Test
  void anEmptyArrayOfHugeAxesIsEmpty() throws IOException {
    String axes = "2147483647, 2147483647, 2147483647, 0";
    Path file =
        write(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (" + axes + "), }",
            ByteBuffer.allocate(0));
    assertThat(NpyFile.read(file).data()).isEmpty();
  }

  @Test
  void aFileThatWasCutOffIsAnErrorAtEveryLength() throws IOException {
    Path file = folder.resolve("whole.npy");
    NpyFile.write(new FloatArray(new int[] {3}, new float[] {1, 2, 3}), file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Path start = Files.write(folder.resolve("start.npy"), Arrays.copyOf(whole, length));
      assertThat(catchThrowable(() -> NpyFile.read(start)))
          .as("cut at %d", length)
          .isInstanceOf(FileException.class);
    }
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> NpyFile.read(folder.resolve("none.npy")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("none.npy does not exist");
  }

  @Tag("shared")
  @Test
  void numpysOwnFilesAreRead() {
    Path parity = Path.of(System.getProperty("delta.shared"), "parity", "resize");
    FloatArray image = NpyFile.read(parity.resolve("image_37x53x3.npy"));
    assertThat(image.shape()).containsExactly(37, 53, 3);
    double sum = 0;
    for (float value : image.data()) {
      sum += value;
    }
    assertThat(sum).isEqualTo(748111);
  }

  private Path write(String header, ByteBuffer values) throws IOException {
    ByteBuffer file =
        ByteBuffer.allocate(10 + header.length() + values.capacity())
            .order(ByteOrder.LITTLE_ENDIAN);
    file.put("\u0093NUMPY\u0001\0".getBytes(StandardCharsets.ISO_8859_1));
    file.putShort((short) header.length());
    file.put(header.getBytes(StandardCharsets.US_ASCII)).put(values.clear());
    return Files.write(folder.resolve("made.npy"), file.array());
  }

  @Test
  void anErrorIsOneLineWhateverTheHeaderHolds() throws IOException {
    Path file = folder.resolve("a.npy");
    NpyFile.write(new FloatArray(new int[] {2}, new float[2]), file);
    byte[] content = Files.readAllBytes(file);
    int type = new String(content, StandardCharsets.ISO_8859_1).indexOf("<f4'");
    content[type + 3] = '\n';
    Files.write(file, content);
    assertThatThrownBy(() -> NpyFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageNotContaining("\n");
  }
}
