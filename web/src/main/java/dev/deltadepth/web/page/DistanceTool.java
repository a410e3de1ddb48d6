package dev.deltadepth.web.page;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.space.Camera;
import dev.deltadepth.core.space.Fit;
import dev.deltadepth.core.space.Ruler;
import dev.deltadepth.web.browser.Dom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.dom.events.KeyboardEvent;
import org.teavm.jso.dom.html.HTMLInputElement;

/**
 * Metres: two points whose distances the user knows, or the length of one thing, give the distances
 * of all others.
 */
final class DistanceTool {
  private static final int ENOUGH = 2;

  private final Appearance appearance;
  private final DepthView view;
  private final SaveSheet sheet;
  private final List<Fit.Point> points = new ArrayList<>();

  private @Nullable DepthMap map;
  private @Nullable Ruler ruler;
  private boolean byLength;

  /** Column and row of the first end of a length; empty while there is none. */
  private int[] end = {};

  private int column;
  private int row;

  /** Column and row of the point that was read last; empty while there is none. */
  private int[] last = {};

  DistanceTool(Appearance appearance, DepthView view, SaveSheet sheet) {
    this.appearance = appearance;
    this.view = view;
    this.sheet = sheet;
  }

  void start() {
    Dom.onClick("distance-known", this::known);
    Dom.onClick("distance-again", this::again);
    Dom.onClick("distance-points", () -> choose(false));
    Dom.onClick("distance-length", () -> choose(true));
    Dom.on(
        Dom.id("distance-metres"),
        "keydown",
        (KeyboardEvent event) -> {
          if (event.getKey().equals("Enter")) {
            known();
          }
        });
  }

  /** Starts with a photo's map. */
  void open(DepthMap shown) {
    map = shown;
    again();
  }

  /** Ends; readings are relative again. */
  void close() {
    map = null;
    calibrate(null);
  }

  private void choose(boolean length) {
    byLength = length;
    Dom.id("distance-points").setAttribute("aria-pressed", String.valueOf(!length));
    Dom.id("distance-length").setAttribute("aria-pressed", String.valueOf(length));
    again();
  }

  private void again() {
    points.clear();
    end = new int[0];
    last = new int[0];
    calibrate(null);
    Dom.text("distance-reading", "");
    Dom.show("distance-form", false);
    say(byLength ? Text.LENGTH_FIRST : Text.DISTANCE_FIRST);
  }

  private void calibrate(@Nullable Ruler known) {
    ruler = known;
    view.readAs(known == null ? null : this::reading);
    sheet.metres(known == null ? null : known.calibration());
  }

  private void say(Text text) {
    appearance.set(Dom.id("distance-text"), text);
  }

  /** Takes a point of the photo, with coordinates in 0..1. */
  void touch(double x, double y) {
    DepthMap shown = map;
    if (shown == null) {
      return;
    }
    column = (int) Math.min(shown.width() - 1, x * shown.width());
    row = (int) Math.min(shown.height() - 1, y * shown.height());
    if (ruler != null) {
      return;
    }
    if (byLength && end.length == 0) {
      end = new int[] {column, row};
      say(Text.LENGTH_SECOND);
      return;
    }
    HTMLInputElement metres = (HTMLInputElement) Dom.id("distance-metres");
    metres.setValue("");
    Dom.show("distance-form", true);
    metres.focus();
  }

  private void known() {
    DepthMap shown = map;
    double metres = metres((HTMLInputElement) Dom.id("distance-metres"));
    if (shown == null || !(metres > 0)) {
      say(Text.DISTANCE_NUMBER);
      return;
    }
    try {
      if (byLength) {
        calibrate(Ruler.ofLength(shown, camera(shown), end[0], end[1], column, row, metres));
      } else {
        points.add(new Fit.Point(String.valueOf(points.size() + 1), column, row, metres));
        if (points.size() == ENOUGH) {
          calibrate(Ruler.ofDistances(shown, camera(shown), points));
        }
      }
      Dom.show("distance-form", false);
      say(ruler == null ? Text.DISTANCE_SECOND : Text.DISTANCE_DONE);
    } catch (IllegalArgumentException e) {
      again();
      say(byLength ? Text.LENGTH_UNFIT : Text.DISTANCE_UNFIT);
    }
  }

  private static double metres(HTMLInputElement input) {
    try {
      return Double.parseDouble(input.getValue().replace(',', '.'));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Most cameras see about as wide. */
  private static Camera camera(DepthMap shown) {
    return Camera.unknown(shown.width(), shown.height());
  }

  /** How far a point is, and from the one before. */
  private DepthView.Reading reading(int x, int y) {
    Ruler fitted = ruler;
    double metres = fitted == null ? Double.NaN : fitted.distance(x, y);
    if (fitted == null || !(metres > 0) || Double.isInfinite(metres)) {
      last = new int[0];
      return new DepthView.Reading("–", appearance.text(Text.DISTANCE_NONE));
    }
    int[] before = last;
    last = new int[] {x, y};
    String text =
        before.length == 0
            ? appearance.text(Text.DISTANCE_AWAY)
            : appearance.text(
                Text.DISTANCE_BETWEEN, rounded(fitted.between(before[0], before[1], x, y)));
    String value = rounded(metres) + " m";
    Dom.text("distance-reading", value + " " + text);
    return new DepthView.Reading(value, text);
  }

  /** Two digits that count: more would not be true. */
  private static String rounded(double metres) {
    if (metres >= 10) {
      return String.valueOf(Math.round(metres));
    }
    long tenths = Math.round(10 * metres);
    if (metres >= 1) {
      return tenths / 10 + "." + tenths % 10;
    }
    long hundredths = Math.round(100 * metres);
    return "0." + hundredths / 10 + hundredths % 10;
  }
}
