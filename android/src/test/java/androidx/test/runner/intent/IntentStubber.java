package androidx.test.runner.intent;

import android.app.Instrumentation.ActivityResult;
import android.content.Intent;

/** Stands in for the class of this name in AndroidX Test, as far as Robolectric calls it. */
public interface IntentStubber {
  ActivityResult getActivityResultForIntent(Intent intent);
}
