package dev.deltadepth.cli.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.distill.label.LabelFolder;
import dev.deltadepth.distill.recipe.RecipeFile;
import dev.deltadepth.distill.run.Checkpoint;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Mutations;
import dev.deltadepth.io.map.DepthFormat;
import dev.deltadepth.io.map.DepthWriter;
import dev.deltadepth.io.map.StoredMap;
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

/**
 * Changed files of the kinds that commands read: see {@link Mutations}. Pictures alone are in the
 * tests of {@code io}, those of MATLAB in {@code datasets}, HEIC in {@code video}.
 */
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

  /** FFmpeg reads what Java refuses. */
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
    new Mutations(format, seeds)
        .ofProcesses()
        .run(content -> ImageFiles.read(content, "a." + format, 1_000_000));
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
    new Mutations(format.name(), seeds).run(folder.resolve("a" + format.suffix()), StoredMap::read);
  }

  @Test
  void models() throws IOException {
    Path good = TestModels.red(folder.resolve("good.onnx"), TestModels.metadata());
    new Mutations("models", List.of(Files.readAllBytes(good)))
        .run(content -> ModelFacts.of(content, "a.onnx"));
  }

  @Test
  void descriptionsOfModels() throws IOException {
    String good =
        """
        {"name": "a", "input": {"name": "x", "layout": "NCHW", "type": "float32", "colour": "RGB",
         "range": [0, 1], "mean": [0.5, 0.5, 0.5], "std": [1, 1, 1]},
         "size": {"multiple": 14, "shorter_side": 518, "keep_aspect": true},
         "output": {"name": "y", "kind": "disparity"}}
        """;
    new Mutations("descriptions", List.of(bytes(good)))
        .run(folder.resolve("a.json"), ModelDescription::read);
  }

  @Test
  void recipes() throws IOException {
    new Mutations("recipes", List.of(bytes(RECIPE)))
        .run(
            content ->
                RecipeFile.parse(new String(content, StandardCharsets.ISO_8859_1), "a.yaml"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The list of a folder of labels, and what it says about itself. */
  @ParameterizedTest
  @ValueSource(strings = {"index.csv", "labels.json"})
  void labels(String name) throws Exception {
    SmallInputs inputs = SmallInputs.write(folder, 2, 60, 50);
    Path labels = folder.resolve("labels");
    Child child = new Child(Map.of());
    assertThat(
            child
                .run("label", inputs.photos(), "--teacher", inputs.model(), "-o", labels, "-q")
                .exitCode())
        .isZero();
    new Mutations(name, List.of(Files.readAllBytes(labels.resolve(name))))
        .run(labels.resolve(name), file -> LabelFolder.open(labels));
  }

  @Test
  void statesOfRuns() throws IOException {
    String good =
        """
        {"step": 20, "recipe": "{}", "data": "3fb7", "seconds": 12.5, "skipped": 0,
         "standing": {"best": 0.25, "bestStep": 10}}
        """;
    new Mutations("state", List.of(bytes(good)))
        .run(folder.resolve("state.json"), file -> Checkpoint.state(folder));
  }
}
