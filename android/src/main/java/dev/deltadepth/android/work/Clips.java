package dev.deltadepth.android.work;

import dev.deltadepth.core.RgbImage;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;

/** Writes clips of pictures; the phone's own way is its video encoder. */
public interface Clips {
  /**
   * Starts a clip.
   *
   * @param file to write
   * @param width of the pictures, at least 16 pixels; what is beyond a multiple of 16 is cut off
   * @param height of the pictures, as the width
   * @throws IOException if the phone cannot encode this, or not now
   */
  Writer begin(File file, int width, int height) throws IOException;

  /** A clip that is being written, on one thread; closing it makes it whole. */
  interface Writer extends Closeable {
    /**
     * Adds a picture.
     *
     * @param micros when it is shown, counted from the first one, in millionths of a second
     * @throws IOException if there is no room, or the encoder fails
     */
    void add(RgbImage picture, long micros) throws IOException;
  }
}
