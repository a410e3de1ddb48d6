package dev.deltadepth.io.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredMapTest {

  private static final MapDescription.Origin ORIGIN =
      new MapDescription.Origin(
          "delta 1", "a \"model\"", "a".repeat(64), "b".repeat(64), 384, 256, "joint", 2, true);

  @TempDir Path folder;

  private static DepthMap map(int width, int height) {
    Random random = new Random(width);
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.25f + random.nextFloat();
    }
    return new DepthMap(Kind.DISPARITY, width, height, values);
  }

  private static DepthWriter writer() {
    return DepthWriter.of(Colormap.named("viridis")).from(ORIGIN);
  }

  @ParameterizedTest
  @EnumSource(
      value = DepthFormat.class,
      names = {"PFM", "NPY", "NPZ", "EXR"})
  void floatsComeBackAsTheyWere(DepthFormat format) {
    for (int height : new int[] {1, 15, 16, 17, 40}) {
      DepthMap map = map(23, height);
      map.data()[3] = Float.NaN;
      map.data()[4] = Float.POSITIVE_INFINITY;
      Path file = folder.resolve("a" + height + format.suffix());
      writer().write(map, format, file);
      assertThat(StoredMap.read(file).map()).isEqualTo(map);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void grayComesBackAsTheValuesThatItStandsFor(boolean nearIsDark) {
    DepthMap map = map(20, 10);
    Path file = folder.resolve("a.png");
    DepthWriter.of(MapStyle.of(Colormap.named("gray")).withNearDark(nearIsDark))
        .write(map, DepthFormat.PNG16, file);
    GreyImage grey = GreyImage.read(file);
    int nearest = 0;
    for (int i = 0; i < map.data().length; i++) {
      nearest = map.data()[i] > map.data()[nearest] ? i : nearest;
    }
    assertThat((int) grey.data()[nearest]).isEqualTo(nearIsDark ? 0 : 65535);
    float[] read = StoredMap.read(file).map().data();
    for (int i = 0; i < read.length; i++) {
      assertThat(read[i]).isCloseTo(map.data()[i], within(1 / 65535f));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DepthFormat.class,
      names = {"PNG", "PNG16", "NPZ", "EXR"})
  void aFileSaysWhatItHolds(DepthFormat format) {
    DepthMap map = map(20, 10);
    Path file = folder.resolve("a" + format.suffix());
    writer().write(map, format, file);
    Optional<MapDescription> says =
        format == DepthFormat.PNG
            ? StoredMap.description(file)
            : StoredMap.read(file).description();
    assertThat(says).contains(writer().description(map, format));
    assertThat(says.orElseThrow().origin()).contains(ORIGIN);
  }

  @Test
  void aPngSaysItToPeopleAndProgramsByTheStandardsKeywords() {
    DepthMap map = new DepthMap(Kind.DISPARITY, 2, 1, new float[] {0.25f, 0.75f});
    Path file = folder.resolve("a.png");
    writer().write(map, DepthFormat.PNG16, file);
    Map<String, String> texts = ImageFiles.texts(file);
    assertThat(texts).containsEntry("Software", "delta 1");
    assertThat(texts)
        .containsEntry(
            "Description",
            "Relative disparity (inverse depth), larger is nearer: the darkest stands for 0.25, the"
                + " brightest for 0.75. Estimated from one photo with the model a \"model\".");
    assertThat(texts.get("delta"))
        .startsWith(
            "{\"kind\":\"disparity\",\"unit\":\"relative\",\"nearer\":\"larger\",\"low\":0.25,\"high\":0.75,")
        .contains("\"network_size\":[384,256]");
  }

  @Test
  void aFileWithoutRoomHasItsDescriptionBesideIt() {
    DepthMap map = map(4, 3);
    Path file = folder.resolve("a.npy");
    writer().write(map, DepthFormat.NPY, file);
    assertThat(StoredMap.read(file).description()).isEmpty();
    writer().writeSidecar(map, DepthFormat.NPY, file);
    assertThat(folder.resolve("a.npy.json")).exists();
    assertThat(StoredMap.read(file).description())
        .contains(writer().description(map, DepthFormat.NPY));
  }

  @Test
  void theSameMapGivesTheSameFile() throws IOException {
    DepthMap map = map(4, 3);
    for (DepthFormat format : DepthFormat.values()) {
      if (!format.showsPhoto() && !format.isScene()) {
        writer().write(map, format, folder.resolve("a"));
        writer().write(map, format, folder.resolve("b"));
        assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
      }
    }
  }

  @Test
  void rangesAreCutAndOutliersDoNotEatThem() {
    float[] values = map(100, 100).data();
    values[0] = 1000;
    Normalization most = Normalization.ofMost(values);
    assertThat(most.high()).isBetween(1.2f, 1.25f);
    assertThat(most.low()).isBetween(0.25f, 0.28f);
    Path file = folder.resolve("a.png");
    writer().write(new DepthMap(Kind.DISPARITY, 100, 100, values), DepthFormat.PNG16, file);
    assertThat((int) GreyImage.read(file).data()[0]).isEqualTo(65535);
    assertThat(StoredMap.read(file).map().data()[0]).isEqualTo(most.high());
  }

  @Test
  void arraysWithAxesOfLengthOneAreMaps() {
    Path file = folder.resolve("a.npy");
    NpyFile.write(new FloatArray(new int[] {1, 1, 2, 3}, new float[6]), file);
    assertThat(StoredMap.read(file).map().width()).isEqualTo(3);
    NpyFile.write(new FloatArray(new int[] {1, 5}, new float[5]), file);
    assertThat(StoredMap.read(file).map().height()).isEqualTo(1);
    NpyFile.write(new FloatArray(new int[] {2, 3, 4}, new float[24]), file);
    assertThatThrownBy(() -> StoredMap.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("has the shape [2, 3, 4]: a map has [height, width]");
  }

  @Test
  void otherFilesAreNamed() throws IOException {
    Path file = folder.resolve("a.txt");
    Files.writeString(file, "hello, world");
    assertThatThrownBy(() -> StoredMap.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("a.txt is not a depth map");
    assertThatThrownBy(() -> StoredMap.read(folder.resolve("none.npy")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("none.npy does not exist");
  }

  /** Every cut and many changed bytes give an error of ours or a map, never anything else. */
  @ParameterizedTest
  @EnumSource(
      value = DepthFormat.class,
      names = {"PNG16", "PFM", "NPY", "NPZ", "EXR"})
  void damageIsAnErrorOfTheFile(DepthFormat format) throws IOException {
    Path whole = folder.resolve("whole" + format.suffix());
    writer().write(map(9, 20), format, whole);
    byte[] content = Files.readAllBytes(whole);
    Path file = folder.resolve("damaged" + format.suffix());
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      byte[] changed =
          i % 2 == 0 ? Arrays.copyOf(content, random.nextInt(content.length)) : content.clone();
      for (int k = 0; k < random.nextInt(4) && changed.length > 0; k++) {
        changed[random.nextInt(Math.min(changed.length, 1 + random.nextInt(800)))] =
            (byte) random.nextInt(256);
      }
      AtomicFile.write(file, out -> out.write(changed));
      try {
        StoredMap.read(file);
      } catch (FileException e) {
        assertThat(e).hasMessageContaining("damaged" + format.suffix());
      }
    }
  }

  @Test
  void descriptionsThatAreNoneAreNoDescriptions() {
    assertThat(MapDescription.parse("")).isEmpty();
    assertThat(MapDescription.parse("[1")).isEmpty();
    assertThat(MapDescription.parse("{\"kind\":3}")).isEmpty();
    String json =
        new MapDescription(Kind.METRES, false, Optional.empty(), Optional.empty(), Optional.empty())
            .json();
    assertThat(json).isEqualTo("{\"kind\":\"depth\",\"unit\":\"metres\",\"nearer\":\"smaller\"}");
    assertThat(new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(json);
    assertThat(MapDescription.parse(json).orElseThrow().kind()).isEqualTo(Kind.METRES);
  }
}
