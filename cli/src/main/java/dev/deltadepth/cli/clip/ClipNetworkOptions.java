package dev.deltadepth.cli.clip;

import dev.deltadepth.cli.option.DeviceOption;
import dev.deltadepth.cli.option.ModelOption;
import dev.deltadepth.cli.option.SizeOption;
import dev.deltadepth.cli.option.ThreadsOption;
import dev.deltadepth.cli.option.UpsamplingOption;
import dev.deltadepth.core.Upsampling;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.video.clip.ClipModel;
import picocli.CommandLine.Mixin;

/** The network of clips: several frames at a time, a thread each. */
final class ClipNetworkOptions {
  @Mixin private final ModelOption model = new ModelOption();
  @Mixin private final SizeOption size = new SizeOption();
  @Mixin private final UpsamplingOption upsampling = new UpsamplingOption();
  @Mixin private final ThreadsOption threads = new ThreadsOption();
  @Mixin private final DeviceOption device = new DeviceOption();

  Upsampling upsampling() {
    return upsampling.kind();
  }

  /** Opens the model, to be closed by the caller. */
  DepthEstimator open() {
    return DepthEstimator.open(
        model.source(),
        device.on(
            size.options()
                .withThreads(device.isProcessor() ? 1 : 0)
                .withUpsampling(upsampling.kind())));
  }

  /** The opened model as clips use it. */
  ClipModel of(DepthEstimator estimator) {
    return new ClipModel(
        Sha256.of(model.source().bytes()),
        estimator::inputSize,
        estimator.model()::run,
        threads.count());
  }
}
