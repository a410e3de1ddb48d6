package dev.deltadepth.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.metrics.Crop;
import dev.deltadepth.metrics.Region;
import dev.deltadepth.scenes.RenderedScene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairFolderTest {
  @TempDir private Path folder;
  private List<RenderedScene> scenes;

  @BeforeEach
  void render() throws IOException {
    scenes = SceneFolder.write(folder);
  }

  @Test
  void listsEverySetWithItsPictures() {
    DataSet data = PairFolder.open(folder);
    assertThat(data.sets())
        .extracting(SampleSet::name)
        .containsExactly("rooms", "streets", "tables", "plain");
    assertThat(data.count()).isEqualTo(8);
    assertThat(data.sets().get(1).region()).isEqualTo(Region.upTo(80));
    assertThat(data.sets().get(0).samples())
        .extracting(Sample::id)
        .containsExactly("scene0", "scene1");
  }

  @Test
  void picturesMayBeTheFramesOfAVideo() throws IOException {
    String plain = "\"name\": \"plain\", ";
    Files.writeString(
        folder.resolve("eval.json"),
        SceneFolder.DESCRIPTION.replace(plain, plain + "\"sequence\": true, "));
    List<SampleSet> sets = PairFolder.open(folder).sets();
    assertThat(sets.get(3).samples()).extracting(Sample::sequence).containsOnly("plain");
    assertThat(sets.get(0).samples()).extracting(Sample::sequence).containsOnly("");
  }

  @Test
  void readsTheGroundTruthThatWasStored() {
    DataSet data = PairFolder.open(folder);
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
  void wrongOrPartialCopiesAreNamed() throws IOException {
    assertThatThrownBy(() -> PairFolder.open(folder.resolve("rooms")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("has no eval.json");

    Path truth = folder.resolve("rooms/depth/scene1.png");
    byte[] bytes = Files.readAllBytes(truth);
    Files.delete(truth);
    assertRefused("no ground truth beside it");
    Files.write(truth, Arrays.copyOf(bytes, bytes.length / 3));
    assertThatThrownBy(() -> PairFolder.open(folder).sets().get(0).samples().get(1).truth())
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("scene1.png");
    Files.copy(
        folder.resolve("tables/depth/scene0.png"), truth, StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> PairFolder.open(folder).sets().get(0).samples().get(1).truth())
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("8 bits per value");

    Files.delete(folder.resolve("plain/scene0.png"));
    assertRefused("plain has 1 pictures, but");
  }

  @Test
  void wrongDescriptionsAreNamed() throws IOException {
    describe(SceneFolder.DESCRIPTION.replace("depth_m256", "depth_feet"));
    assertRefused("'depth_feet'");
    describe(SceneFolder.DESCRIPTION.replace("\"format\": 1", "\"format\": 2"));
    assertRefused("not of format 1");
    describe("{");
    assertRefused("not valid JSON");
    describe("{\"format\": 1, \"sets\": []}");
    assertRefused("lists no sets");
    describe(SceneFolder.DESCRIPTION.replace("\"rgb\": \"rooms/rgb\",", ""));
    assertRefused("without 'rgb'");
    describe(SceneFolder.DESCRIPTION.replace("rooms/rgb", "attic/rgb"));
    assertRefused("attic");
  }

  @Test
  void aCropBelongsToASet() throws IOException {
    describe(SceneFolder.DESCRIPTION.replace("\"rooms\", ", "\"rooms\", \"crop\": \"garg\", "));
    DataSet data = PairFolder.open(folder);
    assertThat(data.sets())
        .extracting(set -> set.region().crop())
        .containsExactly(Crop.GARG, Crop.NONE, Crop.NONE, Crop.NONE);
    describe(SceneFolder.DESCRIPTION.replace("\"rooms\", ", "\"rooms\", \"crop\": \"barn\", "));
    assertRefused("unknown crop 'barn'; choose from none, nyu-eigen");
    describe(SceneFolder.DESCRIPTION.replace("\"depth_cap_m\": 80", "\"depth_cap_m\": 0"));
    assertRefused("must be above 0.001");
  }

  @Test
  void theOriginIsWhatTheDescriptionSays() throws IOException {
    describe(SceneFolder.DESCRIPTION.replace("\"rooms\", ", "\"rooms\", \"licence\": \"CC0\", "));
    List<SampleSet> sets = PairFolder.open(folder).sets();
    assertThat(sets.get(0).origin()).isEqualTo(new Origin("CC0", ""));
    assertThat(sets.get(1).origin()).isEqualTo(new Origin("", ""));
  }

  @Test
  void anUnlabelledPictureHasNoTruth() {
    Sample plain = PairFolder.open(folder).sets().get(3).samples().get(0);
    assertThat(plain.image().width()).isEqualTo(64);
    assertThatThrownBy(plain::truth)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("scene0.png has no ground truth");
  }

  private void describe(String json) throws IOException {
    Files.writeString(folder.resolve("eval.json"), json);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> PairFolder.open(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(message);
  }
}
