package dev.deltadepth.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.distill.export.InitialWeights;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.RecipeFile;
import dev.deltadepth.distill.run.RunFolder;
import dev.deltadepth.distill.run.TrainingListener;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.scenes.RenderedScene;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measured depth as a recipe names it, from the files to what a run says of it. */
class TruthTest {

  private static final String RECIPE =
      """
      name: measured
      photos: {folder: FOLDER/photos, validation: 0.25, shorter-side: 64, memory: 0.1}
      truth:
        - {data: FOLDER/data, sets: [rooms], share: 0.5, validation: 0.3, rough-edges: true}
        - {data: FOLDER/data, sets: [maps], share: 0.25, validation: 0}
      teacher: {name: cached, labels: FOLDER/labels}
      stages: [{size: 32, batch: 4, steps: 6}]
      losses: {ssi: 1, multi-scale-gradient: 1, relative-depth: 1}
      optimizer: {rate: 0.002, warm-up: 2}
      native-size: 64
      average: 0.9
      validate-every: 3
      checkpoint-every: 3
      """;

  @TempDir static Path folder;

  /** Six rooms with depth in millimetres, of which a strip is unknown, and three disparity maps. */
  @BeforeAll
  static void write() throws IOException {
    SmallRun.photos(folder.resolve("photos"), 8);
    Path data = folder.resolve("data");
    for (String set : List.of("rooms", "maps")) {
      Files.createDirectories(data.resolve(set).resolve("rgb"));
      Files.createDirectories(data.resolve(set).resolve("depth"));
    }
    SceneRenderer renderer = new SceneRenderer(96, 80, 1);
    for (int i = 0; i < 9; i++) {
      RenderedScene scene = renderer.render(Scene.of(Scene.Kind.ROOM, i));
      Path set = data.resolve(i < 6 ? "rooms" : "maps");
      ImageFiles.writePng(scene.image(), set.resolve("rgb").resolve(i + ".png"));
      char[] stored = new char[96 * 80];
      for (int p = 0; p < stored.length; p++) {
        float metres = scene.depthMetres().data()[p];
        stored[p] = (char) (i < 6 ? Math.min(65535, 1000 * metres) : 1 + 20000 / (1 + metres));
        if (p % 96 < 10) {
          stored[p] = 0;
        }
      }
      GreyImage.write(new GreyImage(96, 80, 16, stored), set.resolve("depth").resolve(i + ".png"));
    }
    Files.writeString(
        data.resolve("eval.json"),
        """
        {"format": 1, "sets": [
          {"name": "rooms", "kind": "depth_mm16", "rgb": "rooms/rgb", "depth": "rooms/depth"},
          {"name": "maps", "kind": "disparity16", "rgb": "maps/rgb", "depth": "maps/depth"}]}
        """);
  }

  private static Recipe recipe(String... replacements) {
    String text = RECIPE.replace("FOLDER", folder.toString().replace('\\', '/'));
    for (int i = 0; i < replacements.length; i += 2) {
      assertThat(text).contains(replacements[i]);
      text = text.replace(replacements[i], replacements[i + 1]);
    }
    return RecipeFile.parse(text, "a test");
  }

  private static TrainingData open(Recipe recipe) {
    TrainingData data = TrainingData.of(withLabels(recipe), folder.resolve("run"));
    return data;
  }

