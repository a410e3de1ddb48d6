package dev.deltadepth.estimate;

import dev.deltadepth.core.space.PointCloud;
import dev.deltadepth.io.map.MetricPng;
import java.util.Optional;

/**
 * How maps become metres and scenes.
 *
 * @param calibrator where metres are from; empty if maps stay relative
 * @param camera where cameras are from
 * @param stride columns and rows from one point to the next; 0 for that of {@link
 *     PointCloud#strideFor}
 * @param steps a metre in 16-bit PNG
 */
public record SceneOutput(
    Optional<Calibrator> calibrator, CameraSource camera, int stride, int steps) {

  /** Relative maps, and the cameras that photos state. */
  public static SceneOutput relative() {
    return new SceneOutput(Optional.empty(), CameraSource.photo(), 0, MetricPng.MILLIMETRES);
  }

  /** The stride for a picture. */
  int stride(int width, int height) {
    return stride > 0 ? stride : PointCloud.strideFor(width, height);
  }
}
