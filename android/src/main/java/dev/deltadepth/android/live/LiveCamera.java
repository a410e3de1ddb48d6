package dev.deltadepth.android.live;

import dev.deltadepth.android.camera.PhoneCamera;
import dev.deltadepth.android.work.Problem;
import java.util.function.Consumer;

/** Cameras that give frame after frame. */
public interface LiveCamera extends PhoneCamera {
  /**
   * Opens a camera.
   *
   * @param which from 0; 0 looks away from the user where there is such a camera
   * @param frames gets every frame, on any thread, and must not keep it waiting
   * @param ready told on the main thread when frames are coming
   * @param failed told on the main thread why there are none
   */
  void open(int which, Consumer<LiveFrame> frames, Runnable ready, Consumer<Problem> failed);
}
