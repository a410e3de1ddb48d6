package dev.deltadepth.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetsTest {
  @TempDir private Path folder;

  @Test
  void everyDataSetHasItsNameOriginAndSource() {
    assertThat(DataSets.known())
        .extracting(DataSetFormat::name)
        .containsExactly(
            "pairs",
            "nyu",
            "nyu-filled",
            "kitti",
            "kitti-cut",
            "diode",
            "eth3d",
            "middlebury",
            "scannet",
            "tum",
            "ibims",
            "phone");
    for (DataSetFormat format : DataSets.known()) {
      assertThat(DataSets.named(format.name())).contains(format);
      assertThat(format.title()).isNotBlank();
      assertThat(format.layout()).isNotBlank();
      assertThat(format.source()).isNotBlank();
      assertThat(format.origin().licence().isEmpty()).isEqualTo(format.name().equals("pairs"));
    }
    assertThat(DataSets.named("imagenet")).isEmpty();
  }

  @Test
  void whatIsNotKnownIsRefusedWithTheNames() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "nothing");
    Files.createDirectories(folder.resolve("test/empty"));
    assertThatThrownBy(() -> DataSets.open(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("has no eval.json and is not a recognised data set (pairs, nyu,");
    assertThatThrownBy(() -> DataSets.open(folder.resolve("gone")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("gone does not exist: check the path");
    assertThatThrownBy(() -> DataSets.open(folder.resolve("notes.txt")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("is not a recognised data set");
  }

  @Test
  void aDataSetThatIsNotThereIsRefused() throws IOException {
    SceneFolder.write(folder);
    assertThat(DataSets.open(folder).name()).isEqualTo("pairs");
    for (DataSetFormat format : DataSets.known()) {
      if (!format.name().equals("pairs")) {
        assertThatThrownBy(() -> DataSets.open(format, folder))
            .isInstanceOf(DatasetException.class)
            .hasMessageContaining("does not look like " + format.name())
            .hasMessageContaining("it needs " + format.layout());
      }
    }
  }

  @Test
  void oneDescriptionGoesBeforeWhatTheFolderLooksLike() throws IOException {
    SceneFolder.write(folder);
    Files.writeString(folder.resolve("rgb.txt"), "");
    Files.writeString(folder.resolve("depth.txt"), "");
    assertThat(DataSets.open(folder).name()).isEqualTo("pairs");
  }

  @Test
  void aPartHoldsTheSetsThatAreWanted() throws IOException {
    SceneFolder.write(folder);
    DataSet part = DataSets.open(folder).only(set -> set.kind().metric());
    assertThat(part.sets()).extracting(SampleSet::name).containsExactly("rooms", "streets");
    assertThat(part.count()).isEqualTo(4);
  }
}
