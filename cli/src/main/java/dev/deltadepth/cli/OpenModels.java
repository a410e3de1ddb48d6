package dev.deltadepth.cli;

import dev.deltadepth.cli.option.ModelFile;
import dev.deltadepth.eval.Contestant;
import dev.deltadepth.eval.StoredPredictions;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Models at work, each under a name of its own; closes them all. */
final class OpenModels implements AutoCloseable {
  private final List<DepthEstimator> estimators = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  /** The models of some files, under their files' names; without any, the embedded one. */
  List<Contestant> all(List<Path> files, EstimatorOptions options) {
    return ModelFile.all(files).stream().map(model -> open(model, model.name(), options)).toList();
  }

  /** The maps of some folders, under the folders' names. */
  List<Contestant> predictions(List<Path> folders) {
    List<Contestant> all = new ArrayList<>();
    for (Path folder : folders) {
      Contestant stored = StoredPredictions.of(folder);
      String unique = unique(stored.name(), names);
      names.add(unique);
      all.add(new Contestant(unique, stored.identity(), stored.predictor()));
    }
    return all;
  }

  /** The model of a file. */
  Contestant open(ModelSource model, String name, EstimatorOptions options) {
    DepthEstimator estimator = DepthEstimator.open(model, options);
    estimators.add(estimator);
    String unique = unique(name, names);
    names.add(unique);
    String identity = ModelFile.identity(model) + " at " + options.size();
    return new Contestant(unique, identity, (image, set, id) -> estimator.estimate(image));
  }

  /** The name wanted, or with a number behind it the first that is not taken. */
  static String unique(String wanted, List<String> taken) {
    String name = wanted;
    for (int i = 2; taken.contains(name); i++) {
      name = wanted + "-" + i;
    }
    return name;
  }

  @Override
  public void close() {
    estimators.forEach(DepthEstimator::close);
  }
}
