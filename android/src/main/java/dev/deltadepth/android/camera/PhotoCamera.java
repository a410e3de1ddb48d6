package dev.deltadepth.android.camera;

import android.view.TextureView;
import dev.deltadepth.android.work.Problem;
import java.util.function.Consumer;

/** Cameras that take photos. Called on the main thread, which they answer on. */
public interface PhotoCamera extends PhoneCamera {
  /**
   * Opens a camera and shows what it sees.
   *
   * @param which from 0; 0 looks away from the user where there is such a camera
   * @param preview where to show it
   * @param ready told when it can take photos
   * @param failed told why it cannot
   */
  void open(int which, TextureView preview, Runnable ready, Consumer<Problem> failed);

  /** Focuses on a point of the preview, both coordinates in 0..1. */
  void focus(double x, double y);

  /**
   * Takes a photo.
   *
   * @param taken gets a JPEG file whose EXIF data say which side is up
   */
  void shoot(Consumer<byte[]> taken);
}
