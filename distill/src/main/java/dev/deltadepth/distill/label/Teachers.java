package dev.deltadepth.distill.label;

import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.RecipeFile;
import dev.deltadepth.distill.recipe.TeacherSource;
import dev.deltadepth.distill.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the teachers that recipes name. */
public final class Teachers {

  private Teachers() {}

  /**
   * Opens what a recipe's students learn from: its teacher, and the exact depth of scenes that are
   * rendered.
   *
   * @param recipe whose paths are those of files as seen from here
   * @param run its folder, where the scenes lie
   * @throws DistillException if its files cannot be used
   */
  public static Labeller of(Recipe recipe, Path run) {
    if (recipe.photos().scenes() == 0) {
      return open(recipe.teacher());
    }
    StoredLabels exact =
        StoredLabels.of(LabelFolder.open(SceneFolder.labels(new RunFolder(run).scenes())));
    return recipe.teacher() instanceof TeacherSource.Scenes
        ? exact
        : new InformedTeacher(open(recipe.teacher()), exact);
  }

  /**
   * Opens a teacher of photos.
   *
   * @param source what is said of it; its paths are those of files as seen from here
   * @throws DistillException if its files cannot be used
   */
  public static Labeller open(TeacherSource source) {
    return source instanceof TeacherSource.Cached cached
        ? StoredLabels.of(LabelFolder.open(Path.of(cached.labels())))
        : asked(source);
  }

  private static Teacher asked(TeacherSource source) {
    if (source instanceof TeacherSource.Onnx onnx) {
      return OnnxTeacher.open(Path.of(onnx.model()), 1);
    }
    if (source instanceof TeacherSource.DepthAnything model) {
      return DepthAnythingTeacher.open(Path.of(model.weights()), model.encoder(), model.size());
    }
    if (source instanceof TeacherSource.Trained trained) {
      return StudentTeacher.open(Path.of(trained.weights()));
    }
    if (source instanceof TeacherSource.Views views) {
      return ViewsTeacher.of(asked(views.of()), views.scales(), views.flip());
    }
    throw new DistillException(
        "views need a teacher that is asked about pixels: onnx, student or depth-anything-v2");
  }

  /**
   * The teacher of a file or folder: an ONNX model, labels of {@code delta label}, a student's
   * weights or run, or a YAML file with what a recipe says under {@code teacher}.
   */
  public static TeacherSource source(Path file) {
    String path = file.toString();
    if (path.endsWith(".yaml") || path.endsWith(".yml")) {
      return RecipeFile.readTeacher(file);
    }
    if (LabelFolder.is(file)) {
      return new TeacherSource.Cached(path);
    }
    return path.endsWith(".safetensors") || Files.isDirectory(file)
        ? new TeacherSource.Trained(path)
        : new TeacherSource.Onnx(path);
  }
}
