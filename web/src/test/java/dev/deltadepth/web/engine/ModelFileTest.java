package dev.deltadepth.web.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EmbeddedModel;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.ModelSource;
import dev.deltadepth.web.browser.WebException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelFileTest {

  @ParameterizedTest
  @EnumSource
  void anEmbeddedModelSaysWhatTheRuntimeReads(EmbeddedModel model) {
    ModelFile file = ModelFile.read(model.bytes());
    try (DepthEstimator estimator =
        DepthEstimator.open(ModelSource.embedded(model), EstimatorOptions.defaults())) {
      ModelDescription description = estimator.description();
      assertThat(file.nativeSize()).isEqualTo(description.size().shorterSide());
      assertThat(file.multiple()).isEqualTo(description.size().multiple());
    }
  }

  @Test
  void halfAModelIsRefused() {
    byte[] whole = EmbeddedModel.FLOAT.bytes();
    assertThatThrownBy(() -> ModelFile.read(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(WebException.class)
        .hasMessageContaining("incomplete");
  }

  @Test
  void aModelWithoutMetadataIsRefused() {
    assertThatThrownBy(() -> ModelFile.read(new byte[] {8, 8}))
        .isInstanceOf(WebException.class)
        .hasMessageContaining("not exported by Delta");
  }

  @Property(tries = 300)
  void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
    try {
      ModelFile.read(bytes);
    } catch (WebException e) {
      assertThat(e).hasMessageMatching("(the model|this file).*");
    }
  }
}
