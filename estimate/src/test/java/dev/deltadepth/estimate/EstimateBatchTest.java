package dev.deltadepth.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.PictureLimits;
import dev.deltadepth.io.map.DepthFormat;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of photos become folders of maps from Java, as with the command. */
class EstimateBatchTest {

  @TempDir Path photos;
  @TempDir Path maps;

  private final Heard heard = new Heard();
  private final List<String> problems = heard.problems;
  private final List<Path> done = Collections.synchronizedList(new ArrayList<>());

  private final EstimateBatch.Listener listener =
      new EstimateBatch.Listener() {
        @Override
        public void done(EstimateJob job, long inferenceMillis) {
          done.add(job.photo());
        }

        @Override
        public void failed(EstimateJob job, Throwable problem) {
          problems.add(problem.getMessage());
        }
      };

  @BeforeEach
  void renderPhotos() throws IOException {
    SceneRenderer renderer = new SceneRenderer(96, 64, 1);
    Files.createDirectories(photos.resolve("below"));
    for (String name : List.of("a.jpg", "b.png", "below/c.jpg")) {
      Path file = photos.resolve(name);
      if (name.endsWith("png")) {
        ImageFiles.writePng(renderer.render(Scene.random(1)).image(), file);
      } else {
        ImageFiles.writeJpeg(renderer.render(Scene.random(2)).image(), file, 0.9f);
      }
    }
  }

  private List<EstimateJob> plan(EstimateJob.Existing existing, DepthFormat... formats) {
    return EstimateJob.plan(
        PhotoFiles.of(List.of(photos.toString()), problems::add),
        new EstimateJob.Outputs(Optional.of(maps), Set.of(formats), existing),
        heard);
  }

  private List<EstimateJob> plan(boolean overwrite) {
    return plan(
        overwrite ? EstimateJob.Existing.REPLACE : EstimateJob.Existing.REPORT, DepthFormat.NPY);
  }

  private void run(List<EstimateJob> jobs) throws InterruptedException {
    EstimatorOptions options = EstimatorOptions.defaults().withSize(64);
    try (DepthEstimator estimator = DepthEstimator.embedded(options)) {
      new EstimateBatch(estimator, Colormap.named("inferno"), PictureLimits.DEFAULT, listener)
          .run(jobs);
    }
  }

  @Test
  void aFolderKeepsItsSubFoldersAndItsValues() throws Exception {
    run(plan(false));
    assertThat(problems).isEmpty();
    assertThat(done).hasSize(3);
    FloatArray map = NpyFile.read(maps.resolve("below").resolve("c.npy"));
    EstimatorOptions options = EstimatorOptions.defaults().withSize(64);
    try (DepthEstimator estimator = DepthEstimator.embedded(options)) {
      DepthMap single = estimator.estimate(ImageFiles.read(photos.resolve("below/c.jpg")));
      assertThat(map).isEqualTo(FloatArray.of(single));
    }
  }

  @Test
  void aBrokenPhotoIsReportedAndTheRestIsEstimated() throws Exception {
    Files.write(photos.resolve("broken.jpg"), new byte[] {1, 2, 3});
    run(plan(false));
    assertThat(problems).singleElement().asString().contains("broken.jpg");
    assertThat(done).hasSize(3);
  }

  @Test
  void mapsThatExistAreKeptUnlessToldOtherwise() throws Exception {
    run(plan(false));
    done.clear();
    run(plan(false));
    assertThat(done).isEmpty();
    assertThat(problems).isNotEmpty().allSatisfy(text -> assertThat(text).contains(".npy"));
    run(plan(true));
    assertThat(done).hasSize(3);
  }

  @Test
  void whatIsThereMayBeKeptAndWhatIsMissingIsWritten() throws Exception {
    Files.createFile(maps.resolve("a.npy"));
    Files.createFile(maps.resolve("b.npy"));
    Files.createFile(maps.resolve("b.pfm"));
    List<EstimateJob> jobs = plan(EstimateJob.Existing.KEEP, DepthFormat.NPY, DepthFormat.PFM);
    assertThat(jobs).hasSize(2);
    assertThat(jobs.get(0).outputs()).containsOnlyKeys(DepthFormat.PFM);
    assertThat(jobs.get(1).outputs()).containsOnlyKeys(DepthFormat.NPY, DepthFormat.PFM);
    assertThat(problems).isEmpty();
    assertThat(heard.notes).containsExactly("1 photo has its map already");
  }
}
