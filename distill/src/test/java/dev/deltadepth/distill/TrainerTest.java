package dev.deltadepth.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.nn.OnnxExporter.Form;
import dev.deltadepth.nn.Safetensors;
import dev.deltadepth.nn.Weights;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainerTest {

  private static final int STEPS = 60;

  @TempDir static Path folder;
  private Path photos;
  private Path run;
  private Trainer.Result result;
  private final List<Double> losses = new ArrayList<>();

  /** One run for all the tests that look at what a run leaves behind. */
  @BeforeAll
  void train() throws IOException {
    photos = SmallRun.photos(folder.resolve("photos"), 12);
    run = folder.resolve("run");
    Recipe recipe =
        SmallRun.recipe(
            STEPS,
            50,
            Recipe.Precision.FP32,
            Map.of("ssi", 1.0, "l1", 1.0, "features-normalized", 0.2));
    result = SmallRun.train(recipe, photos, run, 1, step -> losses.add(step.terms().get("ssi")));
  }

  @Test
  void theLossFalls() {
    assertThat(mean(losses.subList(STEPS - 10, STEPS)))
        .isLessThan(0.8 * mean(losses.subList(0, 10)));
    assertThat(result.skipped()).isZero();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  @Test
  void tablesHoldTheirRows() throws IOException {
    List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
    assertThat(metrics.get(0))
        .isEqualTo("step,size,rate,images_per_second,loss,features-normalized,l1,ssi");
    assertThat(metrics).hasSize(1 + STEPS / 20);
    assertThat(metrics.get(3)).startsWith(STEPS + ",32,");
    List<String> validations = Files.readAllLines(run.resolve("validation.csv"));
    assertThat(validations.get(0)).isEqualTo("step,photos,loss,ssi,pearson");
    assertThat(validations).hasSize(1 + STEPS / 10);
    int heldOut = SmallRun.split(photos).validation().count();
    assertThat(heldOut).as("photos held out, so that the test says something").isPositive();
    assertThat(validations.get(1)).startsWith("10," + heldOut + ",");
  }

  @Test
  void theRunSaysWhatItsWeightsCameFrom() throws IOException {
    JsonNode provenance =
        JsonMapper.builder()
            .build()
            .readTree(result.weights().metadata().get(ModelMetadata.PROVENANCE));
    Photos training = SmallRun.split(photos).training();
    assertThat(provenance.get("recipe").get("name").asText()).isEqualTo("small");
    assertThat(provenance.get("recipe").get("losses").get("features-normalized").asDouble())
        .isEqualTo(0.2);
    assertThat(provenance.get("photos").asInt()).isEqualTo(training.count());
    assertThat(provenance.get("photos-hash").asText()).isEqualTo(training.contentHash());
    assertThat(provenance.get("teacher").asText()).isEqualTo("plain");
    assertThat(provenance.get("teacher-hash").asText()).isEqualTo("0f".repeat(32));
    assertThat(provenance.get("steps").asLong()).isEqualTo(STEPS);
    assertThat(provenance.get("crops").asLong()).isEqualTo(4 * STEPS);
    assertThat(provenance.get("hours").asDouble())
        .isCloseTo(result.seconds() / 3600, within(0.006));
    assertThat(Recipe.read(run.resolve("recipe.yaml")).withoutPaths().toJson())
        .isEqualTo(provenance.get("recipe").toString());
  }

  @Test
  void adaptersAreTrainedAndNotPartOfTheResult() {
    assertThat(ModelExport.read(run).names()).contains("adapter.8.weight", "adapter.8.bias");
    assertThat(result.weights().names()).noneMatch(name -> name.startsWith("adapter"));
  }

  @Test
  void frozenWeightsStayAsTheyAre() {
    Trainer.Result frozen = frozen("encoder.stem, encoder.stages.0.");
    List<String> changed = SmallRun.differences(result.weights(), frozen.weights());
    assertThat(changed)
        .contains("encoder.stages.1.0.conv1_1x1.conv.weight", "decoder.head.out.bias")
        .contains("encoder.stages.1.0.conv1_1x1.bn.running_mean")
        .noneMatch(name -> name.startsWith("encoder.stem"))
        .noneMatch(name -> name.startsWith("encoder.stages.0."));
    assertThat(result.weights().names()).anyMatch(name -> name.startsWith("encoder.stages.0."));
    assertThatThrownBy(() -> frozen("encoder.step"))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("frozen names encoder.step");
  }

  @Test
  void runningStatisticsStayWhereNormalisationsGoByThem() {
    Trainer.Result running = more("running", "statistics: running", "warm-up: 0");
    assertThat(SmallRun.differences(result.weights(), running.weights()))
        .contains("encoder.stem.conv.weight", "encoder.stem.bn.weight")
        .noneMatch(name -> name.contains(".running_"));
    Trainer.Result batch = more("batch", "statistics: batch", "warm-up: 0");
    assertThat(SmallRun.differences(running.weights(), batch.weights()))
        .contains("encoder.stem.conv.weight", "encoder.stem.bn.running_mean");
  }

  private Trainer.Result frozen(String names) {
    return more(names, "labels: 0", "warm-up: 0, frozen: [%s]".formatted(names));
  }

  /** Three steps from the weights of the run with a key of the stage and one of the optimizer. */
  private Trainer.Result more(String run, String ofStage, String ofOptimizer) {
    Recipe recipe =
        SmallRun.recipe(
            """
            start: weights.safetensors
            stages: [{size: 32, batch: 4, steps: 3, %s}]
            losses: {ssi: 1}
            optimizer: {rate: 0.002, %s}
            """
                .formatted(ofStage, ofOptimizer));
    return new Trainer(
            recipe,
            result.weights(),
            SmallRun.split(photos),
            PlainTeacher.withNativeSize(32),
            folder.resolve(run),
            SmallRun.listening(step -> {}))
        .train(1);
  }

  @Test
  void aRunAndAFileOfItsWeightsGiveTheSameModel() throws IOException {
    Path file = folder.resolve("small.safetensors");
    Safetensors.write(result.weights(), file);
    byte[] ofRun = ModelExport.onnx(ModelExport.read(run), "small", 64, Form.defaults());
    byte[] ofFile = ModelExport.onnx(ModelExport.read(file), "small", 64, Form.defaults());
    Path model = folder.resolve("small.onnx");
    Files.write(model, ofFile);
    RgbImage photo = ImageFiles.read(photos.resolve("photo-00.jpg"));
    try (DepthEstimator estimator =
        DepthEstimator.open(model, EstimatorOptions.defaults().withThreads(1))) {
      assertThat(estimator.description().name()).isEqualTo("small");
      assertThat(estimator.description().size().shorterSide()).isEqualTo(64);
      assertThat(estimator.description().size().multiple()).isEqualTo(32);
      DepthMap map = estimator.estimate(photo);
      assertThat(map.width()).isEqualTo(96);
      assertThat(map.height()).isEqualTo(80);
      for (float value : map.data()) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
    assertThat(ofRun).isEqualTo(ofFile);
  }

  @Test
  void aFolderWithoutACheckpointIsNoModel() {
    assertThatThrownBy(() -> ModelExport.read(photos))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining(photos.toString())
        .hasMessageContaining("no checkpoint");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void memoryStaysFlatOverAThousandSteps() throws IOException {
    Path longer = folder.resolve("longer");
    List<Long> resident = new ArrayList<>();
    List<Long> heap = new ArrayList<>();
    SmallRun.train(
        SmallRun.recipe(
            """
            student: mobilenetv3-large-plain
            stages: [{size: 32, batch: 1, steps: 1100}]
            losses: {ssi: 1, features-normalized: 0.2, attention: 0.2}
            augmentation: {blur: 0.2, noise: 0.2, low-light: 0.2, jpeg: 0.2}
            checkpoint-every: 1000
            validate-every: 500
            """),
        photos,
        longer,
        1,
        step -> {
          if (step.step() == 100 || step.step() == 1100) {
            System.gc();
            resident.add(Pointer.physicalBytes());
            heap.add(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
          }
        });
    // A step that kept its activations or gradients would keep megabytes: gigabytes in all.
    assertThat(resident.get(1) - resident.get(0)).isLessThan(150L << 20);
    assertThat(heap.get(1) - heap.get(0)).isLessThan(20L << 20);
  }

  @Test
  void whereTheTeacherKnowsNothingNothingIsLearned() {
    List<Double> found = new ArrayList<>();
    Trainer.Result trained =
        SmallRun.train(
            SmallRun.recipe(
                """
                stages: [{size: 32, batch: 4, steps: 6}]
                losses: {silog: 1, gradient: 1, ssi: 1, ssim: 1, l1-trimmed: 1}
                checkpoint-every: 10
                """),
            photos,
            folder.resolve("holes"),
            1,
            PlainTeacher.withHoles(),
            step -> found.add(step.loss()));
    assertThat(trained.skipped()).isZero();
    assertThat(found).hasSize(6).allMatch(Double::isFinite);
    assertThat(trained.validation().orElseThrow().ssi()).isFinite();
  }

  @Test
  void aRunThatDoesNotImproveEndsEarlyWithItsBestWeights() throws IOException {
    // At this rate it gets worse at once.
    Recipe recipe =
        SmallRun.recipe(
            """
            stages: [{size: 32, batch: 2, steps: 60}]
            losses: {l1: 1}
            optimizer: {rate: 1, weight-decay: 0, warm-up: 0, clip: 1000000, name: sgd}
            average: 0
            keep: best
            early-stopping: 2
            validate-every: 2
            checkpoint-every: 50
            """);
    Path early = folder.resolve("early");
    Trainer.Result trained = SmallRun.train(recipe, photos, early, 1, s -> {});
    assertThat(trained.steps()).isLessThan(60);
    assertThat(Files.readString(early.resolve("log.txt"))).contains("stopped early");
    assertThat(trained.validation().orElseThrow().loss())
        .as("the smallest of all")
        .isCloseTo(smallestLoss(early), within(1e-6));
    Trainer.Result again = SmallRun.train(recipe, photos, early, 1, s -> {});
    assertThat(again.steps()).as("it stays ended").isEqualTo(trained.steps());
  }

  private static double smallestLoss(Path run) throws IOException {
    List<String> rows = Files.readAllLines(run.resolve("validation.csv"));
    return rows.subList(1, rows.size()).stream()
        .mapToDouble(row -> Double.parseDouble(row.split(",")[2]))
        .filter(Double::isFinite)
        .min()
        .orElseThrow();
  }

  @Test
  void aRunFolderSaysEverything() throws IOException {
    for (String name :
        List.of(
            "recipe.yaml",
            "metrics.csv",
            "validation.csv",
            "loss.png",
            "rate.png",
            "log.txt",
            "provenance.json",
            "model-card.md",
            "best.safetensors",
            "maps/step-000060.jpg")) {
      assertThat(run.resolve(name)).isNotEmptyFile();
    }
    assertThat(ImageFiles.read(run.resolve("loss.png")).width()).isEqualTo(900);
    int heldOut = SmallRun.split(photos).validation().count();
    assertThat(ImageFiles.read(run.resolve("maps/step-000060.jpg")).height())
        .isEqualTo(180 * heldOut);
    String card = Files.readString(run.resolve("model-card.md"));
    assertThat(card).contains("# small", "mobilevit-xs", "plain, SHA-256 0f0f", "seed | 7");
    String provenance = Files.readString(run.resolve("provenance.json"));
    assertThat(provenance)
        .contains("\"commit\"", "\"pytorch\"", "\"processors\"")
        .doesNotContain(folder.toString());
  }

  @Test
  void twoThreadsSeeTheSameBatchAndNearlyTheSameLoss() {
    // Every share normalises by its own statistics, so that the losses are near, not equal.
    List<Double> one = firstLosses("one-thread", 1);
    List<Double> two = firstLosses("two-threads", 2);
    assertThat(two.get(0)).isCloseTo(one.get(0), within(0.3 * one.get(0)));
    assertThat(two).allMatch(Double::isFinite);
  }

  private List<Double> firstLosses(String name, int threads) {
    List<Double> found = new ArrayList<>();
    SmallRun.train(
        SmallRun.recipe(3, 10), photos, folder.resolve(name), threads, s -> found.add(s.loss()));
    return found;
  }

  @Test
  void bfloat16TrainsToo() {
    List<Double> found = new ArrayList<>();
    Recipe recipe =
        SmallRun.recipe(
            4,
            10,
            Recipe.Precision.BF16,
            Map.of("ssi", 1.0, "multi-scale-gradient", 0.5, "features-normalized", 1.0));
    Weights weights =
        SmallRun.train(recipe, photos, folder.resolve("bf16"), 1, s -> found.add(s.loss()))
            .weights();
    assertThat(found).hasSize(4).allMatch(Double::isFinite);
    for (String name : weights.names()) {
      for (float value : weights.get(name).data()) {
        assertThat(Float.isFinite(value)).as(name).isTrue();
      }
    }
  }

  @Test
  void labelsThatAreNotNumbersEndTheRun() {
    Path broken = folder.resolve("broken");
    List<Long> steps = new ArrayList<>();
    assertThatThrownBy(
            () ->
                SmallRun.train(
                    SmallRun.recipe(60, 10),
                    photos,
                    broken,
                    1,
                    PlainTeacher.broken(),
                    s -> steps.add(s.step())))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("not been finite for 25 steps");
    assertThat(steps).hasSize(24);
    Weights kept = ModelExport.read(broken);
    for (String name : kept.names()) {
      for (float value : kept.get(name).data()) {
        assertThat(Float.isFinite(value)).as(name).isTrue();
      }
    }
  }

  @Test
  void unreadablePhotosAreNamedOnceAndLeftOut() throws IOException {
    Path mixed = SmallRun.photos(folder.resolve("mixed"), 6);
    for (int i = 0; i < 4; i++) {
      Files.writeString(mixed.resolve("torn-" + i + ".jpg"), "this is not a picture " + i);
    }
    Trainer.Result trained =
        SmallRun.train(SmallRun.recipe(6, 10), mixed, folder.resolve("left-out"), 1, s -> {});
    assertThat(trained.unreadable()).hasSize(4).doesNotHaveDuplicates();
    assertThat(trained.unreadable()).allMatch(message -> message.contains("torn-"));
    assertThat(trained.skipped()).isZero();
  }

  @Test
  void aFolderOfUnreadablePhotosOnlyIsAClearError() throws IOException {
    Path torn = Files.createDirectory(folder.resolve("torn"));
    for (int i = 0; i < 6; i++) {
      Files.writeString(torn.resolve("torn-" + i + ".jpg"), "this is not a picture " + i);
    }
    assertThatThrownBy(
            () -> SmallRun.train(SmallRun.recipe(6, 10), torn, folder.resolve("none"), 1, s -> {}))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("none can be decoded")
        .hasMessageContaining("torn-");
  }
}
