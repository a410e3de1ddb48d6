package dev.deltadepth.cli;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EmbeddedModel;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelSource;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What {@code delta bench} runs in a process for each model: prints the peaks in bytes. */
@Command(name = PeakMemoryCommand.NAME, hidden = true)
final class PeakMemoryCommand extends BaseCommand {
  static final String NAME = "peak-memory";
  private static final int RUNS = 3;

  @Parameters(index = "0", paramLabel = "MODEL", description = "A label, or an absolute path.")
  private String model = "";

  @Parameters(index = "1", paramLabel = "PHOTO")
  private Path photo = Path.of("");

  @Parameters(index = "2", paramLabel = "SIZE")
  private int size;

  @Parameters(index = "3", paramLabel = "THREADS")
  private int threads;

  @Override
  public Integer call() {
    RgbImage image = ImageFiles.read(photo);
    long base = PeakMemory.now();
    EstimatorOptions options = EstimatorOptions.defaults().withSize(size).withThreads(threads);
    try (DepthEstimator estimator = DepthEstimator.open(source(), options)) {
      for (int i = 0; i < RUNS; i++) {
        estimator.estimate(image);
      }
    }
    print(base + " " + PeakMemory.now());
    return 0;
  }

  private ModelSource source() {
    return EmbeddedModel.labelled(model)
        .map(ModelSource::embedded)
        .orElseGet(() -> ModelSource.of(Path.of(model)));
  }
}
