package dev.deltadepth.distill.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.PlainTeacher;
import dev.deltadepth.distill.SmallRun;
import dev.deltadepth.distill.data.Crop;
import dev.deltadepth.distill.data.Planes;
import dev.deltadepth.distill.data.Window;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelFolderTest {

  @TempDir Path folder;
  private final PlainTeacher teacher = PlainTeacher.withNativeSize(64);
  private Path photo;
  private Path labels;
  private String hash;

  @BeforeEach
  void renderAPhoto() throws IOException {
    photo = SmallRun.photos(folder.resolve("photos"), 1).resolve("photo-00.jpg");
    labels = folder.resolve("labels");
    hash = Sha256.of(photo);
  }

  private Labelling labelling(LabelFolder.Format format) {
    return Labelling.into(labels, teacher, format, true);
  }

  @ParameterizedTest
  @EnumSource
  void aLabelIsWhatTheTeacherSays(LabelFolder.Format format) {
    assertThat(labelling(format).label(photo, "deep/photo-00")).isTrue();
    LabelFolder read = LabelFolder.open(labels);
    RgbImage image = ImageFiles.read(photo);
    DepthMap expected = teacher.map(Window.whole(hash, image));
    Normalization.stretch(expected.data());
    DepthMap map = read.map(hash);
    assertThat(map.width()).isEqualTo(expected.width());
    assertThat(map.height()).isEqualTo(expected.height());
    double resolution = format == LabelFolder.Format.PNG16 ? 1 / 65534.0 : 1 / 2048.0;
    for (int i = 0; i < map.data().length; i++) {
      assertThat((double) map.data()[i]).isCloseTo(expected.data()[i], within(resolution));
    }
    assertThat(read.features(hash)).hasSize(1);
    assertThat(read.features(hash).get(0).channels()).isEqualTo(3);
    assertThat(read.description().features()).isEqualTo(teacher.features());
  }

  @Test
  void whatIsThereAndWholeIsLeftAlone() throws IOException {
    assertThat(labelling(LabelFolder.Format.PNG16).label(photo, "photo-00")).isTrue();
    assertThat(labelling(LabelFolder.Format.PNG16).label(photo, "photo-00")).isFalse();
    Path moved = Files.move(photo, photo.resolveSibling("moved.jpg"));
    assertThat(labelling(LabelFolder.Format.PNG16).label(moved, "moved"))
        .as("a photo is known by its content")
        .isFalse();
    Path label = labels.resolve("photo-00.png");
    byte[] half = java.util.Arrays.copyOf(Files.readAllBytes(label), 200);
    Files.write(label, half);
    assertThatThrownBy(() -> LabelFolder.open(labels).map(hash))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining(label.toString())
        .hasMessageContaining("run it again");
    assertThat(labelling(LabelFolder.Format.PNG16).label(moved, "photo-00")).isTrue();
    assertThat(LabelFolder.open(labels).map(hash).width()).isPositive();
  }

  /** Files of thousands of labels are read once, not at every question. */
  @Test
  void aLabelIsLookedAtOnce() throws IOException {
    labelling(LabelFolder.Format.PNG16).label(photo, "photo-00");
    LabelFolder read = LabelFolder.open(labels);
    assertThat(read.has(hash)).isTrue();
    Files.delete(labels.resolve("photo-00.png"));
    assertThat(read.has(hash)).as("it was there when it was asked for").isTrue();
    assertThat(LabelFolder.open(labels).has(hash)).isFalse();
  }

  @Test
  void aTornIndexLosesItsLastLineOnly() throws IOException {
    Labelling labelling = labelling(LabelFolder.Format.NPY16);
    labelling.label(photo, "photo-00");
    Files.writeString(
        labels.resolve("index.csv"),
        Files.readString(labels.resolve("index.csv")) + "0123456789abcdef");
    assertThat(LabelFolder.open(labels).has("0123456789abcdef")).isFalse();
    assertThat(LabelFolder.open(labels).has(hash)).isTrue();
  }

  @Test
  void twoPhotosOfOneNameHaveTwoLabels() throws IOException {
    Path other = SmallRun.photos(folder.resolve("others"), 2).resolve("photo-01.jpg");
    Labelling labelling = labelling(LabelFolder.Format.PNG16);
    labelling.label(photo, "same");
    labelling.label(other, "same");
    LabelFolder read = LabelFolder.open(labels);
    assertThat(read.map(hash).data()).isNotEqualTo(read.map(Sha256.of(other)).data());
  }

  @Test
  void labelsOfAnotherKindAreRefused() {
    labelling(LabelFolder.Format.PNG16).label(photo, "photo-00");
    assertThatThrownBy(() -> labelling(LabelFolder.Format.NPY16))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("other settings");
    assertThatThrownBy(() -> LabelFolder.open(folder))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("cannot read the labels in");
    assertThatThrownBy(() -> LabelFolder.open(labels).map("00"))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("no label for one of the training photos");
  }

  @Test
  void holesAreKept() {
    LabelFolder.Description description =
        new LabelFolder.Description("holed", "00", 2, LabelFolder.Format.PNG16, List.of());
    LabelFolder written = LabelFolder.begin(labels, description);
    float[] map = {1, Float.NaN, 3, 2};
    written.add("a".repeat(64), "map", 2, 2, new Labeller.Labels(map, List.of()));
    float[] read = LabelFolder.open(labels).map("a".repeat(64)).data();
    assertThat(read[0]).isZero();
    assertThat(read[1]).isNaN();
    assertThat(read[2]).isEqualTo(1);
    assertThat(read[3]).isCloseTo(0.5f, within(1e-4f));
  }

  /** One pixel far out must not leave a few grey values for all others. */
  @Test
  void anOutlierDoesNotEatTheRange() {
    LabelFolder.Description description =
        new LabelFolder.Description("far", "00", 20, LabelFolder.Format.PNG16, List.of());
    LabelFolder written = LabelFolder.begin(labels, description);
    float[] map = new float[20 * 20];
    for (int i = 0; i < map.length; i++) {
      map[i] = i / 400f;
    }
    map[200] = 1e6f;
    written.add("a".repeat(64), "map", 20, 20, new Labeller.Labels(map, List.of()));
    float[] read = LabelFolder.open(labels).map("a".repeat(64)).data();
    assertThat(read[200]).isEqualTo(1);
    assertThat(read[100]).isCloseTo(0.25f, within(0.02f));
    assertThat(read[300]).isCloseTo(0.75f, within(0.02f));
  }

  @Test
  void aCropOfALabelIsTheLabelOfTheCrop() {
    labelling(LabelFolder.Format.NPY16).label(photo, "photo-00");
    StoredLabels cached = StoredLabels.of(LabelFolder.open(labels));
    RgbImage image = ImageFiles.read(photo);
    Crop left =
        new Crop(
            image.width() / 4.0,
            image.height() / 2.0,
            image.width() / 2.0,
            image.height(),
            0,
            false);
    Labeller.Labels crop = cached.label(List.of(new Window(hash, image, left)), 32, 32);
    Labeller.Labels whole = cached.label(List.of(Window.whole(hash, image)), 32, 64);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        assertThat(crop.disparity()[y * 32 + x])
            .isCloseTo(whole.disparity()[y * 64 + x], within(0.02f));
      }
    }
    Planes features = crop.features().get(0);
    assertThat(features.height()).isEqualTo(32 / PlainTeacher.STRIDE);
    assertThat(features.width()).isEqualTo(32 / PlainTeacher.STRIDE);
  }
}
