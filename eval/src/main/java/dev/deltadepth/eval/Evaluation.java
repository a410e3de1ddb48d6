package dev.deltadepth.eval;

import dev.deltadepth.metrics.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The result of an evaluation. Quote figures together with their protocol.
 *
 * @param protocol how predictions were aligned
 * @param averaging what the figures of a set are averaged over
 * @param models results of the models, in the order given
 * @param teacher results of the teacher, measured in the same run; empty if there was none
 */
public record Evaluation(
    Protocol protocol,
    Averaging averaging,
    List<ModelResult> models,
    Optional<ModelResult> teacher) {
  /** Copies the list. */
  public Evaluation {
    models = List.copyOf(models);
  }

  /** The models, then the teacher. */
  public List<ModelResult> everyone() {
    return Stream.concat(models.stream(), teacher.stream()).toList();
  }

  /**
   * A model's AbsRel divided by the teacher's on each set, in the sets' order; empty without
   * teacher.
   */
  public List<Double> ratios(ModelResult model) {
    if (teacher.isEmpty()) {
      return List.of();
    }
    List<SetResult> reference = teacher.get().sets();
    return IntStream.range(0, reference.size())
        .mapToObj(i -> model.sets().get(i).score().absRel() / reference.get(i).score().absRel())
        .toList();
  }

  /** A model's mean AbsRel over the sets divided by the teacher's; NaN without teacher. */
  public double ratioOfMeans(ModelResult model) {
    return teacher.map(t -> model.meanAbsRel() / t.meanAbsRel()).orElse(Double.NaN);
  }

  /** The mean of {@link #ratios} over the sets; NaN without teacher. */
  public double meanOfRatios(ModelResult model) {
    return ratios(model).stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
