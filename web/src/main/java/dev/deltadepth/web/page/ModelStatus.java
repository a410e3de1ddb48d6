package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Dom;
import dev.deltadepth.web.browser.Place;
import org.teavm.jso.dom.html.HTMLElement;

/** The progress bar below the header while the model loads. */
final class ModelStatus implements DepthClient.Listener {
  private static final double MEGA = 1e6;

  private final Appearance appearance;
  private final Notices notices;
  private final Runnable whenReady;
  private final HTMLElement bar = Dom.id("progress");

  ModelStatus(Appearance appearance, Notices notices, Runnable whenReady) {
    this.appearance = appearance;
    this.notices = notices;
    this.whenReady = whenReady;
  }

  void start() {
    bar.setAttribute("aria-label", appearance.text(Text.MODEL_STARTING));
    unknown(appearance.text(Text.MODEL_STARTING));
  }

  @Override
  public void loading(double loaded, double total) {
    if (total <= 0) {
      unknown(appearance.text(Text.MODEL_LOADING_UNKNOWN, megabytes(loaded)));
    } else if (loaded < total) {
      long percent = Math.round(100 * loaded / total);
      bar.setClassName("bar");
      bar.setAttribute("aria-valuenow", String.valueOf(percent));
      Dom.id("progress-bar").getStyle().setProperty("width", percent + "%");
      Dom.text(
          "loading-text", appearance.text(Text.MODEL_LOADING, megabytes(loaded), megabytes(total)));
      Dom.show("loading", true);
    } else {
      unknown(appearance.text(Text.MODEL_STARTING));
    }
  }

  private void unknown(String text) {
    bar.setClassName("bar unknown");
    bar.removeAttribute("aria-valuenow");
    Dom.id("progress-bar").getStyle().removeProperty("width");
    Dom.text("loading-text", text);
    Dom.show("loading", true);
  }

  private static String megabytes(double bytes) {
    long tenths = Math.round(10 * bytes / MEGA);
    return tenths / 10 + "." + tenths % 10;
  }

  @Override
  public void ready(Place place, String modelAddress) {
    Dom.show("loading", false);
    Installation.keep(place, modelAddress);
    switch (place) {
      case THREADS, SIMD, GRAPHICS -> {}
      case BASIC -> notices.notice(Text.BASIC_NOTE);
      case SERVER -> notices.notice(Text.SERVER_NOTE);
    }
    whenReady.run();
  }

  @Override
  public void failed(String reason) {
    Dom.show("loading", false);
    notices.problem(Text.MODEL_FAILED, Text.MODEL_FAILED_DO);
  }
}
