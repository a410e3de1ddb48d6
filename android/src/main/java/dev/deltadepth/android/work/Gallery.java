package dev.deltadepth.android.work;

import android.content.ContentResolver;
import android.content.ContentValues;
import android.net.Uri;
import android.provider.MediaStore;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Puts files into the gallery, which needs no permission from Android 10 on. */
public final class Gallery {
  // Of MediaStore.MediaColumns, since Android 10.
  private static final String RELATIVE_PATH = "relative_path";
  private static final String IS_PENDING = "is_pending";

  private Gallery() {}

  /**
   * Saves a file into its {@link Medium#folder}.
   *
   * @param name of the file
   * @return its address
   * @throws IOException if there is no room, or the phone refuses
   */
  public static Uri save(ContentResolver resolver, String name, Medium medium, File content)
      throws IOException {
    ContentValues values = new ContentValues();
    values.put(MediaStore.MediaColumns.DISPLAY_NAME, name);
    values.put(MediaStore.MediaColumns.MIME_TYPE, medium.type());
    values.put(RELATIVE_PATH, medium.folder());
    values.put(IS_PENDING, 1);
    Uri place = resolver.insert(medium.collection(), values);
    if (place == null) {
      throw new FileNotFoundException(name);
    }
    try {
      write(resolver, place, content);
    } catch (IOException e) {
      resolver.delete(place, null, null);
      throw e;
    }
    ContentValues whole = new ContentValues();
    whole.put(IS_PENDING, 0);
    resolver.update(place, whole, null, null);
    return place;
  }

  /**
   * Writes a file where the user wants it.
   *
   * @throws IOException if there is no room, or the place is gone
   */
  public static void write(ContentResolver resolver, Uri place, File content) throws IOException {
    try (InputStream in = new FileInputStream(content);
        OutputStream out = resolver.openOutputStream(place)) {
      if (out == null) {
        throw new FileNotFoundException(place.toString());
      }
      copy(in, out);
    }
  }

  /** Copies everything. */
  static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] part = new byte[1 << 16];
    for (int count = in.read(part); count >= 0; count = in.read(part)) {
      out.write(part, 0, count);
    }
  }
}
