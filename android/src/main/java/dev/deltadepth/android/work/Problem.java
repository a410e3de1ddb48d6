package dev.deltadepth.android.work;

import dev.deltadepth.android.R;

/** What can go wrong: a title, and what to do about it. */
public enum Problem {
  CAMERA_REFUSED(R.string.camera_refused, R.string.camera_refused_do),
  CAMERA_MISSING(R.string.camera_missing, R.string.camera_missing_do),
  CAMERA_BUSY(R.string.camera_busy, R.string.camera_busy_do),
  PICTURE_UNREADABLE(R.string.picture_unreadable, R.string.picture_unreadable_do),
  MEMORY_SHORT(R.string.memory_short, R.string.memory_short_do),
  ESTIMATE_FAILED(R.string.estimate_failed, R.string.estimate_failed_do),
  SAVE_FAILED(R.string.save_failed, R.string.save_failed_do);

  private final int title;
  private final int advice;

  Problem(int title, int advice) {
    this.title = title;
    this.advice = advice;
  }

  /** The title's resource. */
  public int title() {
    return title;
  }

  /** The resource of what to do. */
  public int advice() {
    return advice;
  }
}
