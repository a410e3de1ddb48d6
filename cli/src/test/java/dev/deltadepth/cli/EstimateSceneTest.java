package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.io.map.MetricPng;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.io.map.StoredMap;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The model of these tests gives a pixel's red as its disparity, 0 at the left to 1 at the right.
 */
class EstimateSceneTest {
  @TempDir Path folder;
  private Path model;
  private Path photo;

  @BeforeEach
  void write() {
    model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    photo = folder.resolve("room.png");
    byte[] rgb = new byte[96 * 64 * 3];
    for (int i = 0; i < 96 * 64; i++) {
      rgb[3 * i] = (byte) Math.round(255.0 * (i % 96) / 95);
    }
    ImageFiles.writePng(new RgbImage(96, 64, rgb), photo);
  }

  private Run estimate(Object... arguments) {
    Object[] all = new Object[arguments.length + 4];
    all[0] = "estimate";
    all[1] = photo;
    all[2] = "--model";
    all[3] = model;
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return delta(all);
  }

  @Test
  void aSceneIsWrittenInAllFormatsAndItsGuessesAreSaid() throws IOException {
    Run run = estimate("-f", "ply,glb,obj,normals,normals-npy,anaglyph,sbs");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .contains("room.png: no distance is known, so the farthest point is taken to be 3 times")
        .contains("room.png: camera: unknown, taken to be 60 degrees wide");
    assertThat(run.err().lines()).hasSize(2);
    assertThat(Files.readString(folder.resolve("room.ply"), StandardCharsets.ISO_8859_1))
        .contains("comment unit: unknown")
        .contains("element vertex 6144\n");
    assertThat(folder.resolve("room.glb")).isNotEmptyFile();
    assertThat(folder.resolve("room.mtl")).isNotEmptyFile();
    assertThat(folder.resolve("room.texture.jpg")).isNotEmptyFile();
    assertThat(ImageFiles.read(folder.resolve("room.normals.png")).width()).isEqualTo(96);
    assertThat(NpyFile.read(folder.resolve("room.normals.npy")).shape()).containsExactly(64, 96, 3);
    assertThat(ImageFiles.read(folder.resolve("room.anaglyph.png")).width()).isEqualTo(96);
    assertThat(ImageFiles.read(folder.resolve("room.sbs.jpg")).width()).isEqualTo(192);
    // None of these is taken for a photo.
    Run again = delta("estimate", folder, "--model", model, "-o", folder.resolve("out"));
    assertThat(again.out().lines()).singleElement().asString().contains("room.png");
  }

  @Test
  void nearAndFarGiveMetres() throws IOException {
    Run run = estimate("-f", "ply,png16,npz,npy,png", "--near", "1", "--far", "5", "--fov", "50");
    assertThat(run.err()).contains("camera: 50.0 degrees, as given").doesNotContain("no distance");
    assertThat(run.exitCode()).isZero();
    DepthMap metres = StoredMap.read(folder.resolve("room.npz")).map();
    assertThat(metres.kind()).isEqualTo(DepthMap.Kind.METRES);
    assertThat(metres.value(0, 30)).isCloseTo(5, within(0.01f));
    assertThat(metres.value(95, 30)).isCloseTo(1, within(0.01f));
    assertThat((int) GreyImage.read(folder.resolve("room.depth16.png")).data()[95])
        .isCloseTo(1000, within(5));
    assertThat(NpyFile.read(folder.resolve("room.npy")).data()).isEqualTo(metres.data());
    // Bare numbers would be taken for disparity.
    assertThat(StoredMap.read(folder.resolve("room.npy")).map()).isEqualTo(metres);
    assertThat(Files.readString(folder.resolve("room.ply"), StandardCharsets.ISO_8859_1))
        .contains("comment unit: metres");
  }

  @Test
  void knownPointsGiveMetresThatCanBeKept() throws IOException {
    Path points = folder.resolve("points.csv");
    Files.writeString(points, "x,y,metres,name\n0,10,5,wall\n95,20,1,cup\n48,30,1.65,chair\n");
    Path kept = folder.resolve("camera.json");
    Run run = estimate("-f", "npz", "--calibrate", points, "--keep-calibration", kept);
    assertThat(run.err()).contains("room.png: wall: 5.00 m given, ").contains("room.png: cup:");
    assertThat(run.exitCode()).isZero();
    DepthMap metres = StoredMap.read(folder.resolve("room.npz")).map();
    assertThat(metres.value(95, 30)).isCloseTo(1, within(0.05f));
    Run later = estimate("-f", "npz", "--calibration", kept, "--overwrite");
    assertThat(later.exitCode()).isZero();
    assertThat(later.err()).isEmpty();
    assertThat(StoredMap.read(folder.resolve("room.npz")).map()).isEqualTo(metres);
    Run larger = estimate("-f", "npz,npy", "--calibration", kept, "--overwrite", "--size", "96");
    assertThat(larger.exitCode()).isZero();
    assertThat(larger.err().lines())
        .singleElement()
        .asString()
        .contains("camera.json may not fit: it was made where the network saw 96x64 pixels, not");
  }

