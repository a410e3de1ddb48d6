package dev.deltadepth.android.work;

import android.graphics.Bitmap;
import android.graphics.BitmapFactory;
import android.graphics.Canvas;
import android.graphics.Color;
import android.graphics.Matrix;
import android.media.ExifInterface;
import dev.deltadepth.core.RgbImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;

/** Reads pictures of any size: what does not fit into memory is reduced while it is decoded. */
public final class PhotoReader {
  /** Longest side of what the screen shows, in pixels. */
  public static final int LONGEST = 2048;

  /**
   * A photo, its bitmap and its map take about so many bytes for each pixel while they are made.
   */
  private static final int BYTES = 24;

  private static final double MOST_PIXELS = 12.6e6;
  private static final int LOOKED_AT = 5000;

  private PhotoReader() {}

  /**
   * Reads a picture, upright and on white.
   *
   * @throws AndroidException if it is damaged, of an unknown format, or memory is short
   */
  static Photo read(File file) {
    return read(file, Math.min(MOST_PIXELS, (double) Runtime.getRuntime().maxMemory() / BYTES));
  }

  /** Reads a picture with at most so many pixels. */
  static Photo read(File file, double most) {
    try {
      BitmapFactory.Options options = new BitmapFactory.Options();
      options.inJustDecodeBounds = true;
      BitmapFactory.decodeFile(file.getPath(), options);
      if (options.outWidth < 1 || options.outHeight < 1) {
        throw new AndroidException(Problem.PICTURE_UNREADABLE);
      }
      int step = step((double) options.outWidth * options.outHeight, most);
      options.inJustDecodeBounds = false;
      options.inSampleSize = step;
      Bitmap decoded = BitmapFactory.decodeFile(file.getPath(), options);
      if (decoded == null) {
        throw new AndroidException(Problem.PICTURE_UNREADABLE);
      }
      Bitmap upright = turned(decoded, orientation(file));
      RgbImage pixels = pixels(upright);
      return new Photo(pixels, shown(upright), step > 1);
    } catch (OutOfMemoryError e) {
      throw new AndroidException(Problem.MEMORY_SHORT, e);
    }
  }

  /** The power of two by which the decoder divides both sides. */
  static int step(double pixels, double most) {
    int step = 1;
    while (pixels / ((double) step * step) > most) {
      step *= 2;
    }
    return step;
  }

  private static int orientation(File file) {
    try (InputStream in = longEnough(file)) {
      return new ExifInterface(in)
          .getAttributeInt(ExifInterface.TAG_ORIENTATION, ExifInterface.ORIENTATION_NORMAL);
    } catch (IOException e) {
      // A picture without EXIF data lies as it is.
      return ExifInterface.ORIENTATION_NORMAL;
    }
  }

  /** Android 8.0 reads no EXIF data of files that are shorter than what it looks at first. */
  private static InputStream longEnough(File file) throws IOException {
    return file.length() < LOOKED_AT
        ? new ByteArrayInputStream(Arrays.copyOf(Files.readAllBytes(file.toPath()), LOOKED_AT))
        : new FileInputStream(file);
  }

  /** Turns and mirrors a bitmap as EXIF 2.3, section 4.6.4, says; the first one is given up. */
  private static Bitmap turned(Bitmap bitmap, int orientation) {
    Matrix matrix = new Matrix();
    switch (orientation) {
      case ExifInterface.ORIENTATION_FLIP_HORIZONTAL -> matrix.setScale(-1, 1);
      case ExifInterface.ORIENTATION_ROTATE_180 -> matrix.setRotate(180);
      case ExifInterface.ORIENTATION_FLIP_VERTICAL -> matrix.setScale(1, -1);
      case ExifInterface.ORIENTATION_TRANSPOSE -> {
        matrix.setRotate(90);
        matrix.postScale(-1, 1);
      }
      case ExifInterface.ORIENTATION_ROTATE_90 -> matrix.setRotate(90);
      case ExifInterface.ORIENTATION_TRANSVERSE -> {
        matrix.setRotate(-90);
        matrix.postScale(-1, 1);
      }
      case ExifInterface.ORIENTATION_ROTATE_270 -> matrix.setRotate(-90);
      default -> {
        return bitmap;
      }
    }
    Bitmap turned =
        Bitmap.createBitmap(bitmap, 0, 0, bitmap.getWidth(), bitmap.getHeight(), matrix, false);
    if (turned != bitmap) {
      bitmap.recycle();
    }
    return turned;
  }

  /** The colours, transparent ones on white. */
  static RgbImage pixels(Bitmap bitmap) {
    int width = bitmap.getWidth();
    int height = bitmap.getHeight();
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
    int[] row = new int[width];
    for (int y = 0, o = 0; y < height; y++) {
      bitmap.getPixels(row, 0, width, 0, y, width, 1);
      for (int colour : row) {
        int alpha = Color.alpha(colour);
        rgb[o++] = (byte) onWhite(Color.red(colour), alpha);
        rgb[o++] = (byte) onWhite(Color.green(colour), alpha);
        rgb[o++] = (byte) onWhite(Color.blue(colour), alpha);
      }
    }
    return new RgbImage(width, height, rgb);
  }

  private static int onWhite(int value, int alpha) {
    return alpha == 255 ? value : 255 + (value - 255) * alpha / 255;
  }

  private static Bitmap shown(Bitmap whole) {
    int longest = Math.max(whole.getWidth(), whole.getHeight());
    double scale = Math.min(1, (double) LONGEST / longest);
    Bitmap shown =
        Bitmap.createBitmap(
            (int) Math.max(1, Math.round(whole.getWidth() * scale)),
            (int) Math.max(1, Math.round(whole.getHeight() * scale)),
            Bitmap.Config.ARGB_8888);
    Bitmap small = Bitmap.createScaledBitmap(whole, shown.getWidth(), shown.getHeight(), true);
    Canvas canvas = new Canvas(shown);
    canvas.drawColor(Color.WHITE);
    canvas.drawBitmap(small, 0, 0, null);
    if (small != whole) {
      small.recycle();
    }
    whole.recycle();
    return shown;
  }
}
