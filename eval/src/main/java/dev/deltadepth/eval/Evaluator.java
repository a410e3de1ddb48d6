package dev.deltadepth.eval;

import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.SampleSet;
import dev.deltadepth.metrics.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs models on evaluation data. Every image is decoded once for all models; at most one image per
 * thread is in memory.
 */
public final class Evaluator {
  private final List<Contestant> models;
  private final Optional<Contestant> teacher;
  private final Protocol protocol;
  private final Averaging averaging;
  private final int threads;
  private final Optional<Journal> journal;
  private final EvaluationListener listener;

  private Evaluator(
      List<Contestant> models,
      Optional<Contestant> teacher,
      Protocol protocol,
      Averaging averaging,
      int threads,
      Optional<Journal> journal,
      EvaluationListener listener) {
    this.models = List.copyOf(models);
    this.teacher = teacher;
    this.protocol = protocol;
    this.averaging = averaging;
    this.threads = threads;
    this.journal = journal;
    this.listener = listener;
  }

  /**
   * An evaluator with the default protocol, {@link Protocol#MARIGOLD}, averages over images, and
   * one thread per processor.
   */
  public static Evaluator of(List<Contestant> models) {
    return new Evaluator(
        models,
        Optional.empty(),
        Protocol.MARIGOLD,
        Averaging.PICTURES,
        Runtime.getRuntime().availableProcessors(),
        Optional.empty(),
        EvaluationListener.NONE);
  }

  /** The same with another protocol. */
  public Evaluator by(Protocol other) {
    return new Evaluator(models, teacher, other, averaging, threads, journal, listener);
  }

  /** The same with another kind of average. */
  public Evaluator averaging(Averaging other) {
    return new Evaluator(models, teacher, protocol, other, threads, journal, listener);
  }

  /** The same with a teacher to compare the models with. */
  public Evaluator against(Contestant reference) {
    return new Evaluator(
        models, Optional.of(reference), protocol, averaging, threads, journal, listener);
  }

  /** The same with a number of threads, at least 1. */
  public Evaluator on(int count) {
    return new Evaluator(models, teacher, protocol, averaging, count, journal, listener);
  }

  /** The same with a journal, which supplies known results and stores new ones. */
  public Evaluator keeping(Journal results) {
    return new Evaluator(
        models, teacher, protocol, averaging, threads, Optional.of(results), listener);
  }

  /** The same with a listener for its progress. */
  public Evaluator telling(EvaluationListener other) {
    return new Evaluator(models, teacher, protocol, averaging, threads, journal, other);
  }

  /**
   * Evaluates all models on all sets.
   *
   * @throws EvaluationException if an image or its ground truth cannot be used, or the protocol
   *     does not support the ground truth of a set
   * @throws dev.deltadepth.datasets.DatasetException if an image or its ground truth cannot be read
   */
  public Evaluation run(DataSet data) {
    data.sets().forEach(this::requireMeasurable);
    List<Contestant> all = Stream.concat(models.stream(), teacher.stream()).toList();
    Jury jury = new Jury(all, teacher, protocol);
    List<Unit> units = Unit.of(data);
    Results results = new Results(all, teacher, protocol, data, journal, listener);
    Workers.run(
        threads,
        units,
        unit -> {
          if (!results.takeFromJournal(unit)) {
            jury.judge(unit, results);
          }
        });
    List<ModelResult> found = results.all(averaging);
    return new Evaluation(
        protocol,
        averaging,
        found.subList(0, models.size()),
        teacher.map(reference -> found.get(models.size())));
  }

  private void requireMeasurable(SampleSet set) {
    if (!protocol.measures(set.kind())) {
      throw new EvaluationException(
          "protocol "
              + protocol
              + " does not support set '"
              + set.name()
              + "', whose disparity has no unit; remove the set or use protocol "
              + Protocol.MARIGOLD);
    }
  }
}
