package dev.deltadepth.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.run.TrainingListener;
import dev.deltadepth.nn.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumptionTest {

  private static final int STEPS = 13;
  private static final int CHECKPOINT_EVERY = 4;
  private static final Recipe RECIPE = SmallRun.recipe(STEPS, CHECKPOINT_EVERY);

  @TempDir static Path folder;
  private Path photos;
  private Weights uninterrupted;

  @BeforeAll
  void trainWithoutInterruption() throws IOException {
    photos = SmallRun.photos(folder.resolve("photos"), 12);
    uninterrupted = SmallRun.train(RECIPE, photos, folder.resolve("whole"), 1, s -> {}).weights();
  }

  private static void interruptAt(long last, TrainingListener.Step step) {
    if (step.step() == last) {
      throw new IllegalStateException("interrupted");
    }
  }

  /** A run that ended after a step between two checkpoints. */
  private Path interrupted(String name, long step) {
    Path run = folder.resolve(name);
    assertThatThrownBy(() -> SmallRun.train(RECIPE, photos, run, 1, s -> interruptAt(step, s)))
        .hasMessage("interrupted");
    return run;
  }

  private void goesOnToTheSameWeights(Path run) {
    Weights resumed = SmallRun.train(RECIPE, photos, run, 1, s -> {}).weights();
    assertThat(SmallRun.differences(resumed, uninterrupted)).isEmpty();
  }

  @Test
  void aRunThatWasInterruptedReachesTheSameWeights() {
    goesOnToTheSameWeights(interrupted("interrupted", 6));
  }

  @Test
  void aRunThatWasInterruptedBeforeItsFirstCheckpointBeginsAgain() {
    goesOnToTheSameWeights(interrupted("early", 2));
  }

  @Test
  void aRunThatWasKilledBetweenTheTwoRenamesOfACheckpointGoesOn() throws IOException {
    Path run = interrupted("renamed", 10);
    Path old = run.resolve("checkpoint.old");
    if (Files.exists(old)) {
      try (Stream<Path> files = Files.list(old)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(old);
    }
    Files.move(run.resolve("checkpoint"), old);
    Path half = Files.createDirectory(run.resolve("checkpoint.new"));
    Files.write(half.resolve("weights.safetensors"), new byte[] {1, 2, 3});
    goesOnToTheSameWeights(run);
    assertThat(run.resolve("checkpoint")).isDirectory();
    assertThat(run.resolve("checkpoint.new")).doesNotExist();
  }

  @Test
  void aFinishedRunOnlyGivesItsWeightsAgain() {
    Path run = folder.resolve("finished");
    SmallRun.train(RECIPE, photos, run, 1, s -> {});
    Weights again = SmallRun.train(RECIPE, photos, run, 1, s -> interruptAt(s.step(), s)).weights();
    assertThat(SmallRun.differences(again, uninterrupted)).isEmpty();
  }

  @Test
  void aProcessKilledAtAnyMomentGoesOnToTheSameWeights() throws Exception {
    Path run = folder.resolve("killed");
    Random random = new Random(11);
    for (int kill = 0; kill < 3; kill++) {
      long reached = Checkpointed.steps(run);
      Process process = Checkpointed.start(photos, run);
      try {
        // Another checkpoint is at work about as long as it is not: the moment is left to chance.
        while (process.isAlive() && Checkpointed.steps(run) < reached + 2) {
          Thread.sleep(20);
        }
        Thread.sleep(random.nextInt(300));
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
    assertThat(Checkpointed.steps(run)).as("steps before the last kill").isGreaterThan(0);
    Weights resumed = SmallRun.train(Checkpointed.RECIPE, photos, run, 1, s -> {}).weights();
    Weights whole =
        SmallRun.train(Checkpointed.RECIPE, photos, folder.resolve("unkilled"), 1, s -> {})
            .weights();
    assertThat(SmallRun.differences(resumed, whole)).isEmpty();
  }

  @Test
  void aFinishedRunCanBeExtendedAndSavedAtAnotherRhythm() throws IOException {
    Path run = folder.resolve("extended");
    SmallRun.train(RECIPE, photos, run, 1, s -> {});
    List<Long> steps = new java.util.ArrayList<>();
    SmallRun.train(SmallRun.recipe(STEPS + 5, 3), photos, run, 1, s -> steps.add(s.step()));
    assertThat(steps).containsExactly(14L, 15L, 16L, 17L, 18L);
    assertThat(Files.readString(run.resolve("recipe.yaml"))).contains("steps: " + (STEPS + 5));
    assertThatThrownBy(() -> SmallRun.train(RECIPE, photos, run, 1, s -> {}))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("stages");
  }

  @Test
  void whatDiffersIsNamedWhenARunIsRefused() {
    Path run = folder.resolve("differing");
    SmallRun.train(RECIPE, photos, run, 1, s -> {});
    Recipe other =
        SmallRun.recipe(
            """
            stages: [{size: 32, batch: 4, steps: 13}]
            losses: {ssi: 1, l1: 0.25}
            optimizer: {rate: 0.001, warm-up: 3}
            checkpoint-every: 4
            """);
    assertThatThrownBy(() -> SmallRun.train(other, photos, run, 1, s -> {}))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("another recipe: ")
        .hasMessageContaining("losses: l1")
        .hasMessageContaining("optimizer: rate")
        .hasMessageNotContaining("checkpoint-every");
  }

  @Test
  void tablesAreCutBackToTheCheckpoint() throws IOException {
    Recipe recipe = SmallRun.recipe(45, 15);
    Path run = folder.resolve("tables");
    assertThatThrownBy(() -> SmallRun.train(recipe, photos, run, 1, s -> interruptAt(44, s)))
        .hasMessage("interrupted");
    assertThat(steps(run.resolve("metrics.csv"))).containsExactly("step", "20", "40");
    assertThat(steps(run.resolve("validation.csv")))
        .containsExactly("step", "10", "20", "30", "40");
    SmallRun.train(recipe, photos, run, 1, s -> {});
    assertThat(steps(run.resolve("metrics.csv"))).containsExactly("step", "20", "40", "45");
    assertThat(steps(run.resolve("validation.csv")))
        .containsExactly("step", "10", "20", "30", "40", "45");
  }

  private static List<String> steps(Path table) throws IOException {
    return Files.readAllLines(table).stream().map(l -> l.substring(0, l.indexOf(','))).toList();
  }

  @Test
  void anotherRecipeInTheSameFolderIsRefusedAndChangesNothing() throws IOException {
    Path run = interrupted("refused", 6);
    String before = Files.readString(run.resolve("recipe.yaml"));
    Recipe other =
        SmallRun.recipe(
            STEPS, CHECKPOINT_EVERY, Recipe.Precision.FP32, Map.of("ssi", 2.0, "l1", 0.5));
    assertThatThrownBy(() -> SmallRun.train(other, photos, run, 1, s -> {}))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("started with another recipe: losses: ssi")
        .hasMessageContaining(run.toString());
    assertThat(run.resolve("recipe.yaml")).hasContent(before);
  }
}
