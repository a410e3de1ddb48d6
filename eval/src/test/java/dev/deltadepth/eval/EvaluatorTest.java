package dev.deltadepth.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.scenes.RenderedScene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
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
  void listsEverySetWithItsPictures() {
    PairFolder data = PairFolder.open(folder);
    assertThat(data.sets())
        .extracting(SampleSet::name)
        .containsExactly("rooms", "streets", "tables", "plain");
    assertThat(data.samples()).isEqualTo(8);
    assertThat(data.sets().get(1).region()).isEqualTo(Region.upTo(80));
    assertThat(data.sets().get(0).samples())
        .extracting(Sample::stem)
        .containsExactly("scene0", "scene1");
  }

  @Test
  void readsTheGroundTruthThatWasStored() {
    PairFolder data = PairFolder.open(folder);
    DepthMap rooms = data.sets().get(0).samples().get(0).truth();
    float[] exact = scenes.get(0).depthMetres().data();
    for (int i = 0; i < exact.length; i++) {
      assertThat(rooms.data()[i]).isCloseTo(exact[i], within(0.0006f));
    }
    DepthMap street = data.sets().get(1).samples().get(0).truth();
    float[] far = scenes.get(2).depthMetres().data();
    int sky = 0;
    for (int i = 0; i < far.length; i++) {
      if (far[i] > 256) {
        assertThat(street.data()[i]).isNaN();
        sky++;
      }
    }
    assertThat(sky).isPositive();
    assertThat(data.sets().get(2).samples().get(0).truth().kind())
        .isEqualTo(DepthMap.Kind.DISPARITY);
  }

  @Test
  void aModelThatKnowsTheTruthIsNearlyPerfect() {
    Evaluation evaluation = Evaluator.of(List.of(oracle("oracle"))).run(PairFolder.open(folder));
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
            .run(PairFolder.open(folder));
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
            seen.add(model.name() + "/" + set.name() + "/" + sample.stem());
          }

          @Override
          public void done(int pictures, int total) {
            assertThat(total).isEqualTo(8);
            progress.add(pictures);
          }
        };
    Evaluator.of(List.of(oracle("a"))).telling(listener).run(PairFolder.open(folder));
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
    PairFolder data = PairFolder.open(folder);
    assertThatThrownBy(() -> Evaluator.of(List.of(broken)).run(data))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("broken on")
        .hasMessageContaining("scene0.png");
  }

  @Test
  void wrongOrPartialCopiesAreNamed() throws IOException {
    assertThatThrownBy(() -> PairFolder.open(folder.resolve("rooms")))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("has no eval.json");

    Path truth = folder.resolve("rooms/depth/scene1.png");
    byte[] bytes = Files.readAllBytes(truth);
    Files.delete(truth);
    assertRefused("no ground truth beside it");
    Files.write(truth, Arrays.copyOf(bytes, bytes.length / 3));
    assertThatThrownBy(() -> PairFolder.open(folder).sets().get(0).samples().get(1).truth())
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("scene1.png");
    Files.copy(
        folder.resolve("tables/depth/scene0.png"), truth, StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> PairFolder.open(folder).sets().get(0).samples().get(1).truth())
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("8 bits a value");

    Files.delete(folder.resolve("plain/scene0.png"));
    assertRefused("plain has 1 pictures where");
  }

  @Test
  void wrongDescriptionsAreNamed() throws IOException {
    describe(SceneFolder.DESCRIPTION.replace("depth_m256", "depth_feet"));
    assertRefused("'depth_feet'");
    describe(SceneFolder.DESCRIPTION.replace("\"format\": 1", "\"format\": 2"));
    assertRefused("not of format 1");
    describe("{");
    assertRefused("not a JSON file");
    describe("{\"format\": 1, \"sets\": []}");
    assertRefused("lists no sets");
    describe(SceneFolder.DESCRIPTION.replace("\"rgb\": \"rooms/rgb\",", ""));
    assertRefused("without \"rgb\"");
    describe(SceneFolder.DESCRIPTION.replace("rooms/rgb", "attic/rgb"));
    assertRefused("attic");
  }

  @Test
  void aCropBelongsToASet() throws IOException {
    describe(SceneFolder.DESCRIPTION.replace("\"rooms\", ", "\"rooms\", \"crop\": \"garg\", "));
    PairFolder data = PairFolder.open(folder);
    assertThat(data.sets())
        .extracting(set -> set.region().crop())
        .containsExactly(Crop.GARG, Crop.NONE, Crop.NONE, Crop.NONE);
    describe(SceneFolder.DESCRIPTION.replace("\"rooms\", ", "\"rooms\", \"crop\": \"barn\", "));
    assertRefused("'barn'; known are none, nyu-eigen");
    describe(SceneFolder.DESCRIPTION.replace("\"depth_cap_m\": 80", "\"depth_cap_m\": 0"));
    assertRefused("must be above 0.001");
    describe(
        SceneFolder.DESCRIPTION.replace("\"rooms\", ", "\"rooms\", \"crop\": \"nyu-eigen\", "));
    assertThatThrownBy(() -> Evaluator.of(List.of(oracle("oracle"))).run(PairFolder.open(folder)))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("the crop nyu-eigen is for ground truth of 640x480, not 64x48");
  }

  @Test
  void aProtocolIsChosenAndSaysWhatItCannotUse() {
    PairFolder data = PairFolder.open(folder);
    Evaluator evaluator = Evaluator.of(List.of(oracle("oracle"))).by(Protocol.METRIC);
    assertThatThrownBy(() -> evaluator.run(data))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("the set tables has disparity without unit");
    PairFolder measured = data.measuredBy(Protocol.METRIC);
    assertThat(measured.sets())
        .extracting(SampleSet::name)
        .containsExactly("rooms", "streets", "plain");
    Evaluation evaluation = evaluator.run(measured);
    assertThat(evaluation.protocol()).isEqualTo(Protocol.METRIC);
    assertThat(evaluation.models().get(0).sets().get(0).score().absRel()).isLessThan(0.005);
  }

  private void describe(String json) throws IOException {
    Files.writeString(folder.resolve("eval.json"), json);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> PairFolder.open(folder))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining(message);
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
