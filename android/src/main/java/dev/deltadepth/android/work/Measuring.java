package dev.deltadepth.android.work;

import android.content.Context;
import android.graphics.Bitmap;
import android.graphics.Canvas;
import android.graphics.drawable.Drawable;
import android.os.Handler;
import android.os.Looper;
import android.os.Process;
import dev.deltadepth.android.R;
import dev.deltadepth.core.DeltaException;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.runtime.EmbeddedModel;
import dev.deltadepth.runtime.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the network runs on best: every engine makes a map of one picture, and the
 * quickest whose map is right is kept. Photos come in between. An engine with which the process
 * ended is not tried again. Called on the main thread, which it answers on.
 */
public final class Measuring {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;

  /** The first screen comes first. */
  private static final long DELAY = 3000;

  private final Context context;
  private final Settings settings;
  private final Estimator estimator;
  private final List<Provider> available;
  private final Handler main = new Handler(Looper.getMainLooper());
  private boolean running;
  private boolean again;
  private @Nullable Runnable listener;

  /** Prepares. */
  public Measuring(Context context, Estimator estimator) {
    this(context, estimator, new ArrayList<>());
  }

  /**
   * The same.
   *
   * @param available what this ONNX Runtime has; while it is empty, ONNX Runtime is asked, which
   *     loads its library
   */
  public Measuring(Context context, Estimator estimator, List<Provider> available) {
    this.context = context;
    this.estimator = estimator;
    this.available = available;
    settings = new Settings(context);
  }

  /** Tells a screen about every change from now on; null for none. */
  public void listen(@Nullable Runnable screen) {
    listener = screen;
  }

  /** Whether it is at work. */
  public boolean isRunning() {
    return running;
  }

  /** Measures in a while, if that has not been done. */
  public void soon() {
    if (settings.trials().isEmpty()) {
      main.postDelayed(
          () -> {
            if (settings.trials().isEmpty()) {
              begin();
            }
          },
          DELAY);
    }
  }

  /** Takes another model, and measures if that has not been done with it. */
  public void use(EmbeddedModel model) {
    settings.model(model);
    estimator.renew();
    changed();
    if (settings.trials().isEmpty()) {
      begin();
    }
  }

  /** Measures. */
  public void begin() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    again = false;
    changed();
    RgbImage picture = picture();
    EmbeddedModel model = settings.model();
    Thread thread =
        new Thread(
            () -> {
              Process.setThreadPriority(Process.THREAD_PRIORITY_BACKGROUND);
              List<Trial> trials = run(picture);
              main.post(() -> end(model, trials));
            },
            "delta-trials");
    thread.start();
  }

  private void end(EmbeddedModel model, List<Trial> trials) {
    running = false;
    if (model == settings.model()) {
      settings.tried(trials, best(trials));
      estimator.renew();
    }
    changed();
    if (again || model != settings.model()) {
      begin();
    }
  }

  private void changed() {
    if (listener != null) {
      listener.run();
    }
  }

  private RgbImage picture() {
    Bitmap bitmap = Bitmap.createBitmap(WIDTH, HEIGHT, Bitmap.Config.ARGB_8888);
    Drawable landscape = context.getDrawable(R.drawable.hero);
    landscape.setBounds(0, 0, WIDTH, HEIGHT);
    landscape.draw(new Canvas(bitmap));
    return PhotoReader.pixels(bitmap);
  }

  private List<Trial> run(RgbImage picture) {
    Set<String> broken = settings.broken();
    List<Trial> trials = new ArrayList<>();
    DepthMap reference = null;
    for (Engine engine : Engine.candidates()) {
      if (broken.contains(engine.toString())) {
        trials.add(Trial.without(engine, Trial.Outcome.FAILED));
        continue;
      }
      try {
        settings.trying(engine);
        if (!isAvailable(engine.provider())) {
          trials.add(Trial.without(engine, Trial.Outcome.MISSING));
          continue;
        }
        Sample sample = estimator.sample(engine, picture);
        reference = reference == null ? sample.map() : reference;
        double difference = difference(sample.map(), reference);
        Trial.Outcome outcome =
            difference <= Trial.MOST ? Trial.Outcome.RIGHT : Trial.Outcome.WRONG;
        trials.add(new Trial(engine, outcome, sample.milliseconds(), difference));
      } catch (DeltaException | OutOfMemoryError | LinkageError e) {
        trials.add(Trial.without(engine, Trial.Outcome.FAILED));
      } finally {
        settings.survived();
      }
    }
    return trials;
  }

  private boolean isAvailable(Provider provider) {
    if (available.isEmpty()) {
      available.addAll(Provider.available());
    }
    return available.contains(provider);
  }

  /** Infinite where one has no value or another size. */
  private static double difference(DepthMap map, DepthMap reference) {
    float[] values = map.data();
    float[] right = reference.data();
    if (values.length != right.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    for (int i = 0; i < values.length; i++) {
      double difference = Math.abs((double) values[i] - right[i]);
      largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
    }
    return largest;
  }

  /** The quickest that was right; the usual one if none was. */
  static Engine best(List<Trial> trials) {
    Engine best = Engine.usual();
    double least = Double.POSITIVE_INFINITY;
    for (Trial trial : trials) {
      if (trial.outcome() == Trial.Outcome.RIGHT && trial.milliseconds() < least) {
        least = trial.milliseconds();
        best = trial.engine();
      }
    }
    return best;
  }
}
