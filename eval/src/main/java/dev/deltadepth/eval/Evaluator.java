package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.DatasetException;
import dev.deltadepth.datasets.Sample;
import dev.deltadepth.datasets.SampleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs models over evaluation data. Every picture is decoded once and shown to all models; no more
 * than one is in memory at a time.
 */
public final class Evaluator {
  private final List<Contestant> models;
  private final Optional<Contestant> teacher;
  private final Protocol protocol;
  private final EvaluationListener listener;

  private Evaluator(
      List<Contestant> models,
      Optional<Contestant> teacher,
      Protocol protocol,
      EvaluationListener listener) {
    this.models = List.copyOf(models);
    this.teacher = teacher;
    this.protocol = protocol;
    this.listener = listener;
  }

  /** An evaluator of models by the default protocol, {@link Protocol#MARIGOLD}. */
  public static Evaluator of(List<Contestant> models) {
    return new Evaluator(models, Optional.empty(), Protocol.MARIGOLD, EvaluationListener.NONE);
  }

  /** The same by another protocol. */
  public Evaluator by(Protocol other) {
    return new Evaluator(models, teacher, other, listener);
  }

  /** The same, with a teacher that the models are measured against. */
  public Evaluator against(Contestant reference) {
    return new Evaluator(models, Optional.of(reference), protocol, listener);
  }

  /** The same, telling a listener how it goes on. */
  public Evaluator telling(EvaluationListener other) {
    return new Evaluator(models, teacher, protocol, other);
  }

  /**
   * Evaluates all models on all sets.
   *
   * @throws EvaluationException if a picture or its ground truth cannot be read or used, or the
   *     protocol cannot use the ground truth of a set
   */
  public Evaluation run(DataSet data) {
    data.sets().forEach(this::requireMeasurable);
    List<Contestant> all = new ArrayList<>(models);
    teacher.ifPresent(all::add);
    List<Tally> tallies = all.stream().map(Tally::new).toList();
    int done = 0;
    for (SampleSet set : data.sets()) {
      tallies.forEach(Tally::begin);
      for (Sample sample : set.samples()) {
        evaluate(set, sample, tallies);
        listener.done(++done, data.count());
      }
      tallies.forEach(tally -> tally.end(set));
    }
    List<ModelResult> results = tallies.stream().map(Tally::result).toList();
    return new Evaluation(
        protocol,
        results.subList(0, models.size()),
        teacher.map(reference -> results.get(models.size())));
  }

  private void requireMeasurable(SampleSet set) {
    if (!protocol.measures(set.kind())) {
      throw new EvaluationException(
          "the set "
              + set.name()
              + " has disparity without unit, which the protocol "
              + protocol
              + " cannot use: leave it out, or choose "
              + Protocol.MARIGOLD);
    }
  }

  private void evaluate(SampleSet set, Sample sample, List<Tally> tallies) {
    RgbImage image = sample.image();
    List<DepthMap> predictions = new ArrayList<>();
    for (Tally tally : tallies) {
      DepthMap prediction = tally.model.estimator().apply(image);
      listener.predicted(tally.model, set, sample, prediction);
      predictions.add(prediction);
    }
    if (set.kind().labelled()) {
      score(set, sample, tallies, predictions);
    } else if (teacher.isPresent()) {
      DepthMap reference = predictions.get(models.size());
      for (int i = 0; i < models.size(); i++) {
        tallies.get(i).agreements.add(Agreement.of(predictions.get(i), reference));
      }
    }
  }

  private void score(
      SampleSet set, Sample sample, List<Tally> tallies, List<DepthMap> predictions) {
    DepthMap truth = sample.truth();
    for (int i = 0; i < tallies.size(); i++) {
      DepthMap prediction = Resizer.resize(predictions.get(i), truth.width(), truth.height());
      try {
        tallies.get(i).scores.add(protocol.score(prediction, truth, set.region()));
      } catch (EvaluationException | DatasetException e) {
        throw new EvaluationException(
            tallies.get(i).model.name() + " on " + sample.source() + ": " + e.getMessage(), e);
      }
    }
  }

  /** What comes together about one model. */
  private static final class Tally {
    private final Contestant model;
    private final List<SetResult> sets = new ArrayList<>();
    private final List<AgreementResult> agreementResults = new ArrayList<>();
    private final List<Score> scores = new ArrayList<>();
    private final List<Agreement> agreements = new ArrayList<>();

    Tally(Contestant model) {
      this.model = model;
    }

    void begin() {
      scores.clear();
      agreements.clear();
    }

    void end(SampleSet set) {
      if (!scores.isEmpty()) {
        sets.add(new SetResult(set.name(), scores.size(), Score.mean(scores)));
      }
      if (!agreements.isEmpty()) {
        agreementResults.add(
            new AgreementResult(
                set.name(),
                agreements.size(),
                new Agreement(
                    agreements.stream().mapToDouble(Agreement::pearson).average().orElseThrow(),
                    agreements.stream().mapToDouble(Agreement::residual).average().orElseThrow()),
                agreements.stream().mapToDouble(Agreement::residual).min().orElseThrow()));
      }
    }

    ModelResult result() {
      return new ModelResult(model.name(), sets, agreementResults);
    }
  }
}
