package dev.deltadepth.web.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.web.browser.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which engine estimates, of two that a test makes up. */
class GraphicsTrialTest {
  private static final RgbImage IMAGE = new RgbImage(2, 1, new byte[6]);

  private final MadeUp device = new MadeUp(Place.SIMD);
  private final MadeUp graphics = new MadeUp(Place.GRAPHICS);
  private final List<String> failures = new ArrayList<>();
  private int openings;

  private final GraphicsTrial trial =
      new GraphicsTrial(
          device,
          (opened, failed) -> {
            openings++;
            opened.accept(graphics);
          });

  private Place estimated(GraphicsTrial by) {
    List<Place> places = new ArrayList<>();
    by.estimate(IMAGE, 64, estimate -> places.add(estimate.place()), failures::add);
    assertThat(places).hasSize(1);
    return places.get(0);
  }

  @Test
  void graphicsTakesOverAfterTheFirstMapAndIsTriedOnce() {
    graphics.will(900, 0.5f).will(20, 0.505f);
    device.will(30, 0.5f).will(30, 0.5f);
    assertThat(estimated(trial)).isEqualTo(Place.SIMD);
    assertThat(trial.place()).isEqualTo(Place.GRAPHICS);
    graphics.will(20, 0.5f).will(20, 0.5f);
    assertThat(estimated(trial)).isEqualTo(Place.GRAPHICS);
    assertThat(estimated(trial)).isEqualTo(Place.GRAPHICS);
    assertThat(openings).isEqualTo(1);
    assertThat(graphics.closed).isFalse();
  }

  @Test
  void graphicsThatIsSlowerIsClosed() {
    graphics.will(10, 0.5f).will(31, 0.5f);
    assertThatTheDeviceGoesOn();
  }

  @Test
  void graphicsWhoseSecondMapDiffersIsClosed() {
    graphics.will(10, 0.5f).will(10, 0.52f);
    assertThatTheDeviceGoesOn();
  }

  @Test
  void graphicsWhoseFirstMapIsNoNumberIsClosed() {
    graphics.will(10, Float.NaN).will(10, 0.5f);
    assertThatTheDeviceGoesOn();
  }

  @Test
  void graphicsThatFailsInTheTrialIsClosed() {
    graphics.will(10, 0.5f);
    assertThatTheDeviceGoesOn();
  }

  private void assertThatTheDeviceGoesOn() {
    device.will(30, 0.5f).will(30, 0.5f).will(30, 0.5f);
    assertThat(estimated(trial)).isEqualTo(Place.SIMD);
    assertThat(graphics.closed).isTrue();
    device.will(30, 0.5f);
    assertThat(estimated(trial)).isEqualTo(Place.SIMD);
    assertThat(openings).isEqualTo(1);
    assertThat(failures).isEmpty();
  }

  @Test
  void withoutGraphicsTheDeviceGoesOn() {
    device.will(30, 0.5f).will(30, 0.5f);
    GraphicsTrial without = new GraphicsTrial(device, (opened, failed) -> failed.accept("none"));
    assertThat(estimated(without)).isEqualTo(Place.SIMD);
    assertThat(estimated(without)).isEqualTo(Place.SIMD);
  }

  @Test
  void whereGraphicsFailsLaterTheDeviceRepeatsTheEstimate() {
    graphics.will(10, 0.5f).will(10, 0.5f);
    device.will(30, 0.5f).will(30, 0.5f);
    assertThat(estimated(trial)).isEqualTo(Place.SIMD);
    device.will(30, 0.5f).will(30, 0.5f);
    assertThat(estimated(trial)).isEqualTo(Place.SIMD);
    assertThat(trial.place()).isEqualTo(Place.SIMD);
    assertThat(estimated(trial)).isEqualTo(Place.SIMD);
    assertThat(openings).isEqualTo(1);
    assertThat(failures).isEmpty();
  }

  @Test
  void aFailureOfTheDeviceIsSaidAndTriesNothing() {
    trial.estimate(IMAGE, 64, estimate -> {}, failures::add);
    assertThat(failures).containsExactly("nothing left");
    assertThat(openings).isZero();
  }

  /** Answers what it was told to, and fails when nothing is left. */
  private static final class MadeUp implements Engine {
    private final Place place;
    private final Queue<Estimate> answers = new ArrayDeque<>();
    private boolean closed;

    MadeUp(Place place) {
      this.place = place;
    }

    MadeUp will(double milliseconds, float value) {
      DepthMap map = new DepthMap(DepthMap.Kind.DISPARITY, 2, 1, new float[] {0.5f, value});
      answers.add(new Estimate(map, milliseconds, place));
      return this;
    }

    @Override
    public Place place() {
      return place;
    }

    @Override
    public void estimate(
        RgbImage image, int size, Consumer<Estimate> done, Consumer<String> failed) {
      Estimate next = answers.poll();
      if (next == null) {
        failed.accept("nothing left");
      } else {
        done.accept(next);
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
