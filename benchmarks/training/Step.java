import dev.deltadepth.distill.TrainingSpeed;
import dev.deltadepth.distill.recipe.Recipe;
import java.util.Locale;

/** One training step of Delta: what step.py measures of Python's PyTorch. See run. */
final class Step {

  public static void main(String[] arguments) {
    String student = arguments[0];
    int size = Integer.parseInt(arguments[1]);
    int batch = Integer.parseInt(arguments[2]);
    int threads = Integer.parseInt(arguments[3]);
    String precision = arguments[4];
    int warmUp = Integer.parseInt(arguments[5]);
    int steps = Integer.parseInt(arguments[6]);
    TrainingSpeed.Result result =
        TrainingSpeed.measure(
            student,
            Recipe.Precision.valueOf(precision.toUpperCase(Locale.ROOT)),
            size,
            batch,
            threads,
            warmUp,
            steps);
    System.out.printf(
        Locale.ROOT,
        "{\"trainer\": \"delta\", \"student\": \"%s\", \"size\": %d, \"batch\": %d, \"threads\": %d,"
            + " \"precision\": \"%s\", \"steps\": %d, \"median-ms-per-image\": %.2f,"
            + " \"best-ms-per-image\": %.2f}%n",
        student, size, batch, threads, precision, steps, result.medianMillis(), result.bestMillis());
  }
}
