package dev.deltadepth.cli.hostile;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.DataSets;
import dev.deltadepth.datasets.Sample;
import dev.deltadepth.datasets.SampleSet;
import dev.deltadepth.distill.recipe.RecipeFile;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.DepthFormat;
import dev.deltadepth.io.map.DepthWriter;
import dev.deltadepth.io.map.StoredMap;
import dev.deltadepth.nn.weights.Safetensors;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.onnx.ModelFacts;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.TestModels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changed files of every kind that is read: see {@link Mutations}. */
class MutationTest {
  private static final String RECIPE =
      """
      name: small
      photos: {folder: photos, validation: 0.25}
      truth: [{data: pairs, sets: [a], share: 0.5}]
      teacher: {model: teacher.onnx}
      stages: [{size: 64, batch: 8, steps: 100}, {repeat: 2, stages: [{size: 96, batch: 4, steps: 3}]}]
      losses: {ssi: 1, l1: 0.5}
      optimizer: {name: adamw, rate: 0.001, warm-up: 3, frozen: [encoder.]}
      keep: best
      """;

  @TempDir Path folder;

  private static BufferedImage picture(int type) {
    BufferedImage picture = new BufferedImage(17, 11, type);
    Random random = new Random(type);
    for (int i = 0; i < 17 * 11; i++) {
      picture.setRGB(i % 17, i / 17, random.nextInt());
    }
    return picture;
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "tiff", "pnm"})
  void pictures(String format) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (int type : new int[] {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (ImageIO.write(picture(type), format, out)) {
        seeds.add(out.toByteArray());
      }
    }
    Mutations.run(folder.resolve("a." + format), seeds, ImageFiles::read);
  }

  @ParameterizedTest
  @EnumSource(
      value = DepthFormat.class,
      names = {"PNG16", "PFM", "NPY", "NPZ", "EXR"})
  void maps(DepthFormat format) throws IOException {
    Random random = new Random(1);
    float[] values = new float[17 * 21];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    Path good = folder.resolve("good" + format.suffix());
    DepthMap map = new DepthMap(DepthMap.Kind.DISPARITY, 17, 21, values);
    DepthWriter.of(Colormap.named("gray")).write(map, format, good);
    List<byte[]> seeds = List.of(Files.readAllBytes(good));
    Mutations.run(folder.resolve("a" + format.suffix()), seeds, StoredMap::read);
  }

  @Test
  void weights() throws IOException {
    Path good = folder.resolve("good.safetensors");
    Safetensors.write(
        Weights.of(
            Map.of(
                "a", new FloatArray(new int[] {2, 3}, new float[6]),
                "b", new FloatArray(new int[] {1}, new float[1]))),
        good);
    Mutations.run(
        folder.resolve("a.safetensors"), List.of(Files.readAllBytes(good)), Safetensors::read);
  }

  @Test
  void models() throws IOException {
    Path good = TestModels.red(folder.resolve("good.onnx"), TestModels.metadata());
    Mutations.run(
        folder.resolve("a.onnx"),
        List.of(Files.readAllBytes(good)),
        file -> ModelFacts.of(Files.readAllBytes(file), file.toString()));
  }

  @Test
  void descriptionsOfModels() throws IOException {
    String good =
        """
        {"name": "a", "input": {"name": "x", "layout": "NCHW", "type": "float32", "colour": "RGB",
         "range": [0, 1], "mean": [0.5, 0.5, 0.5], "std": [1, 1, 1]},
         "size": {"rule": "shorter-side", "multiple": 32, "side": 256},
         "output": {"name": "y", "kind": "depth"}, "licence": "MIT"}
        """;
    Mutations.run(folder.resolve("a.json"), List.of(bytes(good)), ModelDescription::read);
  }

  @Test
  void recipes() throws IOException {
    Mutations.run(
        folder.resolve("a.yaml"),
        List.of(bytes(RECIPE)),
        file -> RecipeFile.parse(Files.readString(file, StandardCharsets.ISO_8859_1), "a.yaml"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A data set whose file {@code name} is changed, and whose other files are whole. */
  private void dataSet(Path root, String name, String format) throws IOException {
    Path file = root.resolve(name);
    List<byte[]> seeds = List.of(Files.readAllBytes(file));
    Mutations.run(
        file,
        seeds,
        changed -> {
          try (DataSet data = DataSets.open(DataSets.named(format).orElseThrow(), root)) {
            for (SampleSet set : data.sets()) {
              for (Sample sample : set.samples()) {
                sample.image();
                sample.truth();
              }
            }
          }
        });
  }

  @Test
  void listsOfPictures() throws IOException {
    Path sequence = Files.createDirectories(folder.resolve("sequence"));
    ImageIO.write(picture(BufferedImage.TYPE_3BYTE_BGR), "png", sequence.resolve("a.png").toFile());
    ImageIO.write(
        picture(BufferedImage.TYPE_USHORT_GRAY), "png", sequence.resolve("b.png").toFile());
    Files.writeString(sequence.resolve("rgb.txt"), "# time file\n1305031910.7653 a.png\n");
    Files.writeString(sequence.resolve("depth.txt"), "# time file\n1305031910.7712 b.png\n");
    dataSet(folder, "sequence/depth.txt", "tum");
  }

  @Test
  void descriptionsOfPairs() throws IOException {
    Path rgb = Files.createDirectories(folder.resolve("rgb"));
    Path depth = Files.createDirectories(folder.resolve("depth"));
    ImageIO.write(picture(BufferedImage.TYPE_3BYTE_BGR), "png", rgb.resolve("a.png").toFile());
    ImageIO.write(picture(BufferedImage.TYPE_USHORT_GRAY), "png", depth.resolve("a.png").toFile());
    Files.writeString(
        folder.resolve("eval.json"),
        """
        {"sets": [{"name": "rooms", "rgb": "rgb", "depth": "depth", "kind": "depth_mm16"}]}
        """);
    dataSet(folder, "eval.json", "pairs");
  }
}
