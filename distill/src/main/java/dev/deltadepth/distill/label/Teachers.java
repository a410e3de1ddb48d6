package dev.deltadepth.distill.label;

import dev.deltadepth.distill.data.KnownDepth;
import dev.deltadepth.distill.export.EmbeddedWeights;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.RecipeFile;
import dev.deltadepth.distill.recipe.TeacherSource;
import dev.deltadepth.distill.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the teachers that recipes name. */
public final class Teachers {

  /** Of one inference; batches are labelled side by side. */
  private static final int THREADS = 1;

  private Teachers() {}

  /**
   * Opens everything a recipe's student learns from.
   *
   * @param recipe with paths relative to the working directory
   * @param run its run folder, which contains the scenes
   * @param measured the depth of the recipe's {@code truth}; the scenes' is added
   * @throws DistillException if its files cannot be used
   */
  public static Supervision of(Recipe recipe, Path run, KnownDepth measured) {
    SceneFolder.addTo(measured, new RunFolder(run).scenes(), recipe.photos().scenes());
    return new Supervision(openIfAny(recipe.teacher()), measured, recipe.photos().scenes() > 0);
  }

  /**
   * Opens a teacher for photos; empty for {@link TeacherSource.Scenes}, which has none.
   *
   * @param source with paths relative to the working directory
   * @throws DistillException if its files cannot be used
   */
  public static Optional<Labeller> openIfAny(TeacherSource source) {
    return source instanceof TeacherSource.Scenes ? Optional.empty() : Optional.of(open(source));
  }

  /**
   * Opens a teacher for photos.
   *
   * @param source with paths relative to the working directory
   * @throws DistillException if its files cannot be used
   */
  public static Labeller open(TeacherSource source) {
    return source instanceof TeacherSource.Cached cached
        ? StoredLabels.of(LabelFolder.open(Path.of(cached.labels())))
        : model(source);
  }

  private static Teacher model(TeacherSource source) {
    if (source instanceof TeacherSource.Onnx onnx) {
      return OnnxTeacher.open(Path.of(onnx.model()), THREADS);
    }
    if (source instanceof TeacherSource.DepthAnything published) {
      return DepthAnythingTeacher.open(
          Path.of(published.weights()), published.encoder(), published.size());
    }
    if (source instanceof TeacherSource.Trained trained) {
      return EmbeddedWeights.named(trained.weights())
          ? StudentTeacher.embedded(THREADS)
          : StudentTeacher.open(Path.of(trained.weights()), THREADS);
    }
    if (source instanceof TeacherSource.Views views) {
      return ViewsTeacher.of(model(views.of()), views.scales(), views.flip());
    }
    if (source instanceof TeacherSource.Mixed mixed) {
      return MixedTeacher.of(model(mixed.of()), model(mixed.specialist()), mixed.share());
    }
    throw new DistillException(
        "teacher: 'views' and 'mixed' need models as their teachers: onnx, student or"
            + " depth-anything-v2");
  }

  /**
   * The teacher in a file or folder: an ONNX model, labels of {@code delta label}, a student's
   * weights or run folder, or a YAML file with what a recipe has under {@code teacher}. A path of
   * {@code embedded} is the embedded model.
   */
  public static TeacherSource source(Path file) {
    String path = file.toString();
    if (path.endsWith(".yaml") || path.endsWith(".yml")) {
      return RecipeFile.readTeacher(file);
    }
    if (LabelFolder.is(file)) {
      return new TeacherSource.Cached(path);
    }
    return EmbeddedWeights.named(path) || path.endsWith(".safetensors") || Files.isDirectory(file)
        ? new TeacherSource.Trained(path)
        : new TeacherSource.Onnx(path);
  }
}