  @Test
  void aReferenceMapGivesMetres() {
    float[] values = new float[48 * 32];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 / (0.2f + 0.8f * (i % 48 + 0.25f) / 47.5f);
    }
    Path reference = folder.resolve("reference.png");
    MetricPng.write(new DepthMap(DepthMap.Kind.METRES, 48, 32, values), 1000, reference);
    Run run = estimate("-f", "npz", "--calibrate", reference);
    assertThat(run.err()).isEmpty();
    assertThat(StoredMap.read(folder.resolve("room.npz")).map().value(95, 5))
        .isCloseTo(1, within(0.05f));
  }

  @Test
  void whatCannotBeCalibratedIsAnErrorAndWritesNothing() throws IOException {
    Path points = Files.writeString(folder.resolve("points.csv"), "0,10,1\n95,20,5\n");
    Run contradicting = estimate("-f", "ply", "--calibrate", points);
    assertThat(contradicting.exitCode()).isEqualTo(1);
    assertThat(contradicting.err()).contains("points.csv: the distances contradict the map");
    Run phone = estimate("-f", "ply", "--calibrate", "phone");
    assertThat(phone.exitCode()).isEqualTo(1);
    assertThat(phone.err()).contains("room.png: it holds no depth that a phone stored");
    Path camera = Files.writeString(folder.resolve("camera.txt"), "1 PINHOLE 64 96 50 50 32 48");
    Run shape = estimate("-f", "glb", "--camera", camera);
    assertThat(shape.exitCode()).isEqualTo(1);
    assertThat(shape.err()).contains("camera.txt is of a camera of 64x96 pixels");
    assertThat(folder.resolve("room.ply")).doesNotExist();
    assertThat(folder.resolve("room.glb")).doesNotExist();
    Run none = delta("depth-of", photo);
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("holds no depth");
    Run itself = delta("depth-of", photo, "-o", photo, "--overwrite");
    assertThat(itself.exitCode()).isEqualTo(1);
    assertThat(itself.err()).contains("room.png would be replaced by its own depth");
  }

  @Test
  void pointsAreForOnePhoto() throws IOException {
    Files.copy(photo, folder.resolve("other.png"));
    Run run = delta("estimate", folder, "--model", model, "--calibrate", "points.csv");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("are for one photo, but there are 2");
  }

  private float[] mapOf(String kind) throws IOException {
    Path described = TestModels.convolutions(folder.resolve(kind + ".onnx"));
    Files.writeString(
        ModelDescription.sidecar(described),
        """
        {"name": "described",
         "input": {"name": "image", "layout": "NHWC", "type": "uint8"},
         "size": {"multiple": 32, "shorter_side": 64, "keep_aspect": true},
         "output": {"name": "disparity", "kind": "KIND"}}
        """
            .replace("KIND", kind));
    Path map = folder.resolve(kind + ".npy");
    Run run = delta("estimate", photo, "--model", described, "-f", "npy", "-o", map);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return NpyFile.read(map).data();
  }

  /** The network sees the photo at its own size, so that nothing is enlarged. */
  @Test
  void aModelOfMetresKeepsThem() throws IOException {
    float[] put = mapOf("disparity");
    float[] metres = mapOf("metres");
    for (int i = 0; i < put.length; i++) {
      if (put[i] > 0) {
        assertThat(metres[i]).isCloseTo(put[i], withinPercentage(0.01));
      } else {
        assertThat(metres[i]).isNaN();
      }
    }
  }

  @Test
  void aFormatThatFailsLeavesTheOthers() {
    Path column = folder.resolve("column.png");
    byte[] rgb = new byte[3 * 500];
    for (int i = 0; i < 500; i++) {
      rgb[3 * i] = (byte) (i / 2);
    }
    ImageFiles.writePng(new RgbImage(1, 500, rgb), column);
    Run run = delta("estimate", column, "--model", model, "-f", "png,glb,normals");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("column.png: ");
    assertThat(folder.resolve("column.depth.png")).exists();
    assertThat(folder.resolve("column.glb")).doesNotExist();
    assertThat(folder.resolve("column.normals.png")).exists();
  }
}
