package dev.deltadepth.examples;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.Origin;
import dev.deltadepth.datasets.Sample;
import dev.deltadepth.datasets.SampleSet;
import dev.deltadepth.eval.Contestant;
import dev.deltadepth.eval.Evaluation;
import dev.deltadepth.eval.Evaluator;
import dev.deltadepth.eval.SetResult;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.PfmFile;
import dev.deltadepth.metrics.Region;
import dev.deltadepth.metrics.TruthKind;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The embedded model on photos with measured depth: {@code EvaluatePairs FOLDER}, where every
 * {@code NAME.jpg} has a {@code NAME.pfm} with metres beside it.
 */
public final class EvaluatePairs {

  private EvaluatePairs() {}

  /** Prints AbsRel and delta1. */
  public static void main(String[] arguments) throws IOException {
    SampleSet pairs =
        new SampleSet(
            "pairs",
            TruthKind.METRES,
            Region.upTo(10),
            new Origin("", ""),
            samples(Path.of(arguments[0])));
    try (DataSet data = DataSet.of("my pairs", List.of(pairs));
        DepthEstimator estimator = DepthEstimator.embedded(EstimatorOptions.defaults())) {
      Contestant model = new Contestant("embedded", estimator::estimate);
      Evaluation evaluation = Evaluator.of(List.of(model)).run(data);
      SetResult result = evaluation.models().get(0).sets().get(0);
      System.out.printf(
          "%d photos, %s: AbsRel %.4f, delta1 %.3f%n",
          result.images(), evaluation.protocol(), result.score().absRel(), result.score().delta1());
    }
  }

  private static List<Sample> samples(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jpg"))
          .sorted()
          .map(EvaluatePairs::sample)
          .toList();
    }
  }

  private static Sample sample(Path photo) {
    String name = photo.getFileName().toString().replace(".jpg", "");
    Path depth = photo.resolveSibling(name + ".pfm");
    return Sample.of(
        name,
        photo.toString(),
        () -> ImageFiles.read(photo),
        () -> PfmFile.read(depth, DepthMap.Kind.METRES));
  }
}
