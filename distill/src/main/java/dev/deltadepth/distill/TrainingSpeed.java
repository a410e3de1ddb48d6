package dev.deltadepth.distill;

import dev.deltadepth.distill.loss.WeightedLosses;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.RecipeFile;
import dev.deltadepth.distill.recipe.Stage;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.weights.Initializer;
import dev.deltadepth.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Measures training speed on this machine: steps on one random batch, without a teacher. */
public final class TrainingSpeed {

  private TrainingSpeed() {}

  /**
   * The measured times.
   *
   * @param medianMillis per image, median of the timed steps
   * @param bestMillis per image, of the fastest step
   */
  public record Result(double medianMillis, double bestMillis) {}

  /**
   * Times forward pass, backward pass and optimizer step together.
   *
   * @param student name of the network
   * @param size side of the square images in pixels, a multiple of 32
   * @param batch images per step
   * @param threads that share every batch
   * @param warmUp untimed steps first
   * @param steps to time
   */
  public static Result measure(
      String student,
      Recipe.Precision precision,
      int size,
      int batch,
      int threads,
      int warmUp,
      int steps) {
    Tensors.threads(1);
    DepthNetwork network = DepthNetwork.named(student);
    List<Parameter> parameters = network.parameters();
    Recipe recipe = RecipeFile.named("tiny").get(0).resolved(batch);
    WeightedLosses losses = new WeightedLosses(Map.of("l1", 1.0));
    Batch images = randomBatch(size, batch);
    double[] millis = new double[steps];
    try (TrainingState weights =
            new TrainingState(
                recipe, parameters, Initializer.random(parameters, 1), Optional.empty());
        Gradients gradients =
            new Gradients(
                network, Optional.empty(), losses, precision, weights.weights(), threads)) {
      for (int i = 0; i < warmUp + steps; i++) {
        long started = System.nanoTime();
        gradients.add(images, 1, Stage.Statistics.BATCH);
        weights.optimizer().step(1, recipe.optimizer().clip());
        if (i >= warmUp) {
          millis[i - warmUp] = (System.nanoTime() - started) / 1e6 / batch;
        }
      }
    }
    Arrays.sort(millis);
    return new Result(millis[steps / 2], millis[0]);
  }

  private static Batch randomBatch(int size, int batch) {
    Random random = new Random(1);
    int pixels = size * size;
    float[] rgb = new float[batch * 3 * pixels];
    float[] disparity = new float[batch * pixels];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextFloat();
    }
    for (int i = 0; i < disparity.length; i++) {
      disparity[i] = random.nextFloat();
    }
    return Batch.of(0, batch, size, size, rgb, disparity);
  }
}
