package dev.deltadepth.android.view;

import android.graphics.Bitmap;
import android.graphics.Color;
import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;

/** Colour maps as bitmaps. */
public final class Colours {
  private static final int OPAQUE = 0xff000000;

  private Colours() {}

  /** A map in colours. */
  public static Bitmap of(DepthMap map, Normalization window, Colormap colours) {
    float[] values = map.data();
    int[] argb = new int[values.length];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = OPAQUE | colours.rgb(window.apply(values[i]));
    }
    return Bitmap.createBitmap(argb, map.width(), map.height(), Bitmap.Config.ARGB_8888);
  }

  /** A picture. */
  public static Bitmap of(RgbImage picture) {
    byte[] rgb = picture.data();
    int[] argb = new int[picture.width() * picture.height()];
    for (int i = 0, p = 0; i < argb.length; i++, p += 3) {
      argb[i] = Color.rgb(rgb[p] & 0xff, rgb[p + 1] & 0xff, rgb[p + 2] & 0xff);
    }
    return Bitmap.createBitmap(argb, picture.width(), picture.height(), Bitmap.Config.ARGB_8888);
  }

  /** All colours in one row, far to near. */
  static Bitmap scale(Colormap colours, boolean rightToLeft) {
    int[] argb = new int[256];
    for (int i = 0; i < argb.length; i++) {
      argb[rightToLeft ? argb.length - 1 - i : i] = OPAQUE | colours.rgb(i / 255f);
    }
    return Bitmap.createBitmap(argb, argb.length, 1, Bitmap.Config.ARGB_8888);
  }
}
