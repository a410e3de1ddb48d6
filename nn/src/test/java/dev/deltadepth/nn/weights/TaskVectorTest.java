package dev.deltadepth.nn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.NetworkException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskVectorTest {
  private static final Weights OLD = Initializer.random(DepthNetwork.delta().parameters(), 1);
  private static final Weights NEW = Initializer.random(DepthNetwork.delta().parameters(), 2);

  @Test
  void theModelItselfBecomesTheNewOne() {
    Weights sum = TaskVector.add(OLD, OLD, NEW, 1);
    for (String name : NEW.names()) {
      float[] expected = NEW.get(name).data();
      float[] found = sum.get(name).data();
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i]).as(name).isCloseTo(expected[i], within(1e-5f));
      }
    }
  }

  @Test
  void nothingIsAddedAtScaleZeroOrWithoutADifference() {
    Weights nothing = TaskVector.add(NEW, OLD, OLD, 1);
    Weights none = TaskVector.add(NEW, OLD, NEW, 0);
    for (String name : NEW.names()) {
      assertThat(nothing.get(name).data()).as(name).isEqualTo(NEW.get(name).data());
      assertThat(none.get(name).data()).as(name).isEqualTo(NEW.get(name).data());
    }
  }

  private static Weights one(String name, float... values) {
    return Weights.of(Map.of(name, new FloatArray(new int[] {values.length}, values)));
  }

  @Test
  void variancesAreMultipliedAndStayPositive() {
    String name = "norm.running_var";
    Weights sum =
        TaskVector.add(one(name, 0.1f, 2, 3), one(name, 4, 1, 0), one(name, 1, 4, 5), 0.5);
    assertThat(sum.get(name).data()).containsExactly(new float[] {0.05f, 4, 3}, within(1e-6f));
  }

  @Test
  void otherShapesAreRefused() {
    assertThatThrownBy(() -> TaskVector.add(one("a", 1, 2), one("a", 1), one("a", 1), 1))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("to a: its shape is [2] in some weights and [1] in others");
    assertThatThrownBy(() -> TaskVector.add(one("a", 1), one("b", 1), one("a", 1), 1))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("'a'");
  }
}
