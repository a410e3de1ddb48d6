package dev.deltadepth.android;

import android.app.Activity;
import android.os.Bundle;
import android.view.View;
import android.view.inputmethod.EditorInfo;
import android.widget.EditText;
import android.widget.TextView;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.space.Camera;
import dev.deltadepth.core.space.Fit;
import dev.deltadepth.core.space.Ruler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Metres: the distances of two points, or one length between two, give those of all others, if the
 * camera sees as wide as most do.
 */
final class MetresTool {
  private static final String BY_LENGTH = "by-length";
  private static final String COLUMNS = "columns";
  private static final String ROWS = "rows";
  private static final String NUMBERS = "numbers";
  private static final int ENOUGH = 2;

  /** What a point says. */
  record Reading(String number, String text) {}

  /** A place in the map, and what the user said about it; NaN for nothing. */
  private record Place(int column, int row, double metres) {}

  private final Activity screen;
  private final Runnable changed;
  private final List<Place> known = new ArrayList<>();
  private @Nullable DepthMap map;
  private @Nullable Place touched;
  private @Nullable Place before;
  private @Nullable Place now;
  private @Nullable Ruler ruler;
  private boolean byLength;

  /** Told by {@code changed} when readings are others. */
  MetresTool(Activity screen, Runnable changed) {
    this.screen = screen;
    this.changed = changed;
    screen.findViewById(R.id.metres_points).setOnClickListener(view -> way(false));
    screen.findViewById(R.id.metres_length).setOnClickListener(view -> way(true));
    screen.findViewById(R.id.metres_set).setOnClickListener(view -> number());
    screen.findViewById(R.id.metres_again).setOnClickListener(view -> again());
    number(screen)
        .setOnEditorActionListener(
            (view, action, event) -> {
              if (action == EditorInfo.IME_ACTION_DONE) {
                number();
              }
              return false;
            });
  }

  private static EditText number(Activity screen) {
    return screen.findViewById(R.id.metres_number);
  }

  /** Measures in a map from now on. */
  void open(DepthMap shown) {
    if (!shown.equals(map)) {
      map = shown;
      again();
    } else {
      show();
    }
  }

  private void way(boolean length) {
    byLength = length;
    again();
  }

  private void again() {
    known.clear();
    touched = null;
    before = null;
    now = null;
    ruler = null;
    number(screen).setText("");
    say(byLength ? R.string.metres_end : R.string.metres_first);
    show();
    changed.run();
  }

  private void say(int text) {
    TextView hint = screen.findViewById(R.id.tool_hint);
    hint.setText(text);
  }

  private void show() {
    screen.findViewById(R.id.metres_points).setSelected(!byLength);
    screen.findViewById(R.id.metres_length).setSelected(byLength);
    screen.findViewById(R.id.metres_form).setVisibility(isAsking() ? View.VISIBLE : View.GONE);
    screen.findViewById(R.id.metres_again).setVisibility(ruler == null ? View.GONE : View.VISIBLE);
  }

  /** Whether the next number belongs to something that was touched. */
  private boolean isAsking() {
    return ruler == null && (byLength ? known.size() == ENOUGH : touched != null);
  }

  /** Takes a point of the photo, both coordinates in 0..1. */
  void touch(double x, double y) {
    DepthMap shown = map;
    if (shown == null) {
      return;
    }
    Place place =
        new Place(
            (int) Math.min(shown.width() - 1, x * shown.width()),
            (int) Math.min(shown.height() - 1, y * shown.height()),
            Double.NaN);
    if (ruler != null) {
      before = now;
      now = place;
      Reading read = reading();
      if (read != null) {
        TextView hint = screen.findViewById(R.id.tool_hint);
        hint.setText(read.number() + " " + read.text());
      }
    } else if (!byLength) {
      touched = place;
      say(R.string.metres_how_far);
    } else if (known.size() < ENOUGH) {
      known.add(place);
      say(known.size() < ENOUGH ? R.string.metres_other_end : R.string.metres_how_long);
    }
    show();
  }

