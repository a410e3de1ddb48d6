package dev.deltadepth.cli.hostile;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.runtime.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * What commands read, as small as it can be: photos of noise, a model that gives a pixel's red as
 * its disparity, a recipe, a data set.
 *
 * @param folder holds them all
 * @param photos their folder
 * @param model an .onnx file
 */
record SmallInputs(Path folder, Path photos, Path model) {

  /** Writes so many photos, named photo0.png and so on, and the model. */
  static SmallInputs write(Path folder, int count, int width, int height) throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Random random = new Random(3);
    for (int i = 0; i < count; i++) {
      byte[] rgb = new byte[3 * width * height];
      random.nextBytes(rgb);
      ImageFiles.writePng(new RgbImage(width, height, rgb), photos.resolve("photo" + i + ".png"));
    }
    Path model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    return new SmallInputs(folder, photos, model);
  }

  /**
   * Writes a recipe that trains on the photos.
   *
   * @param scenes rendered beside them
   * @param checkpointEvery so many steps
   */
  Path recipe(int scenes, int steps, int checkpointEvery) throws IOException {
    return Files.writeString(
        folder.resolve("recipe.yaml"),
        """
        name: small
        seed: 1
        photos: {folder: photos, scenes: %s, validation: 0.3, shorter-side: 64, memory: 1}
        teacher: {model: red.onnx}
        stages: [{size: 32, batch: 1, steps: %s}]
        optimizer: {rate: 0.001, weight-decay: 0, warm-up: 1, clip: 1}
        losses: {ssi: 1}
        average: 0.9
        precision: fp32
        native-size: 64
        checkpoint-every: %s
        validate-every: %s
        """
            .formatted(scenes, steps, checkpointEvery, steps));
  }

  /** Makes the photos a data set without depth, whose folder is that of the inputs. */
  void dataSet() throws IOException {
    Files.writeString(
        folder.resolve("eval.json"),
        """
        {"format": 1, "sets": [{"name": "plain", "kind": "unlabelled", "rgb": "photos"}]}
        """);
  }
}
