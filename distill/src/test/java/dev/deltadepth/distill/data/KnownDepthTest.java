package dev.deltadepth.distill.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.recipe.Augmentation;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KnownDepthTest {

  private static final int SIZE = 40;

  /** A square of 2 before a background of 1, in which a corner is unknown. */
  private static DepthMap square() {
    float[] values = new float[SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      int x = i % SIZE;
      int y = i / SIZE;
      values[i] = x >= 10 && x < 30 && y >= 10 && y < 30 ? 2 : 1;
      if (x < 5 && y < 5) {
        values[i] = Float.NaN;
      }
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, SIZE, SIZE, values);
  }

  /** A picture whose red channel says what its depth is: 100 times the value. */
  private static RgbImage picture(DepthMap map) {
    byte[] rgb = new byte[3 * SIZE * SIZE];
    for (int i = 0; i < SIZE * SIZE; i++) {
      rgb[3 * i] = (byte) (Float.isNaN(map.data()[i]) ? 0 : 100 * map.data()[i]);
    }
    return new RgbImage(SIZE, SIZE, rgb);
  }

  private static KnownDepth known(DepthMap map) {
    KnownDepth known = new KnownDepth(new MemoryBudget(1 << 20));
    known.add("square", new KnownDepth.Source(() -> map, true, false));
    return known;
  }

  @Property(tries = 200)
  void noValueIsMadeUpAndEachIsWhereThePictureShowsIt(@ForAll long seed) {
    DepthMap map = square();
    RgbImage picture = picture(map);
    Crop crop =
        Crop.random(
            picture, 1, 0.3, new Augmentation(0.5, 0.5, 0, 0, 0, 0, 0, 0, 0, 0), new Random(seed));
    Window window = new Window("square", picture, crop);
    float[] drawn = new float[32 * 32];
    known(map).draw(window, drawn, 0, 32, 32);
    float[] rgb = new float[3 * 32 * 32];
    window.draw(rgb, 0, 32, 32);
    for (int i = 0; i < drawn.length; i++) {
      float red = rgb[i] * 255 / 100;
      boolean unmixed = Math.abs(red - Math.rint(red)) < 1e-3;
      if (unmixed) {
        float expected = red < 0.5 ? Float.NaN : (float) Math.rint(red);
        assertThat(Float.compare(drawn[i], expected)).isZero();
      } else {
        assertThat(Float.isNaN(drawn[i]) || drawn[i] == 1 || drawn[i] == 2).isTrue();
      }
    }
  }

  @Test
  void aMapMayBeSmallerThanItsPicture() {
    DepthMap map = square();
    RgbImage picture = new RgbImage(3 * SIZE, 3 * SIZE, new byte[27 * SIZE * SIZE]);
    float[] drawn = new float[SIZE * SIZE];
    known(map).draw(Window.whole("square", picture), drawn, 0, SIZE, SIZE);
    assertThat(drawn).containsExactly(map.data());
  }

  @Test
  void knowsWhatWasAdded() {
    RgbImage picture = new RgbImage(SIZE, SIZE, new byte[3 * SIZE * SIZE]);
    KnownDepth known = known(square());
    assertThat(known.knows(Window.whole("square", picture))).isTrue();
    assertThat(known.knows(Window.whole("other", picture))).isFalse();
  }
}
