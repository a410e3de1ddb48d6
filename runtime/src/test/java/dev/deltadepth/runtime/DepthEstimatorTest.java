package dev.deltadepth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.RgbImage;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DepthEstimatorTest {
  private static final EstimatorOptions OPTIONS = EstimatorOptions.defaults().withThreads(1);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1,1", "640,480", "480,640", "64,64", "3,1000", "2000,5", "31,33"})
  void theMapHasThePhotosSizeAndIsDisparity(int width, int height) {
    try (DepthEstimator estimator = red()) {
      DepthMap map = estimator.estimate(Photos.plain(width, height, 51, 200, 7));
      assertThat(map.width()).isEqualTo(width);
      assertThat(map.height()).isEqualTo(height);
      assertThat(map.kind()).isEqualTo(DepthMap.Kind.DISPARITY);
      for (float value : map.data()) {
        assertThat(value).isCloseTo(0.2f, within(1e-6f));
      }
    }
  }

  @Test
  void theMapLiesOnThePhoto() {
    try (DepthEstimator estimator = red()) {
      RgbImage photo = Photos.gradient(320, 200);
      DepthMap map = estimator.estimate(photo);
      for (int x = 8; x < 312; x += 16) {
        assertThat(map.value(x, 100))
            .as("column %d", x)
            .isCloseTo(photo.value(x, 100, 0) / 255f, within(0.02f));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "640,480,0,96,64",
    "480,640,0,64,96",
    "640,480,256,352,256",
    "1,1,0,64,64",
    "10000,10,0,512,64",
    "10,10000,0,64,512"
  })
  void theNetworkSeesTheShorterSideAtItsSize(
      int width, int height, int size, int seenWidth, int seenHeight) {
    Path model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    try (DepthEstimator estimator = DepthEstimator.open(model, OPTIONS.withSize(size))) {
      assertThat(estimator.inputSize(width, height))
          .isEqualTo(new InputSize(seenWidth, seenHeight));
    }
  }

  @Test
  void estimatesAreIndependentOfThreads() {
    Path model = TestModels.convolutions(folder.resolve("convolutions.onnx"));
    RgbImage photo = Photos.gradient(320, 240);
    try (DepthEstimator one = DepthEstimator.open(model, OPTIONS.withThreads(1));
        DepthEstimator four = DepthEstimator.open(model, OPTIONS.withThreads(4))) {
      assertThat(four.estimate(photo).data())
          .containsExactly(one.estimate(photo).data(), within(1e-6f));
    }
  }

  @Test
  void oneEstimatorServesSeveralThreadsAtOnce() throws Exception {
    Path model = TestModels.convolutions(folder.resolve("convolutions.onnx"));
    List<RgbImage> photos = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      photos.add(Photos.gradient(64 + 32 * (i % 3), 64 + 16 * (i % 5)));
    }
    ExecutorService workers = Executors.newFixedThreadPool(4);
    try (DepthEstimator estimator = DepthEstimator.open(model, OPTIONS)) {
      List<DepthMap> alone = photos.stream().map(estimator::estimate).toList();
      List<Future<DepthMap>> together =
          photos.stream().map(photo -> workers.submit(() -> estimator.estimate(photo))).toList();
      for (int i = 0; i < photos.size(); i++) {
        assertThat(together.get(i).get().data()).as("photo %d", i).isEqualTo(alone.get(i).data());
      }
    } finally {
      workers.shutdownNow();
    }
  }

  @Test
  void aBuffersOldContentDoesNotShowThrough() {
    try (DepthEstimator estimator = red()) {
      DepthMap before = estimator.estimate(Photos.plain(64, 64, 51, 0, 0));
      estimator.estimate(Photos.plain(500, 64, 255, 255, 255));
      assertThat(estimator.estimate(Photos.plain(64, 64, 51, 0, 0)).data())
          .isEqualTo(before.data());
    }
  }

  @Test
  void aClosedEstimatorSaysSo() {
    DepthEstimator estimator = red();
    estimator.close();
    estimator.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> estimator.estimate(Photos.plain(64, 64, 0, 0, 0)))
        .withMessageContaining("red.onnx is closed");
  }

  @Test
  void closingWaitsForTheEstimatesAtWork() throws Exception {
    Path model = TestModels.convolutions(folder.resolve("convolutions.onnx"));
    ExecutorService workers = Executors.newFixedThreadPool(4);
    try {
      DepthEstimator estimator = DepthEstimator.open(model, OPTIONS);
      List<Future<DepthMap>> estimates = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        estimates.add(workers.submit(() -> estimator.estimate(Photos.gradient(160, 120))));
      }
      estimator.close();
      for (Future<DepthMap> estimate : estimates) {
        try {
          assertThat(estimate.get().width()).isEqualTo(160);
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(IllegalStateException.class);
        }
      }
    } finally {
      workers.shutdownNow();
    }
  }

  @Test
  void aModelThatPutsOutDepthIsTurnedIntoDisparity() throws IOException {
    Path model = TestModels.foreign(folder.resolve("foreign.onnx"));
    describe(model, "\"range\": [0, 10]", "depth");
    try (DepthEstimator estimator = DepthEstimator.open(model, OPTIONS)) {
      float[] near = estimator.estimate(Photos.plain(32, 32, 51, 51, 51)).data();
      float[] none = estimator.estimate(Photos.plain(32, 32, 0, 0, 0)).data();
      assertThat(near[0]).isCloseTo(1 / 2f, within(1e-6f));
      assertThat(none[0]).isNaN();
    }
  }

  @Test
  void rangeMeanAndStdAreApplied() throws IOException {
    Path model = TestModels.foreign(folder.resolve("foreign.onnx"));
    describe(model, "\"mean\": [0.1, 0.2, 0.3], \"std\": [0.5, 0.25, 0.125]", "disparity");
    try (DepthEstimator estimator = DepthEstimator.open(model, OPTIONS)) {
      float[] map = estimator.estimate(Photos.plain(32, 32, 51, 102, 153)).data();
      double expected = ((0.2 - 0.1) / 0.5 + (0.4 - 0.2) / 0.25 + (0.6 - 0.3) / 0.125) / 3;
      assertThat(map[0]).isCloseTo((float) expected, within(1e-5f));
    }
  }

  @Test
  void aSquareModelSeesASquare() throws IOException {
    Path model = TestModels.foreign(folder.resolve("foreign.onnx"));
    Files.writeString(
        folder.resolve("foreign.json"),
        """
        {"name": "f", "input": {"name": "x", "layout": "NCHW", "type": "float32"},
         "size": {"multiple": 14, "shorter_side": 56, "keep_aspect": false},
         "output": {"name": "y", "kind": "disparity"}}
        """);
    try (DepthEstimator estimator = DepthEstimator.open(model, OPTIONS)) {
      assertThat(estimator.inputSize(640, 480)).isEqualTo(new InputSize(56, 56));
      assertThat(estimator.estimate(Photos.gradient(64, 48)).width()).isEqualTo(64);
    }
  }

  @Test
  void whatIsNotAModelIsNamedWithTheRemedy() throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "I am no model\nat all");
    Path empty = Files.createFile(folder.resolve("empty.onnx"));
    Path whole = TestModels.convolutions(folder.resolve("whole.onnx"));
    byte[] bytes = Files.readAllBytes(whole);
    Path half = Files.write(folder.resolve("half.onnx"), Arrays.copyOf(bytes, 900));
    assertRefused(text, "is not a model");
    assertRefused(half, "is not a model");
    assertRefused(empty, "is empty");
    assertRefused(folder, "is a folder");
    assertRefused(folder.resolve("missing.onnx"), "does not exist");
  }

  @Test
  void aModelThatNothingDescribesAsksForADescription() {
    Path model = TestModels.sum(folder.resolve("sum.onnx"));
    assertRefused(model, folder.resolve("sum.json").toString());
  }

  @Test
  void aDescriptionThatDoesNotFitIsNamed() throws IOException {
    Path other = TestModels.sum(folder.resolve("sum.onnx"));
    describe(other, "\"colour\": \"RGB\"", "disparity");
    assertRefused(other, "has no input 'x' as its description says; it has a, b");
  }

  @Test
  void metadataThatIsWrongIsNamed() {
    Map<String, String> later = TestModels.metadata();
    later.put(ModelMetadata.CONVENTION, "metres");
    assertRefused(TestModels.red(folder.resolve("later.onnx"), later), "update Delta");
    Map<String, String> broken = TestModels.metadata();
    broken.put(ModelMetadata.MULTIPLE, "0");
    assertRefused(
        TestModels.red(folder.resolve("broken.onnx"), broken), "metadata delta.multiple is 0");
    broken.remove(ModelMetadata.NATIVE_SIZE);
    assertRefused(
        TestModels.red(folder.resolve("missing.onnx"), broken),
        "metadata delta.native_size is missing");
  }

  /** ONNX Runtime gives null for such a key. */
  @Test
  void aKeyOfMetadataThatHoldsAZeroByteIsLeftOut() {
    Map<String, String> metadata = TestModels.metadata();
    metadata.put("delta.paramete\0\0", "7");
    try (DepthEstimator model =
        DepthEstimator.open(TestModels.red(folder.resolve("zero.onnx"), metadata), OPTIONS)) {
      assertThat(model.description().name()).isEqualTo("test");
    }
    metadata.remove(ModelMetadata.CONVENTION);
    metadata.put(ModelMetadata.CONVENTION + "\0", ModelMetadata.DISPARITY_CONVENTION);
    assertRefused(
        TestModels.red(folder.resolve("none.onnx"), metadata),
        folder.resolve("none.json").toString());
  }

  @Test
  void whatIsNoFileIsNotOpened() throws IOException {
    Path socket = folder.resolve("socket.onnx");
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
      assertRefused(socket, "is a pipe, a socket or a device");
      assertThatThrownBy(() -> ModelSource.of(socket).bytes())
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("is a pipe, a socket or a device");
    }
  }

  @Test
  void hardwareThatIsNotThereIsNamedWithWhatIs() {
    Path model = TestModels.red(folder.resolve("red.onnx"), TestModels.metadata());
    Provider absent =
        System.getProperty("os.name").startsWith("Mac") ? Provider.CUDA : Provider.COREML;
    assertThatThrownBy(() -> DepthEstimator.open(model, OPTIONS.withProviders(absent)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("does not support " + absent)
        .hasMessageContaining("CPU");
  }

  @Test
  void optionsBelowZeroAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withSize(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withThreads(-1));
  }

  @Test
  @Tag("shared")
  void theTeacherSeesTheFloorNearerThanTheSky() {
    Path teacher =
        Path.of(System.getProperty("delta.shared"), "teachers", "tcmonodepth-small.onnx");
    try (DepthEstimator estimator = DepthEstimator.open(teacher, OPTIONS)) {
      assertThat(estimator.inputSize(640, 480)).isEqualTo(new InputSize(256, 192));
      DepthMap map = estimator.estimate(Photos.gradient(640, 480));
      assertThat(map.width()).isEqualTo(640);
      assertThat(map.value(320, 470)).isGreaterThan(map.value(320, 10));
    }
  }

  private DepthEstimator red() {
    return DepthEstimator.open(
        TestModels.red(folder.resolve("red.onnx"), TestModels.metadata()), OPTIONS);
  }

  private static void describe(Path model, String input, String kind) throws IOException {
    String description =
        """
        {"name": "f", "input": {"name": "x", "layout": "NCHW", "type": "float32", %s},
         "size": {"multiple": 32, "shorter_side": 32}, "output": {"name": "y", "kind": "%s"}}
        """;
    Files.writeString(ModelDescription.sidecar(model), description.formatted(input, kind));
  }

  private static void assertRefused(Path model, String reason) {
    assertThatThrownBy(() -> DepthEstimator.open(model, OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(model.toString().replaceAll("\\.onnx$", ""))
        .hasMessageContaining(reason);
  }
}
