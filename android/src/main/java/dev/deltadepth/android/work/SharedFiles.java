package dev.deltadepth.android.work;

import android.content.ContentProvider;
import android.content.ContentValues;
import android.content.Context;
import android.database.Cursor;
import android.database.MatrixCursor;
import android.net.Uri;
import android.os.ParcelFileDescriptor;
import android.provider.OpenableColumns;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Lends pictures to the app that the user shares them with; only what was put into its folder. */
public final class SharedFiles extends ContentProvider {
  private static final String AUTHORITY = "dev.deltadepth.android.shared";

  /**
   * Makes a picture ready to be lent, in place of the one before.
   *
   * @param name of the file
   * @return its address
   * @throws IOException if there is no room
   */
  public static Uri put(Context context, String name, byte[] png) throws IOException {
    File folder = folder(context);
    File[] before = folder.listFiles();
    if (before != null) {
      for (File file : before) {
        if (!file.delete()) {
          throw new IOException("cannot delete " + file);
        }
      }
    }
    if (!folder.isDirectory() && !folder.mkdirs()) {
      throw new IOException("cannot make " + folder);
    }
    try (OutputStream out = new FileOutputStream(new File(folder, name))) {
      out.write(png);
    }
    return new Uri.Builder().scheme("content").authority(AUTHORITY).appendPath(name).build();
  }

  private static File folder(Context context) {
    return new File(context.getCacheDir(), "shared");
  }

  private File file(Uri address) throws FileNotFoundException {
    String name = address.getLastPathSegment();
    Context context = getContext();
    if (context == null || name == null || name.contains("/") || name.startsWith(".")) {
      throw new FileNotFoundException(address.toString());
    }
    File file = new File(folder(context), name);
    if (!file.isFile()) {
      throw new FileNotFoundException(address.toString());
    }
    return file;
  }

  @Override
  public boolean onCreate() {
    return true;
  }

  @Override
  public ParcelFileDescriptor openFile(Uri address, String mode) throws FileNotFoundException {
    return ParcelFileDescriptor.open(file(address), ParcelFileDescriptor.MODE_READ_ONLY);
  }

  @Override
  public Cursor query(
      Uri address,
      String @Nullable [] columns,
      @Nullable String where,
      String @Nullable [] values,
      @Nullable String order) {
    String[] names =
        columns == null
            ? new String[] {OpenableColumns.DISPLAY_NAME, OpenableColumns.SIZE}
            : columns;
    MatrixCursor cursor = new MatrixCursor(names);
    try {
      File file = file(address);
      Object[] row = new Object[names.length];
      for (int i = 0; i < names.length; i++) {
        if (names[i].equals(OpenableColumns.DISPLAY_NAME)) {
          row[i] = file.getName();
        } else if (names[i].equals(OpenableColumns.SIZE)) {
          row[i] = file.length();
        }
      }
      cursor.addRow(row);
    } catch (FileNotFoundException e) {
      // No row: there is no such picture.
    }
    return cursor;
  }

  @Override
  public String getType(Uri address) {
    return "image/png";
  }

  @Override
  public Uri insert(Uri address, @Nullable ContentValues values) {
    throw new UnsupportedOperationException("pictures are only lent");
  }

  @Override
  public int delete(Uri address, @Nullable String where, String @Nullable [] values) {
    throw new UnsupportedOperationException("pictures are only lent");
  }

  @Override
  public int update(
      Uri address,
      @Nullable ContentValues values,
      @Nullable String where,
      String @Nullable [] arguments) {
    throw new UnsupportedOperationException("pictures are only lent");
  }
}
