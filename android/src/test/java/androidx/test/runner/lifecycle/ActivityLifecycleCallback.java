package androidx.test.runner.lifecycle;

import android.app.Activity;

/** Stands in for the class of this name in AndroidX Test, as far as Robolectric calls it. */
public interface ActivityLifecycleCallback {
  void onActivityLifecycleChanged(Activity activity, Stage stage);
}
