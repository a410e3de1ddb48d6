package dev.deltadepth.web.page;

/**
 * Lets a slow worker keep up with a fast camera: while a frame is processed, the newest one waits;
 * the frame it replaces is dropped and counted.
 */
public final class LatestFrame {
  private boolean busy;
  private boolean waiting;
  private int dropped;

  /**
   * Offers a new frame.
   *
   * @return whether to process it now; otherwise it waits
   */
  public boolean offer() {
    if (!busy) {
      busy = true;
      return true;
    }
    if (waiting) {
      dropped++;
    }
    waiting = true;
    return false;
  }

  /**
   * Ends the current frame.
   *
   * @return whether a frame is waiting and should be processed now
   */
  public boolean done() {
    busy = waiting;
    waiting = false;
    return busy;
  }

  /** Number of frames replaced by newer ones before they were processed. */
  public int dropped() {
    return dropped;
  }
}
