package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.nn.weights.Safetensors;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.runtime.TestModels;
import dev.deltadepth.scenes.RenderedScene;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few steps on rendered pictures; the teacher gives a pixel's red as its disparity. */
class DistillCommandTest {
  @TempDir Path folder;
  private Path photos;
  private Path recipe;

  @BeforeEach
  void writeInputs() throws IOException {
    photos = Files.createDirectory(folder.resolve("photos"));
    for (int i = 0; i < 6; i++) {
      Path photo = photos.resolve("room" + i + ".png");
      ImageFiles.writePng(
          new SceneRenderer(80, 64, 1).render(Scene.of(Scene.Kind.ROOM, i)).image(), photo);
    }
    TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    recipe = folder.resolve("recipe.yaml");
    write("losses: {ssi: 1, multi-scale-gradient: 0.5}");
  }

  private void write(String losses) throws IOException {
    Files.writeString(
        recipe,
        """
        name: small
        seed: 1
        photos: {folder: photos, validation: 0.2, smallest-crop: 0.5, shorter-side: 64, memory: 1}
        teacher: {model: red.onnx}
        stages: [{size: 32, batch: 2, steps: 3}]
        optimizer: {rate: 0.001, weight-decay: 0, warm-up: 1, clip: 1}
        average: 0.9
        precision: fp32
        native-size: 64
        checkpoint-every: 2
        validate-every: 3
        """
            + losses
            + "\n");
  }

  @Test
  void trainsAModelThatEstimates() {
    Path run = folder.resolve("run");
    Run training = delta("distill", "--config", recipe, "-o", run, "--threads", 2);
    assertThat(training.err()).isEmpty();
    assertThat(training.exitCode()).isZero();
    assertThat(training.out())
        .contains("held-out photos", "step 3 of 3: 32px loss ", "wrote " + run);
    assertThat(List.of("small.onnx", "small.safetensors", "metrics.csv", "recipe.yaml"))
        .allSatisfy(name -> assertThat(run.resolve(name)).isNotEmptyFile());

    Run resumed = delta("distill", "--resume", run);
    assertThat(resumed.out()).contains("resumed at step 3 of 3", "wrote " + run);
    assertThat(delta("distill", "--resume", folder).errors())
        .singleElement()
        .asString()
        .contains("is not the folder of a run");

    Path model = run.resolve("small.onnx");
    Run info = delta("info", model);
    assertThat(info.out()).contains("2,086,449 trained", "input size    shorter side 64");
    assertThat(delta("info", model, "--provenance").out())
        .as("where the photos lay is nobody's business")
        .contains("\"hours\"", "\"photos-hash\"")
        .doesNotContain(folder.toString());
    Run estimate = delta("estimate", photos.resolve("room0.png"), "--model", model, "-o", folder);
    assertThat(estimate.exitCode()).isZero();
    assertThat(folder.resolve("room0.depth.png")).isNotEmptyFile();
  }

  @Test
  void anOptionWithoutEffectIsSaid() throws IOException {
    Files.writeString(
        recipe,
        Files.readString(recipe).replace("validation: 0.2", "validation: 0") + "keep: best\n");
    Run run = delta("distill", "--config", recipe, "-o", folder.resolve("run"), "--threads", 1);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("keep: best has no effect, because nothing is held out to measure");
  }

  @Test
  void aRunIsDoneAgainFromItsFolderAlone() {
    Path run = folder.resolve("run");
    assertThat(delta("distill", "--config", recipe, "-o", run, "-q", "--threads", 1).exitCode())
        .isZero();
    Path again = folder.resolve("elsewhere").resolve("again");
    Run repeated =
        delta("distill", "--config", run.resolve("recipe.yaml"), "-o", again, "--threads", 1);
    assertThat(repeated.err()).isEmpty();
    Weights first = Safetensors.read(run.resolve("small.safetensors"));
    Weights second = Safetensors.read(again.resolve("small.safetensors"));
    for (String name : first.names()) {
      assertThat(second.get(name).data()).as(name).isEqualTo(first.get(name).data());
    }
  }

