package dev.deltadepth.android.camera;

/** A phone's cameras, one open at a time. Called on the main thread. */
public interface PhoneCamera {
  /** How many directions there are to look in. */
  int count();

  /** Whether the open camera has a lamp. */
  boolean hasTorch();

  /** Switches the lamp. */
  void torch(boolean on);

  /** Closes the camera; closing twice does nothing. */
  void close();
}
