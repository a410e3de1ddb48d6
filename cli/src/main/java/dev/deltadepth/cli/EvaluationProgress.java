package dev.deltadepth.cli;

import dev.deltadepth.cli.base.Progress;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.datasets.Sample;
import dev.deltadepth.datasets.SampleSet;
import dev.deltadepth.eval.Contestant;
import dev.deltadepth.eval.EvaluationListener;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.map.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Shows the progress of an evaluation, and writes the predictions if requested. */
final class EvaluationProgress implements EvaluationListener, AutoCloseable {
  private final Progress progress;
  private final Optional<Path> predictions;
  private final Consumer<String> warnings;
  private int leftOut;

  EvaluationProgress(
      int pictures, boolean quiet, Optional<Path> predictions, Consumer<String> warnings) {
    this.warnings = warnings;
    this.progress = Progress.of("evaluate", pictures, quiet);
    this.predictions = predictions;
  }

  @Override
  public void predicted(Contestant model, SampleSet set, Sample sample, DepthMap map) {
    if (predictions.isEmpty()) {
      return;
    }
    Path file =
        predictions.get().resolve(model.name()).resolve(set.name()).resolve(sample.id() + ".npy");
    try {
      Files.createDirectories(file.resolveSibling(""));
    } catch (IOException e) {
      throw new FileException(
          "cannot create the folder of " + file + "; choose another one with --save-predictions",
          e);
    }
    NpyFile.write(FloatArray.of(map), file);
  }

  @Override
  public void done(int pictures, int total) {
    progress.step();
  }

  @Override
  public void leftOut(SampleSet set, Sample sample, String reason) {
    leftOut++;
    warnings.accept(reason);
  }

  /** How many images are in no figure. */
  int leftOut() {
    return leftOut;
  }

  @Override
  public void close() {
    progress.close();
  }
}
