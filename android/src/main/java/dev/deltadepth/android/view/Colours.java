package dev.deltadepth.android.view;

import android.graphics.Bitmap;
import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;

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

  /** All colours in one row, far to near. */
  static Bitmap scale(Colormap colours, boolean rightToLeft) {
    int[] argb = new int[256];
    for (int i = 0; i < argb.length; i++) {
      argb[rightToLeft ? argb.length - 1 - i : i] = OPAQUE | colours.rgb(i / 255f);
    }
    return Bitmap.createBitmap(argb, argb.length, 1, Bitmap.Config.ARGB_8888);
  }
}
