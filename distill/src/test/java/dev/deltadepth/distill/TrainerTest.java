package dev.deltadepth.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.export.ModelExport;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.runtime.ModelMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
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
    assertThat(validations.get(0)).isEqualTo("step,photos,loss,ssi,pearson,residual");
    assertThat(validations).hasSize(1 + STEPS / 10);
    RgbImage maps = ImageFiles.read(run.resolve("maps/step-000060.jpg"));
    assertThat(maps.width()).as("photo, teacher, student").isEqualTo(3 * 332 + 12);
    int heldOut = SmallRun.split(photos).validation().count();
    assertThat(maps.height()).isBetween(200 * heldOut, 400 * heldOut);
    assertThat(Files.readAllLines(run.resolve("held-out.txt")))
        .hasSize(heldOut)
        .allMatch(line -> Files.exists(Path.of(line)));
    String card = Files.readString(run.resolve("model-card.md"));
    assertThat(card).contains("# small", "mobilevit-xs", "plain, SHA-256 0f0f", "| 1 | 7 |");
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
    Recipe.Precision used = Autocast.here(Recipe.Precision.BF16);
    assertThat(weights.metadata().get(ModelMetadata.PROVENANCE))
        .contains("\"precision\":\"%s\",\"hours\"".formatted(used.name().toLowerCase(Locale.ROOT)));
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
        .hasMessageContaining("not finite for 25 steps");
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
        .hasMessageContaining("none of 4 photos can be read; the first: ")
        .hasMessageContaining("torn-");
  }
}
