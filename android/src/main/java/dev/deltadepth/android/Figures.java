package dev.deltadepth.android;

import android.content.Context;
import android.os.Build;
import android.os.Debug;
import dev.deltadepth.android.work.Settings;
import dev.deltadepth.android.work.Trial;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The requirements in numbers, and what this phone says to them. */
final class Figures {
  private static final long MOST_MILLIS = 200;
  private static final float LEAST_RATE = 4;
  private static final double MOST_MEMORY = 200;
  private static final double MOST_SIZE = 50;
  private static final int KILO = 1024;
  private static final double MEGA = 1e6;

  private Figures() {}

  /** A requirement and what was measured. */
  record Row(String name, String value) {}

  /** The table. */
  static List<Row> of(Context context) {
    Settings settings = new Settings(context);
    List<Row> rows = new ArrayList<>();
    long photo = settings.photo();
    rows.add(
        row(
            context,
            R.string.need_time,
            photo == 0
                ? ""
                : context.getString(
                    R.string.timing, String.format(Locale.getDefault(), "%d", photo)),
            photo < MOST_MILLIS));
    float rate = settings.rate();
    rows.add(
        row(
            context,
            R.string.need_rate,
            rate == 0
                ? ""
                : context.getString(
                    R.string.rate, String.format(Locale.getDefault(), "%.1f", rate)),
            rate > LEAST_RATE));
    double memory = memory();
    rows.add(row(context, R.string.need_memory, megabytes(context, memory), memory < MOST_MEMORY));
    double size = new File(context.getApplicationInfo().sourceDir).length() / MEGA;
    rows.add(row(context, R.string.need_size, megabytes(context, size), size < MOST_SIZE));
    rows.add(row(context, R.string.need_android, Build.VERSION.RELEASE, true));
    return rows;
  }

  private static Row row(Context context, int name, String value, boolean met) {
    String all =
        value.isEmpty()
            ? context.getString(R.string.not_yet)
            : context.getString(met ? R.string.met : R.string.not_met, value);
    return new Row(context.getString(name), all);
  }

  /** Of this process at this moment, shared pages in parts, in megabytes. */
  private static double memory() {
    Debug.MemoryInfo info = new Debug.MemoryInfo();
    Debug.getMemoryInfo(info);
    return (double) info.getTotalPss() / KILO;
  }

  private static String megabytes(Context context, double number) {
    return context.getString(
        R.string.megabytes, String.format(Locale.getDefault(), "%.0f", number));
  }

  /** The same as a text, with the phone's name, for whoever the user gives it to. */
  static String text(Context context) {
    Settings settings = new Settings(context);
    StringBuilder text = new StringBuilder();
    text.append("Delta ").append(version(context)).append('\n');
    text.append(Build.MANUFACTURER).append(' ').append(Build.MODEL);
    text.append(", Android ").append(Build.VERSION.RELEASE).append('\n');
    text.append(settings.model().label()).append(": ").append(settings.engine()).append('\n');
    for (Row row : of(context)) {
      text.append(row.name()).append(": ").append(row.value()).append('\n');
    }
    for (Trial trial : settings.trials()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s: %s, %.1f ms, %.4f%n",
              trial.engine(),
              trial.outcome(),
              trial.milliseconds(),
              trial.difference()));
    }
    return text.toString();
  }

  private static String version(Context context) {
    try {
      return context.getPackageManager().getPackageInfo(context.getPackageName(), 0).versionName;
    } catch (android.content.pm.PackageManager.NameNotFoundException e) {
      return "";
    }
  }
}
