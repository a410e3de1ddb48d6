package dev.deltadepth.cli.clip;

import dev.deltadepth.cli.option.DeviceOption;
import dev.deltadepth.cli.option.ModelOption;
import dev.deltadepth.cli.option.SizeOption;
import dev.deltadepth.cli.option.ThreadsOption;
import dev.deltadepth.cli.option.UpsamplingOption;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.video.clip.ClipModel;

/** The network that options ask for, as clips use it: several frames at a time, a thread each. */
final class NetworkOfClip {
  private NetworkOfClip() {}

  static DepthEstimator open(
      ModelOption model, SizeOption size, UpsamplingOption upsampling, DeviceOption device) {
    return DepthEstimator.open(
        model.source(),
        device.on(
            size.options()
                .withThreads(device.isProcessor() ? 1 : 0)
                .withUpsampling(upsampling.kind())));
  }

  static ClipModel of(DepthEstimator estimator, ModelOption model, ThreadsOption threads) {
    return new ClipModel(
        Sha256.of(model.source().bytes()),
        estimator::inputSize,
        estimator.model()::run,
        threads.count());
  }
}
