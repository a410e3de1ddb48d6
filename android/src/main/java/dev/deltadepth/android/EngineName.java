package dev.deltadepth.android;

import android.content.res.Resources;
import dev.deltadepth.android.work.Engine;
import dev.deltadepth.runtime.Provider;

/** What the user reads of an engine. */
final class EngineName {
  private EngineName() {}

  static String of(Resources resources, Engine engine) {
    String threads =
        resources.getQuantityString(R.plurals.threads, engine.threads(), engine.threads());
    return switch (engine.provider()) {
      case CPU -> threads;
      case XNNPACK -> Provider.XNNPACK.name() + ", " + threads;
      default -> engine.provider().name();
    };
  }
}
