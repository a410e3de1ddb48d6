package dev.deltadepth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several photos at once, with a model that takes batches and with one that does not. */
class SeveralPhotosTest {
  private static final EstimatorOptions OPTIONS = EstimatorOptions.defaults().withThreads(1);

  @TempDir Path folder;

  @Test
  void aFreeBatchAxisIsSeen() {
    try (DepthEstimator batches = batches();
        DepthEstimator single = single();
        DepthEstimator embedded = DepthEstimator.embedded(OPTIONS)) {
      assertThat(batches.model().takesBatches()).isTrue();
      assertThat(single.model().takesBatches()).isFalse();
      assertThat(embedded.model().takesBatches()).isFalse();
    }
  }

  @Test
  void aBatchGivesWhatSingleEstimatesGive() {
    List<RgbImage> photos = photos(30);
    try (DepthEstimator estimator = batches()) {
      List<DepthMap> together = estimator.estimate(photos);
      assertThat(together).hasSameSizeAs(photos);
      for (int i = 0; i < photos.size(); i++) {
        assertClose(together.get(i), estimator.estimate(photos.get(i)), i);
      }
      assertThat(estimator.estimate(List.of())).isEmpty();
    }
  }

  @Test
  void withoutABatchAxisPhotosGoOneAfterTheOther() {
    List<RgbImage> photos = photos(6);
    try (DepthEstimator estimator = single()) {
      List<DepthMap> together = estimator.estimate(photos);
      List<DepthMap> streamed = estimator.estimateAll(photos.stream()).toList();
      for (int i = 0; i < photos.size(); i++) {
        float[] alone = estimator.estimate(photos.get(i)).data();
        assertThat(together.get(i).data()).isEqualTo(alone);
        assertThat(streamed.get(i).data()).isEqualTo(alone);
      }
    }
  }

  @Test
  void aStreamGivesTheSameMapsInOrder() {
    List<RgbImage> photos = photos(19);
    try (DepthEstimator estimator = batches()) {
      List<DepthMap> maps = estimator.estimateAll(photos.stream()).toList();
      assertThat(maps).hasSameSizeAs(photos);
      for (int i = 0; i < photos.size(); i++) {
        assertClose(maps.get(i), estimator.estimate(photos.get(i)), i);
      }
      assertThat(estimator.estimateAll(Stream.empty())).isEmpty();
    }
  }

  @Test
  void aStreamIsTakenFromAsItIsAskedFor() {
    try (DepthEstimator single = single();
        DepthEstimator batches = batches()) {
      assertThat(takenForTheFirstOf(single)).isEqualTo(1);
      assertThat(takenForTheFirstOf(batches)).isEqualTo(8);
      AtomicInteger closed = new AtomicInteger();
      batches.estimateAll(photos(2).stream().onClose(closed::incrementAndGet)).close();
      single.estimateAll(photos(2).stream().onClose(closed::incrementAndGet)).close();
      assertThat(closed).hasValue(2);
    }
  }

  private static int takenForTheFirstOf(DepthEstimator estimator) {
    AtomicInteger taken = new AtomicInteger();
    Stream<RgbImage> endless =
        Stream.generate(() -> Photos.gradient(64, 64)).peek(photo -> taken.incrementAndGet());
    Iterator<DepthMap> maps = estimator.estimateAll(endless).iterator();
    assertThat(maps.next().width()).isEqualTo(64);
    return taken.get();
  }

  @Test
  void aBatchHasOneSize() {
    try (DepthEstimator estimator = batches()) {
      OnnxModel model = estimator.model();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.run(List.of(Photos.gradient(64, 64), Photos.gradient(96, 64))))
          .withMessage("the photos of a batch need one size, not 64x64 and 96x64");
      assertThatIllegalArgumentException().isThrownBy(() -> model.run(List.of()));
    }
  }

  private static void assertClose(DepthMap map, DepthMap alone, int index) {
    assertThat(map.kind()).isEqualTo(DepthMap.Kind.DISPARITY);
    assertThat(map.width()).isEqualTo(alone.width());
    assertThat(map.height()).isEqualTo(alone.height());
    assertThat(map.data()).as("photo %d", index).containsExactly(alone.data(), within(1e-6f));
  }

  /** Photos of three shapes in turn, no two alike. */
  private static List<RgbImage> photos(int count) {
    List<RgbImage> photos = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      photos.add(
          switch (i % 3) {
            case 0 -> Photos.gradient(120 + i, 90 + i);
            case 1 -> Photos.gradient(64, 64 + i);
            default -> Photos.plain(90, 160, 8 * i, 255 - 8 * i, i);
          });
    }
    return photos;
  }

  private DepthEstimator batches() {
    return DepthEstimator.open(TestModels.batches(folder.resolve("batches.onnx")), OPTIONS);
  }

  private DepthEstimator single() {
    return DepthEstimator.open(TestModels.convolutions(folder.resolve("single.onnx")), OPTIONS);
  }
}
