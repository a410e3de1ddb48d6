package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Dom;
import java.util.ArrayList;
import java.util.List;

/** The switch between speed and detail, for photos and films. */
final class Effort {
  private static final String DETAIL = "detail";

  /** How many times the model's own size is estimated at for detail. */
  private static final double DETAILED = 1.5;

  private final DepthClient client;
  private final List<Runnable> listeners = new ArrayList<>();
  private boolean detailed = Browser.setting(DETAIL).equals("true");

  Effort(DepthClient client) {
    this.client = client;
  }

  void start() {
    Dom.onClick("effort-speed", () -> choose(false));
    Dom.onClick("effort-detail", () -> choose(true));
    show();
  }

  /** Calls a listener when the user has chosen otherwise. */
  void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Shorter side of the network's input; 0 for its native size. */
  int size() {
    if (!detailed) {
      return 0;
    }
    int multiple = client.multiple();
    return (int) (client.nativeSize() * DETAILED) / multiple * multiple;
  }

  private void choose(boolean detail) {
    if (detail != detailed) {
      detailed = detail;
      Browser.keep(DETAIL, String.valueOf(detail));
      show();
      listeners.forEach(Runnable::run);
    }
  }

  private void show() {
    Dom.id("effort-speed").setAttribute("aria-pressed", String.valueOf(!detailed));
    Dom.id("effort-detail").setAttribute("aria-pressed", String.valueOf(detailed));
  }
}