  /** Takes the number that the user has written. */
  private void number() {
    double metres = metres(number(screen).getText().toString());
    if (!(metres > 0)) {
      say(R.string.metres_number);
      return;
    }
    Place place = touched;
    if (byLength) {
      Place end = known.remove(ENOUGH - 1);
      known.add(new Place(end.column(), end.row(), metres));
    } else if (place != null) {
      known.add(new Place(place.column(), place.row(), metres));
    }
    touched = null;
    number(screen).setText("");
    fit();
  }

  private void fit() {
    DepthMap shown = map;
    if (shown == null || known.size() < ENOUGH) {
      say(R.string.metres_second);
      show();
      return;
    }
    try {
      ruler = ruler(shown);
      say(R.string.metres_done);
    } catch (IllegalArgumentException e) {
      known.clear();
      say(R.string.metres_unfit);
    }
    show();
    changed.run();
  }

  private Ruler ruler(DepthMap shown) {
    Camera camera = Camera.unknown(shown.width(), shown.height());
    Place one = known.get(0);
    Place other = known.get(1);
    return byLength
        ? Ruler.ofLength(
            shown, camera, one.column(), one.row(), other.column(), other.row(), other.metres())
        : Ruler.ofDistances(
            shown,
            camera,
            List.of(
                new Fit.Point("1", one.column(), one.row(), one.metres()),
                new Fit.Point("2", other.column(), other.row(), other.metres())));
  }

  private static double metres(String text) {
    try {
      return Double.parseDouble(text.replace(',', '.').replace('٫', '.'));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** What the point that was touched last says; null before metres are known. */
  @Nullable Reading reading() {
    Ruler fitted = ruler;
    Place place = now;
    if (fitted == null || place == null) {
      return null;
    }
    double metres = fitted.distance(place.column(), place.row());
    if (!(metres > 0) || Double.isInfinite(metres)) {
      return new Reading("–", screen.getString(R.string.metres_none));
    }
    Place last = before;
    double between =
        last == null
            ? Double.NaN
            : fitted.between(last.column(), last.row(), place.column(), place.row());
    return new Reading(
        screen.getString(R.string.metres, rounded(metres)),
        Double.isNaN(between)
            ? screen.getString(R.string.metres_away)
            : screen.getString(
                R.string.metres_between, screen.getString(R.string.metres, rounded(between))));
  }

  /** Two digits that count: more would not be true. */
  private static String rounded(double metres) {
    String digits = metres >= 10 ? "%.0f" : metres >= 1 ? "%.1f" : "%.2f";
    return String.format(Locale.getDefault(), digits, metres);
  }

  void keep(Bundle out) {
    int[] columns = new int[known.size()];
    int[] rows = new int[known.size()];
    double[] numbers = new double[known.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = known.get(i).column();
      rows[i] = known.get(i).row();
      numbers[i] = known.get(i).metres();
    }
    out.putBoolean(BY_LENGTH, byLength);
    out.putIntArray(COLUMNS, columns);
    out.putIntArray(ROWS, rows);
    out.putDoubleArray(NUMBERS, numbers);
  }

  /** Goes on where it was, with the same photo's map. */
  void restore(Bundle kept, DepthMap shown) {
    int[] columns = kept.getIntArray(COLUMNS);
    int[] rows = kept.getIntArray(ROWS);
    double[] numbers = kept.getDoubleArray(NUMBERS);
    byLength = kept.getBoolean(BY_LENGTH);
    open(shown);
    if (columns == null || rows == null || numbers == null) {
      return;
    }
    for (int i = 0; i < columns.length; i++) {
      known.add(new Place(columns[i], rows[i], numbers[i]));
    }
    if (known.size() == ENOUGH && !Double.isNaN(known.get(1).metres())) {
      fit();
    } else if (!known.isEmpty()) {
      say(
          !byLength
              ? R.string.metres_second
              : known.size() < ENOUGH ? R.string.metres_other_end : R.string.metres_how_long);
      show();
    }
  }
}
