package dev.deltadepth.android.work;

import android.content.ContentResolver;
import android.content.ContentValues;
import android.net.Uri;
import android.provider.MediaStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;

/** Puts pictures into {@value #FOLDER}, which needs no permission from Android 10 on. */
public final class Gallery {
  /** Where they lie. */
  public static final String FOLDER = "Pictures/Delta";

  // Of MediaStore.MediaColumns, since Android 10.
  private static final String RELATIVE_PATH = "relative_path";
  private static final String IS_PENDING = "is_pending";

  private Gallery() {}

  /**
   * Saves a PNG.
   *
   * @param name of the file
   * @return the picture's address
   * @throws IOException if there is no room, or the phone refuses
   */
  public static Uri save(ContentResolver resolver, String name, byte[] png) throws IOException {
    ContentValues values = new ContentValues();
    values.put(MediaStore.MediaColumns.DISPLAY_NAME, name);
    values.put(MediaStore.MediaColumns.MIME_TYPE, "image/png");
    values.put(RELATIVE_PATH, FOLDER);
    values.put(IS_PENDING, 1);
    Uri picture = resolver.insert(MediaStore.Images.Media.EXTERNAL_CONTENT_URI, values);
    if (picture == null) {
      throw new FileNotFoundException(name);
    }
    try {
      write(resolver, picture, png);
    } catch (IOException e) {
      resolver.delete(picture, null, null);
      throw e;
    }
    ContentValues whole = new ContentValues();
    whole.put(IS_PENDING, 0);
    resolver.update(picture, whole, null, null);
    return picture;
  }

  /**
   * Writes a PNG where the user wants it.
   *
   * @throws IOException if there is no room, or the place is gone
   */
  public static void write(ContentResolver resolver, Uri place, byte[] png) throws IOException {
    try (OutputStream out = resolver.openOutputStream(place)) {
      if (out == null) {
        throw new FileNotFoundException(place.toString());
      }
      out.write(png);
    }
  }
}
