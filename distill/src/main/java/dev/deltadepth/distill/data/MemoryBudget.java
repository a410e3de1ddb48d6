package dev.deltadepth.distill.data;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that all caches of a run share. Safe for use by several threads. */
public final class MemoryBudget {
  private final long bytes;
  private final AtomicLong used = new AtomicLong();

  /**
   * @param bytes to keep at most, in all
   */
  public MemoryBudget(long bytes) {
    this.bytes = bytes;
  }

  /** Takes memory, if there is as much; says whether there is. */
  boolean take(long size) {
    if (used.addAndGet(size) > bytes) {
      giveBack(size);
      return false;
    }
    return true;
  }

  /** Gives back what was taken. */
  void giveBack(long size) {
    used.addAndGet(-size);
  }
}
