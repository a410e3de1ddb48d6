package dev.deltadepth.distill;

import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.run.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;

/** A run that writes a checkpoint at every step, in a process that can be killed. */
final class Checkpointed {

  static final Recipe RECIPE = SmallRun.recipe(24, 1);

  private Checkpointed() {}

  /** Trains: the folder of photos, the folder of the run. */
  public static void main(String[] arguments) {
    SmallRun.train(RECIPE, Path.of(arguments[0]), Path.of(arguments[1]), 1, step -> {});
  }

  static Process start(Path photos, Path run) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            java,
            "-Xmx512m",
            "-Djava.awt.headless=true",
            "-cp",
            classPath,
            Checkpointed.class.getName(),
            photos.toString(),
            run.toString())
        .inheritIO()
        .start();
  }

  /** Steps of the last checkpoint, 0 without one. The other process may be renaming it. */
  static long steps(Path run) {
    try {
      return new Checkpoint(run)
          .find()
          .map(Checkpoint::state)
          .map(Checkpoint.State::step)
          .orElse(0L);
    } catch (DistillException e) {
      return 0;
    }
  }
}
