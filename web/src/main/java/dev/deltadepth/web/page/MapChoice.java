package dev.deltadepth.web.page;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.web.browser.Dom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Chooses between Delta's map and the one that a phone stored in the photo. */
final class MapChoice {
  private final Consumer<DepthClient.Answer> chosen;

  private DepthClient.@Nullable Answer delta;
  private DepthClient.@Nullable Answer phone;

  /**
   * @param chosen receives the map that the user chooses; the phone's took no milliseconds: NaN
   */
  MapChoice(Consumer<DepthClient.Answer> chosen) {
    this.chosen = chosen;
  }

  void start() {
    Dom.onClick("map-delta", () -> choose(false));
    Dom.onClick("map-phone", () -> choose(true));
    show(false);
  }

  /** There is a new photo, or none. */
  void clear() {
    delta = null;
    phone = null;
    show(false);
  }

  /** Delta's map is there, and shown. */
  void estimated(DepthClient.Answer estimate) {
    delta = estimate;
    show(false);
  }

  /** The photo holds a map of the phone's. */
  void stored(DepthMap map) {
    float[] disparity = map.data().clone();
    if (map.kind() == DepthMap.Kind.METRES) {
      for (int i = 0; i < disparity.length; i++) {
        // What has no depth is farther than the phone can measure.
        disparity[i] = disparity[i] > 0 ? 1 / disparity[i] : 0;
      }
    }
    DepthMap relative = new DepthMap(DepthMap.Kind.DISPARITY, map.width(), map.height(), disparity);
    phone = new DepthClient.Answer(relative, relative, Double.NaN, Double.NaN);
    show(false);
  }

  private void choose(boolean isPhones) {
    DepthClient.Answer answer = isPhones ? phone : delta;
    if (answer != null) {
      show(isPhones);
      chosen.accept(answer);
    }
  }

  private void show(boolean isPhones) {
    Dom.show("maps", phone != null && delta != null);
    Dom.id("map-delta").setAttribute("aria-pressed", String.valueOf(!isPhones));
    Dom.id("map-phone").setAttribute("aria-pressed", String.valueOf(isPhones));
  }
}
