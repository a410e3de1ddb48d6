package androidx.test.platform.app;

import android.app.Instrumentation;
import android.os.Bundle;

/** Stands in for the class of this name in AndroidX Test, as far as Robolectric calls it. */
public final class InstrumentationRegistry {
  private static Instrumentation registered;

  private InstrumentationRegistry() {}

  public static Instrumentation getInstrumentation() {
    if (registered == null) {
      throw new IllegalStateException("no instrumentation is registered");
    }
    return registered;
  }

  public static void registerInstance(Instrumentation instrumentation, Bundle arguments) {
    registered = instrumentation;
  }
}
