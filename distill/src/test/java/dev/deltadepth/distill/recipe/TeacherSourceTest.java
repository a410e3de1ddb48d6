package dev.deltadepth.distill.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeacherSourceTest {
  @TempDir Path folder;

  @Test
  void twoTeachersMayBeMixed() {
    String text =
        RecipeTest.TEXT.replace(
            "model: teacher.onnx",
            "name: mixed, of: {name: student, weights: embedded}, specialist: {model: rooms.onnx},"
                + " share: 0.6");
    Recipe recipe = RecipeFile.parse(text, "mixed.yaml");
    assertThat(recipe.teacher())
        .isEqualTo(
            new TeacherSource.Mixed(
                new TeacherSource.Trained("embedded"), new TeacherSource.Onnx("rooms.onnx"), 0.6));
    assertThat(RecipeFile.parse(recipe.toYaml(), "written")).isEqualTo(recipe);
  }

  @Test
  void aTeachersFileMayNameTheEmbeddedModel() throws IOException {
    Path file = folder.resolve("teacher.yaml");
    Files.writeString(file, "{name: student, weights: embedded}\n");
    assertThat(RecipeFile.readTeacher(file)).isEqualTo(new TeacherSource.Trained("embedded"));
    Files.writeString(
        file,
        """
        name: mixed
        of: {name: views, of: {name: student, weights: embedded}, scales: [1]}
        specialist: {model: rooms.onnx}
        share: 0.5
        """);
    assertThat(RecipeFile.readTeacher(file))
        .isEqualTo(
            new TeacherSource.Mixed(
                new TeacherSource.Views(new TeacherSource.Trained("embedded"), List.of(1.0), false),
                new TeacherSource.Onnx(folder.resolve("rooms.onnx").toString()),
                0.5));
  }
}
