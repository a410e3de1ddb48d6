package dev.deltadepth.distill.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.PlainTeacher;
import dev.deltadepth.distill.SmallRun;
import dev.deltadepth.distill.data.Window;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InformedTeacherTest {

  private static final int HEIGHT = 32;
  private static final int WIDTH = 48;

  @TempDir Path folder;
  private final PlainTeacher teacher = PlainTeacher.withNativeSize(32);
  private StoredLabels known = null;
  private InformedTeacher informed = null;
  private Window photo = null;
  private Window scene = null;

  @BeforeEach
  void renderAPhotoAndAScene() throws IOException {
    photo = window(SmallRun.photos(folder.resolve("photos"), 1).resolve("photo-00.jpg"));
    SceneFolder.render(folder, 1, 64);
    scene = window(SceneFolder.photos(folder).resolve("scene-00000.png"));
    known = StoredLabels.of(LabelFolder.open(SceneFolder.labels(folder)));
    informed = new InformedTeacher(teacher, known);
  }

  private static Window window(Path file) {
    RgbImage image = ImageFiles.read(file);
    return Window.whole(Sha256.of(file), image);
  }

  private static float[] maps(Labeller labeller, Window... windows) {
    return labeller.label(List.of(windows), HEIGHT, WIDTH).disparity();
  }

  @Test
  void saysWhatItWasToldAndAsksTheTeacherAboutTheRest() {
    float[] exact = maps(known, scene);
    float[] said = maps(teacher, photo);
    assertThat(maps(informed, photo, scene, photo)).containsExactly(joined(said, exact, said));
    assertThat(maps(informed, scene)).containsExactly(exact);
    assertThat(maps(informed, photo)).containsExactly(said);
    assertThat(exact).isNotEqualTo(maps(teacher, scene));
  }

  private static float[] joined(float[]... maps) {
    float[] all = new float[maps.length * HEIGHT * WIDTH];
    for (int i = 0; i < maps.length; i++) {
      System.arraycopy(maps[i], 0, all, i * HEIGHT * WIDTH, HEIGHT * WIDTH);
    }
    return all;
  }

  @Test
  void isAskedAtTheSizesOfItsTeacherAndNamesBoth() {
    assertThat(informed.sizeFor(20, 10)).isEqualTo(teacher.sizeFor(20, 10));
    assertThat(informed.nativeSize(200, 100)).isEqualTo(new InputSize(64, 32));
    assertThat(informed.name()).isEqualTo("plain and exact depth of rendered scenes");
    assertThat(informed.contentHash()).isEqualTo(teacher.contentHash());
    assertThat(informed.features()).isEmpty();
  }
}
