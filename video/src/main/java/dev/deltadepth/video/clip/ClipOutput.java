package dev.deltadepth.video.clip;

import dev.deltadepth.video.read.ClipFrame;
import dev.deltadepth.video.write.Drawn;
import java.util.Optional;

/** Where a clip's depth goes. */
interface ClipOutput extends AutoCloseable {
  /** Whether a frame is there already, from a job that was stopped. */
  boolean has(long index);

  /** Makes of a frame's depth what is written; several threads do so at the same time. */
  Drawn draw(FrameDepth depth);

  /** Takes what was drawn, in the order of the frames. */
  void take(ClipFrame frame, Drawn drawn);

  /**
   * Ends the output, which then has its final name.
   *
   * @param length of the clip in microseconds; empty for a source that was read to its end
   * @return something to tell the user
   */
  Optional<String> finish(Optional<Long> length);

  /** Lets go of everything. */
  @Override
  void close();
}
