package dev.deltadepth.eval.report;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.Sample;
import dev.deltadepth.datasets.SampleSet;
import dev.deltadepth.eval.Contestant;
import dev.deltadepth.eval.Evaluation;
import dev.deltadepth.eval.ModelResult;
import dev.deltadepth.eval.SampleResult;
import dev.deltadepth.eval.Workers;
import dev.deltadepth.metrics.Score;
import dev.deltadepth.metrics.TeacherAgreement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The images on which the first model is worst and best, with the maps of all models. The models
 * estimate these few images again, so that an evaluation need not keep any maps.
 *
 * @param exhibits set by set, worst first
 */
public record Gallery(List<Exhibit> exhibits) {
  /** Number of worst and of best images per set. */
  private static final int EACH = 3;

  /** Copies the list. */
  public Gallery {
    exhibits = List.copyOf(exhibits);
  }

  /**
   * An image in several views.
   *
   * @param set its set
   * @param stem its name in the set
   * @param worst whether it is one of the worst, rather than of the best
   * @param views the photo, the ground truth and the models' maps
   */
  record Exhibit(String set, String stem, boolean worst, List<View> views) {}

  /**
   * A view with its caption.
   *
   * @param caption what it shows
   * @param jpeg content of a JPEG file
   */
  record View(String caption, byte[] jpeg) {}

  private record Choice(SampleSet set, int index, boolean worst) {}

  /**
   * Draws the gallery.
   *
   * @param everyone the models, then the teacher if there is one
   */
  public static Gallery of(
      Evaluation evaluation, DataSet data, List<Contestant> everyone, int threads) {
    List<Choice> choices = new ArrayList<>();
    ModelResult first = evaluation.models().get(0);
    for (SampleSet set : data.sets()) {
      first.sets().stream()
          .filter(result -> result.set().equals(set.name()))
          .forEach(
              result ->
                  choose(set, result.samples(), one -> one.truth().score().absRel(), choices));
      if (evaluation.teacher().isPresent()) {
        first.agreements().stream()
            .filter(result -> result.set().equals(set.name()))
            .forEach(
                result -> choose(set, result.samples(), one -> -one.teacher().residual(), choices));
      }
    }
    Exhibit[] drawn = new Exhibit[choices.size()];
    List<Integer> places = IntStream.range(0, drawn.length).boxed().toList();
    Workers.run(
        threads, places, place -> drawn[place] = draw(choices.get(place), evaluation, everyone));
    return new Gallery(Arrays.asList(drawn));
  }

  private static void choose(
      SampleSet set,
      List<SampleResult> results,
      ToDoubleFunction<SampleResult> error,
      List<Choice> choices) {
    List<Integer> order =
        IntStream.range(0, results.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -error.applyAsDouble(results.get(i))))
            .toList();
    int worst = Math.min(EACH, (order.size() + 1) / 2);
    int best = Math.min(EACH, order.size() / 2);
    order
        .subList(0, worst)
        .forEach(i -> choices.add(new Choice(set, index(set, results.get(i)), true)));
    for (int i = 0; i < best; i++) {
      SampleResult result = results.get(order.get(order.size() - 1 - i));
      choices.add(new Choice(set, index(set, result), false));
    }
  }

  /** Images may have been left out, so results and images are counted differently. */
  private static int index(SampleSet set, SampleResult result) {
    List<String> ids = set.samples().stream().map(Sample::id).toList();
    return ids.indexOf(result.stem());
  }

  private static Exhibit draw(Choice choice, Evaluation evaluation, List<Contestant> everyone) {
    SampleSet set = choice.set();
    Sample sample = set.samples().get(choice.index());
    RgbImage photo = sample.image();
    List<DepthMap> maps =
        everyone.stream()
            .map(model -> model.predictor().predict(photo, set.name(), sample.id()))
            .toList();
    List<View> views = new ArrayList<>();
    views.add(new View("photo", Views.photo(photo)));
    if (set.kind().labelled()) {
      DepthMap truth = sample.truth();
      views.add(new View("ground truth", Views.truth(truth, set.region())));
      for (int i = 0; i < maps.size(); i++) {
        DepthMap map = Resizer.resize(maps.get(i), truth.width(), truth.height());
        Score score = evaluation.protocol().score(map, truth, set.region());
        float[] errors = evaluation.protocol().errors(map, truth, set.region());
        String name = everyone.get(i).name();
        views.add(new View(name, Views.map(map)));
        String caption = "error of " + name + ", AbsRel " + TextTable.figure(score.absRel(), 3);
        RgbImage coloured = Views.errors(truth.width(), truth.height(), errors);
        views.add(new View(caption, Views.photo(coloured)));
      }
    } else {
      DepthMap teacher = maps.get(maps.size() - 1);
      views.add(new View(everyone.get(maps.size() - 1).name(), Views.map(teacher)));
      for (int i = 0; i < maps.size() - 1; i++) {
        TeacherAgreement agreement = TeacherAgreement.of(maps.get(i), teacher);
        String residual = TextTable.figure(agreement.residual(), 3);
        String name = everyone.get(i).name();
        views.add(new View(name + ", residual " + residual, Views.map(maps.get(i))));
      }
    }
    return new Exhibit(set.name(), sample.id(), choice.worst(), views);
  }
}
