package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.SampleSet;
import dev.deltadepth.metrics.DistanceErrors;
import dev.deltadepth.metrics.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Gathers what threads find, in the data's order; keeps it in the journal if there is one. */
final class Results {
  private final List<Contestant> everyone;
  private final Optional<Contestant> teacher;
  private final Protocol protocol;
  private final DataSet data;
  private final Optional<Journal> journal;
  private final EvaluationListener listener;

  private final List<List<Found>> sets = new ArrayList<>();

  private int done;

  /** What was found about one model on one set. */
  private static final class Found {
    private final SampleResult[] samples;
    private final DistanceErrors distances = DistanceErrors.empty();

    Found(int count) {
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
      sets.add(everyone.stream().map(model -> new Found(set.count())).toList());
    }
  }

  /** Takes a unit's results out of the journal if it has them all. */
  synchronized boolean takeKnown(Unit unit) {
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
   * Takes in what was found on a picture.
   *
   * @param index which of the unit's pictures
   * @param maps a map of each model
   * @param found a result of each model
   */
  synchronized void add(Unit unit, int index, List<DepthMap> maps, List<SampleResult> found) {
    SampleSet set = unit.set();
    int picture = unit.first() + index;
    for (int i = 0; i < everyone.size(); i++) {
      Contestant model = everyone.get(i);
      listener.predicted(model, set, set.samples().get(picture), maps.get(i));
      if (journal.isPresent()) {
        String key = key(journal.get(), set, picture, i);
        journal.get().add(key, model.name(), set.name(), found.get(i));
      }
    }
    put(unit, index, found);
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

  /** Of all that a result depends on; a teacher is not compared with itself. */
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

  /** What was found about each of the models, in their order. */
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
      Found found = sets.get(place).get(model);
      List<SampleResult> samples = Arrays.asList(found.samples);
      if (set.kind().labelled()) {
        labelled.add(new SetResult(set.name(), averaging, samples, found.distances));
      } else if (samples.stream().anyMatch(Results::saysSomething)) {
        unlabelled.add(new AgreementResult(set.name(), samples));
      }
    }
    return new ModelResult(everyone.get(model).name(), labelled, unlabelled);
  }

  private static boolean saysSomething(SampleResult sample) {
    return !Double.isNaN(sample.teacher().pearson()) || !Double.isNaN(sample.flicker());
  }
}
