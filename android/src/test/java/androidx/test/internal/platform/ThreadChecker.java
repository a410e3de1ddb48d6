package androidx.test.internal.platform;

/** Stands in for the class of this name in AndroidX Test, as far as Robolectric calls it. */
public interface ThreadChecker {
  void checkMainThread();

  void checkNotMainThread();
}
