package dev.deltadepth.android;

import android.app.Activity;
import android.app.Application;
import dev.deltadepth.android.live.DeviceFrames;
import dev.deltadepth.android.live.LiveCamera;
import dev.deltadepth.android.work.Clips;
import dev.deltadepth.android.work.CodecClips;
import dev.deltadepth.android.work.DepthWork;
import dev.deltadepth.android.work.DeviceEstimator;
import dev.deltadepth.android.work.Estimator;
import dev.deltadepth.android.work.Measuring;
import org.jspecify.annotations.Nullable;

/** The process: it holds the photo at work, whatever happens to the screens. */
public class DeltaApplication extends Application {
  private @Nullable DepthWork work;
  private @Nullable Estimator estimator;
  private @Nullable Measuring measuring;

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
  public final Estimator estimator() {
    Estimator made = estimator;
    if (made == null) {
      made = newEstimator();
      estimator = made;
    }
    return made;
  }

  /** The one estimator; it holds the model. */
  protected Estimator newEstimator() {
    return new DeviceEstimator(this);
  }

  /** What finds out where the network runs best. */
  public final Measuring measuring() {
    Measuring made = measuring;
    if (made == null) {
      made = new Measuring(this, estimator());
      measuring = made;
    }
    return made;
  }

  /** What writes clips. */
  public Clips clips() {
    return new CodecClips();
  }

  /** The cameras of live depth. */
  public LiveCamera liveCamera(Activity screen) {
    return new DeviceFrames(screen);
  }
}
