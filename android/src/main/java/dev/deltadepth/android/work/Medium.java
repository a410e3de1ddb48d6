package dev.deltadepth.android.work;

import android.net.Uri;
import android.provider.MediaStore;

/** Kinds of files that the gallery takes, and where they lie in it. */
public enum Medium {
  PICTURE("image/png", ".png", "Pictures/Delta") {
    @Override
    Uri collection() {
      return MediaStore.Images.Media.EXTERNAL_CONTENT_URI;
    }
  },
  /** Android 10 takes videos into no folder of pictures. */
  CLIP("video/mp4", ".mp4", "Movies/Delta") {
    @Override
    Uri collection() {
      return MediaStore.Video.Media.EXTERNAL_CONTENT_URI;
    }
  };

  private final String type;
  private final String ending;
  private final String folder;

  Medium(String type, String ending, String folder) {
    this.type = type;
    this.ending = ending;
    this.folder = folder;
  }

  abstract Uri collection();

  /** The MIME type. */
  public String type() {
    return type;
  }

  /** The end of a file's name: {@code .png}. */
  public String ending() {
    return ending;
  }

  /** Where the files lie. */
  public String folder() {
    return folder;
  }
}
