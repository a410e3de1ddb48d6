package dev.deltadepth.core.steady;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which map is given when, and from what. */
class LookaheadTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 30;

  private final List<RgbImage> frames = new ArrayList<>();
  private final List<DepthMap> maps = new ArrayList<>();

  /** A slow move to the right; the frames' numbers can be read from a hole in each map. */
  private void clip(int count) {
    DoubleBinaryOperator waves = Made.waves(21);
    Random random = new Random(5);
    for (int t = 0; t < count; t++) {
      double by = 0.7 * t;
      frames.add(Made.picture(WIDTH, HEIGHT, (x, y) -> waves.applyAsDouble(x + by, y)));
      DepthMap map = Made.map(WIDTH, HEIGHT, (x, y) -> 1 + 0.02 * y + 0.1 * Math.sin(x + by));
      maps.add(Made.flickering(map, 1 + 0.1 * random.nextGaussian(), 0.1, 0.02, random));
      maps.get(t).data()[t] = Float.NaN;
    }
  }

  private static int number(DepthMap map) {
    int number = 0;
    while (!Float.isNaN(map.data()[number])) {
      number++;
    }
    return number;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 5, 6, 9, 10, 11, 23})
  void everyMapIsGivenOnceAndInOrder(int count) {
    clip(count);
    SteadyDepth steady = new SteadyDepth(5);
    List<DepthMap> out = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      List<DepthMap> due = steady.add(frames.get(t), maps.get(t));
      // Five at a time, each with five or more after it.
      assertThat(due).hasSize(t >= 9 && t % 5 == 4 ? 5 : 0);
      out.addAll(due);
    }
    List<DepthMap> rest = steady.finish();
    assertThat(rest).hasSize(count < 10 ? count : 5 + count % 5);
    out.addAll(rest);
    assertThat(out).hasSize(count);
    for (int t = 0; t < count; t++) {
      assertThat(number(out.get(t))).isEqualTo(t);
    }
    assertThat(steady.finish()).isEmpty();
  }

  @Test
  void withoutLookaheadLaterFramesChangeNothing() {
    clip(9);
    List<DepthMap> all = Made.steady(0, frames, maps);
    for (int count = 1; count < 9; count++) {
      assertThat(Made.steady(0, frames.subList(0, count), maps.subList(0, count)))
          .isEqualTo(all.subList(0, count));
    }
  }

  @Test
  void withLookaheadTheLaterOnesWithinItDo() {
    clip(9);
    List<DepthMap> all = Made.steady(3, frames, maps);
    List<DepthMap> fewer = Made.steady(3, frames.subList(0, 7), maps.subList(0, 7));
    assertThat(fewer.subList(0, 3)).isEqualTo(all.subList(0, 3));
    assertThat(fewer.get(3)).isNotEqualTo(all.get(3));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void theSameClipGivesTheSameMapsAgainAndInputsStayAsTheyAre(int lookahead) {
    clip(9);
    List<DepthMap> copies =
        maps.stream()
            .map(map -> new DepthMap(map.kind(), WIDTH, HEIGHT, map.data().clone()))
            .toList();
    SteadyDepth steady = new SteadyDepth(lookahead);
    List<List<DepthMap>> rounds = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      List<DepthMap> out = new ArrayList<>();
      for (int t = 0; t < 9; t++) {
        out.addAll(steady.add(frames.get(t), maps.get(t)));
      }
      out.addAll(steady.finish());
      rounds.add(out);
    }
    assertThat(rounds.get(1)).isEqualTo(rounds.get(0));
    assertThat(Made.steady(lookahead, frames, maps)).isEqualTo(rounds.get(0));
    assertThat(maps).isEqualTo(copies);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "9, 1", "2, 1", "1, 2", "3, 2", "2, 200", "13, 12"})
  void smallMapsAreMapsToo(int width, int height) {
    Random random = new Random(8);
    for (int lookahead : new int[] {0, 2}) {
      List<RgbImage> pictures = new ArrayList<>();
      List<DepthMap> small = new ArrayList<>();
      for (int t = 0; t < 6; t++) {
        pictures.add(Made.picture(5, 4, (x, y) -> 255 * random.nextDouble()));
        small.add(Made.map(width, height, (x, y) -> random.nextDouble()));
      }
      List<DepthMap> out = Made.steady(lookahead, pictures, small);
      assertThat(out).hasSize(6);
      for (DepthMap map : out) {
        assertThat(map.width()).isEqualTo(width);
        for (float value : map.data()) {
          assertThat(value).isBetween(-1f, 2f);
        }
      }
    }
  }
}
