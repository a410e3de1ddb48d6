package dev.deltadepth.examples;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import java.nio.file.Path;

/** A photo in, its depth in colours out: {@code EstimateDepth photo.jpg depth.png}. */
public final class EstimateDepth {

  private EstimateDepth() {}

  /** Estimates with the embedded model. */
  public static void main(String[] arguments) {
    RgbImage photo = ImageFiles.read(Path.of(arguments[0]));
    try (DepthEstimator estimator = DepthEstimator.embedded(EstimatorOptions.defaults())) {
      DepthMap map = estimator.estimate(photo);
      System.out.printf("centre: %.3f%n", map.value(map.width() / 2, map.height() / 2));
      ImageFiles.writePng(Colormap.named("inferno").apply(map), Path.of(arguments[1]));
    }
  }
}
