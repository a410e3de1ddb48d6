package dev.deltadepth.video.read;

import java.util.Optional;

/** Frames, one after the other. */
public interface FrameSource extends AutoCloseable {
  /**
   * The next frame, or empty at the end.
   *
   * @throws dev.deltadepth.io.FileException if there is none at all, or reading fails
   */
  Optional<ClipFrame> next();

  /** What went wrong after the last frame: why it is the last one, if it should not be. */
  default Optional<String> complaint() {
    return Optional.empty();
  }

  /** Gives back a frame that nobody needs any more; its pictures may be written to. */
  default void release(ClipFrame frame) {}

  /** Ends reading. Somebody who waits for a frame gets none. */
  @Override
  void close();
}
