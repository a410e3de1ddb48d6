package dev.deltadepth.android.work;

import android.content.Context;
import android.content.res.AssetFileDescriptor;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.Upsampling;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelSource;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Runs the app's own model on the processor. */
public final class DeviceEstimator implements Estimator {
  private static final String MODEL = "delta.onnx";

  /** More than the fast cores of a phone: slow cores only hold the others up. */
  private static final int MOST_THREADS = 4;

  /** Longest side of the map on the screen: more than the network resolves, and fast to colour. */
  private static final int LONGEST = 1024;

  private static final long NANOS = 1_000_000;

  private final Context context;
  private final int threads =
      Math.max(1, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
  private @Nullable DepthEstimator model;

  /** Opens nothing yet. */
  public DeviceEstimator(Context context) {
    this.context = context;
  }

  private DepthEstimator opened() {
    DepthEstimator opened = model;
    if (opened == null) {
      opened =
          DepthEstimator.open(
              ModelSource.of(mapped(), MODEL), EstimatorOptions.defaults().withThreads(threads));
      model = opened;
    }
    return opened;
  }

  @Override
  public synchronized int size() {
    return opened().size();
  }

  @Override
  public synchronized DepthMap map(RgbImage picture, int shorterSide) {
    InputSize seen = opened().inputSize(picture.width(), picture.height(), shorterSide);
    return opened()
        .model()
        .run(Resizer.resize(picture, seen.width(), seen.height(), Resizer.Filter.BICUBIC));
  }

  @Override
  public synchronized Estimate estimate(Photo photo) {
    DepthEstimator opened = opened();
    long start = System.nanoTime();
    RgbImage pixels = photo.pixels();
    DepthMap map = map(pixels, opened.size());
    DepthMap shown = Upsampling.JOINT.enlarge(map, small(pixels));
    long milliseconds = (System.nanoTime() - start) / NANOS;
    return new Estimate(map, shown, Normalization.ofMost(shown.data()), milliseconds, threads);
  }

  private static RgbImage small(RgbImage photo) {
    double scale = (double) LONGEST / Math.max(photo.width(), photo.height());
    return scale >= 1
        ? photo
        : Resizer.resize(
            photo,
            (int) Math.max(1, Math.round(photo.width() * scale)),
            (int) Math.max(1, Math.round(photo.height() * scale)));
  }

  /** The model lies in the APK as it is, so the system pages it in when it is read. */
  private ByteBuffer mapped() {
    try (AssetFileDescriptor part = context.getAssets().openFd(MODEL);
        FileInputStream in = new FileInputStream(part.getFileDescriptor())) {
      return in.getChannel()
          .map(FileChannel.MapMode.READ_ONLY, part.getStartOffset(), part.getLength());
    } catch (IOException e) {
      throw new AndroidException(Problem.ESTIMATE_FAILED, e);
    }
  }
}
