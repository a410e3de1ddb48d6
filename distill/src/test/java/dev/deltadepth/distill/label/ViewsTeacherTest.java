package dev.deltadepth.distill.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.distill.PlainTeacher;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ViewsTeacherTest {

  private static float[] picture(int height, int width) {
    float[] rgb = new float[3 * height * width];
    Random random = new Random(1);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextFloat();
    }
    return rgb;
  }

  private static float[] mirrored(float[] values, int width) {
    float[] mirrored = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      mirrored[i] = values[i / width * width + width - 1 - i % width];
    }
    return mirrored;
  }

  @Test
  void oneScaleUnmirroredIsTheTeacherItself() {
    PlainTeacher teacher = PlainTeacher.withNativeSize(64);
    ViewsTeacher views = ViewsTeacher.of(teacher, List.of(1.0), false);
    float[] rgb = picture(64, 96);
    assertThat(views.label(rgb, 1, 64, 96).disparity())
        .isEqualTo(teacher.label(rgb, 1, 64, 96).disparity());
    assertThat(views.features()).isEqualTo(teacher.features());
    assertThat(views.nativeSize()).isEqualTo(64);
  }

  @Test
  void mirroringAPictureMirrorsItsMap() {
    ViewsTeacher views = ViewsTeacher.of(PlainTeacher.withNativeSize(64), List.of(1.0, 2.0), true);
    assertThat(views.nativeSize()).isEqualTo(128);
    float[] rgb = picture(128, 192);
    float[] map = views.label(rgb, 1, 128, 192).disparity();
    float[] other = views.label(mirrored(rgb, 192), 1, 128, 192).disparity();
    float[] back = mirrored(other, 192);
    for (int i = 0; i < map.length; i++) {
      assertThat(back[i]).isCloseTo(map[i], within(1e-4f));
    }
  }

  @Test
  void theLayoutIsTheCoarseScales() {
    // The plain teacher's map is a ramp from top to bottom with the picture's darkness on it.
    ViewsTeacher views = ViewsTeacher.of(PlainTeacher.withNativeSize(64), List.of(1.0, 2.0), false);
    float[] grey = new float[3 * 128 * 128];
    java.util.Arrays.fill(grey, 0.5f);
    float[] map = views.label(grey, 1, 128, 128).disparity();
    for (int y = 8; y < 120; y++) {
      assertThat(map[(y + 8) * 128 + 5]).isGreaterThan(map[y * 128 + 5]);
    }
  }
}
