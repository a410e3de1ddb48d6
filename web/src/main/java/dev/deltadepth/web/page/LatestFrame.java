package dev.deltadepth.web.page;

/**
 * Lets a slow worker keep up with a fast camera: while a frame is at work the newest one waits, and
 * the one that it replaces is dropped and counted.
 */
public final class LatestFrame {
  private boolean busy;
  private boolean waiting;
  private int dropped;

  /**
   * A frame has come.
   *
   * @return whether it is to be worked on at once; otherwise it waits
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
   * The frame at work is done.
   *
   * @return whether the newest one waits and is to be worked on at once
   */
  public boolean done() {
    busy = waiting;
    waiting = false;
    return busy;
  }

  /** How many frames were replaced by newer ones before their turn. */
  public int dropped() {
    return dropped;
  }
}
