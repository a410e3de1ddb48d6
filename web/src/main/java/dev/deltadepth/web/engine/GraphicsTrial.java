package dev.deltadepth.web.engine;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.web.browser.Place;
import java.util.function.Consumer;

/**
 * Estimates with the engine that is there, and tries the graphics processor in the background once
 * the first map has been answered. Graphics takes over if its maps of the same image are the same
 * and it is not slower; if it fails later, the other engine goes on.
 */
final class GraphicsTrial implements Engine {
  /** By how much values of the two maps may differ, of 0..1. */
  static final float TOLERANCE = 0.01f;

  /** Opens the engine that is to be tried. */
  interface Opener {
    /**
     * Calls one of the two.
     *
     * @param opened receives the engine
     * @param failed receives the reason why there is none
     */
    void open(Consumer<Engine> opened, Consumer<String> failed);
  }

  private final Engine device;
  private final Opener graphics;
  private Engine chosen;
  private boolean begun;

  /**
   * @param device estimates until the trial has ended, and after it if graphics is unfit
   * @param graphics opened once, after the first map
   */
  GraphicsTrial(Engine device, Opener graphics) {
    this.device = device;
    this.graphics = graphics;
    this.chosen = device;
  }

  @Override
  public Place place() {
    return chosen.place();
  }

  @Override
  public void estimate(RgbImage image, int size, Consumer<Estimate> done, Consumer<String> failed) {
    Engine engine = chosen;
    engine.estimate(
        image,
        size,
        estimate -> {
          done.accept(estimate);
          if (!begun) {
            begun = true;
            graphics.open(opened -> compare(opened, image, size), unfit -> {});
          }
        },
        reason -> {
          if (engine == device) {
            failed.accept(reason);
          } else {
            chosen = device;
            device.estimate(image, size, done, failed);
          }
        });
  }

  /** The first run compiles programs for the graphics processor; the second is timed. */
  private void compare(Engine opened, RgbImage image, int size) {
    Consumer<String> unfit = reason -> opened.close();
    opened.estimate(
        image,
        size,
        first ->
            opened.estimate(
                image,
                size,
                second ->
                    device.estimate(
                        image, size, expected -> choose(opened, first, second, expected), unfit),
                unfit),
        unfit);
  }

  private void choose(Engine opened, Estimate first, Estimate second, Estimate expected) {
    if (second.milliseconds() <= expected.milliseconds()
        && isSame(first.map(), expected.map())
        && isSame(second.map(), expected.map())) {
      chosen = opened;
    } else {
      opened.close();
    }
  }

  /** Whether no value differs by more than the tolerance; NaN is never the same. */
  private static boolean isSame(DepthMap map, DepthMap expected) {
    if (map.width() != expected.width() || map.height() != expected.height()) {
      return false;
    }
    for (int i = 0; i < map.data().length; i++) {
      if (!(Math.abs(map.data()[i] - expected.data()[i]) <= TOLERANCE)) {
        return false;
      }
    }
    return true;
  }
}
