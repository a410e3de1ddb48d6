package dev.deltadepth.metrics;

import dev.deltadepth.core.DeltaException;

/** Metrics cannot be computed. The message says what is wrong with the maps or the region. */
public final class MetricsException extends DeltaException {
  private static final long serialVersionUID = 1L;

  /** An error with a message for the user. */
  public MetricsException(String message) {
    super(message);
  }
}
