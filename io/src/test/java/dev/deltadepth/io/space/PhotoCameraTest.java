package dev.deltadepth.io.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.space.Camera;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhotoCameraTest {
  private static final int FOCAL_LENGTH = 0x920a;
  private static final int FILM = 0xa405;
  private static final int COLUMNS = 0xa002;
  private static final int ROWS = 0xa003;
  private static final int PLANE_X = 0xa20e;
  private static final int PLANE_Y = 0xa20f;
  private static final int PLANE_UNIT = 0xa210;
  private static final byte[] PLAIN = JpegSample.grey(48, 32);

  @Test
  void theFocalLengthOn35mmFilmCounts() {
    byte[] photo = JpegSample.withExif(PLAIN, 1, Map.of(FILM, 26.0, FOCAL_LENGTH, 4.2));
    KnownCamera known = PhotoCamera.of(photo, 4000, 3000).orElseThrow();
    assertThat(known.camera()).isEqualTo(Camera.ofFocalLength35mm(4000, 3000, 26));
    assertThat(known.origin()).isEqualTo("26 mm on 35 mm film (EXIF)");
    // Upright and reduced: the same angle.
    assertThat(PhotoCamera.of(photo, 300, 400).orElseThrow().camera().fieldOfView())
        .isCloseTo(known.camera().fieldOfView(), within(1e-9));
  }

  @Test
  void otherwiseTheFocalLengthAndTheSensorCount() {
    // A sensor of 36 x 24 mm with 3600 x 2400 pixels, in pixels an inch.
    Map<Integer, Double> tags =
        Map.of(FOCAL_LENGTH, 50.0, COLUMNS, 3600.0, ROWS, 2400.0, PLANE_X, 2540.0, PLANE_Y, 2540.0);
    Camera camera =
        PhotoCamera.of(JpegSample.withExif(PLAIN, 1, tags), 1800, 1200).orElseThrow().camera();
    assertThat(camera.fx()).isCloseTo(2500, within(1e-6));
    assertThat(camera.fy()).isCloseTo(2500, within(1e-6));
    assertThat(
            PhotoCamera.of(JpegSample.withExif(PLAIN, 1, tags), 1800, 1200).orElseThrow().origin())
        .isEqualTo("50 mm before a sensor of 36 x 24 mm (EXIF)");
  }

  @Test
  void pixelsThatAreNotSquareTurnWithThePhoto() {
    Map<Integer, Double> tags =
        Map.of(
            FOCAL_LENGTH,
            50.0,
            COLUMNS,
            3600.0,
            ROWS,
            1200.0,
            PLANE_X,
            1000.0,
            PLANE_Y,
            500.0,
            PLANE_UNIT,
            3.0);
    Camera camera =
        PhotoCamera.of(JpegSample.withExif(PLAIN, 6, tags), 1200, 3600).orElseThrow().camera();
    assertThat(camera.fx()).isCloseTo(2500, within(1e-6));
    assertThat(camera.fy()).isCloseTo(5000, within(1e-6));
  }

  @Test
  void withoutTheseNothingIsKnown() {
    assertThat(PhotoCamera.of(PLAIN, 48, 32)).isEmpty();
    assertThat(PhotoCamera.of(JpegSample.withExif(PLAIN, 1, Map.of(FILM, 0.0)), 48, 32)).isEmpty();
    assertThat(PhotoCamera.of(JpegSample.withExif(PLAIN, 1, Map.of(FOCAL_LENGTH, 4.2)), 48, 32))
        .isEmpty();
    assertThat(PhotoCamera.of("no photo".getBytes(java.nio.charset.StandardCharsets.UTF_8), 4, 3))
        .isEmpty();
    assertThat(PhotoCamera.of(new byte[0], 4, 3)).isEmpty();
    assertThat(KnownCamera.unknown(4, 3).origin()).contains("60 degrees");
  }

  @Test
  void aSensorOfAKilometreIsAMistake() {
    Map<Integer, Double> tags =
        Map.of(FOCAL_LENGTH, 50.0, COLUMNS, 3600.0, ROWS, 2400.0, PLANE_X, 0.1, PLANE_Y, 0.1);
    assertThat(PhotoCamera.of(JpegSample.withExif(PLAIN, 1, tags), 48, 32)).isEmpty();
  }
}
