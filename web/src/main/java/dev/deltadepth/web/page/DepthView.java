package dev.deltadepth.web.page;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Dom;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.canvas.CanvasImageSource;
import org.teavm.jso.dom.events.Event;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.dom.html.HTMLElement;

/** An image with its map on the stage, in the chosen colours, and the reading at a point. */
final class DepthView {
  private static final String COLOURS = "colours";
  private static final String SIDE_BY_SIDE = "side";

  private final Appearance appearance;
  private final Stage stage = new Stage();
  private final HTMLCanvasElement painted = Dom.newCanvas(1, 1);
  private Colormap colours = chosenColours();
  private @Nullable DepthMap map;
  private Normalization window = new Normalization(0, 1);
  private double pointX = -1;
  private double pointY = -1;
  private @Nullable Reader reader;
  private StageGestures.Read touch = (x, y, taken) -> {};

  /**
   * What is said of a point.
   *
   * @param value in large letters
   * @param text beside it
   */
  record Reading(String value, String text) {}

  /** Says what is to be said of a column and row of the map. */
  interface Reader {
    Reading at(int column, int row);
  }

  DepthView(Appearance appearance) {
    this.appearance = appearance;
  }

  void start() {
    new StageGestures(stage, this::read).start();
    appearance.onChange(
        () -> {
          showReading();
          stage.drawSoon();
        });
    HTMLElement row = Dom.id("colours");
    List<String> names = Colormap.names();
    for (String name : names) {
      HTMLElement button = Dom.document().createElement("button");
      button.setAttribute("type", "button");
      appearance.label(button, Text.valueOf("COLOUR_" + name.toUpperCase(Locale.ROOT)));
      button.setAttribute("data-colours", name);
      HTMLCanvasElement swatch = Dom.newCanvas(64, 1);
      Colouring.paintScale(Colormap.named(name), swatch);
      button.appendChild(swatch);
      Dom.on(button, "click", (Event event) -> colours(name));
      row.appendChild(button);
    }
    colours(colours.name());
    Dom.onClick("view-divider", () -> sideBySide(false));
    Dom.onClick("view-side", () -> sideBySide(true));
    Dom.onClick("whole", stage::whole);
    sideBySide(Browser.setting(SIDE_BY_SIDE).equals("true"));
    stage.divider(0.5);
  }

  /** The stage that it is drawn on. */
  Stage stage() {
    return stage;
  }

  /** The map in its colours, of the map's size. */
  HTMLCanvasElement painted() {
    return painted;
  }

  /** The values of the lowest and the highest colour. */
  Normalization window() {
    return window;
  }

  /** The name of the chosen colours. */
  String colours() {
    return colours.name();
  }

  /** Shows an image whose map is not ready yet. */
  void photo(CanvasImageSource image, int width, int height) {
    map = null;
    pointX = -1;
    stage.photo(image, width, height);
    showReading();
  }

  /** Shows the image's map. */
  void map(DepthMap shown) {
    map(shown, Normalization.ofMost(shown.data()));
  }

  /** Shows a map, with its colours stretched over a range of values. */
  void map(DepthMap shown, Normalization values) {
    map = shown;
    window = values;
    paint();
    stage.map(painted);
    showReading();
  }

  /** Shows a picture where the map is. */
  void showPicture(HTMLCanvasElement picture) {
    stage.map(picture);
  }

  /** Shows the map again. */
  void showMap() {
    if (map != null) {
      stage.map(painted);
    }
  }

  /** Calls a listener for every point that the user reads. */
  void onRead(StageGestures.Read listener) {
    touch = listener;
  }

  /** Says of points what a reader says, or, without one, how near they are in relation. */
  void readAs(@Nullable Reader newReader) {
    reader = newReader;
    showReading();
  }

  private void paint() {
    DepthMap shown = map;
    if (shown != null) {
      Colouring.paint(shown, window, colours, painted);
      stage.drawSoon();
    }
  }

  private static Colormap chosenColours() {
    String kept = Browser.setting(COLOURS);
    return Colormap.named(Colormap.names().contains(kept) ? kept : Colormap.names().get(0));
  }

  private void colours(String name) {
    colours = Colormap.named(name);
    Browser.keep(COLOURS, name);
    for (String each : Colormap.names()) {
      Dom.document()
          .querySelector("[data-colours=" + each + "]")
          .setAttribute("aria-pressed", String.valueOf(each.equals(name)));
    }
    Colouring.paintScale(colours, Dom.canvas("scale"));
    paint();
  }

  private void sideBySide(boolean side) {
    Browser.keep(SIDE_BY_SIDE, String.valueOf(side));
    Dom.id("view-side").setAttribute("aria-pressed", String.valueOf(side));
    Dom.id("view-divider").setAttribute("aria-pressed", String.valueOf(!side));
    stage.sideBySide(side);
  }

  /** Reads a point of the image, with coordinates in 0..1. */
  private void read(double x, double y, boolean taken) {
    if (map != null) {
      pointX = x;
      pointY = y;
      stage.cross(x * stage.width(), y * stage.height());
      showReading();
      touch.at(x, y, taken);
    }
  }

  private void showReading() {
    DepthMap shown = map;
    if (shown == null || pointX < 0) {
      Dom.show("reading", false);
      Dom.text("reading-text", appearance.text(Text.READ_HINT));
      Dom.show("scale-mark", false);
      return;
    }
    int column = (int) Math.min(shown.width() - 1, pointX * shown.width());
    int row = (int) Math.min(shown.height() - 1, pointY * shown.height());
    long percent = Math.round(100 * window.apply(shown.value(column, row)));
    Dom.show("reading", true);
    Reader other = reader;
    Reading said =
        other == null
            ? new Reading(String.valueOf(percent), appearance.text(Text.READING))
            : other.at(column, row);
    Dom.text("reading", said.value());
    Dom.text("reading-text", said.text());
    HTMLElement mark = Dom.id("scale-mark");
    mark.setHidden(false);
    boolean leftToRight = Dom.document().getDocumentElement().getDir().equals("ltr");
    mark.getStyle().setProperty("left", (leftToRight ? percent : 100 - percent) + "%");
  }
}
