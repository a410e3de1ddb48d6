package dev.deltadepth.distill;

import java.nio.file.Path;

/** Opens the teachers that recipes name. */
public final class Teachers {

  private Teachers() {}

  /**
   * Opens a teacher.
   *
   * @param source what a recipe says of it; its paths are those of files as seen from here
   * @param run folder of the run, where the depth of rendered scenes lies
   * @throws DistillException if its files cannot be used
   */
  public static Labeller open(TeacherSource source, Path run) {
    if (source instanceof TeacherSource.Cached cached) {
      return CachedTeacher.of(LabelFolder.open(Path.of(cached.labels())));
    }
    if (source instanceof TeacherSource.Scenes) {
      return CachedTeacher.of(LabelFolder.open(SceneFolder.labels(new RunFolder(run).scenes())));
    }
    return open(source);
  }

  private static Teacher open(TeacherSource source) {
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
      return ViewsTeacher.of(open(views.of()), views.scales(), views.flip());
    }
    throw new DistillException(
        "views need a teacher that is asked about pixels: onnx, student or depth-anything-v2");
  }
}
