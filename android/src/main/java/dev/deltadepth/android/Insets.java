package dev.deltadepth.android;

import android.view.View;

/** Keeps content out of the system's bars, which lie over it from Android 15 on. */
public final class Insets {
  private Insets() {}

  /** Pads a view by the bars. */
  public static void pad(View root) {
    root.setOnApplyWindowInsetsListener(
        (view, insets) -> {
          view.setPadding(
              insets.getSystemWindowInsetLeft(),
              insets.getSystemWindowInsetTop(),
              insets.getSystemWindowInsetRight(),
              insets.getSystemWindowInsetBottom());
          return insets.consumeSystemWindowInsets();
        });
  }
}
