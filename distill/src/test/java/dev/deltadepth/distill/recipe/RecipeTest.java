package dev.deltadepth.distill.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.nn.weights.WeightsFile;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {

  static final String TEXT =
      """
      name: small
      seed: 7
      photos: {folder: photos, validation: 0.1, smallest-crop: 0.5, shorter-side: 384, memory: 1}
      teacher: {model: teacher.onnx}
      stages:
        - {size: 64, batch: 8, steps: 100}
        - {size: 96, batch: 4, steps: 50}
      losses: {ssi: 1, l1: 0.5}
      optimizer: {rate: 0.002, weight-decay: 0.05, warm-up: 10, clip: 1}
      average: 0.99
      precision: bf16
      native-size: 256
      checkpoint-every: 20
      validate-every: 30
      """;

  @TempDir Path folder;

  private String inFolder(String name) {
    return folder.resolve(name).toString();
  }

  private static Recipe parse(String text) {
    return RecipeFile.parse(text, "a test");
  }

  private Recipe read(String text) throws IOException {
    Path file = folder.resolve("recipe.yaml");
    Files.writeString(file, text);
    return Recipe.read(file);
  }

  @Test
  void theRecipesOfTheProjectCanBeReadByName() throws IOException {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> recipes =
        Files.newDirectoryStream(Path.of("..", "recipes"), "*.yaml")) {
      for (Path file : recipes) {
        String name = file.getFileName().toString().replace(".yaml", "");
        List<Recipe> known = RecipeFile.named(name);
        assertThat(known).isNotEmpty();
        assertThat(RecipeFile.readAll(file))
            .extracting(Recipe::withoutPaths)
            .isEqualTo(known.stream().map(Recipe::withoutPaths).toList());
        found.add(name);
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(RecipeFile.names());
  }

  @Test
  void theThesisIsWhatItSays() {
    Recipe thesis = RecipeFile.named("thesis").get(0).resolved(3700);
    assertThat(thesis.losses())
        .isEqualTo(
            Map.of("silog-variance", 1.5, "gradient", 1.5, "features", 0.5, "attention", 0.4));
    assertThat(thesis.student()).isEqualTo("mobilevit-xs-minidpt");
    assertThat(thesis.optimizer().rate()).isEqualTo(1e-3);
    assertThat(thesis.optimizer().encoderRate()).isEqualTo(1e-5);
    assertThat(thesis.stages())
        .containsExactly(new Stage(384, 12, 60 * 3700 / 12, 0, 0, Stage.Statistics.BATCH));
    assertThat(thesis.earlyStopping()).isPositive();
    assertThat(thesis.validateEvery()).as("once an epoch").isEqualTo(309);
  }

  @Test
  void everyKeyIsRead() throws IOException {
    assertThat(
            read(
                """
                name: small
                seed: 7
                student: efficientnet-b0
                encoder-weights: timm.safetensors
                photos:
                  folder: photos
                  validation: 0.1
                  smallest-crop: 0.5
                  shorter-side: 384
                  memory: 1
                augmentation:
                  mirror: 0.1
                  rotate: 0.2
                  aspects: 0.3
                  mix: 0.25
                  paint: 0.35
                  colour: 0.4
                  low-light: 0.5
                  blur: 0.6
                  noise: 0.7
                  jpeg: 0.8
                teacher: {name: views, scales: [1, 2], flip: true, of: {model: teacher.onnx}}
                stages:
                  - {size: 64, batch: 8, steps: 100}
                  - {size: 96, batch: 4, epochs: 2.5, statistics: running}
                losses: {ssi: 1, l1: 0.5}
                optimizer:
                  name: sgd
                  rate: 0.002
                  encoder-rate: 0.0001
                  schedule: one-cycle
                  weight-decay: 0.05
                  momentum: 0.8
                  warm-up: 10
                  clip: 1
                  accumulate: 2
                  patience: 3
                  frozen: [encoder.stem]
                average: 0.99
                precision: bf16
                native-size: 256
                keep: best
                early-stopping: 4
                checkpoint-every: 20
                validate-every: 30
                """))
        .isEqualTo(
            new Recipe(
                "small",
                7,
                "efficientnet-b0",
                List.of(),
                null,
                inFolder("timm.safetensors"),
                new PhotoSource(inFolder("photos"), 0, 128, 0, 0.1, 0.5, 384, 1),
                List.of(),
                new Augmentation(0.1, 0.2, 0.3, 0.25, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8),
                new TeacherSource.Views(
                    new TeacherSource.Onnx(inFolder("teacher.onnx")), List.of(1.0, 2.0), true),
                List.of(
                    new Stage(64, 8, 100, 0, 0, Stage.Statistics.BATCH),
                    new Stage(96, 4, 0, 2.5, 0, Stage.Statistics.RUNNING)),
                Map.of("ssi", 1.0, "l1", 0.5),
                new OptimizerSettings(
                    OptimizerSettings.Name.SGD,
                    0.002,
                    0.0001,
                    OptimizerSettings.ScheduleName.ONE_CYCLE,
                    0.05,
                    0.8,
                    10,
                    1,
                    2,
                    3,
                    List.of("encoder.stem")),
                0.99,
                Recipe.Precision.BF16,
                256,
                Recipe.Keep.BEST,
                4,
                20,
                30));
  }

  @Test
  void truthIsReadBesidePhotos() throws IOException {
    Recipe recipe =
        read(
            TEXT.replace(
                "teacher:",
                """
                truth:
                  - {data: rooms, sets: [a, b], share: 0.25, validation: 0.2, rough-edges: true}
                  - {data: streets, share: 0.125}
                  - {data: kept, validation: 1}
                teacher:"""));
    assertThat(recipe.truth())
        .containsExactly(
            new TruthSource(inFolder("rooms"), List.of("a", "b"), 0.25, 0.2, true),
            new TruthSource(inFolder("streets"), List.of(), 0.125, 0.1, false),
            new TruthSource(inFolder("kept"), List.of(), 0, 1.0, false));
    assertThat(RecipeFile.parse(recipe.toYaml(), "written")).isEqualTo(recipe);
    assertThat(recipe.withoutPaths().truth().get(0).data()).isEqualTo("rooms");
  }

  @Test
  void whatIsLeftOutHasADefault() throws IOException {
    Recipe recipe =
        read(
            """
            name: short
            photos: {folder: photos}
            teacher: {model: teacher.onnx}
            stages: [{size: 64, batch: 8, steps: 100}]
            """);
    assertThat(recipe.losses())
        .isEqualTo(Map.of("silog", 1.5, "gradient", 1.5, "features", 0.5, "attention", 0.4));
    assertThat(recipe.student()).isEqualTo("mobilevit-xs");
    assertThat(recipe.precision()).isEqualTo(Recipe.Precision.FP32);
    Recipe resolved = recipe.resolved(100);
    assertThat(resolved.validateEvery()).as("once an epoch").isEqualTo(13);
    assertThat(resolved.checkpointEvery()).as("not more often than that").isEqualTo(100);
    assertThat(resolved.optimizer().encoderRate()).isEqualTo(resolved.optimizer().rate());
    assertThat(resolved.resolved(100)).isEqualTo(resolved);
  }

  @Test
  void epochsBecomeSteps() throws IOException {
    Recipe recipe = read(TEXT.replace("steps: 100", "epochs: 3")).resolved(50);
    assertThat(recipe.stages().get(0))
        .isEqualTo(new Stage(64, 8, 19, 0, 0, Stage.Statistics.BATCH));
  }

  /** YAML 1.1 takes some of these for truth values or numbers. */
  @ParameterizedTest
  @ValueSource(strings = {"no", "yes", "on", "off", "y", "N", "007", "0x1f", "2024_01"})
  void anyWordIsAName(String name) {
    Recipe recipe = parse(TEXT.replace("name: small", "name: " + name));
    assertThat(recipe.name()).isEqualTo(name);
    assertThat(parse(recipe.toYaml())).isEqualTo(recipe);
  }

  @Test
  void whatIsNoFileIsNotOpened() throws IOException {
    Path socket = folder.resolve("recipe.yaml");
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
      assertThatThrownBy(() -> Recipe.read(socket))
          .hasMessageContaining("recipe.yaml is a pipe, a socket or a device");
      assertThatThrownBy(() -> WeightsFile.read(socket))
          .hasMessageContaining("recipe.yaml is a pipe, a socket or a device");
    }
  }

  @Test
  void theStartIsOneFileOrSeveral() {
    for (String start : List.of("a", "[a]", "[a, \"\"]")) {
      Recipe one = parse("start: " + start + "\n" + TEXT);
      assertThat(one.start()).containsExactly("a");
      assertThat(one.toYaml()).contains("start: a\n");
      assertThat(one.toJson()).contains("\"start\":\"a\"");
    }
    Recipe two = parse("start: [a, b, a]\n" + TEXT);
    assertThat(two.start()).containsExactly("a", "b", "a");
    assertThat(parse(two.toYaml())).isEqualTo(two);
    assertThat(two.mapped(file -> "in/" + file).start()).containsExactly("in/a", "in/b", "in/a");
    assertThat(parse(TEXT).start()).isEmpty();
    assertThat(parse("start: \"\"\n" + TEXT).start()).isEmpty();
  }

  @Test
  void aTaskVectorIsAddedToTheStart() {
    String task = "task-vector: {before: old, after: embedded}\n";
    Recipe recipe = parse("start: a\n" + task + TEXT);
    assertThat(recipe.taskVector()).isEqualTo(new TaskSource("old", "embedded", 1.0));
    assertThat(parse(recipe.toYaml())).isEqualTo(recipe);
    assertThat(recipe.mapped(file -> "in/" + file).taskVector())
        .isEqualTo(new TaskSource("in/old", "embedded", 1.0));
    // Runs that were begun without it can go on.
    assertThat(parse(TEXT).toJson()).doesNotContain("task");
    assertThatThrownBy(() -> parse(task + TEXT))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("task-vector is added to the weights of start");
    assertThatThrownBy(() -> parse("start: a\ntask-vector: {after: b}\n" + TEXT))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("task-vector: before");
  }

  @Test
  void filesAreNamedAsSeenFromHereAndEarlierRecipesByName() throws IOException {
    String second = TEXT.replace("name: small", "name: other");
    Path file = folder.resolve("chain.yaml");
    Files.writeString(
        file,
        TEXT + "---\n" + second.replace("model: teacher.onnx", "name: student, weights: small"));
    List<Recipe> chain = RecipeFile.readAll(file);
    assertThat(chain.get(0).teacher()).isEqualTo(new TeacherSource.Onnx(inFolder("teacher.onnx")));
    assertThat(chain.get(1).photos().folder()).isEqualTo(inFolder("photos"));
    assertThat(chain.get(1).teacher()).isEqualTo(new TeacherSource.Trained("small"));
  }

  @Test
  void aFileMayHoldSeveralRecipes() throws IOException {
    Path file = folder.resolve("two.yaml");
    Files.writeString(file, TEXT + "---\n" + TEXT.replace("name: small", "name: other"));
    assertThat(RecipeFile.readAll(file)).extracting(Recipe::name).containsExactly("small", "other");
    assertThatThrownBy(() -> Recipe.read(file))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("two.yaml holds 2 recipes");
  }

  @Test
  void whatIsWrittenReadsTheSame() throws IOException {
    Recipe recipe = read(TEXT);
    assertThat(read(recipe.toYaml())).isEqualTo(recipe);
    for (String name : RecipeFile.names()) {
      for (Recipe known : RecipeFile.named(name)) {
        assertThat(parse(known.toYaml())).isEqualTo(known);
      }
    }
    Recipe views =
        read(TEXT.replace("model: teacher.onnx", "name: views, scales: [1], of: {model: t.onnx}"));
    assertThat(read(views.toYaml())).isEqualTo(views);
  }

  @Test
  void jsonDoesNotDependOnTheOrderOfKeys() throws IOException {
    Recipe recipe = read(TEXT);
    String turned =
        TEXT.replace("{ssi: 1, l1: 0.5}", "{l1: 0.5, ssi: 1}")
                .replace("name: small\n", "")
                .replace("{size: 64, batch: 8, steps: 100}", "{steps: 100, size: 64, batch: 8}")
            + "name: small\n";
    assertThat(recipe.toJson()).isEqualTo(recipe.toJson()).isEqualTo(read(turned).toJson());
  }

  @Test
  void labelsOfWholePhotosCannotBeMixed() throws IOException {
    String mixed = TEXT + "augmentation: {mix: 0.5}\n";
    assertThat(read(mixed).augmentation().mix()).isEqualTo(0.5);
    for (String teacher :
        List.of(
            "{name: cached, labels: labels}",
            "{name: views, scales: [1], flip: true, of: {name: cached, labels: labels}}")) {
      assertThatThrownBy(() -> read(mixed.replace("{model: teacher.onnx}", teacher)))
          .isInstanceOf(DistillException.class)
          .hasMessageContaining("set mix to 0");
    }
  }

  @Test
  void aFormerKeyIsStillRead() throws IOException {
    Recipe recipe = read(TEXT.replace("steps: 100", "steps: 100, labels: 216"));
    assertThat(recipe.stage(0).labelSize()).isEqualTo(216);
    assertThat(recipe).isEqualTo(read(TEXT.replace("steps: 100", "steps: 100, label-size: 216")));
    assertThat(recipe.toYaml()).contains("label-size: 216");
  }

  @Test
  void theRateWarmsUpAndFallsToNearlyZero() throws IOException {
    Recipe recipe = read(TEXT);
    assertThat(rate(recipe, 0)).isCloseTo(0.0002, within(1e-12));
    assertThat(rate(recipe, 4)).isCloseTo(0.001, within(1e-12));
    assertThat(rate(recipe, 9)).isCloseTo(0.002, within(1e-12));
    assertThat(rate(recipe, 10)).isCloseTo(0.002, within(1e-12));
    assertThat(rate(recipe, 80)).as("half-way between 10 and 150").isCloseTo(0.001, within(1e-12));
    for (long step = 10; step < recipe.steps() - 1; step++) {
      assertThat(rate(recipe, step + 1)).isLessThan(rate(recipe, step));
    }
    assertThat(rate(recipe, recipe.steps() - 1)).isBetween(0.0, 0.002 * 1e-3);
  }

  private static double rate(Recipe recipe, long step) {
    Schedule schedule = new Schedule(recipe.optimizer(), recipe.steps());
    return recipe.optimizer().rate() * schedule.share(step, 0);
  }

  @Test
  void stagesFollowOneAnother() throws IOException {
    Recipe recipe = read(TEXT);
    assertThat(recipe.steps()).isEqualTo(150);
    assertThat(recipe.stage(0).size()).isEqualTo(64);
    assertThat(recipe.stage(99).size()).isEqualTo(64);
    assertThat(recipe.stage(100).size()).isEqualTo(96);
    assertThat(recipe.stage(149).size()).isEqualTo(96);
    assertThatThrownBy(() -> recipe.stage(150)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(recipe.crops(0)).isZero();
    assertThat(recipe.crops(100)).isEqualTo(800);
    assertThat(recipe.crops(101)).isEqualTo(804);
    assertThat(recipe.crops(150)).isEqualTo(1000);
    assertThat(recipe.pixels(101)).isEqualTo(800 * 64 * 64 + 4 * 96 * 96);
  }
}
