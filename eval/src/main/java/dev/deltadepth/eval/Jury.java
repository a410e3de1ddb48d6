package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.datasets.DatasetException;
import dev.deltadepth.datasets.Sample;
import dev.deltadepth.datasets.SampleSet;
import dev.deltadepth.metrics.MetricsException;
import dev.deltadepth.metrics.Protocol;
import dev.deltadepth.metrics.TeacherAgreement;
import dev.deltadepth.metrics.TemporalInstability;
import dev.deltadepth.metrics.Truth;
import dev.deltadepth.metrics.TruthScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs all models on images and scores their maps. */
final class Jury {
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
      RgbImage image = unit.before().get().image();
      for (int i = 0; i < sequences.size(); i++) {
        sequences.get(i).add(image, everyone.get(i).estimator().apply(image));
      }
    }
    for (int i = 0; i < unit.count(); i++) {
      Sample sample = unit.samples().get(i);
      RgbImage image = sample.image();
      List<DepthMap> maps = everyone.stream().map(model -> model.estimator().apply(image)).toList();
      List<SampleResult> found = measure(unit.set(), sample, image, maps, sequences);
      results.add(unit, i, maps, found);
    }
  }

  private List<SampleResult> measure(
      SampleSet set,
      Sample sample,
      RgbImage image,
      List<DepthMap> maps,
      List<TemporalInstability> sequences) {
    Optional<Truth> truth =
        set.kind().labelled()
            ? Optional.of(new Truth(sample.truth(), set.region()))
            : Optional.empty();
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
      } catch (MetricsException | DatasetException | IllegalArgumentException e) {
        throw new EvaluationException(
            everyone.get(i).name() + " on " + sample.source() + ": " + e.getMessage(), e);
      }
    }
    return found;
  }

  private SampleResult measure(Sample sample, Truth truth, DepthMap map, double flicker) {
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
