package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.datasets.DatasetException;
import dev.deltadepth.datasets.Sample;
import dev.deltadepth.datasets.SampleSet;
import dev.deltadepth.metrics.MetricsException;
import dev.deltadepth.metrics.Protocol;
import dev.deltadepth.metrics.Region;
import dev.deltadepth.metrics.TeacherAgreement;
import dev.deltadepth.metrics.TemporalInstability;
import dev.deltadepth.metrics.Truth;
import dev.deltadepth.metrics.TruthScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs all models on images and scores their maps. */
final class Jury {
  /** Figures of fewer valid pixels say nothing. */
  private static final int FEWEST = 100;

  /** Aspect ratios may differ by so much, as those of reduced images do. */
  private static final double SAME_SHAPE = 0.02;

  private final List<Contestant> everyone;
  private final Optional<Contestant> teacher;
  private final Protocol protocol;

  /**
   * @param everyone the models, then the teacher if there is one
   */
  Jury(List<Contestant> everyone, Optional<Contestant> teacher, Protocol protocol) {
    this.everyone = everyone;
    this.teacher = teacher;
    this.protocol = protocol;
  }

  /** Evaluates the images of a unit and adds the results one by one. */
  void judge(Unit unit, Results results) {
    List<TemporalInstability> sequences =
        everyone.stream().map(model -> new TemporalInstability()).toList();
    if (unit.before().isPresent()) {
      Sample before = unit.before().get();
      RgbImage image = before.image();
      for (int i = 0; i < sequences.size(); i++) {
        sequences.get(i).add(image, predict(everyone.get(i), unit.set(), before, image));
      }
    }
    for (int i = 0; i < unit.count(); i++) {
      Sample sample = unit.samples().get(i);
      RgbImage image = sample.image();
      List<DepthMap> maps =
          everyone.stream().map(model -> predict(model, unit.set(), sample, image)).toList();
      try {
        results.add(unit, i, maps, measure(unit.set(), sample, image, maps, sequences));
      } catch (MetricsException e) {
        results.leaveOut(unit, i, String.valueOf(e.getMessage()));
      }
    }
  }

  private static DepthMap predict(Contestant model, SampleSet set, Sample sample, RgbImage image) {
    return model.predictor().predict(image, set.name(), sample.id());
  }

  private List<SampleResult> measure(
      SampleSet set,
      Sample sample,
      RgbImage image,
      List<DepthMap> maps,
      List<TemporalInstability> sequences) {
    Optional<Truth> truth =
        set.kind().labelled() ? Optional.of(truth(sample, set.region(), image)) : Optional.empty();
    List<SampleResult> found = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      DepthMap map = maps.get(i);
      try {
        double flicker =
            sample.sequence().isEmpty() ? Double.NaN : sequences.get(i).add(image, map);
        found.add(
            truth.isPresent()
                ? measure(sample, truth.get(), map, flicker)
                : new SampleResult(
                    sample.id(), TruthScore.NONE, Double.NaN, agreement(maps, i), flicker));
      } catch (MetricsException e) {
        throw new MetricsException(everyone.get(i).name() + ": " + e.getMessage());
      } catch (DatasetException | IllegalArgumentException e) {
        throw new EvaluationException(
            everyone.get(i).name() + " on " + sample.source() + ": " + e.getMessage(), e);
      }
    }
    return found;
  }

  private static Truth truth(Sample sample, Region region, RgbImage image) {
    DepthMap map = sample.truth();
    requireShape("the ground truth", map, image.width(), image.height());
    int valid = valid(sample, region, map);
    if (valid < FEWEST) {
      throw new MetricsException(
          "only "
              + valid
              + " pixels of the ground truth are valid; at least "
              + FEWEST
              + " must be");
    }
    return new Truth(map, region);
  }

  /** A crop that does not fit is wrong for the whole set. */
  private static int valid(Sample sample, Region region, DepthMap truth) {
    try {
      return region.count(truth);
    } catch (MetricsException e) {
      throw new EvaluationException(sample.source() + ": " + e.getMessage(), e);
    }
  }

  /** A map that is turned would be squashed and scored. */
  private static void requireShape(String what, DepthMap map, int width, int height) {
    double ratio = (double) map.width() * height / ((double) map.height() * width);
    double pixel = 1.0 / Math.min(map.width(), map.height());
    if (Math.abs(ratio - 1) > Math.max(SAME_SHAPE, 2 * pixel)) {
      throw new MetricsException(
          what
              + " has "
              + (map.width() + "x" + map.height())
              + " pixels, but the image "
              + (width + "x" + height)
              + ": is one of them turned?");
    }
  }

  private SampleResult measure(Sample sample, Truth truth, DepthMap map, double flicker) {
    requireShape("the map", map, truth.map().width(), truth.map().height());
    DepthMap sized = Resizer.resize(map, truth.map().width(), truth.map().height());
    return new SampleResult(
        sample.id(),
        protocol.truthScore(sized, truth.map(), truth.region()),
        truth.edges(sized),
        TeacherAgreement.NONE,
        flicker);
  }

  private TeacherAgreement agreement(List<DepthMap> maps, int model) {
    int last = maps.size() - 1;
    return teacher.isEmpty() || model == last
        ? TeacherAgreement.NONE
        : TeacherAgreement.of(maps.get(model), maps.get(last));
  }
}
