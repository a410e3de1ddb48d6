package dev.deltadepth.runtime;

/** A process of its own that estimates one picture, for {@link TelemetryTest}. */
final class OneEstimate {
  private OneEstimate() {}

  public static void main(String[] arguments) {
    try (DepthEstimator estimator = DepthEstimator.embedded(EstimatorOptions.defaults())) {
      System.out.println(estimator.estimate(Photos.gradient(64, 48)).data().length);
    }
  }
}
