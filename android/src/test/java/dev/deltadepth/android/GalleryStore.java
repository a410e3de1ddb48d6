package dev.deltadepth.android;

import android.content.ContentProvider;
import android.content.ContentUris;
import android.content.ContentValues;
import android.database.Cursor;
import android.net.Uri;
import android.os.ParcelFileDescriptor;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The phone's gallery: keeps pictures as files and what is said about them. */
public final class GalleryStore extends ContentProvider {
  private final List<ContentValues> pictures = new ArrayList<>();

  /** How many pictures there are. */
  int size() {
    return pictures.size();
  }

  /** What is said about a picture, from 0. */
  ContentValues about(int number) {
    return pictures.get(number);
  }

  /** A picture's file. */
  byte[] bytes(int number) throws IOException {
    return Files.readAllBytes(file(number).toPath());
  }

  private File file(long number) {
    return new File(getContext().getFilesDir(), "picture" + number);
  }

  @Override
  public boolean onCreate() {
    return true;
  }

  @Override
  public Uri insert(Uri folder, ContentValues values) {
    pictures.add(new ContentValues(values));
    return ContentUris.withAppendedId(folder, pictures.size() - 1L);
  }

  @Override
  public ParcelFileDescriptor openFile(Uri picture, String mode) throws FileNotFoundException {
    return ParcelFileDescriptor.open(
        file(ContentUris.parseId(picture)), ParcelFileDescriptor.parseMode(mode));
  }

  @Override
  public int update(Uri picture, ContentValues values, String where, String[] arguments) {
    pictures.get((int) ContentUris.parseId(picture)).putAll(values);
    return 1;
  }

  @Override
  public int delete(Uri picture, String where, String[] arguments) {
    return 0;
  }

  @Override
  public String getType(Uri picture) {
    return "image/png";
  }

  @Override
  public Cursor query(
      Uri picture, String[] columns, String where, String[] arguments, String order) {
    return null;
  }
}
