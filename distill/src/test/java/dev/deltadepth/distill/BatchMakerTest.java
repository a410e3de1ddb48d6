package dev.deltadepth.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.data.Permutation;
import dev.deltadepth.distill.data.Planes;
import dev.deltadepth.distill.label.Teacher;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchMakerTest {

  @TempDir static Path folder;

  @BeforeAll
  static void photos() throws IOException {
    SmallRun.photos(folder, 6);
  }

  private static BatchMaker maker(Teacher teacher) {
    return new BatchMaker(SmallRun.all(folder, teacher), true, SmallRun.recipe(1, 1));
  }

  private static Stage stage(int batch, int size) {
    return new Stage(size, batch, 1, 0, 0, Stage.Statistics.BATCH);
  }

  private static void assertSame(Batch a, Batch b) {
    assertThat(a.index()).isEqualTo(b.index());
    assertThat(a.height()).isEqualTo(b.height());
    assertThat(a.width()).isEqualTo(b.width());
    assertThat(a.rgb()).isEqualTo(b.rgb());
    assertThat(a.disparity()).isEqualTo(b.disparity());
    assertThat(a.features().get(0).data()).isEqualTo(b.features().get(0).data());
  }

  private static int[] order(long seed, int n) {
    Permutation permutation = Permutation.of(seed, n);
    return IntStream.range(0, n).map(permutation::at).toArray();
  }

  @Test
  void aBatchDependsOnItsIndexAlone() throws Exception {
    PlainTeacher teacher = PlainTeacher.withNativeSize(32);
    BatchMaker inOrder = maker(teacher);
    List<Batch> expected = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      expected.add(inOrder.make(i, 4L * i, stage(4, 32)));
    }
    BatchMaker shared = maker(teacher);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Batch>> made = new ArrayList<>();
      for (int i = 7; i >= 0; i--) {
        int index = i;
        made.add(threads.submit(() -> shared.make(index, 4L * index, stage(4, 32))));
      }
      for (int i = 0; i < 8; i++) {
        assertSame(made.get(7 - i).get(), expected.get(i));
      }
    } finally {
      threads.shutdownNow();
    }
    assertSame(maker(teacher).make(5, 4L * 5, stage(4, 32)), expected.get(5));
  }

  @Test
  void picturesAndLabelsAreInRangeAndTheTeacherSeesItsNativeSize() {
    PlainTeacher teacher = PlainTeacher.withNativeSize(80);
    BatchMaker maker = maker(teacher);
    for (int i = 0; i < 6; i++) {
      Batch batch = maker.make(i, 4L * i, stage(4, 64));
      int pixels = batch.height() * batch.width();
      assertThat(batch.rgb()).hasSize(4 * 3 * pixels);
      assertThat(batch.disparity()).hasSize(4 * pixels);
      for (float value : batch.rgb()) {
        assertThat(value).isBetween(0f, 1f);
      }
      for (int n = 0; n < 4; n++) {
        float low = 1;
        float high = 0;
        for (int p = n * pixels; p < (n + 1) * pixels; p++) {
          low = Math.min(low, batch.disparity()[p]);
          high = Math.max(high, batch.disparity()[p]);
        }
        assertThat(low).isZero();
        assertThat(high).isCloseTo(1, within(1e-6f));
      }
    }
    assertThat(teacher.smallestSide()).isGreaterThanOrEqualTo(80);
  }

  @Test
  void anEpochShowsEveryPhotoOnce() {
    assertThat(IntStream.of(order(3, 6)).boxed().toList())
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
  }

  @Property
  void aPermutationHoldsEveryIndexOnce(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 200) int n) {
    int[] order = order(seed, n);
    assertThat(IntStream.of(order).sorted().toArray()).isEqualTo(IntStream.range(0, n).toArray());
    assertThat(order(seed, n)).isEqualTo(order);
  }

  @Property
  void theShapeNearestToAPhotosIsNotFarFromIt(
      @ForAll @IntRange(min = 100, max = 350) int width,
      @ForAll @IntRange(min = 5, max = 16) int n) {
    RgbImage photo = new RgbImage(width, 100, new byte[width * 100 * 3]);
    double aspect = BatchMaker.nearest(BatchMaker.choices(32 * n), photo).aspect();
    assertThat(aspect / (width / 100.0)).isBetween(1 / 1.25, 1.25);
  }

  @Property
  void sidesAreMultiplesOf32OfNearlyTheArea(@ForAll @IntRange(min = 1, max = 16) int times) {
    int size = 32 * times;
    assertThat(BatchMaker.choices(size)).contains(new BatchMaker.Sides(size, size));
    RgbImage square = new RgbImage(50, 50, new byte[50 * 50 * 3]);
    assertThat(BatchMaker.nearest(BatchMaker.choices(size), square).aspect()).isEqualTo(1);
    for (BatchMaker.Sides sides : BatchMaker.choices(size)) {
      assertThat(sides.height() % 32).isZero();
      assertThat(sides.width() % 32).isZero();
      assertThat((double) sides.height() * sides.width() / size / size).isBetween(0.8, 1.2);
      assertThat((double) sides.width() / sides.height()).isBetween(0.5, 3.5);
    }
  }

  @Test
  void aChangeOfBatchSizeGoesOnInTheOrderOfPhotos() {
    BatchMaker maker = maker(PlainTeacher.withNativeSize(32));
    Recipe recipe =
        SmallRun.recipe(
            """
            stages: [{size: 32, batch: 4, steps: 1}, {size: 32, batch: 2, steps: 4}]
            losses: {ssi: 1}
            checkpoint-every: 1
            """);
    try (BatchQueue queue = new BatchQueue(recipe, maker, 0)) {
      int first = 0;
      for (int step = 0; step < 5; step++) {
        Batch batch = queue.next();
        assertThat(recipe.crops(step)).isEqualTo(first);
        first += batch.count();
        assertSame(batch, maker.make(step, recipe.crops(step), stage(batch.count(), 32)));
      }
      assertThat(first).isEqualTo(12);
    }
  }

  /** Teacher and student see the same, but for what else the recipe says. */
  private static Recipe uncoloured(String augmentation) {
    return SmallRun.recipe(
        """
        stages: [{size: 32, batch: 4, steps: 1}]
        losses: {ssi: 1}
        augmentation: {colour: 0, aspects: 0, %s}
        """
            .formatted(augmentation));
  }

  @Test
  void mixedPicturesAreLabelledAsTheyAreSeen() {
    PlainTeacher teacher = PlainTeacher.withNativeSize(32);
    Recipe mixing = uncoloured("mix: 1");
    TrainingData photos = SmallRun.all(folder, teacher);
    Batch mixed = new BatchMaker(photos, false, mixing).make(0, 0, stage(4, 32));
    float[] seen = teacher.label(mixed.rgb(), 4, 32, 32).disparity();
    for (int i = 0; i < 4; i++) {
      float[] map = Arrays.copyOfRange(seen, i * 32 * 32, (i + 1) * 32 * 32);
      Normalization.stretch(map);
      float[] label = Arrays.copyOfRange(mixed.disparity(), i * 32 * 32, (i + 1) * 32 * 32);
      assertThat(label).containsExactly(map, within(1e-5f));
    }
    Recipe plain = uncoloured("mix: 0");
    Batch single = new BatchMaker(photos, false, plain).make(0, 0, stage(4, 32));
    assertThat(mixed.rgb()).isNotEqualTo(single.rgb());
  }

  @Test
  void aStageCanAskTheTeacherAboutSmallerPictures() {
    PlainTeacher free = PlainTeacher.withNativeSize(32);
    PlainTeacher limited = PlainTeacher.withNativeSize(32);
    Batch large = maker(free).make(0, 0, new Stage(128, 2, 1, 0, 0, Stage.Statistics.BATCH));
    Batch small = maker(limited).make(0, 0, new Stage(128, 2, 1, 0, 64, Stage.Statistics.BATCH));
    assertThat(free.smallestSide()).isGreaterThan(64);
    assertThat(limited.smallestSide()).isLessThanOrEqualTo(64);
    assertThat(small.rgb()).as("the student's picture").isEqualTo(large.rgb());
    assertThat(small.disparity()).hasSameSizeAs(large.disparity());
    double difference = 0;
    for (int i = 0; i < small.disparity().length; i++) {
      difference += Math.abs(small.disparity()[i] - large.disparity()[i]);
    }
    assertThat(difference / small.disparity().length).isBetween(1e-6, 0.1);
  }

  @Test
  void aStageCanAskTheTeacherAboutLargerPictures() {
    PlainTeacher teacher = PlainTeacher.withNativeSize(64);
    Batch batch = maker(teacher).make(0, 0, new Stage(32, 2, 1, 0, 64, Stage.Statistics.BATCH));
    assertThat(teacher.smallestSide()).isGreaterThan(32);
    assertThat(batch.disparity()).hasSize(2 * batch.height() * batch.width());
  }

  @Test
  void aTeachersHolesStayHoles() {
    float[] map = {Float.NaN, 1, 3, Float.POSITIVE_INFINITY};
    Normalization.stretch(map);
    assertThat(map[0]).isNaN();
    assertThat(map[1]).isZero();
    assertThat(map[2]).isEqualTo(1);
    assertThat(map[3]).as("infinity is no label").isNaN();
  }

  @Test
  void stretchingAConstantMapGivesZeros() {
    float[] map = {3, 3, 3};
    Normalization.stretch(map);
    assertThat(map).containsOnly(0f);
    float[] other = {-2, 2, 0};
    Normalization.stretch(other);
    assertThat(other).containsExactly(0, 1, 0.5f);
  }

  @Test
  void theSharesOfABatchAreItsPictures() {
    Batch batch = maker(PlainTeacher.withNativeSize(32)).make(0, 0, stage(3, 32));
    Batch share = batch.slice(1, 3);
    int pixels = batch.height() * batch.width();
    assertThat(share.count()).isEqualTo(2);
    assertThat(share.rgb()).hasSize(2 * 3 * pixels);
    assertThat(share.rgb()[0]).isEqualTo(batch.rgb()[3 * pixels]);
    assertThat(share.disparity()[pixels]).isEqualTo(batch.disparity()[2 * pixels]);
    Planes all = batch.features().get(0);
    Planes part = share.features().get(0);
    int each = all.channels() * all.height() * all.width();
    assertThat(part.data()).hasSize(2 * each);
    assertThat(part.data()[0]).isEqualTo(all.data()[each]);
  }
}
