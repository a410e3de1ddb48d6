package dev.deltadepth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.space.Camera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other people's models in the types and shapes that they come in. */
class OtherTensorsTest {
  private static final RgbImage PHOTO = Photos.gradient(6, 5);

  @TempDir Path folder;

  private DepthEstimator open(Path model, String layout, String type, String more)
      throws IOException {
    Files.writeString(
        ModelDescription.sidecar(model),
        """
        {"name": "other", "input": {"name": "x", "layout": "%s", "type": "%s"},
         "size": {"multiple": 1, "shorter_side": 5},
         "output": {"name": "y", "kind": "disparity"}%s}
        """
            .formatted(layout, type, more));
    return DepthEstimator.open(model, EstimatorOptions.defaults().withThreads(1));
  }

  private static void assertMeanOfChannels(DepthMap map, float tolerance) {
    for (int i = 0; i < 30; i++) {
      float sum = 0;
      for (int c = 0; c < 3; c++) {
        sum += PHOTO.data()[3 * i + c] & 0xff;
      }
      assertThat(map.data()[i]).isCloseTo(sum / 3 / 255, within(tolerance));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void mapsComeInManyShapes(boolean half) throws IOException {
    String type = half ? "float16" : "float32";
    float tolerance = half ? 2e-3f : 1e-6f;
    Path file = folder.resolve("m.onnx");
    // [N, 1, H, W]
    TestModels.mean(file, half, true, new long[] {1}, "n", 3, "h", "w");
    try (DepthEstimator model = open(file, "NCHW", type, "")) {
      assertMeanOfChannels(model.estimate(PHOTO), tolerance);
    }
    // [N, H, W, 1]
    TestModels.mean(file, half, true, new long[] {3}, "n", "h", "w", 3);
    try (DepthEstimator model = open(file, "NHWC", type, "")) {
      assertMeanOfChannels(model.estimate(PHOTO), tolerance);
    }
    // [H, W]
    TestModels.mean(file, half, false, new long[] {0, 1}, 1, 3, "h", "w");
    try (DepthEstimator model = open(file, "NCHW", type, "")) {
      assertMeanOfChannels(model.estimate(PHOTO), tolerance);
    }
    // Several views in five axes: [N, 1, 1, H, W] and [N, 1, H, W]
    for (boolean kept : new boolean[] {true, false}) {
      TestModels.mean(file, half, kept, new long[] {2}, "n", "views", 3, "h", "w");
      try (DepthEstimator model = open(file, "NVCHW", type, "")) {
        assertMeanOfChannels(model.estimate(PHOTO), tolerance);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"focal_length,300", "2.5,2.5", "[2.5],2.5"})
  void aSecondInputIsGivenWhatItWants(String value, float factor) throws IOException {
    String given = value.equals("focal_length") ? "\"focal_length\"" : value;
    Path file = TestModels.scaled(folder.resolve("m.onnx"), 1);
    try (DepthEstimator model = open(file, "NCHW", "float32", others(given))) {
      assertThat(model.description().needsCamera()).isEqualTo(value.equals("focal_length"));
      DepthMap map = model.estimate(PHOTO, 5, Camera.ofFocalLength(6, 5, 300));
      assertThat(map.data()[7])
          .isCloseTo((PHOTO.data()[21] & 0xff) / 255f * factor, within(1e-3f * factor));
    }
  }

  @Test
  void theFocalLengthIsInPixelsOfTheInput() throws IOException {
    Path file = TestModels.scaled(folder.resolve("m.onnx"), 1);
    RgbImage white = new RgbImage(60, 50, whiteBytes(60 * 50));
    try (DepthEstimator model = open(file, "NCHW", "float32", others("\"focal_length\""))) {
      DepthMap map = model.estimate(white, 5, Camera.ofFocalLength(60, 50, 300));
      assertThat(map.data()[0]).isCloseTo(30, within(1e-3f));
      assertThat(model.estimate(white).data()[0])
          .as("nothing is known of the camera")
          .isCloseTo((float) Camera.unknown(6, 5).fx(), within(1e-3f));
    }
  }

  @Test
  void theCameraIsAMatrixWhereItIsWanted() throws IOException {
    Path file = TestModels.scaled(folder.resolve("m.onnx"), "n", 3, 3);
    RgbImage white = new RgbImage(6, 5, whiteBytes(30));
    try (DepthEstimator model = open(file, "NCHW", "float32", others("\"intrinsics\""))) {
      DepthMap map = model.estimate(white, 5, new Camera(6, 5, 10, 20, 3, 2.5));
      assertThat(map.data()[0]).isCloseTo(10 + 20 + 3 + 2.5f + 1, within(1e-3f));
    }
  }

  @Test
  void aCameraOfAnotherPhotoIsRefused() throws IOException {
    Path file = TestModels.scaled(folder.resolve("m.onnx"), 1);
    try (DepthEstimator model = open(file, "NCHW", "float32", others("\"focal_length\""))) {
      assertThatThrownBy(() -> model.model().run(PHOTO, Camera.unknown(5, 6)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a camera of 5x6 pixels did not take a photo of 6x5");
    }
  }

  @Test
  void oneNumberFillsAnyShape() throws IOException {
    Path file = TestModels.scaled(folder.resolve("m.onnx"), 2, 3);
    RgbImage white = new RgbImage(6, 5, whiteBytes(30));
    try (DepthEstimator model = open(file, "NCHW", "float32", others("2"))) {
      assertThat(model.estimate(white).data()[0]).isCloseTo(12, within(1e-3f));
    }
  }

  @Test
  void whatDoesNotFitIsSaid() {
    Path file = TestModels.scaled(folder.resolve("m.onnx"), 2, 3);
    assertThatThrownBy(() -> open(file, "NCHW", "float32", others("[1, 2]")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("input k takes 6 numbers, but its description gives 2");
    assertThatThrownBy(() -> open(file, "NCHW", "float32", ""))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("those beside the photo must be in its description's other_inputs");
    assertThatThrownBy(() -> open(file, "NCHW", "float16", others("1")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("input x holds FLOAT, but its description says FLOAT16");
    assertThatThrownBy(() -> open(file, "NCHW", "float32", others("\"lens\"")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("other_inputs[0].value is \"lens\"; it must be one of");
    assertThatThrownBy(() -> open(file, "NCHW", "float32", others("[1, \"a\"]")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("a number, a list of numbers, focal_length or intrinsics");
    assertThatThrownBy(() -> open(file, "NCHW", "float32", others("{\"a\": 1}")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("a number, a list of numbers, focal_length or intrinsics");
  }

  private static String others(String value) {
    return ", \"other_inputs\": [{\"name\": \"k\", \"value\": " + value + "}]";
  }

  private static byte[] whiteBytes(int pixels) {
    byte[] white = new byte[3 * pixels];
    Arrays.fill(white, (byte) 255);
    return white;
  }
}
