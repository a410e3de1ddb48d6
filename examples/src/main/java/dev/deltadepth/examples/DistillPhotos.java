package dev.deltadepth.examples;

import dev.deltadepth.distill.Distillation;
import dev.deltadepth.distill.DistillationListener;
import dev.deltadepth.distill.recipe.Recipe;
import java.nio.file.Path;

/**
 * A student from one's own photos: {@code DistillPhotos PHOTOS TEACHER.onnx RUN [STEPS]}. Started
 * again, it resumes from its last checkpoint.
 */
public final class DistillPhotos {

  private DistillPhotos() {}

  /** Distils, and prints how it goes. */
  public static void main(String[] arguments) {
    Recipe recipe =
        Recipe.parse(
            """
            name: mine
            photos: {folder: "%s", validation: 0.25}
            teacher: {model: "%s"}
            stages: [{size: 64, batch: 8, steps: %s}]
            losses: {ssi: 1, multi-scale-gradient: 1, l1: 0.2}
            optimizer: {rate: 0.0005, warm-up: 10}
            """
                .formatted(
                    arguments[0], arguments[1], arguments.length > 3 ? arguments[3] : "500"));
    Distillation.Outcome outcome =
        Distillation.run(
            recipe,
            Path.of(arguments[2]),
            new DistillationListener() {
              @Override
              public void logged(String line) {
                System.out.println(line);
              }
            });
    System.out.println("model: " + outcome.model());
  }
}
