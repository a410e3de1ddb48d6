package dev.deltadepth.nn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.Parameter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NarrowingTest {
  private static final String FUSE = "decoder.fuse.0.conv.weight";

  private static Weights weights(int... shape) {
    int count = 1;
    for (int side : shape) {
      count *= side;
    }
    float[] data = new float[count];
    for (int i = 0; i < count; i++) {
      data[i] = i;
    }
    return Weights.of(Map.of(FUSE, new FloatArray(shape, data)));
  }

  private static List<Parameter> narrow(Integer... shape) {
    return List.of(new Parameter(FUSE, List.of(shape), Parameter.Role.CONV_WEIGHT));
  }

  /** Four channels of the decoder and six of the encoder become two and two. */
  @Test
  void channelsAreTakenFromBothMapsThatAFusionJoins() {
    FloatArray kernel = Narrowing.narrow(weights(4, 10, 1, 2), narrow(2, 4, 1, 2)).get(FUSE);
    assertThat(kernel.shape()).containsExactly(2, 4, 1, 2);
    // Rows 0 and 2; columns 0 and 2 of the decoder, 4 and 7 of the encoder; two values each.
    assertThat(kernel.data())
        .containsExactly(0, 1, 4, 5, 8, 9, 14, 15, 40, 41, 44, 45, 48, 49, 54, 55);
  }

  @Test
  void aStudentThatIsWiderSomewhereIsRefused() {
    assertThatThrownBy(() -> Narrowing.narrow(weights(4, 10, 1, 2), narrow(6, 8, 1, 2)))
        .isInstanceOf(NetworkException.class)
        .hasMessage(
            "cannot start from a student that is wider in some layers and narrower in others: "
                + FUSE
                + " has shape [4, 10, 1, 2], but must have [6, 8, 1, 2]");
  }
}
