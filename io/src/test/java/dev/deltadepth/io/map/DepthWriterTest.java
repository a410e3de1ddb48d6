package dev.deltadepth.io.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Samples;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DepthWriterTest {

  private static final Colormap INFERNO = Colormap.named("inferno");

  @TempDir Path folder;

  @Property(tries = 40)
  void portableFloatMapsKeepEveryBit(
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll long seed)
      throws IOException {
    DepthMap map = randomMap(width, height, seed);
    Path file = Files.createTempFile("delta", ".pfm");
    try {
      PfmFile.write(map, file);
      DepthMap read = PfmFile.read(file, Kind.DISPARITY);
      assertThat(read.width()).isEqualTo(width);
      assertThat(read.data()).isEqualTo(map.data());
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 40)
  void sixteenBitsKeepAMapToOnePartIn65535(
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll long seed)
      throws IOException {
    DepthMap map = randomMap(width, height, seed);
    Path file = Files.createTempFile("delta", ".depth16.png");
    try {
      DepthWriter.of(INFERNO).write(map, photo(map), DepthFormat.PNG16, file);
      GreyImage read = GreyImage.read(file);
      assertThat(read.bits()).isEqualTo(16);
      float[] sorted = map.data().clone();
      Arrays.sort(sorted);
      float low = sorted[0];
      float extent = sorted[sorted.length - 1] - low;
      for (int i = 0; i < map.data().length; i++) {
        float restored = low + read.data()[i] / 65535f * extent;
        assertThat(restored).isCloseTo(map.data()[i], within(extent / 65535 + 1e-5f));
      }
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void nearerIsBrighterAndNothingIsZeroInSixteenBits() {
    DepthMap map = new DepthMap(Kind.DISPARITY, 3, 1, new float[] {1, Float.NaN, 2});
    Path file = folder.resolve("a.depth16.png");
    DepthWriter.of(INFERNO).write(map, photo(map), DepthFormat.PNG16, file);
    assertThat(GreyImage.read(file).data()).containsExactly((char) 0, (char) 0, (char) 65535);
  }

  @Test
  void aPortableFloatMapBeginsWithTheLowestRow() throws IOException {
    DepthMap map = new DepthMap(Kind.DISPARITY, 1, 2, new float[] {1, 2});
    Path file = folder.resolve("a.pfm");
    DepthWriter.of(INFERNO).write(map, photo(map), DepthFormat.PFM, file);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(new String(bytes, 0, bytes.length - 8, StandardCharsets.US_ASCII))
        .isEqualTo("Pf\n1 2\n-1.0\n");
    assertThat(Arrays.copyOfRange(bytes, bytes.length - 8, bytes.length))
        .containsExactly(0, 0, 0, 64, 0, 0, -128, 63);
  }

  @Test
  void bigEndianFloatMapsAreReadAndDamagedOnesAreNot() throws IOException {
    Path file = folder.resolve("b.pfm");
    Files.write(file, "Pf\n1 1\n1.0\n?\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(PfmFile.read(file, Kind.METRES).data()).containsExactly(0.5f);
    for (String bad :
        new String[] {
          "",
          "P6\n1 1\n255\nabc",
          "PF\n1 1\n-1.0\nabcdabcdabcd",
          "Pf\n1 1\n-1.0\nabc",
          "Pf\n2147483647 2147483647\n-1.0\nabcd",
          "Pf\n-1 1\n-1.0\nabcd",
          "Pf\nx 1\n-1.0\nabcd"
        }) {
      Files.writeString(file, bad);
      assertThatThrownBy(() -> PfmFile.read(file, Kind.METRES))
          .as(bad)
          .isInstanceOf(FileException.class)
          .hasMessageContaining("b.pfm");
    }
  }

  @Test
  void numpyGetsHeightThenWidth() {
    DepthMap map = randomMap(5, 3, 1);
    Path file = folder.resolve("a.npy");
    DepthWriter.of(INFERNO).write(map, photo(map), DepthFormat.NPY, file);
    assertThat(NpyFile.read(file).shape()).containsExactly(3, 5);
    assertThat(NpyFile.read(file).data()).isEqualTo(map.data());
  }

  @Test
  void photoAndDepthStandSideBySide() {
    DepthMap map = randomMap(5, 3, 1);
    RgbImage photo = Samples.gradient(5, 3);
    Path file = folder.resolve("a.side.png");
    Path alone = folder.resolve("a.depth.png");
    DepthWriter.of(INFERNO).write(map, photo, DepthFormat.SIDE, file);
    DepthWriter.of(INFERNO).write(map, photo, DepthFormat.PNG, alone);
    RgbImage both = ImageFiles.read(file);
    RgbImage depth = ImageFiles.read(alone);
    assertThat(both.width()).isEqualTo(10);
    assertThat(depth.data()).isEqualTo(INFERNO.apply(map).data());
    for (int c = 0; c < 3; c++) {
      assertThat(both.value(4, 2, c)).isEqualTo(photo.value(4, 2, c));
      assertThat(both.value(5, 1, c)).isEqualTo(depth.value(0, 1, c));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DepthFormat.class,
      names = {"PNG", "SIDE"})
  void metresAreNeverColouredAsDisparity(DepthFormat format) {
    DepthMap metres = new DepthMap(Kind.METRES, 1, 1, new float[] {1});
    Path file = folder.resolve("a" + format.suffix());
    assertThatThrownBy(() -> DepthWriter.of(INFERNO).write(metres, photo(metres), format, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DISPARITY");
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(
      value = DepthFormat.class,
      names = {"PNG16", "NPZ", "EXR"})
  void metresComeBackAsMetres(DepthFormat format) {
    float[] values = {0.5f, 1.25f, 65, Float.NaN};
    DepthMap metres = new DepthMap(Kind.METRES, 2, 2, values);
    Path file = folder.resolve("a" + format.suffix());
    DepthWriter.of(INFERNO).write(metres, format, file);
    DepthMap read = StoredMap.read(file).map();
    assertThat(read.kind()).isEqualTo(Kind.METRES);
    for (int i = 0; i < 3; i++) {
      assertThat(read.data()[i]).isCloseTo(values[i], within(0.0005f));
    }
    assertThat(read.data()[3]).isNaN();
  }

  @Test
  void sixteenBitsOfMetresAreMillimetresOrAsAsked() {
    DepthMap metres = new DepthMap(Kind.METRES, 2, 1, new float[] {1.5f, 100});
    Path file = folder.resolve("a.png");
    DepthWriter.of(INFERNO).write(metres, DepthFormat.PNG16, file);
    assertThat(GreyImage.read(file).data()).containsExactly((char) 1500, (char) 0);
    DepthWriter.of(INFERNO).withSteps(256).write(metres, DepthFormat.PNG16, file);
    assertThat(GreyImage.read(file).data()).containsExactly((char) 384, (char) 25600);
  }

  @ParameterizedTest
  @EnumSource(
      value = DepthFormat.class,
      names = {"PLY", "GLB", "OBJ", "NORMALS", "NORMALS_NPY", "ANAGLYPH", "SBS"})
  void scenesNeedMoreThanAMap(DepthFormat format) {
    DepthMap map = randomMap(5, 3, 1);
    Path file = folder.resolve("a" + format.suffix());
    assertThatThrownBy(() -> DepthWriter.of(INFERNO).write(map, photo(map), format, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs depth and a camera");
    assertThat(file).doesNotExist();
  }

  @Test
  void formatsAreKnownByTheirLabels() {
    assertThat(DepthFormat.labels())
        .containsExactly(
            "png",
            "png16",
            "pfm",
            "npy",
            "npz",
            "exr",
            "side",
            "ply",
            "glb",
            "obj",
            "normals",
            "normals-npy",
            "anaglyph",
            "sbs");
    for (DepthFormat format : DepthFormat.values()) {
      assertThat(DepthFormat.parse(format.label())).isEqualTo(format);
    }
    assertThat(DepthFormat.PNG16.fileName("my.photo.jpg")).isEqualTo("my.photo.depth16.png");
    assertThat(DepthFormat.NPY.fileName("photo")).isEqualTo("photo.npy");
    assertThatThrownBy(() -> DepthFormat.parse("jpg"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jpg")
        .hasMessageContaining("png16");
  }

  @Test
  void greyPicturesAreReadWithTheirOwnValues() throws IOException {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setPixels(0, 0, 2, 1, new int[] {3, 200});
    Path file = Files.write(folder.resolve("g.png"), Samples.encoded(grey, "png"));
    assertThat(GreyImage.read(file).bits()).isEqualTo(8);
    assertThat(GreyImage.read(file).data()).containsExactly((char) 3, (char) 200);
    Path colours = folder.resolve("c.png");
    ImageFiles.writePng(Samples.gradient(4, 4), colours);
    assertThatThrownBy(() -> GreyImage.read(colours))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("c.png is not grey");
  }

  @Test
  void aWriterThatFailsLeavesWhatWasThere() throws IOException {
    Path file = Files.writeString(folder.resolve("kept.txt"), "before");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("the disk\nis full");
                    }))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("kept.txt")
        .hasMessageContaining("the disk is full");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      throw new IllegalStateException("a bug");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(file).hasContent("before");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void whereNothingCanBeWrittenTheMessageSaysSo() throws IOException {
    Path photo = Files.writeString(folder.resolve("photo.jpg"), "x");
    RgbImage image = Samples.gradient(2, 2);
    assertThatThrownBy(() -> ImageFiles.writePng(image, folder.resolve("none").resolve("a.png")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("its folder does not exist");
    assertThatThrownBy(() -> ImageFiles.writePng(image, photo.resolve("a.png")))
        .isInstanceOf(FileException.class);
    assertThatThrownBy(() -> ImageFiles.writePng(image, folder))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("is a folder");
  }

  @ParameterizedTest
  @EnumSource(
      value = DepthFormat.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PLY", "GLB", "OBJ", "NORMALS", "NORMALS_NPY", "ANAGLYPH", "SBS"})
  void onlyAFormatThatShowsThePhotoNeedsIt(DepthFormat format) throws IOException {
    DepthMap map = randomMap(6, 4, 5);
    Path alone = folder.resolve("alone");
    Path withPhoto = folder.resolve("with-photo");
    if (format.showsPhoto()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> DepthWriter.of(INFERNO).write(map, format, alone))
          .withMessage("the format 'side' shows the photo beside the map: pass the photo");
      assertThat(alone).doesNotExist();
    } else {
      DepthWriter.of(INFERNO).write(map, format, alone);
      DepthWriter.of(INFERNO).write(map, photo(map), format, withPhoto);
      assertThat(alone).hasSameBinaryContentAs(withPhoto);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      DepthWriter.of(INFERNO).write(map, format, out);
      assertThat(alone).hasBinaryContent(out.toByteArray());
    }
  }

  private static RgbImage photo(DepthMap map) {
    return Samples.gradient(map.width(), map.height());
  }

  private static DepthMap randomMap(int width, int height, long seed) {
    Random random = new Random(seed);
    float[] data = new float[width * height];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextFloat() * 8 - 2;
    }
    return new DepthMap(Kind.DISPARITY, width, height, data);
  }
}
