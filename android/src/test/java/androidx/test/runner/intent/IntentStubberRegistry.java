package androidx.test.runner.intent;

/** Stands in for the class of this name in AndroidX Test, as far as Robolectric calls it. */
public final class IntentStubberRegistry {
  private IntentStubberRegistry() {}

  public static boolean isLoaded() {
    return false;
  }

  public static IntentStubber getInstance() {
    return intent -> null;
  }
}
