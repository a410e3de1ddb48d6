package dev.deltadepth.estimate;

import dev.deltadepth.io.map.MetricPng;
import java.util.Optional;

/**
 * How maps become metres and scenes.
 *
 * @param calibrator where metres are from; empty if maps stay relative
 * @param camera where cameras are from
 * @param stride columns and rows from one point to the next; 0 for the smallest with at most {@link
 *     #MOST_POINTS}
 * @param steps a metre in 16-bit PNG
 */
public record SceneOutput(
    Optional<Calibrator> calibrator, CameraSource camera, int stride, int steps) {

  /** So many points every viewer turns smoothly. */
  public static final int MOST_POINTS = 1_000_000;

  /** Relative maps, and the cameras that photos state. */
  public static SceneOutput relative() {
    return new SceneOutput(Optional.empty(), CameraSource.photo(), 0, MetricPng.MILLIMETRES);
  }

  /** The stride for a picture. */
  int stride(int width, int height) {
    int step = Math.max(1, stride);
    while (stride == 0
        && (long) ((width - 1) / step + 1) * ((height - 1) / step + 1) > MOST_POINTS) {
      step++;
    }
    return step;
  }
}
