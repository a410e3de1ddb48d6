package dev.deltadepth.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static final List<Integer> TASKS = IntStream.range(0, 200).boxed().toList();

  @Test
  void everyTaskIsDoneOnce() {
    List<Integer> done = Collections.synchronizedList(new ArrayList<>());
    Workers.run(4, TASKS, done::add);
    assertThat(done).containsExactlyInAnyOrderElementsOf(TASKS);
  }

  @Test
  void theFirstFailureInOrderIsThrownAndNoOtherTaskBegun() {
    Set<Integer> begun = ConcurrentHashMap.newKeySet();
    assertThatThrownBy(
            () ->
                Workers.run(
                    4,
                    TASKS,
                    task -> {
                      begun.add(task);
                      if (task >= 20) {
                        throw new EvaluationException("task " + task);
                      }
                    }))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("task 20");
    // The failed one, and at most one more that each other thread had taken already.
    assertThat(begun).hasSizeLessThanOrEqualTo(24);
  }

  @Test
  void tooLittleMemoryIsThrownAsItIs() {
    assertThatThrownBy(
            () ->
                Workers.run(
                    2,
                    TASKS,
                    task -> {
                      throw new OutOfMemoryError("no room");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
  }
}