  @Test
  void labelsOfATeacherTakeItsPlace() throws IOException {
    Path labels = folder.resolve("labels");
    Path red = folder.resolve("red.onnx");
    Files.writeString(photos.resolve("torn.jpg"), "no picture");
    Run labelling = delta("label", photos, "--teacher", red, "-o", labels);
    assertThat(labelling.exitCode()).isEqualTo(1);
    assertThat(labelling.errors()).singleElement().asString().contains("torn.jpg");
    assertThat(labelling.out()).contains("6 photos labelled, 0 already had labels, 1 failed");
    Files.delete(photos.resolve("torn.jpg"));
    Run again = delta("label", photos, "--teacher", red, "-o", labels);
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("0 photos labelled, 6 already had labels");
    assertThat(labels.resolve("room0.png")).isNotEmptyFile();
    Run training =
        delta("distill", "--config", recipe, "--teacher", labels, "-o", folder.resolve("run"));
    assertThat(training.err()).isEmpty();
    assertThat(training.exitCode()).isZero();
    assertThat(delta("label", photos, "--teacher", labels, "-o", folder.resolve("x")).errors())
        .singleElement()
        .asString()
        .contains("not a folder of labels");
    assertThat(
            delta("label", photos, "--teacher", red, "-o", labels, "--format", "tiff").exitCode())
        .isEqualTo(2);
  }

  @Test
  void aStudentTeachesTheNextOne() throws IOException {
    String first = Files.readString(recipe);
    Files.writeString(
        recipe,
        first
            + "---\n"
            + first
                .replace("name: small", "name: smaller")
                .replace("model: red.onnx", "name: student, weights: small")
                .replace("multi-scale-gradient: 0.5", "attention: 0.5, features: 0.1"));
    Path runs = folder.resolve("runs");
    Run both = delta("distill", "--config", recipe, "-o", runs);
    assertThat(both.err()).isEmpty();
    assertThat(runs.resolve("small").resolve("small.onnx")).isNotEmptyFile();
    assertThat(runs.resolve("smaller").resolve("smaller.onnx")).isNotEmptyFile();
    assertThat(both.out()).contains("teacher test", "teacher small");
  }

  @Test
  void renderedScenesNeedNoPhotosAndNoTeacher() throws IOException {
    Path scenes =
        Files.writeString(
            folder.resolve("scenes.yaml"),
            """
            name: scenes
            photos: {scenes: 8, validation: 0.4}
            teacher: {name: scenes}
            stages: [{size: 32, batch: 2, steps: 2}]
            losses: {ssi: 1}
            native-size: 64
            """);
    Path run = folder.resolve("run");
    Run training = delta("distill", "--config", scenes, "-o", run);
    assertThat(training.err()).isEmpty();
    assertThat(training.out()).contains("student and teacher on", "with the layout removed");
    assertThat(run.resolve("comparison.jpg")).isNotEmptyFile();
  }

  @Test
  void aDryRunSaysWhatWouldBeDoneAndLeavesARunAlone() throws IOException {
    Path run = folder.resolve("run");
    assertThat(delta("distill", "--config", recipe, "-o", run, "-q")).isEqualTo(new Run(0, "", ""));
    String before = Files.readString(run.resolve("recipe.yaml"));
    Run planned =
        delta(
            "distill",
            "--config",
            recipe,
            "-o",
            run,
            "--dry-run",
            "--set",
            "stages.0.steps=50",
            "--seed",
            9);
    assertThat(planned.err()).isEmpty();
    assertThat(planned.out()).contains("50 steps, 100 crops", "teacher test");
    assertThat(run.resolve("crops.jpg")).isNotEmptyFile();
    assertThat(run.resolve("recipe.yaml")).hasContent(before);

    Files.writeString(
        recipe,
        Files.readString(recipe)
            + "---\n"
            + Files.readString(recipe)
                .replace("name: small", "name: next")
                .replace("seed: 1", "seed: 1\nstart: small"));
    Run several = delta("distill", "--config", recipe, "-o", folder.resolve("runs"), "--dry-run");
    assertThat(several.err()).isEmpty();
    assertThat(several.out()).contains("1 more build on its weights");
    assertThat(folder.resolve("runs/small/crops.jpg")).isNotEmptyFile();
  }

