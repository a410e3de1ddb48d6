package dev.deltadepth.android;

import android.content.Context;
import android.content.SharedPreferences;
import android.content.res.Configuration;
import dev.deltadepth.core.Colormap;

/** What the user has chosen about looks; it stays from start to start. */
public final class Appearance {
  private static final String NIGHT = "night";
  private static final String COLOURS = "colours";
  private static final String SIDE = "side";

  private final SharedPreferences kept;

  /** Reads what was chosen. */
  public Appearance(Context context) {
    kept = context.getSharedPreferences("appearance", Context.MODE_PRIVATE);
  }

  /** A context in the chosen theme; the system's until somebody chooses. */
  public static Context themed(Context base) {
    SharedPreferences kept = new Appearance(base).kept;
    if (!kept.contains(NIGHT)) {
      return base;
    }
    Configuration other = new Configuration();
    other.fontScale = base.getResources().getConfiguration().fontScale;
    other.uiMode =
        kept.getBoolean(NIGHT, false)
            ? Configuration.UI_MODE_NIGHT_YES
            : Configuration.UI_MODE_NIGHT_NO;
    return base.createConfigurationContext(other);
  }

  static boolean isNight(Context context) {
    return (context.getResources().getConfiguration().uiMode & Configuration.UI_MODE_NIGHT_MASK)
        == Configuration.UI_MODE_NIGHT_YES;
  }

  void night(boolean dark) {
    kept.edit().putBoolean(NIGHT, dark).apply();
  }

  /** The colours of maps. */
  public Colormap colours() {
    String name = kept.getString(COLOURS, "");
    return Colormap.named(Colormap.names().contains(name) ? name : Colormap.names().get(0));
  }

  void colours(Colormap colours) {
    kept.edit().putString(COLOURS, colours.name()).apply();
  }

  /** Whether photo and map lie side by side, not under a divider. */
  public boolean sideBySide() {
    return kept.getBoolean(SIDE, false);
  }

  void sideBySide(boolean side) {
    kept.edit().putBoolean(SIDE, side).apply();
  }
}
