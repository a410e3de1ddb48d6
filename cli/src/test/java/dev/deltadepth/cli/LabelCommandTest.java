package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Teachers that fail; what they label is in {@link DistillCommandTest}. */
class LabelCommandTest {
  private static final int COUNT = 25;

  @TempDir Path folder;
  private Path photos;
  private Path labels;

  @BeforeEach
  void writePhotos() throws IOException {
    photos = folder.resolve("photos");
    labels = folder.resolve("labels");
    for (int i = 0; i < COUNT; i++) {
      RedPhoto.write(photos.resolve("photo%02d.png".formatted(i)), 40 + i, 32);
    }
  }

  /** Its network takes 64 x 64 pixels alone, whatever its description says. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aTeacherThatFailsIsBlamedAndNotAskedForEver(int threads) throws IOException {
    Path teacher = TestModels.ofOneSize(folder.resolve("teacher.onnx"), 64);
    Files.writeString(
        ModelDescription.sidecar(teacher),
        """
        {"name": "small", "input": {"name": "x", "layout": "NCHW", "type": "float32"},
         "size": {"multiple": 32, "shorter_side": 96},
         "output": {"name": "y", "kind": "disparity"}}
        """);
    Run run = delta("label", photos, "--teacher", teacher, "-o", labels, "--threads", threads);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.errors()).hasSize(21);
    List<String> blamed = run.errors().subList(0, 20).stream().sorted().toList();
    for (int i = 0; i < 20; i++) {
      String start = "delta: the teacher small failed on " + photos + "/photo";
      assertThat(blamed.get(i)).startsWith(start).doesNotContain("waits");
      if (threads == 1) {
        assertThat(blamed.get(i)).startsWith(start + "%02d.png: ".formatted(i));
      }
    }
    assertThat(run.errors().get(20))
        .isEqualTo("delta: stopped: the teacher failed on the first 20 photos");
  }

  @Test
  void aTeachersMapMayBeSmallerThanItsInput() throws IOException {
    Path teacher = TestModels.halved(folder.resolve("teacher.onnx"));
    Files.writeString(
        ModelDescription.sidecar(teacher),
        """
        {"name": "half", "input": {"name": "x", "layout": "NCHW", "type": "float32"},
         "size": {"multiple": 32, "shorter_side": 32}, "output": {"name": "y", "kind": "disparity"}}
        """);
    Run run = delta("label", photos, "--teacher", teacher, "-o", labels);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    GreyImage label = GreyImage.read(labels.resolve("photo24.png"));
    assertThat(label.width()).isEqualTo(64);
    assertThat(label.height()).isEqualTo(32);
    for (int x = 4; x < 60; x++) {
      assertThat(label.data()[64 * 16 + x] / 65535.0).isCloseTo(x / 63.0, within(0.03));
    }
  }

  @Test
  void theEmbeddedModelIsATeacher() throws IOException {
    Run run = delta("label", photos.resolve("photo00.png"), "--teacher", "embedded", "-o", labels);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(labels.resolve("photo00.png")).exists();
    assertThat(labels.resolve("labels.json")).content().contains("\"delta\"");
  }

  /** The red of a photo of one colour is the same everywhere. */
  @Test
  void mapsThatSayNothingAreNotKept() throws IOException {
    Path red = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    Path plain = photos.resolve("plain.png");
    ImageFiles.writePng(new RgbImage(40, 32, new byte[40 * 32 * 3]), plain);
    Run run = delta("label", photos, "--teacher", red, "-o", labels);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors())
        .containsExactly(
            "delta: the teacher test gives " + plain + " a map without two different values");
    assertThat(run.out()).contains(COUNT + " photos labelled, 0 already had labels, 1 failed");
    assertThat(labels.resolve("plain.png")).doesNotExist();
  }
}