  @Test
  void withoutATeacherTheStudentAloneIsMeasured() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    RenderedScene scene = new SceneRenderer(80, 64, 1).render(Scene.of(Scene.Kind.ROOM, 1));
    char[] millimetres = new char[80 * 64];
    for (int i = 0; i < millimetres.length; i++) {
      millimetres[i] = (char) Math.min(65535, 1000 * scene.depthMetres().data()[i]);
    }
    Files.createDirectories(data.resolve("rgb"));
    Files.createDirectories(data.resolve("depth"));
    ImageFiles.writePng(scene.image(), data.resolve("rgb/room.png"));
    GreyImage.write(new GreyImage(80, 64, 16, millimetres), data.resolve("depth/room.png"));
    Files.writeString(
        data.resolve("eval.json"),
        """
        {"format": 1, "sets": [{"name": "rooms", "kind": "depth_mm16", "rgb": "rgb", "depth": "depth"}]}
        """);
    Files.writeString(
        recipe,
        Files.readString(recipe)
            .replace("folder: photos,", "scenes: 6, scene-height: 64,")
            .replace("validation: 0.2", "validation: 0.5")
            .replace("{model: red.onnx}", "{name: scenes}")
            .replace("seed: 1", "seed: 1\nstart: embedded"));
    Run training =
        delta("distill", "--config", recipe, "-o", folder.resolve("run"), "--eval", data);
    assertThat(training.err()).isEmpty();
    assertThat(training.exitCode()).isZero();
    assertThat(training.out())
        .contains("step 0: held-out loss", "than at the start", "there is no teacher", "rooms");
  }

  @Test
  void renderedScenesJoinThePhotos() throws IOException {
    Files.writeString(
        recipe,
        Files.readString(recipe)
            .replace("folder: photos", "folder: photos, scenes: 4, scene-height: 64"));
    Path run = folder.resolve("run");
    Run training = delta("distill", "--config", recipe, "-o", run);
    assertThat(training.err()).isEmpty();
    assertThat(training.out()).contains("teacher test and exact depth of rendered scenes");
    RgbImage scene = ImageFiles.read(run.resolve("scenes/photos/scene-00003.png"));
    assertThat(scene.height()).isEqualTo(64);
    assertThat(scene.width()).isEqualTo(80);
    assertThat(run.resolve("comparison.jpg")).isNotEmptyFile();
  }

  @Test
  void aRunExportsAtAnySize() {
    Path run = folder.resolve("run");
    assertThat(delta("distill", "--config", recipe, "-o", run, "-q")).isEqualTo(new Run(0, "", ""));
    Path model = folder.resolve("other.onnx");
    Run export = delta("export", run, "-o", model, "--name", "other", "--native-size", 96);
    assertThat(export.err()).isEmpty();
    assertThat(export.exitCode()).isZero();
    assertThat(delta("info", model).out()).contains("other", "shorter side 96");

    Run again = delta("export", run, "-o", model);
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.errors())
        .containsExactly("delta: " + model + " exists; use --overwrite to replace it");
    assertThat(delta("export", run, "-o", model, "--overwrite", "--native-size", 100).exitCode())
        .isEqualTo(2);
  }

  @Test
  void aRunFolderBelongsToItsRecipe() throws IOException {
    Path run = folder.resolve("run");
    delta("distill", "--config", recipe, "-o", run, "-q");
    write("losses: {silog: 1.5, gradient: 1.5}");
    Run other = delta("distill", "--config", recipe, "-o", run, "-q");
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.errors())
        .singleElement()
        .asString()
        .contains("was started with another recipe");
  }

  @Test
  void whatCannotBeUsedIsNamed() throws IOException {
    Path nothing = Files.createDirectory(folder.resolve("nothing"));
    assertThat(delta("distill", "--config", folder.resolve("no.yaml")).errors())
        .singleElement()
        .asString()
        .contains("no.yaml");
    Path run = folder.resolve("run");
    assertThat(delta("distill", "--config", recipe, "--photos", nothing, "-o", run).errors())
        .singleElement()
        .asString()
        .contains("nothing contains no photos to train on");
    assertThat(delta("distill", "--config", recipe, "--teacher", recipe, "-o", run).errors())
        .singleElement()
        .asString()
        .contains("recipe.yaml");
    write("losses: {sillog: 1}");
    assertThat(delta("distill", "--config", recipe).errors())
        .singleElement()
        .asString()
        .contains("recipe.yaml", "unknown loss 'sillog'");
    assertThat(delta("export", nothing, "-o", folder.resolve("m.onnx")).errors())
        .singleElement()
        .asString()
        .contains("contains no checkpoint");
  }
}
