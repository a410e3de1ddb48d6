package dev.deltadepth.core.steady;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyDepthTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;
  private static final DoubleBinaryOperator WAVES = Made.waves(11);
  private static final RgbImage PICTURE = Made.picture(WIDTH, HEIGHT, WAVES);
  private static final DepthMap SCENE =
      Made.map(WIDTH, HEIGHT, (x, y) -> 1 + 0.01 * y + (x > 20 && x < 40 && y > 15 ? 0.6 : 0));

  private final Random random = new Random(3);

  /** Maps of a still scene, each with a scale and a shift of its own; the first has those given. */
  private List<DepthMap> flicker(int count, double firstScale, double firstShift) {
    List<DepthMap> maps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double scale = i == 0 ? firstScale : 1 + 0.1 * random.nextGaussian();
      double shift = i == 0 ? firstShift : 0.1 * random.nextGaussian();
      maps.add(Made.flickering(SCENE, scale, shift, 0.02, random));
    }
    return maps;
  }

  private static List<RgbImage> still(int count) {
    return Collections.nCopies(count, PICTURE);
  }

  /** The mean over the pixels of how much each varies, after the first frames. */
  private static double deviation(List<DepthMap> maps) {
    double sum = 0;
    for (int p = 0; p < WIDTH * HEIGHT; p++) {
      double mean = 0;
      double squares = 0;
      int count = 0;
      for (DepthMap map : maps.subList(4, maps.size())) {
        count++;
        double from = map.data()[p] - mean;
        mean += from / count;
        squares += from * (map.data()[p] - mean);
      }
      sum += Math.sqrt(squares / count);
    }
    return sum / (WIDTH * HEIGHT);
  }

  @ParameterizedTest
  @CsvSource({"0, 8", "8, 8"})
  void aStillSceneBecomesSteady(int lookahead, double factor) {
    List<DepthMap> maps = flicker(30, 1, 0);
    List<DepthMap> steady = Made.steady(lookahead, still(30), maps);
    assertThat(deviation(steady)).isLessThan(deviation(maps) / factor);
  }

  @Test
  void theFirstMapAndItsScaleAreKept() {
    List<DepthMap> maps = flicker(12, 1.5, -0.3);
    List<DepthMap> steady = Made.steady(0, still(12), maps);
    assertThat(steady.get(0)).isEqualTo(maps.get(0));
    DepthMap first = Made.flickering(SCENE, 1.5, -0.3, 0, random);
    assertThat(Made.apart(steady.get(11), first)).isLessThan(0.25 * Made.apart(SCENE, first));
  }

  /** Otherwise the errors of all fits would add up. */
  @Test
  void theScaleSlowlyFollowsTheMaps() {
    List<DepthMap> steady = Made.steady(0, still(400), flicker(400, 1.5, -0.3));
    assertThat(Made.apart(steady.get(399), SCENE)).isLessThan(0.05);
  }

  @Test
  void holesStayAndDoNotSpread() {
    List<DepthMap> maps = flicker(10, 1, 0);
    for (int k = 0; k < maps.size(); k++) {
      for (int i = 40 * k; i < 40 * k + 400; i++) {
        maps.get(k).data()[i] = i % 2 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
      }
    }
    for (int lookahead : new int[] {0, 3}) {
      List<DepthMap> steady = Made.steady(lookahead, still(10), maps);
      for (int k = 0; k < maps.size(); k++) {
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
          float in = maps.get(k).data()[i];
          float out = steady.get(k).data()[i];
          if (Float.isFinite(in)) {
            assertThat(out).isCloseTo(SCENE.data()[i], within(0.4f));
          } else {
            assertThat(Float.valueOf(out)).isEqualTo(Float.valueOf(in));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void mapsThatSayNothingAreGivenAsTheyAreAndLeaveNoTrace(int lookahead) {
    List<DepthMap> maps = flicker(8, 1, 0);
    List<DepthMap> expected = Made.steady(lookahead, still(8), maps);
    List<DepthMap> with = new ArrayList<>(maps);
    DepthMap constant = Made.map(WIDTH, HEIGHT, (x, y) -> 3);
    DepthMap nothing = Made.map(WIDTH, HEIGHT, (x, y) -> Double.NaN);
    with.add(0, nothing);
    with.add(4, constant);
    List<DepthMap> steady = Made.steady(lookahead, still(10), with);
    assertThat(steady.remove(4)).isEqualTo(constant);
    assertThat(steady.remove(0)).isEqualTo(nothing);
    if (lookahead == 0) {
      assertThat(steady).isEqualTo(expected);
    } else {
      // They take a place in the queue, so that fewer frames are seen ahead.
      assertThat(steady.get(7)).isEqualTo(expected.get(7));
    }
  }

  @Test
  void anotherSizeBeginsANewShot() {
    SteadyDepth steady = new SteadyDepth(0);
    flicker(3, 1, 0).forEach(map -> steady.add(PICTURE, map));
    assertThat(steady.cut()).isFalse();
    DepthMap other = Made.map(32, 48, (x, y) -> x * y);
    assertThat(steady.add(PICTURE, other)).containsExactly(other);
    assertThat(steady.cut()).isTrue();
    steady.add(PICTURE, Made.map(32, 48, (x, y) -> x * y));
    assertThat(steady.cut()).isFalse();
  }

  @Test
  void framesMayBeLargerOrSmallerThanTheirMaps() {
    for (int width : new int[] {7, 300}) {
      RgbImage frame = Made.picture(width, width, (x, y) -> 255 * x / width);
      List<DepthMap> maps = flicker(20, 1, 0);
      List<DepthMap> steady = Made.steady(0, Collections.nCopies(20, frame), maps);
      assertThat(deviation(steady)).isLessThan(deviation(maps) / 4);
    }
  }

  @Test
  void aCutLeavesNoTraceOfTheShotBefore() {
    RgbImage otherPicture =
        Made.picture(WIDTH, HEIGHT, (x, y) -> 0.4 * Made.waves(12).applyAsDouble(x, y));
    DepthMap otherScene = Made.map(WIDTH, HEIGHT, (x, y) -> 2 - 0.02 * y + 0.5 * Math.sin(x / 5));
    List<DepthMap> second = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      second.add(Made.flickering(otherScene, 1, 0, 0.02, random));
    }
    SteadyDepth steady = new SteadyDepth(0);
    flicker(6, 1, 0).forEach(map -> steady.add(PICTURE, map));
    List<DepthMap> expected = Made.steady(0, Collections.nCopies(4, otherPicture), second);
    for (int i = 0; i < 4; i++) {
      assertThat(steady.add(otherPicture, second.get(i))).containsExactly(expected.get(i));
      assertThat(steady.cut()).isEqualTo(i == 0);
    }
  }

  @Test
  void atACutTheMapsThatWaitAreGiven() {
    RgbImage otherPicture =
        Made.picture(WIDTH, HEIGHT, (x, y) -> 0.4 * Made.waves(12).applyAsDouble(x, y));
    DepthMap other = Made.map(WIDTH, HEIGHT, (x, y) -> 2 - 0.02 * y + 0.5 * Math.sin(x / 5));
    SteadyDepth steady = new SteadyDepth(5);
    List<DepthMap> due = new ArrayList<>();
    flicker(3, 1, 0).forEach(map -> due.addAll(steady.add(PICTURE, map)));
    assertThat(due).isEmpty();
    assertThat(steady.add(otherPicture, other)).hasSize(3);
    assertThat(steady.finish()).containsExactly(other);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void afterAFlashTheShotGoesOn(int length) {
    SteadyDepth steady = new SteadyDepth(0);
    for (int i = 0; i < 6; i++) {
      steady.add(PICTURE, Made.flickering(SCENE, 1, 0, 0.01, random));
    }
    RgbImage white = Made.picture(WIDTH, HEIGHT, (x, y) -> 255);
    for (int i = 0; i < length; i++) {
      steady.add(white, Made.map(WIDTH, HEIGHT, (x, y) -> 5 + Math.sin(x + y)));
    }
    DepthMap after = Made.flickering(SCENE, 2, 1, 0.01, random);
    DepthMap out = steady.add(PICTURE, after).get(0);
    assertThat(Made.apart(out, SCENE)).isLessThan(0.1 * Made.apart(after, SCENE));
  }

  @Test
  void aMovingSquareLeavesNoGhost() {
    DoubleBinaryOperator square = Made.waves(13);
    for (int lookahead : new int[] {0, 4}) {
      List<RgbImage> frames = new ArrayList<>();
      List<DepthMap> maps = new ArrayList<>();
      List<DepthMap> truths = new ArrayList<>();
      for (int t = 0; t < 12; t++) {
        int left = 4 + 3 * t;
        frames.add(
            Made.picture(
                WIDTH,
                HEIGHT,
                (x, y) ->
                    inside(x - left, y)
                        ? 255 - square.applyAsDouble(x - left, y) / 2
                        : WAVES.applyAsDouble(x, y) / 2));
        truths.add(Made.map(WIDTH, HEIGHT, (x, y) -> inside(x - left, y) ? 3 : 1 + 0.01 * y));
        maps.add(Made.flickering(truths.get(t), 1, 0, 0.01, random));
      }
      List<DepthMap> steady = Made.steady(lookahead, frames, maps);
      for (int t = 0; t < 12; t++) {
        int left = 4 + 3 * t;
        for (int y = 0; y < HEIGHT; y++) {
          for (int x = 0; x < WIDTH; x++) {
            // Half the step of 2 right at the square's edge, where motion is not exact, and the
            // noise.
            boolean edge = inside(x - left, y, 1) && !inside(x - left, y, -1);
            assertThat(steady.get(t).value(x, y))
                .as("frame %d, column %d, row %d", t, x, y)
                .isCloseTo(truths.get(t).value(x, y), within(edge ? 1.03f : 0.1f));
          }
        }
      }
    }
  }

  private static boolean inside(double x, double y) {
    return inside(x, y, 0);
  }

  private static boolean inside(double x, double y, int margin) {
    return x >= -margin && x < 14 + margin && y >= 16 - margin && y < 32 + margin;
  }

  /** The camera turns: what is behind each pixel moves, and the average moves with it. */
  @Test
  void theAverageMovesWithThePicture() {
    List<RgbImage> frames = new ArrayList<>();
    List<DepthMap> maps = new ArrayList<>();
    double before = 0;
    double after = 0;
    List<DepthMap> truths = new ArrayList<>();
    for (int t = 0; t < 12; t++) {
      double by = 2.3 * t;
      frames.add(Made.picture(WIDTH, HEIGHT, (x, y) -> WAVES.applyAsDouble(x + by, y)));
      truths.add(Made.map(WIDTH, HEIGHT, (x, y) -> 2 + Math.sin((x + by) / 6) * Math.cos(y / 8)));
      maps.add(Made.flickering(truths.get(t), 1, 0, 0.05, random));
    }
    List<DepthMap> steady = Made.steady(0, frames, maps);
    for (int t = 6; t < 12; t++) {
      before += Made.apart(maps.get(t), truths.get(t));
      after += Made.apart(steady.get(t), truths.get(t));
    }
    assertThat(after).isLessThan(0.65 * before);
  }

  @Test
  void mapsOfAnotherKindAndANegativeLookaheadAreRefused() {
    DepthMap metres = new DepthMap(DepthMap.Kind.METRES, 1, 1, new float[] {1});
    assertThatThrownBy(() -> new SteadyDepth(0).add(PICTURE, metres))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SteadyDepth(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }
}
