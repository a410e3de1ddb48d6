package dev.deltadepth.io.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.space.Camera;
import dev.deltadepth.io.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraFileTest {
  @TempDir Path folder;

  private Camera read(String content, int width, int height) throws IOException {
    return CameraFile.read(file(content), width, height).camera();
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("camera"), content);
  }

  @Test
  void readsOpenCv() throws IOException {
    String yaml =
        """
        %YAML:1.0
        ---
        calibration_time: "Tue 03 Nov 2026 10:00:00"
        image_width: 640
        image_height: 480
        camera_matrix: !!opencv-matrix
           rows: 3
           cols: 3
           dt: d
           data: [ 5.0e+02, 0., 3.195e+02, 0., 5.1e+02, 2.395e+02, 0.,
               0., 1. ]
        distortion_coefficients: !!opencv-matrix
           rows: 5
           cols: 1
           dt: d
           data: [ 0., 0., 0., 0., 0. ]
        """;
    assertThat(read(yaml, 640, 480)).isEqualTo(new Camera(640, 480, 500, 510, 320, 240));
    assertThat(read(yaml, 320, 240)).isEqualTo(new Camera(320, 240, 250, 255, 160, 120));
  }

  @Test
  void readsRos() throws IOException {
    String yaml =
        """
        image_width: 640
        image_height: 480
        camera_name: narrow_stereo
        camera_matrix:
          rows: 3
          cols: 3
          data: [438.5, 0, 305.5, 0, 437.25, 239.5, 0, 0, 1]
        distortion_model: plumb_bob
        """;
    assertThat(read(yaml, 640, 480)).isEqualTo(new Camera(640, 480, 438.5, 437.25, 306, 240));
    String message = "height: 480\nwidth: 640\nk: [400, 0, 319.5, 0, 401, 239.5, 0, 0, 1]\n";
    assertThat(read(message, 640, 480)).isEqualTo(new Camera(640, 480, 400, 401, 320, 240));
  }

  @Test
  void readsColmap() throws IOException {
    String head = "# Camera list with one line of data per camera:\n";
    assertThat(read(head + "1 PINHOLE 640 480 500 510 320 240\n", 640, 480))
        .isEqualTo(new Camera(640, 480, 500, 510, 320, 240));
    assertThat(read("1 SIMPLE_RADIAL 640 480 500 320 240 0.01", 640, 480))
        .isEqualTo(new Camera(640, 480, 500, 500, 320, 240));
    assertThat(read("1 OPENCV 640 480 500 510 320 240 0.1 0 0 0", 1280, 960).fx()).isEqualTo(1000);
  }

  @Test
  void readsKitti() throws IOException {
    String objects =
        """
        P0: 7.2e+02 0 6.0e+02 0 0 7.2e+02 1.7e+02 0 0 0 1 0
        P2: 7.215e+02 0 6.095e+02 4.4e+01 0 7.215e+02 1.725e+02 2.1e-01 0 0 1 2.7e-03
        R0_rect: 1 0 0 0 1 0 0 0 1
        """;
    Camera camera = read(objects, 1242, 375);
    assertThat(camera).isEqualTo(new Camera(1242, 375, 721.5, 721.5, 610, 173));
    String raw =
        """
        calib_time: 09-Jan-2012 13:57:47
        S_rect_02: 1.242000e+03 3.750000e+02
        P_rect_02: 7.0e+02 0 6.0e+02 4.4e+01 0 7.0e+02 1.7e+02 2.1e-01 0 0 1 2.7e-03
        """;
    assertThat(read(raw, 621, 188).fx()).isCloseTo(350, within(1e-9));
  }

  @Test
  void saysWhereItIsFrom() throws IOException {
    assertThat(CameraFile.read(file("1 PINHOLE 4 3 5 5 2 1.5"), 4, 3).origin())
        .startsWith("COLMAP camera in ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "{]",
        "camera_matrix: [1, 2, 3]",
        "camera_matrix: {data: [0, 0, 0, 0, 0, 0, 0, 0, 0]}",
        "1 PINHOLE 4 3 5",
        "1 PINHOLE 4 3 5 five 2 1",
        "1 OPENCV_FISHEYE 4 3 5 5 2 1 0 0 0 0",
        "1 PINHOLE 4 3 5 5 2 1\n2 PINHOLE 4 3 5 5 2 1",
        "1 PINHOLE 4 3 -5 5 2 1",
        "P2: 1 2 3 4 5 6 7 8 9 10 11 x",
        "\u0000\u0001\u0002"
      })
  void whatIsNoCameraIsRefusedByName(String content) throws IOException {
    Path file = file(content);
    assertThatThrownBy(() -> CameraFile.read(file, 4, 3))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aCameraOfAnotherShapeIsRefused() throws IOException {
    Path file = file("1 PINHOLE 640 480 500 510 320 240");
    assertThatThrownBy(() -> CameraFile.read(file, 480, 640))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("640x480")
        .hasMessageContaining("480x640");
    assertThatThrownBy(() -> CameraFile.read(folder.resolve("nope.yaml"), 4, 3))
        .hasMessageContaining("does not exist");
  }
}
