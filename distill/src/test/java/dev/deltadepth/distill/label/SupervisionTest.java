package dev.deltadepth.distill.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.PlainTeacher;
import dev.deltadepth.distill.SmallRun;
import dev.deltadepth.distill.data.KnownDepth;
import dev.deltadepth.distill.data.MemoryBudget;
import dev.deltadepth.distill.data.Window;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisionTest {

  private static final int HEIGHT = 64;
  private static final int WIDTH = 80;
  private static final int PIXELS = HEIGHT * WIDTH;

  @TempDir Path folder;
  private final PlainTeacher teacher = PlainTeacher.withNativeSize(32);
  private final KnownDepth known = new KnownDepth(new MemoryBudget(1 << 24));
  private Supervision supervision = null;
  private Window photo = null;
  private Window scene = null;

  @BeforeEach
  void renderAPhotoAndAScene() throws IOException {
    photo = window(SmallRun.photos(folder.resolve("photos"), 1).resolve("photo-00.jpg"));
    SceneFolder.render(folder, 2, HEIGHT);
    SceneFolder.addTo(known, folder, 2);
    scene = window(SceneFolder.photos(folder).resolve("scene-00000.png"));
    supervision = new Supervision(Optional.of(teacher), known, true);
  }

  private static Window window(Path file) {
    RgbImage image = ImageFiles.read(file);
    return Window.whole(Sha256.of(file), image);
  }

  private static float[] part(float[] maps, int index) {
    return Arrays.copyOfRange(maps, index * PIXELS, (index + 1) * PIXELS);
  }

  @Test
  void knownDepthIsExactAndTheTeacherIsAskedAboutTheRest() {
    Supervision.Targets targets =
        supervision.label(List.of(photo, scene, photo), HEIGHT, WIDTH, 1, false);
    float[] said = teacher.label(List.of(photo), HEIGHT, WIDTH).disparity();
    assertThat(part(targets.disparity(), 0)).containsExactly(said);
    assertThat(part(targets.disparity(), 2)).containsExactly(said);
    float[] exact = new SceneRenderer(WIDTH, HEIGHT, 2).render(Scene.random(0)).disparity().data();
    float nearest = 0;
    for (float value : exact) {
      nearest = Math.max(nearest, value);
    }
    for (int i = 0; i < PIXELS; i++) {
      assertThat(targets.disparity()[PIXELS + i])
          .isBetween(exact[i] / nearest - 1e-5f, exact[i] / nearest + 1e-5f);
    }
    assertThat(targets.infinity()).containsExactly(Float.NaN, 0, Float.NaN);
    assertThat(targets.roughEdges()).containsOnly(false);
    assertThat(targets.features()).isEmpty();
  }

  @Test
  void knownDepthIsDrawnAtFullSizeWhateverTheTeachersSize() {
    float[] whole = supervision.label(List.of(scene), HEIGHT, WIDTH, 1, false).disparity();
    float[] other = supervision.label(List.of(scene), HEIGHT, WIDTH, 0.5, false).disparity();
    assertThat(other).containsExactly(whole);
  }

  @Test
  void theTeacherShowsItsFeaturesOfEveryWindow() {
    Supervision.Targets targets = supervision.label(List.of(scene, photo), HEIGHT, WIDTH, 1, true);
    assertThat(targets.features().get(0).data())
        .isEqualTo(teacher.label(List.of(scene, photo), HEIGHT, WIDTH).features().get(0).data());
    assertThat(part(targets.disparity(), 0))
        .isEqualTo(supervision.label(List.of(scene), HEIGHT, WIDTH, 1, false).disparity());
  }

  @Test
  void aWholePictureIsLabelledAtTheTeachersSize() {
    DepthMap ofPhoto = supervision.map(photo);
    assertThat(ofPhoto).isEqualTo(teacher.map(photo));
    DepthMap ofScene = supervision.map(scene);
    assertThat(ofScene.height()).isEqualTo(32);
    assertThat(ofScene).isNotEqualTo(teacher.map(scene));
  }

  @Test
  void aSceneIsRenderedOnce() throws IOException {
    Path depth = folder.resolve("depth").resolve("scene-00001.png");
    byte[] before = Files.readAllBytes(depth);
    Files.delete(depth);
    SceneFolder.render(folder, 2, HEIGHT);
    assertThat(Files.readAllBytes(depth)).isEqualTo(before);
  }

  @Test
  void namesItsTeacher() {
    assertThat(supervision.name()).isEqualTo("plain and exact depth of rendered scenes");
    assertThat(supervision.contentHash()).isEqualTo(teacher.contentHash());
    assertThat(Supervision.of(teacher).name()).isEqualTo("plain");
    assertThat(new Supervision(Optional.empty(), known, true).name())
        .isEqualTo("exact depth of rendered scenes");
    assertThat(new Supervision(Optional.empty(), known, false).name()).isEqualTo("measured depth");
  }
}
