package dev.deltadepth.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.DataSets;
import dev.deltadepth.datasets.Sample;
import dev.deltadepth.datasets.SampleSet;
import dev.deltadepth.datasets.SceneFolder;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.map.DepthFormat;
import dev.deltadepth.io.map.DepthWriter;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.metrics.Protocol;
import dev.deltadepth.scenes.RenderedScene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorTest {
  @TempDir private Path folder;
  private List<RenderedScene> scenes;

  @BeforeEach
  void render() throws IOException {
    scenes = SceneFolder.write(folder);
  }

  @Test
  void aModelThatKnowsTheTruthIsNearlyPerfect() {
    Evaluation evaluation = Evaluator.of(List.of(oracle("oracle"))).run(DataSets.open(folder));
    ModelResult oracle = evaluation.models().get(0);
    assertThat(oracle.sets())
        .extracting(SetResult::set)
        .containsExactly("rooms", "streets", "tables");
    for (SetResult set : oracle.sets()) {
      assertThat(set.images()).isEqualTo(2);
      assertThat(set.score().absRel()).isLessThan(0.005);
    }
    assertThat(oracle.sets().get(0).score().delta1()).isEqualTo(1);
    assertThat(oracle.meanDelta1()).isGreaterThan(0.999);
    assertThat(evaluation.teacher()).isEmpty();
    assertThat(oracle.agreements()).isEmpty();
    assertThat(evaluation.ratioOfMeans(oracle)).isNaN();
  }

  @Test
  void modelsAreMeasuredAgainstTheTeacherInTheSameRun() {
    Contestant layout = new Contestant("layout", EvaluatorTest::lowerIsNearer);
    Evaluation evaluation =
        Evaluator.of(List.of(layout, oracle("twin")))
            .against(oracle("teacher"))
            .run(DataSets.open(folder));
    ModelResult first = evaluation.models().get(0);
    ModelResult twin = evaluation.models().get(1);
    assertThat(evaluation.teacher().orElseThrow().model()).isEqualTo("teacher");
    assertThat(evaluation.ratios(twin)).containsExactly(1.0, 1.0, 1.0);
    assertThat(evaluation.ratios(first)).allMatch(ratio -> ratio > 5);
    assertThat(evaluation.ratioOfMeans(first)).isGreaterThan(5);
    assertThat(evaluation.meanOfRatios(twin)).isEqualTo(1);
    AgreementResult same = twin.agreements().get(0);
    assertThat(same.set()).isEqualTo("plain");
    assertThat(same.images()).isEqualTo(2);
    assertThat(same.mean().pearson()).isCloseTo(1, within(1e-9));
    assertThat(same.worstResidual()).isCloseTo(1, within(1e-9));
    assertThat(first.agreements().get(0).mean().pearson()).isGreaterThan(0.3);
    assertThat(Math.abs(first.agreements().get(0).mean().residual())).isLessThan(0.1);
  }

  @Test
  void theListenerSeesEveryPredictionAndTheProgress() {
    List<String> seen = new ArrayList<>();
    List<Integer> progress = new ArrayList<>();
    EvaluationListener listener =
        new EvaluationListener() {
          @Override
          public void predicted(
              Contestant model, SampleSet set, Sample sample, DepthMap prediction) {
            seen.add(model.name() + "/" + set.name() + "/" + sample.id());
          }

          @Override
          public void done(int pictures, int total) {
            assertThat(total).isEqualTo(8);
            progress.add(pictures);
          }
        };
    Evaluator.of(List.of(oracle("a"))).telling(listener).run(DataSets.open(folder));
    assertThat(seen).hasSize(8).contains("a/rooms/scene0", "a/plain/scene1");
    assertThat(progress).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void aModelThatPutsOutNoNumbersIsNamedWithThePicture() {
    Contestant broken =
        new Contestant(
            "broken",
            image -> {
              float[] values = new float[image.width() * image.height()];
              Arrays.fill(values, Float.NaN);
              return new DepthMap(DepthMap.Kind.DISPARITY, image.width(), image.height(), values);
            });
    DataSet data = DataSets.open(folder);
    assertThatThrownBy(() -> Evaluator.of(List.of(broken)).run(data))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining(
            "no image of the set 'rooms' can be measured; the last reason: broken: ")
        .hasMessageContaining("the prediction contains non-finite values");
  }

  private List<String> leftOut(Contestant model, List<Integer> counts) {
    List<String> reasons = Collections.synchronizedList(new ArrayList<>());
    EvaluationListener listener =
        new EvaluationListener() {
          @Override
          public void leftOut(SampleSet set, Sample sample, String reason) {
            reasons.add(reason);
          }
        };
    Evaluation evaluation =
        Evaluator.of(List.of(model, oracle("other"))).telling(listener).run(DataSets.open(folder));
    evaluation.models().forEach(result -> result.sets().forEach(set -> counts.add(set.images())));
    return reasons;
  }

  @Test
  void aPictureThatCannotBeMeasuredIsNamedAndInNoModelsFigures() {
    Path depth = folder.resolve("rooms/depth/scene1.png");
    GreyImage truth = GreyImage.read(depth);
    char[] empty = new char[truth.data().length];
    Arrays.fill(empty, 0, 99, (char) 2000);
    GreyImage.write(new GreyImage(truth.width(), truth.height(), 16, empty), depth);
    List<Integer> counts = new ArrayList<>();
    assertThat(leftOut(oracle("oracle"), counts))
        .singleElement()
        .asString()
        .contains("scene1.png is left out: only 99 pixels of the ground truth are valid");
    assertThat(counts).containsExactly(1, 2, 2, 1, 2, 2);
  }

  @Test
  void groundTruthThatIsTurnedIsNotSquashed() {
    Path depth = folder.resolve("rooms/depth/scene0.png");
    GreyImage truth = GreyImage.read(depth);
    GreyImage.write(
        new GreyImage(/* width= */ truth.height(), /* height= */ truth.width(), 16, truth.data()),
        depth);
    assertThat(leftOut(oracle("oracle"), new ArrayList<>()))
        .singleElement()
        .asString()
        .contains("the ground truth has 48x64 pixels, but the image 64x48: is one of them turned?");
  }

  @Test
  void aMapThatIsNotFiniteLeavesItsPictureOut() {
    byte[] first = scenes.get(0).image().data();
    Contestant sometimes =
        new Contestant(
            "sometimes",
            image -> {
              DepthMap map = oracle("o").estimate(image);
              float[] values = map.data().clone();
              if (Arrays.equals(image.data(), first)) {
                values[values.length / 2] = Float.NaN;
              }
              return new DepthMap(map.kind(), map.width(), map.height(), values);
            });
    assertThat(leftOut(sometimes, new ArrayList<>()))
        .isNotEmpty()
        .allSatisfy(
            reason ->
                assertThat(reason)
                    .contains("is left out: sometimes: the prediction contains non-finite values"));
  }

  @Test
  void mapsOfOtherProgramsAreScored() throws IOException {
    DataSet data = DataSets.open(folder);
    Path maps = folder.resolve("maps");
    for (SampleSet set : data.sets()) {
      Files.createDirectories(maps.resolve(set.name()));
      for (Sample sample : set.samples()) {
        DepthMap map = oracle("o").estimate(sample.image());
        String name = sample.id() + (set.name().equals("rooms") ? ".png" : ".npy");
        DepthFormat format = set.name().equals("rooms") ? DepthFormat.PNG16 : DepthFormat.NPY;
        DepthWriter.of(Colormap.named("gray"))
            .write(map, format, maps.resolve(set.name()).resolve(name));
      }
    }
    Evaluation evaluation = Evaluator.of(List.of(StoredPredictions.of(maps))).run(data);
    ModelResult scored = evaluation.models().get(0);
    assertThat(scored.model()).isEqualTo("maps");
    scored.sets().forEach(set -> assertThat(set.score().absRel()).isLessThan(0.005));
    Files.delete(maps.resolve("rooms/scene1.png"));
    assertThatThrownBy(() -> Evaluator.of(List.of(StoredPredictions.of(maps))).run(data))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("has no map of rooms/scene1");
  }

  @Test
  void aCropThatDoesNotFitIsNamedWithThePicture() throws IOException {
    Files.writeString(
        folder.resolve("eval.json"),
        SceneFolder.DESCRIPTION.replace("\"rooms\", ", "\"rooms\", \"crop\": \"nyu-eigen\", "));
    DataSet data = DataSets.open(folder);
    assertThatThrownBy(() -> Evaluator.of(List.of(oracle("oracle"))).run(data))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("scene0.png: ")
        .hasMessageContaining("crop nyu-eigen requires ground truth of 640x480, not 64x48");
  }

  @Test
  void aProtocolIsChosenAndSaysWhatItCannotUse() {
    DataSet data = DataSets.open(folder);
    Evaluator evaluator = Evaluator.of(List.of(oracle("oracle"))).by(Protocol.METRIC);
    assertThatThrownBy(() -> evaluator.run(data))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("does not support set 'tables'");
    DataSet measured = data.only(set -> Protocol.METRIC.measures(set.kind()));
    assertThat(measured.sets())
        .extracting(SampleSet::name)
        .containsExactly("rooms", "streets", "plain");
    Evaluation evaluation = evaluator.run(measured);
    assertThat(evaluation.protocol()).isEqualTo(Protocol.METRIC);
    assertThat(evaluation.models().get(0).sets().get(0).score().absRel()).isLessThan(0.005);
  }

  /** Knows every picture of the folder, and returns its true disparity. */
  private Contestant oracle(String name) {
    return new Contestant(
        name,
        image ->
            scenes.stream()
                .filter(scene -> Arrays.equals(scene.image().data(), image.data()))
                .findFirst()
                .orElseThrow()
                .disparity());
  }

  private static DepthMap lowerIsNearer(RgbImage image) {
    float[] values = new float[image.width() * image.height()];
    for (int i = 0; i < values.length; i++) {
      int row = i / image.width();
      values[i] = row;
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, image.width(), image.height(), values);
  }
}
