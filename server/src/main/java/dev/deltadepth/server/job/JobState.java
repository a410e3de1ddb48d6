package dev.deltadepth.server.job;

import java.util.Locale;

/** How far a job is. */
public enum JobState {
  /** Other jobs are before it. */
  WAITING,
  /** Its frames become depth. */
  RUNNING,
  /** Its result can be fetched. */
  DONE,
  /** It has no result; its error says why. */
  FAILED,
  /** Somebody did not want it any more. */
  CANCELLED;

  /** Whether nothing changes any more. */
  boolean isOver() {
    return this == DONE || this == FAILED || this == CANCELLED;
  }

  /** Its name in answers: {@code waiting}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
