package dev.deltadepth.distill.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.nn.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

  @TempDir Path run;

  private static Weights weights(float value) {
    return Weights.of(Map.of("w", new FloatArray(new int[] {1}, new float[] {value})));
  }

  private static Checkpoint.State state(long step) {
    return new Checkpoint.State(step, "{}", "data", 1.5, 2, new Standing(0.25, step, 1, 1, 3));
  }

  private static void write(Path file) {
    try {
      Files.writeString(file, "optimizer");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(int step) {
    new Checkpoint(run).write(state(step), weights(step), weights(-step), CheckpointTest::write);
  }

  private long found() {
    return new Checkpoint(run).find().map(Checkpoint::state).orElseThrow().step();
  }

  @Test
  void theLastOneIsFound() {
    assertThat(new Checkpoint(run).find()).isEmpty();
    write(1);
    write(2);
    Path folder = new Checkpoint(run).find().orElseThrow();
    assertThat(Checkpoint.state(folder)).isEqualTo(state(2));
    assertThat(Checkpoint.weights(folder).get("w").data()).containsExactly(2);
    assertThat(Checkpoint.average(folder).get("w").data()).containsExactly(-2);
    assertThat(Checkpoint.optimizer(folder)).hasContent("optimizer");
    assertThat(Checkpoint.state(run.resolve("checkpoint.old")).step()).isEqualTo(1);
    assertThat(run.resolve("checkpoint.new")).doesNotExist();
  }

  @Test
  void theOldOneCountsBetweenTheTwoRenames() throws IOException {
    write(1);
    Files.move(run.resolve("checkpoint"), run.resolve("checkpoint.old"));
    assertThat(found()).isEqualTo(1);
    write(2);
    assertThat(found()).isEqualTo(2);
  }

  @Test
  void theOnlyWholeOneSurvivesAWriteThatFails() throws IOException {
    write(1);
    Files.move(run.resolve("checkpoint"), run.resolve("checkpoint.old"));
    assertThatThrownBy(
            () ->
                new Checkpoint(run)
                    .write(
                        state(2),
                        weights(2),
                        weights(2),
                        file -> {
                          throw new DistillException("the disk is full");
                        }))
        .hasMessage("the disk is full");
    assertThat(found()).isEqualTo(1);
  }

  @Test
  void aHalfWrittenOneDoesNotCount() throws IOException {
    Path fresh = Files.createDirectory(run.resolve("checkpoint.new"));
    Files.writeString(fresh.resolve("state.json"), "{}");
    assertThat(new Checkpoint(run).find()).isEmpty();
    write(3);
    assertThat(found()).isEqualTo(3);
    assertThat(fresh).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"state.json", "optimizer.pt", "weights.safetensors", "average.safetensors"})
  void theOneBeforeIsUsedIfTheLastIsDamaged(String name) throws IOException {
    write(1);
    write(2);
    Path file = run.resolve("checkpoint").resolve(name);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThat(found()).isEqualTo(1);
    assertThat(new Checkpoint(run).fault().orElseThrow())
        .endsWith("is damaged: " + name + " has changed");
    Files.delete(file);
    assertThat(found()).isEqualTo(1);
    assertThat(new Checkpoint(run).fault().orElseThrow())
        .endsWith("is incomplete: " + name + " is missing");
    write(3);
    assertThat(found()).isEqualTo(3);
    assertThat(Checkpoint.state(run.resolve("checkpoint.old")).step()).isEqualTo(1);
  }

  @Test
  void withoutACompleteOneTheFaultIsNamed() throws IOException {
    write(1);
    Files.writeString(run.resolve("checkpoint").resolve("state.json"), "{");
    assertThatThrownBy(this::found)
        .isInstanceOf(DistillException.class)
        .hasMessageContaining(run.resolve("checkpoint") + " is damaged: state.json has changed")
        .hasMessageContaining("choose another run folder");
  }

  @Test
  void aRunIsOfOneProcess() throws IOException {
    try (RunLock first = RunLock.take(run)) {
      assertThat(run.resolve("lock")).hasContent(Long.toString(ProcessHandle.current().pid()));
      assertThatThrownBy(() -> RunLock.take(run))
          .isInstanceOf(DistillException.class)
          .hasMessage(
              "%s is in use: process %d is training there; choose another run folder"
                  .formatted(run, ProcessHandle.current().pid()));
      assertThat(first).isNotNull();
    }
    RunLock.take(run).close();
  }
}
