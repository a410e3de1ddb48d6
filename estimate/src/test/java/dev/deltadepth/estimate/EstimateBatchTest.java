package dev.deltadepth.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.PictureLimits;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.io.map.DepthFormat;
import dev.deltadepth.io.map.DepthWriter;
import dev.deltadepth.io.map.MapDescription;
import dev.deltadepth.io.map.MapStyle;
import dev.deltadepth.io.map.NpyFile;
import dev.deltadepth.io.map.StoredMap;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EmbeddedModel;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelSource;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
          done.add(job.photo().file());
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

  private MapOutput output =
      new MapOutput(
          MapStyle.of(Colormap.named("inferno")),
          false,
          "delta test",
          Sha256.of(ModelSource.embedded().bytes()));

  private void run(List<EstimateJob> jobs) throws InterruptedException {
    EstimatorOptions options = EstimatorOptions.defaults().withSize(64);
    try (DepthEstimator estimator = DepthEstimator.embedded(options)) {
      new EstimateBatch(estimator, output, PictureLimits.DEFAULT, listener).run(jobs);
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
  void aFaultThatNobodyHasForeseenCostsItsOwnPhoto() throws Exception {
    Files.writeString(photos.resolve("aa.jp2"), "\0\0\0\fjP  \r\n");
    run(plan(false));
    assertThat(problems).containsExactly("Index 7 out of bounds for length 7");
    assertThat(done).hasSize(3);
    assertThat(maps.resolve("aa.npy")).doesNotExist();
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

  @Test
  void everyFormatSaysWhereItsMapComesFrom() throws Exception {
    output = new MapOutput(output.style(), true, output.software(), output.modelSha256());
    DepthFormat[] formats =
        Arrays.stream(DepthFormat.values())
            .filter(format -> !format.isScene())
            .toArray(DepthFormat[]::new);
    run(plan(EstimateJob.Existing.REPLACE, formats));
    assertThat(problems).isEmpty();
    for (DepthFormat format : formats) {
      Path map = maps.resolve("a" + format.suffix());
      assertThat(DepthWriter.sidecar(map)).exists();
      if (format == DepthFormat.SIDE) {
        continue;
      }
      MapCheck.Result own = MapCheck.of(map, photos.resolve("a.jpg"), ModelSource.embedded());
      assertThat(own.problem()).as(format.label()).isEmpty();
      assertThat(own.difference()).as(format.label()).isBetween(0.0, 0.03);
      MapCheck.Result other = MapCheck.of(map, photos.resolve("b.png"), ModelSource.embedded());
      assertThat(other.problem().orElseThrow())
          .contains(map + " was estimated from another photo than ");
      MapCheck.Result model =
          MapCheck.of(map, photos.resolve("a.jpg"), ModelSource.embedded(EmbeddedModel.INT8));
      assertThat(model.problem().orElseThrow()).contains("was estimated with the model delta");
    }
  }

  @Test
  void aMapThatWasChangedIsFound() throws Exception {
    run(plan(EstimateJob.Existing.REPLACE, DepthFormat.PNG16));
    Path map = maps.resolve("a.depth16.png");
    MapDescription says = StoredMap.description(map).orElseThrow();
    DepthMap stored = StoredMap.read(map).map();
    stored.data()[100] += 0.5f * says.range().orElseThrow().high();
    DepthWriter.of(output.style())
        .from(says.origin().orElseThrow())
        .write(stored, DepthFormat.NPZ, maps.resolve("changed.npz"));
    assertThat(
            MapCheck.of(
                    maps.resolve("changed.npz"), photos.resolve("a.jpg"), ModelSource.embedded())
                .problem()
                .orElseThrow())
        .contains("estimated again, it differs by");
  }

  @Test
  void aSharedRangeHoldsAllMaps() throws Exception {
    List<EstimateJob> jobs = plan(EstimateJob.Existing.REPLACE, DepthFormat.PNG16, DepthFormat.NPY);
    EstimatorOptions options = EstimatorOptions.defaults().withSize(64);
    Normalization shared;
    try (DepthEstimator estimator = DepthEstimator.embedded(options)) {
      EstimateBatch batch = new EstimateBatch(estimator, output, PictureLimits.DEFAULT, listener);
      shared = batch.sharedRange(jobs, () -> {});
    }
    output = output.withStyle(output.style().withRange(map -> shared));
    run(jobs);
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (String name : List.of("a", "b", "below/c")) {
      FloatArray map = NpyFile.read(maps.resolve(name + ".npy"));
      Normalization own = Normalization.ofMost(map.data());
      low = Math.min(low, own.low());
      high = Math.max(high, own.high());
      MapDescription says =
          StoredMap.description(maps.resolve(name + ".depth16.png")).orElseThrow();
      assertThat(says.range()).contains(shared);
    }
    assertThat(shared).isEqualTo(new Normalization(low, high));
  }

  @Test
  void aMapNeverReplacesItsPhoto() {
    Path photo = photos.resolve("d.pfm");
    List<EstimateJob> jobs =
        EstimateJob.plan(
            List.of(new PhotoFiles.Photo(photo, Path.of(""))),
            new EstimateJob.Outputs(
                Optional.empty(), Set.of(DepthFormat.PFM), EstimateJob.Existing.REPLACE),
            heard);
    assertThat(jobs).isEmpty();
    assertThat(problems).singleElement().asString().contains("its map would have its own name");
  }
}
