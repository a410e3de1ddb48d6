package dev.deltadepth.quantize;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.metrics.Agreement;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelSource;
import dev.deltadepth.runtime.OnnxModel;
import java.util.List;

/** Measures how well a variant agrees with the original model. */
final class Gate {
  private final List<RgbImage> photos;
  private final List<DepthMap> expected;

  /**
   * Creates a gate.
   *
   * @param photos at a size that the model supports; not those used to make the variant
   */
  Gate(OnnxModel model, List<RgbImage> photos) {
    this.photos = photos;
    this.expected = photos.stream().map(model::run).toList();
  }

  /** The agreement of a variant with the original model. */
  Verdict judge(ModelSource variant) {
    try (OnnxModel model = OnnxModel.open(variant, EstimatorOptions.defaults())) {
      double pearson = 0;
      double residual = 0;
      double worst = 1;
      for (int i = 0; i < photos.size(); i++) {
        Agreement agreement = Agreement.of(model.run(photos.get(i)), expected.get(i));
        pearson += agreement.pearson() / photos.size();
        residual += agreement.residual() / photos.size();
        worst = Math.min(worst, agreement.residual());
      }
      return new Verdict(pearson, residual, worst);
    }
  }
}
