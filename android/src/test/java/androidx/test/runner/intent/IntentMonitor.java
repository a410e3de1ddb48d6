package androidx.test.runner.intent;

/** Stands in for the class of this name in AndroidX Test, as far as Robolectric calls it. */
public interface IntentMonitor {}
