package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.Sample;
import dev.deltadepth.datasets.SampleSet;
import dev.deltadepth.metrics.DistanceErrors;
import dev.deltadepth.metrics.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Collects the threads' results in the data's order, and in the journal if there is one. */
final class Results {
  private final List<Contestant> everyone;
  private final Optional<Contestant> teacher;
  private final Protocol protocol;
  private final DataSet data;
  private final Optional<Journal> journal;
  private final EvaluationListener listener;

  private final List<List<Collected>> sets = new ArrayList<>();

  private int done;
  private String lastReason = "";

  /** Results of one model on one set. */
  private static final class Collected {
    private final SampleResult[] samples;
    private final DistanceErrors distances = DistanceErrors.empty();

    Collected(int count) {
      samples = new SampleResult[count];
    }

    void put(int index, SampleResult result) {
      samples[index] = result.withoutDistances();
      distances.add(result.truth().distances());
    }
  }

  Results(
      List<Contestant> everyone,
      Optional<Contestant> teacher,
      Protocol protocol,
      DataSet data,
      Optional<Journal> journal,
      EvaluationListener listener) {
    this.everyone = everyone;
    this.teacher = teacher;
    this.protocol = protocol;
    this.data = data;
    this.journal = journal;
    this.listener = listener;
    for (SampleSet set : data.sets()) {
      sets.add(everyone.stream().map(model -> new Collected(set.count())).toList());
    }
  }

  /** Takes a unit's results from the journal if it has all of them. */
  synchronized boolean takeFromJournal(Unit unit) {
    List<List<SampleResult>> known = new ArrayList<>();
    for (int i = 0; i < unit.count(); i++) {
      List<SampleResult> found = new ArrayList<>();
      for (int model = 0; model < everyone.size(); model++) {
        find(unit.set(), unit.first() + i, model).ifPresent(found::add);
      }
      if (found.size() == everyone.size()) {
        known.add(found);
      }
    }
    if (known.size() < unit.count()) {
      return false;
    }
    for (int i = 0; i < unit.count(); i++) {
      put(unit, i, known.get(i));
    }
    return true;
  }

  /**
   * Adds the results for an image.
   *
   * @param index of the image in the unit
   * @param maps one map per model
   * @param found one result per model
   */
  synchronized void add(Unit unit, int index, List<DepthMap> maps, List<SampleResult> found) {
    SampleSet set = unit.set();
    int image = unit.first() + index;
    for (int i = 0; i < everyone.size(); i++) {
      Contestant model = everyone.get(i);
      listener.predicted(model, set, set.samples().get(image), maps.get(i));
      if (journal.isPresent()) {
        String key = key(journal.get(), set, image, i);
        journal.get().add(key, model.name(), set.name(), found.get(i));
      }
    }
    put(unit, index, found);
  }

  /**
   * Leaves an image out of the figures of all models, so that these remain comparable.
   *
   * @param index of the image in the unit
   */
  synchronized void leaveOut(Unit unit, int index, String reason) {
    Sample sample = unit.set().samples().get(unit.first() + index);
    lastReason = reason;
    listener.leftOut(unit.set(), sample, sample.source() + " is left out: " + reason);
    listener.done(++done, data.count());
  }

  private void put(Unit unit, int index, List<SampleResult> found) {
    for (int i = 0; i < everyone.size(); i++) {
      sets.get(unit.place()).get(i).put(unit.first() + index, found.get(i));
    }
    listener.done(++done, data.count());
  }

  private Optional<SampleResult> find(SampleSet set, int index, int model) {
    return journal.flatMap(results -> results.find(key(results, set, index, model)));
  }

  /** Key of everything that a result depends on; the teacher is not compared with itself. */
  private String key(Journal results, SampleSet set, int index, int model) {
    boolean isTeacher = teacher.isPresent() && model == everyone.size() - 1;
    return results.key(
        List.of(
            everyone.get(model).identity(),
            isTeacher ? "teacher" : teacher.map(Contestant::identity).orElse(""),
            protocol.toString(),
            set.name(),
            set.kind().toString(),
            set.region().toString(),
            Integer.toString(set.count()),
            set.samples().get(index).id()));
  }

  /** The results of all models, in their order. */
  List<ModelResult> all(Averaging averaging) {
    List<ModelResult> all = new ArrayList<>();
    for (int i = 0; i < everyone.size(); i++) {
      all.add(model(i, averaging));
    }
    return all;
  }

  private ModelResult model(int model, Averaging averaging) {
    List<SetResult> labelled = new ArrayList<>();
    List<AgreementResult> unlabelled = new ArrayList<>();
    for (int place = 0; place < sets.size(); place++) {
      SampleSet set = data.sets().get(place);
      Collected collected = sets.get(place).get(model);
      List<SampleResult> samples =
          Arrays.stream(collected.samples).filter(Objects::nonNull).toList();
      if (samples.isEmpty()) {
        throw new EvaluationException(
            "no image of the set '%s' can be measured; the last reason: %s"
                .formatted(set.name(), lastReason));
      }
      if (set.kind().labelled()) {
        labelled.add(new SetResult(set.name(), averaging, samples, collected.distances));
      } else if (samples.stream().anyMatch(Results::hasFigures)) {
        unlabelled.add(new AgreementResult(set.name(), samples));
      }
    }
    return new ModelResult(everyone.get(model).name(), labelled, unlabelled);
  }

  private static boolean hasFigures(SampleResult sample) {
    return !Double.isNaN(sample.teacher().pearson()) || !Double.isNaN(sample.flicker());
  }
}
