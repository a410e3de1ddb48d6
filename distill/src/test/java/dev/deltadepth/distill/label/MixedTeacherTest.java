package dev.deltadepth.distill.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.Alignment;
import dev.deltadepth.distill.PlainTeacher;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MixedTeacherTest {
  private static final int HEIGHT = 64;
  private static final int WIDTH = 96;

  /**
   * One that believes that what is to the right is nearer, up to some columns it says nothing of.
   */
  private record Slanted(int unknown) implements Teacher {
    @Override
    public String name() {
      return "slanted";
    }

    @Override
    public String contentHash() {
      return "a0".repeat(32);
    }

    @Override
    public int multiple() {
      return 32;
    }

    @Override
    public int nativeSize() {
      return 64;
    }

    @Override
    public List<Feature> features() {
      return List.of();
    }

    @Override
    public Labels label(float[] rgb, int batch, int height, int width) {
      float[] map = new float[batch * height * width];
      for (int i = 0; i < map.length; i++) {
        map[i] = i % width < unknown ? Float.NaN : (i % width) / (float) width;
      }
      return new Labels(map, List.of());
    }

    @Override
    public void close() {}
  }

  private static float[] pictures(int count) {
    float[] rgb = new float[count * 3 * HEIGHT * WIDTH];
    Random random = new Random(2);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextFloat();
    }
    return rgb;
  }

  private static float[] labels(Teacher teacher, int count) {
    return teacher.label(pictures(count), count, HEIGHT, WIDTH).disparity();
  }

  @Test
  void aSpecialistThatIsSureHasItsShare() {
    Teacher specialist = PlainTeacher.withNativeSize(HEIGHT);
    float[] mixed = labels(MixedTeacher.of(new Slanted(0), specialist, 0.6), 2);
    float[] general = labels(new Slanted(0), 2);
    float[] special = labels(specialist, 2);
    int pixels = HEIGHT * WIDTH;
    for (int n = 0; n < 2; n++) {
      float[] one = Arrays.copyOfRange(special, n * pixels, (n + 1) * pixels);
      float[] other = Arrays.copyOfRange(general, n * pixels, (n + 1) * pixels);
      boolean[] all = new boolean[pixels];
      Arrays.fill(all, true);
      Alignment aligned = Alignment.leastSquares(one, other, all);
      for (int i = 0; i < pixels; i++) {
        float expected = (float) (0.4 * other[i] + 0.6 * aligned.apply(one[i]));
        assertThat(mixed[n * pixels + i]).isCloseTo(expected, within(1e-5f));
      }
    }
  }

  @Test
  void oneThatIsNotSureHasNone() {
    Teacher plain = PlainTeacher.withNativeSize(HEIGHT);
    for (Teacher specialist : List.of(new Slanted(0), new Slanted(WIDTH / 4), new Slanted(WIDTH))) {
      assertThat(labels(MixedTeacher.of(plain, specialist, 1), 1)).isEqualTo(labels(plain, 1));
    }
  }

  @Test
  void whatTheOtherTeacherDoesNotKnowStaysUnknown() {
    float[] mixed =
        labels(MixedTeacher.of(new Slanted(10), PlainTeacher.withNativeSize(HEIGHT), 0.5), 1);
    for (int i = 0; i < mixed.length; i++) {
      assertThat(Float.isNaN(mixed[i])).isEqualTo(i % WIDTH < 10);
    }
  }

  @Test
  void theSpecialistSeesPicturesAtItsOwnSize() {
    Teacher plain = PlainTeacher.withNativeSize(HEIGHT);
    float[] mixed = labels(MixedTeacher.of(plain, PlainTeacher.withNativeSize(32), 1), 1);
    float[] fine = labels(plain, 1);
    // Coarser, and otherwise the same.
    assertThat(mixed).isNotEqualTo(fine);
    for (int i = 0; i < mixed.length; i++) {
      assertThat(mixed[i]).isCloseTo(fine[i], within(0.5f));
    }
  }

  @Test
  void itIsKnownByBoth() {
    Teacher plain = PlainTeacher.withNativeSize(HEIGHT);
    MixedTeacher mixed = MixedTeacher.of(plain, new Slanted(0), 0.5);
    assertThat(mixed.name()).isEqualTo("plain with 0.5 of slanted");
    assertThat(mixed.contentHash())
        .isNotEqualTo(plain.contentHash())
        .isNotEqualTo(MixedTeacher.of(new Slanted(0), plain, 0.5).contentHash());
    assertThat(mixed.features()).isEqualTo(plain.features());
    assertThat(mixed.nativeSize()).isEqualTo(HEIGHT);
    assertThat(mixed.multiple()).isEqualTo(plain.multiple());
  }
}
