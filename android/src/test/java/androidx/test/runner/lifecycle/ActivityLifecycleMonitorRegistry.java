package androidx.test.runner.lifecycle;

/** Stands in for the class of this name in AndroidX Test, as far as Robolectric calls it. */
public final class ActivityLifecycleMonitorRegistry {
  private static ActivityLifecycleMonitor registered;

  private ActivityLifecycleMonitorRegistry() {}

  public static ActivityLifecycleMonitor getInstance() {
    return registered;
  }

  public static void registerInstance(ActivityLifecycleMonitor monitor) {
    registered = monitor;
  }
}
