package dev.deltadepth.core.view;

import static dev.deltadepth.core.view.StereoPairTest.map;
import static dev.deltadepth.core.view.StereoPairTest.noise;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.MapRows;
import dev.deltadepth.core.RgbImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripsTest {
  /** Of several strips, with steps, slopes and thin things. */
  private static DepthMap scene(int width, int height) {
    return map(
        width,
        height,
        (x, y) ->
            (x / 37 + y / 53) % 3 * 20
                + (x % 23 < 2 ? 9 : 0)
                + y / 10f
                + (Math.hypot(x - width / 2.0, y % 200 - 100) < 40 ? 50 : 0));
  }

  @ParameterizedTest
  @CsvSource({"160, 700, 4", "160, 700, 20", "700, 160, 8", "90, 1100, 12", "31, 129, 20"})
  void theFocusIsThatOfTheWholePhoto(int width, int height, double diameter) {
    RgbImage photo = noise(width, height);
    DepthMap map = scene(width, height);
    Aperture aperture = new Aperture(0.4, diameter);
    Drawn drawn = new Drawn(width, height);
    give(
        map, Strips.focus(width, height, Nearness.Ends.of(map), aperture, rows(photo), drawn::row));
    assertThat(drawn.image()).isEqualTo(new Defocus(photo, map, aperture).apply());
  }

  @ParameterizedTest
  @CsvSource({"160, 700, 2.5", "160, 700, 20", "700, 160, 5", "400, 900, 5", "31, 129, 20"})
  void whatTwoEyesSeeIsThatOfTheWholePhoto(int width, int height, double divergence) {
    RgbImage photo = noise(width, height);
    DepthMap map = scene(width, height);
    Stereo stereo = new Stereo(divergence, 0.5);
    Drawn drawn = new Drawn(2 * width, height);
    give(
        map,
        Strips.stereo(
            width,
            height,
            Nearness.Ends.of(map),
            stereo,
            StereoLayout.SIDE_BY_SIDE::join,
            rows(photo),
            drawn::row));
    assertThat(drawn.image())
        .isEqualTo(StereoLayout.SIDE_BY_SIDE.join(StereoPair.of(photo, map, stereo)));
  }

  @Test
  void aFlatMapLeavesThePhotoAsItIs() {
    RgbImage photo = noise(40, 300);
    DepthMap flat = map(40, 300, (x, y) -> 1);
    Drawn eyes = new Drawn(80, 300);
    give(
        flat,
        Strips.stereo(
            40,
            300,
            Nearness.Ends.of(flat),
            Stereo.defaults(),
            StereoLayout.SIDE_BY_SIDE::join,
            rows(photo),
            eyes::row));
    assertThat(eyes.image())
        .isEqualTo(StereoLayout.SIDE_BY_SIDE.join(new StereoPair(photo, photo)));
    Drawn focus = new Drawn(40, 300);
    give(
        flat,
        Strips.focus(
            40, 300, Nearness.Ends.of(flat), new Aperture(0.5, 8), rows(photo), focus::row));
    assertThat(focus.image()).isEqualTo(photo);
  }

  private static Strips.Photo rows(RgbImage photo) {
    return (y, rgb) -> System.arraycopy(photo.data(), y * rgb.length, rgb, 0, rgb.length);
  }

  private static void give(DepthMap map, MapRows sink) {
    for (int y = 0; y < map.height(); y++) {
      sink.row(y, Arrays.copyOfRange(map.data(), y * map.width(), (y + 1) * map.width()));
    }
  }

  /** What has been drawn so far. */
  private static final class Drawn {
    private final int width;
    private final byte[] rgb;
    private int count;

    Drawn(int width, int height) {
      this.width = width;
      rgb = new byte[3 * width * height];
    }

    void row(byte[] row) {
      System.arraycopy(row, 0, rgb, count, row.length);
      count += row.length;
    }

    RgbImage image() {
      assertThat(count).isEqualTo(rgb.length);
      return new RgbImage(width, rgb.length / 3 / width, rgb);
    }
  }
}