  /** Its teacher would need labels; the truth needs none. */
  private static Recipe withLabels(Recipe recipe) {
    try {
      Files.createDirectories(folder.resolve("labels"));
      Files.writeString(
          folder.resolve("labels").resolve("labels.json"),
          """
          {"teacher": "none", "teacher-hash": "00", "shorter-side": 64, "format": "PNG16", "features": []}
          """);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return recipe;
  }

  private static final String TRUTH_ONLY = "photos: {shorter-side: 64, memory: 0.1}";

  private static Recipe truthOnly() {
    Recipe whole = recipe();
    return recipe(
        "photos: {folder: "
            + whole.photos().folder()
            + ", validation: 0.25, shorter-side: 64, memory: 0.1}",
        TRUTH_ONLY,
        "share: 0.25",
        "share: 0.5",
        "teacher: {name: cached, labels: " + folder.toString().replace('\\', '/') + "/labels}",
        "teacher: {name: scenes}");
  }

  @Test
  void batchesHaveEachSetsShareAndWhatIsKnownOfIt() {
    TrainingData data = open(truthOnly());
    assertThat(data.sources()).hasSize(2);
    BatchMaker maker = new BatchMaker(data, false, truthOnly());
    int holes = 0;
    int rough = 0;
    int absolute = 0;
    for (int i = 0; i < 25; i++) {
      Batch batch = maker.make(i, 4L * i, truthOnly().stage(0));
      for (int n = 0; n < 4; n++) {
        rough += batch.roughEdges()[n] ? 1 : 0;
        absolute += Float.isNaN(batch.infinity()[n]) ? 0 : 1;
        assertThat(batch.infinity()[n] <= 0 || Float.isNaN(batch.infinity()[n])).isTrue();
      }
      holes += batch.holes() ? 1 : 0;
    }
    assertThat(holes).isPositive();
    assertThat(rough).isEqualTo(50);
    assertThat(absolute).isEqualTo(50);
  }

  @Test
  void aRunFromWeightsSaysWhatItGained() {
    Path first = folder.resolve("first");
    Distillation.run(truthOnly(), first, DistillationListener.NONE, 1);
    Recipe again = recipeFrom(first.resolve("measured.safetensors"));
    List<TrainingListener.Validation> validations = new ArrayList<>();
    List<String> said = new ArrayList<>();
    Distillation.run(
        again,
        folder.resolve("second"),
        new DistillationListener() {
          @Override
          public void validated(Validation validation) {
            validations.add(validation);
          }

          @Override
          public void logged(String line) {
            said.add(line);
          }
        },
        1);
    assertThat(validations)
        .extracting(TrainingListener.Validation::step)
        .containsExactly(0L, 3L, 6L);
    for (TrainingListener.Validation one : validations) {
      assertThat(one.loss()).isFinite().isPositive();
      assertThat(one.truth().get(0).name()).isEqualTo("rooms");
      assertThat(one.truth().get(0).error()).isFinite().isPositive();
      assertThat(one.truth().get(1).pictures()).isZero();
    }
    assertThat(said)
        .anyMatch(line -> line.matches("the held-out loss: (better|worse) than at the start.*"))
        .anyMatch(line -> line.startsWith("the error on held-out pictures of rooms: "));
    assertThat(InitialWeights.of(again).metadata().get("delta.provenance"))
        .contains("\"truth\":[{\"sets\":\"rooms\",\"pictures\":")
        .doesNotContain(folder.toString());
  }

  private static Recipe recipeFrom(Path weights) {
    String yaml = truthOnly().toYaml();
    return RecipeFile.parse(
        yaml.replace("start: []", "start: " + weights.toString().replace('\\', '/')), "a test");
  }

  @Test
  void aPlanTrainsNothing() throws IOException {
    Path run = folder.resolve("planned");
    Plan plan = Distillation.plan(truthOnly(), run, 1);
    assertThat(plan.pictures()).contains("rooms", "50 % of the crops", "teacher measured depth");
    assertThat(plan.steps()).isEqualTo(6);
    assertThat(plan.crops()).isEqualTo(24);
    assertThat(plan.seconds()).isPositive();
    assertThat(plan.bytes()).isBetween(40_000_000L, 100_000_000L);
    assertThat(ImageFiles.read(plan.sheet()).width()).isGreaterThan(2 * 300);
    assertThat(run.resolve("checkpoint")).doesNotExist();
    assertThat(run.resolve("recipe.yaml")).as("that of a run there stays").doesNotExist();
  }

  @Test
  void aRunFolderMayHoldMoreScenesThanItsRecipeWantsAndLackSome() throws IOException {
    Recipe many =
        recipe(
            "photos: {folder: " + recipe().photos().folder(),
            "photos: {scenes: 5, scene-height: 64, folder: " + recipe().photos().folder());
    Path run = folder.resolve("scenes");
    int photos = TrainingData.of(withLabels(many), run).count();
    Recipe few = RecipeFile.parse(many.toYaml().replace("scenes: 5", "scenes: 2"), "a test");
    Files.delete(run.resolve("scenes/photos/scene-00001.png"));
    TrainingData data = TrainingData.of(few, run);
    assertThat(photos - data.count()).isBetween(1, 3);
    for (int i = 0; i < data.photos().training().count(); i++) {
      if (data.photos().training().source(i).contains("scene-")) {
        assertThat(data.supervision().map(data.photos().training().whole(i).orElseThrow()).height())
            .isEqualTo(64);
      }
    }
  }

  /** In Egypt, formatted numbers have digits of their own. */
  @Test
  void filesHaveTheSameNamesEverywhere() {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      Path run = folder.resolve("egypt");
      Recipe one =
          recipe(
              "photos: {folder: " + recipe().photos().folder(),
              "photos: {scenes: 1, scene-height: 64, folder: " + recipe().photos().folder());
      assertThat(TrainingData.of(withLabels(one), run).description()).matches("[ -~\\n]+");
      assertThat(run.resolve("scenes/photos/scene-00000.png")).exists();
      assertThat(new RunFolder(run).sheet(40)).hasFileName("step-000040.jpg");
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }

  @Test
  void scenesMayHaveAShareOfTheirOwn() {
    Recipe shared =
        recipe(
            "photos: {folder: " + recipe().photos().folder(),
            "photos: {scenes: 5, scene-height: 64, scene-share: 0.05, folder: "
                + recipe().photos().folder());
    TrainingData data = TrainingData.of(withLabels(shared), folder.resolve("shared"));
    List<TrainingData.Source> sources = data.sources();
    assertThat(sources.stream().mapToDouble(TrainingData.Source::share).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(sources.get(1).pictures().training().count()).isEqualTo(5);
    assertThat(sources.get(1).share()).isEqualTo(0.05);
    assertThat(data.description())
        .contains("scenes: 5 training and 0 held-out pictures, 5 % of the crops");
    for (int i = 0; i < data.photos().training().count(); i++) {
      assertThat(data.photos().training().source(i)).doesNotContain("scene-");
    }
  }

  @Test
  void wrongNamesAndMissingDataAreNamed() {
    assertThatThrownBy(() -> open(recipe("sets: [rooms]", "sets: [roms]")))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("roms")
        .hasMessageContaining("rooms, maps");
    assertThatThrownBy(() -> open(recipe("/data, sets: [rooms]", "/nowhere, sets: [rooms]")))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("nowhere does not exist");
  }

  @Test
  void depthInMetresIsKnownUpToItsScale() {
    TrainingData data = open(truthOnly());
    DepthMap map =
        data.supervision().map(data.truth().get(0).pictures().training().whole(0).orElseThrow());
    float[] values = map.data();
    assertThat(values[0]).as("the unknown strip").isNaN();
    assertThat(values[values.length - 1]).as("1/m").isBetween(0.05f, 5f);
  }
}
