package dev.deltadepth.android.work;

import android.content.Context;
import android.content.SharedPreferences;
import dev.deltadepth.runtime.EmbeddedModel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is known of this phone, and which model runs on what; it stays from start to start. */
public final class Settings {
  private static final String MODEL = "model";
  private static final String ENGINE = "engine";
  private static final String TRIALS = "trials";
  private static final String TRYING = "trying";
  private static final String BROKEN = "broken";
  private static final String PHOTO = "photo";
  private static final String RATE = "rate";

  private final SharedPreferences kept;

  /** Reads what is known. */
  public Settings(Context context) {
    kept = context.getSharedPreferences("engine", Context.MODE_PRIVATE);
  }

  /** The model in use. */
  public EmbeddedModel model() {
    return EmbeddedModel.valueOf(kept.getString(MODEL, EmbeddedModel.FLOAT.name()));
  }

  void model(EmbeddedModel model) {
    kept.edit().putString(MODEL, model.name()).apply();
  }

  private String of(String what) {
    return what + "-" + model().name();
  }

  /** What the model runs on. */
  public Engine engine() {
    return Engine.named(kept.getString(of(ENGINE), Engine.usual().toString()));
  }

  /** How the engines did with the model; empty before they were tried. */
  public List<Trial> trials() {
    return Trial.of(kept.getString(of(TRIALS), ""));
  }

  void tried(List<Trial> trials, Engine best) {
    kept.edit()
        .putString(of(TRIALS), Trial.lines(trials))
        .putString(of(ENGINE), best.toString())
        .apply();
  }

  /** Notes that an engine is being tried, before it may end the process. */
  void trying(Engine engine) {
    kept.edit().putString(TRYING, engine.toString()).commit();
  }

  /** Notes that nothing is being tried any more. */
  void survived() {
    kept.edit().remove(TRYING).commit();
  }

  /** The engines with which the process ended. */
  Set<String> broken() {
    Set<String> broken = new HashSet<>(kept.getStringSet(BROKEN, new HashSet<>()));
    String trying = kept.getString(TRYING, "");
    if (!trying.isEmpty()) {
      broken.add(trying);
      kept.edit().remove(TRYING).putStringSet(BROKEN, broken).apply();
    }
    return broken;
  }

  /** Milliseconds that the last photo took, from the photo to the map on the screen; 0 for none. */
  public long photo() {
    return kept.getLong(PHOTO, 0);
  }

  void photo(long milliseconds) {
    kept.edit().putLong(PHOTO, milliseconds).apply();
  }

  /** Maps a second of live depth, when it was last seen; 0 for never. */
  public float rate() {
    return kept.getFloat(RATE, 0);
  }

  /** Keeps the rate of live depth. */
  public void rate(double perSecond) {
    kept.edit().putFloat(RATE, (float) perSecond).apply();
  }
}
