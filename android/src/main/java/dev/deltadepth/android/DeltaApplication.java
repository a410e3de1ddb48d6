package dev.deltadepth.android;

import android.app.Application;
import dev.deltadepth.android.work.DepthWork;
import dev.deltadepth.android.work.DeviceEstimator;
import dev.deltadepth.android.work.Estimator;
import org.jspecify.annotations.Nullable;

/** The process: it holds the photo at work, whatever happens to the screens. */
public class DeltaApplication extends Application {
  private @Nullable DepthWork work;

  /** The photo at work. */
  public final DepthWork work() {
    DepthWork started = work;
    if (started == null) {
      started = new DepthWork(getCacheDir(), estimator());
      work = started;
    }
    return started;
  }

  /** What makes maps of photos. */
  protected Estimator estimator() {
    return new DeviceEstimator(this);
  }
}
