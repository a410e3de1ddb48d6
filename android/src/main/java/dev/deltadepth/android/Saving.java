package dev.deltadepth.android;

import android.app.Activity;
import android.content.Context;
import android.content.Intent;
import android.net.Uri;
import android.os.Build;
import android.widget.Toast;
import dev.deltadepth.android.work.Gallery;
import dev.deltadepth.android.work.Medium;
import dev.deltadepth.android.work.Problem;
import java.io.File;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Saves files: into the gallery, or before Android 10, where apps may not do that without a
 * permission, where the user says.
 */
public final class Saving {
  /** The request whose answer {@link #answered} takes. */
  public static final int PLACE = 3;

  /** From here on apps may put files into the gallery without a permission. */
  private static final int GALLERY_SINCE = 29;

  private final Activity screen;
  private final Consumer<Problem> tell;

  /** Makes a file, on another thread. */
  public interface Making {
    /** Writes the whole file. */
    void into(File file) throws Exception;
  }

  /** For a screen, which is told what went wrong. */
  public Saving(Activity screen, Consumer<Problem> tell) {
    this.screen = screen;
    this.tell = tell;
  }

  /** A file's name: the time, and what it is. */
  static String name(String what, Medium medium) {
    return DateTimeFormatter.ofPattern("'delta-'yyyyMMdd-HHmmss", Locale.ROOT)
            .format(ZonedDateTime.now(ZoneId.systemDefault()))
        + "."
        + what
        + medium.ending();
  }

  /** A file whose content is in memory. */
  static Making content(Callable<byte[]> bytes) {
    return file -> {
      try (OutputStream out = new FileOutputStream(file)) {
        out.write(bytes.call());
      }
    };
  }

  /**
   * Saves a file.
   *
   * @param what it is, for its name
   */
  public void save(String what, Medium medium, Making making) {
    String name = name(what, medium);
    Context context = screen.getApplicationContext();
    File made = new File(context.getCacheDir(), "saving");
    notice(screen.getString(R.string.saving));
    if (Build.VERSION.SDK_INT >= GALLERY_SINCE) {
      later(
          () -> {
            making.into(made);
            return Gallery.save(context.getContentResolver(), name, medium, made);
          },
          saved -> notice(screen.getString(R.string.saved_in, medium.folder())));
    } else {
      later(
          () -> {
            making.into(made);
            return Uri.fromFile(made);
          },
          ready ->
              screen.startActivityForResult(
                  new Intent(Intent.ACTION_CREATE_DOCUMENT)
                      .addCategory(Intent.CATEGORY_OPENABLE)
                      .setType(medium.type())
                      .putExtra(Intent.EXTRA_TITLE, name),
                  PLACE));
    }
  }

  /** Takes the user's answer where to put the file that was made last. */
  public void answered(@Nullable Intent answer) {
    Uri place = answer == null ? null : answer.getData();
    if (place != null) {
      Context context = screen.getApplicationContext();
      File made = new File(context.getCacheDir(), "saving");
      later(
          () -> {
            Gallery.write(context.getContentResolver(), place, made);
            return place;
          },
          saved -> notice(screen.getString(R.string.saved)));
    }
  }

  private void later(Callable<Uri> task, Consumer<Uri> done) {
    ((DeltaApplication) screen.getApplication()).work().later(task, done, tell);
  }

  private void notice(String text) {
    Toast.makeText(screen, text, Toast.LENGTH_SHORT).show();
  }
}
