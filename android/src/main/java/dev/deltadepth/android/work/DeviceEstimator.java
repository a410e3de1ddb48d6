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
import dev.deltadepth.runtime.EmbeddedModel;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelSource;
import dev.deltadepth.runtime.Provider;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Runs the app's own models on this phone. */
public final class DeviceEstimator implements Estimator {
  /** Longest side of the map on the screen: more than the network resolves, and fast to colour. */
  private static final int LONGEST = 1024;

  private static final double NANOS = 1e6;

  /** Runs of a sample, after one to warm up. */
  private static final int RUNS = 5;

  private final Context context;
  private final Settings settings;
  private @Nullable DepthEstimator model;
  private Engine engine = Engine.usual();
  private volatile boolean stale;

  /** Opens nothing yet. */
  public DeviceEstimator(Context context) {
    this.context = context;
    settings = new Settings(context);
  }

  private DepthEstimator opened() {
    DepthEstimator opened = model;
    if (opened != null && stale) {
      opened.close();
      opened = null;
    }
    if (opened == null) {
      stale = false;
      engine = settings.engine();
      opened = open(engine);
      model = opened;
    }
    return opened;
  }

  private DepthEstimator open(Engine chosen) {
    EstimatorOptions options = EstimatorOptions.defaults().withThreads(chosen.threads());
    String file = settings.model() == EmbeddedModel.INT8 ? "delta-int8.onnx" : "delta.onnx";
    return DepthEstimator.open(
        ModelSource.of(mapped(file), file),
        chosen.provider() == Provider.CPU ? options : options.withProviders(chosen.provider()));
  }

  @Override
  public void renew() {
    // Not at once: a map may be in the making, and this is called by the screen.
    stale = true;
  }

  @Override
  public synchronized int size() {
    return opened().size();
  }

  @Override
  public synchronized DepthMap map(RgbImage picture, int shorterSide) {
    return map(opened(), picture, shorterSide);
  }

  private static DepthMap map(DepthEstimator opened, RgbImage picture, int shorterSide) {
    InputSize seen = opened.inputSize(picture.width(), picture.height(), shorterSide);
    return opened
        .model()
        .run(Resizer.resize(picture, seen.width(), seen.height(), Resizer.Filter.BICUBIC));
  }

  @Override
  public synchronized Sample sample(Engine tried, RgbImage picture) {
    try (DepthEstimator opened = open(tried)) {
      DepthMap map = map(opened, picture, opened.size());
      double[] times = new double[RUNS];
      for (int i = 0; i < times.length; i++) {
        long start = System.nanoTime();
        map = map(opened, picture, opened.size());
        times[i] = (System.nanoTime() - start) / NANOS;
      }
      Arrays.sort(times);
      return new Sample(map, times[RUNS / 2]);
    }
  }

  @Override
  public synchronized Estimate estimate(Photo photo) {
    DepthEstimator opened = opened();
    long start = System.nanoTime();
    RgbImage pixels = photo.pixels();
    DepthMap map = map(opened, pixels, opened.size());
    DepthMap shown = Upsampling.JOINT.enlarge(map, small(pixels));
    long milliseconds = Math.round((System.nanoTime() - start) / NANOS);
    settings.photo(milliseconds);
    return new Estimate(map, shown, Normalization.ofMost(shown.data()), milliseconds, engine);
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

  /** A model lies in the APK as it is, so the system pages it in when it is read. */
  private ByteBuffer mapped(String file) {
    try (AssetFileDescriptor part = context.getAssets().openFd(file);
        FileInputStream in = new FileInputStream(part.getFileDescriptor())) {
      return in.getChannel()
          .map(FileChannel.MapMode.READ_ONLY, part.getStartOffset(), part.getLength());
    } catch (IOException e) {
      throw new AndroidException(Problem.ESTIMATE_FAILED, e);
    }
  }
}
