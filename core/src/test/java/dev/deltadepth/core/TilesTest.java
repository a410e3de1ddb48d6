package dev.deltadepth.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilesTest {

  private static DepthMap scene(int width, int height, boolean wraps) {
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      double x = i % width / (double) width;
      int row = i / width;
      double y = (double) row / height;
      double across = wraps ? Math.sin(2 * Math.PI * x) : x + 0.3 * Math.sin(9 * x);
      values[i] = (float) (0.5 + 0.2 * across + 0.25 * y * y);
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, width, height, values);
  }

  /** What a network would say of each tile: the truth with a scale and a shift of its own. */
  private static List<DepthMap> maps(Tiles tiles, DepthMap scene) {
    Random random = new Random(5);
    List<DepthMap> maps = new ArrayList<>();
    for (Tiles.Tile tile : tiles.tiles()) {
      int columns = Math.min(tile.side(), scene.width());
      int rows = Math.min(tile.side(), scene.height());
      float scale = 0.5f + random.nextFloat();
      float shift = random.nextFloat();
      float[] values = new float[columns * rows];
      for (int i = 0; i < values.length; i++) {
        int x = (tile.x() + i % columns) % scene.width();
        values[i] = scale * scene.value(x, tile.y() + i / columns) + shift;
      }
      maps.add(new DepthMap(DepthMap.Kind.DISPARITY, columns, rows, values));
    }
    return maps;
  }

  @ParameterizedTest
  @CsvSource({
    "400, 40, 1, false",
    "40, 400, 1, false",
    "90, 60, 1, false",
    "90, 60, 3, false",
    "61, 60, 2, false",
    "200, 100, 1, true",
    "60, 60, 2, true",
    "1, 30, 1, false",
    "7, 5, 4, false"
  })
  void mapsThatDifferInScaleAndShiftAreJoinedToTheScene(
      int width, int height, int across, boolean wraps) {
    Tiles tiles = Tiles.of(width, height, across, wraps);
    DepthMap scene = scene(width, height, wraps);
    DepthMap joined = tiles.join(maps(tiles, scene), scene);
    for (int i = 0; i < joined.data().length; i++) {
      assertThat(joined.data()[i]).isCloseTo(scene.data()[i], within(2e-4f));
    }
  }

  @Test
  void theEdgesOfATurnAgreeThoughTheWholeSaysOtherwise() {
    DepthMap scene = scene(300, 100, true);
    float[] bent = scene.data().clone();
    for (int i = 0; i < bent.length; i++) {
      bent[i] += 0.1f * (i % 300) / 300;
    }
    Tiles tiles = Tiles.of(300, 100, 1, true);
    DepthMap whole = new DepthMap(DepthMap.Kind.DISPARITY, 300, 100, bent);
    DepthMap joined = tiles.join(maps(tiles, scene), whole);
    for (int y = 0; y < 100; y++) {
      float step = joined.value(0, y) - joined.value(299, y);
      float next = joined.value(1, y) - joined.value(0, y);
      assertThat(step).isCloseTo(next, within(0.004f));
    }
  }

  @Test
  void tilesCoverThePhotoAndOverlapByAThird() {
    for (int width = 1; width < 60; width += 7) {
      for (int height = 1; height < 60; height += 9) {
        for (int across = 1; across < 4; across++) {
          Tiles tiles = Tiles.of(width, height, across, false);
          boolean[] covered = new boolean[width * height];
          for (Tiles.Tile tile : tiles.tiles()) {
            RgbImage part =
                tiles.cut(new RgbImage(width, height, new byte[3 * width * height]), tile);
            for (int y = 0; y < part.height(); y++) {
              for (int x = 0; x < part.width(); x++) {
                covered[(tile.y() + y) * width + tile.x() + x] = true;
              }
            }
          }
          assertThat(covered).doesNotContain(false);
        }
      }
    }
    List<Tiles.Tile> row = Tiles.of(400, 40, 1, false).tiles();
    for (int i = 1; i < row.size(); i++) {
      assertThat(row.get(i).x() - row.get(i - 1).x()).isBetween(1, 27);
    }
  }

  @Test
  void aFlatTileAndOneWithoutValuesDoNoHarm() {
    DepthMap scene = scene(200, 40, false);
    Tiles tiles = Tiles.of(200, 40, 1, false);
    List<DepthMap> maps = maps(tiles, scene);
    float[] nothing = new float[40 * 40];
    java.util.Arrays.fill(nothing, Float.NaN);
    maps.set(2, new DepthMap(DepthMap.Kind.DISPARITY, 40, 40, nothing));
    maps.set(4, new DepthMap(DepthMap.Kind.DISPARITY, 40, 40, new float[40 * 40]));
    DepthMap joined = tiles.join(maps, scene);
    assertThat(joined.value(10, 10)).isCloseTo(scene.value(10, 10), within(0.02f));
    for (float value : joined.data()) {
      assertThat(value).isBetween(0f, 1.1f);
    }
  }

  @Test
  void whatCannotBeCutIsRefused() {
    assertThatThrownBy(() -> Tiles.of(10, 20, 1, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Tiles.of(10, 20, 0, false))
        .isInstanceOf(IllegalArgumentException.class);
    Tiles tiles = Tiles.of(10, 10, 1, false);
    assertThatThrownBy(() -> tiles.join(List.of(), scene(10, 10, false)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
