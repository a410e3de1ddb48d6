import dev.deltadepth.core.RgbImage;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Models in turns on one thread, a square photo that needs no resizing: arguments SIZE RUNS MODEL... */
final class Latency {

  public static void main(String[] arguments) {
    int size = Integer.parseInt(arguments[0]);
    int runs = Integer.parseInt(arguments[1]);
    byte[] pixels = new byte[3 * size * size];
    new Random(1).nextBytes(pixels);
    RgbImage photo = new RgbImage(size, size, pixels);
    List<DepthEstimator> models = new ArrayList<>();
    for (int i = 2; i < arguments.length; i++) {
      models.add(
          DepthEstimator.open(
              Path.of(arguments[i]), EstimatorOptions.defaults().withThreads(1).withSize(size)));
    }
    double[][] millis = new double[models.size()][runs];
    for (int run = -5; run < runs; run++) {
      for (int i = 0; i < millis.length; i++) {
        long begun = System.nanoTime();
        models.get(i).estimate(photo);
        if (run >= 0) {
          millis[i][run] = (System.nanoTime() - begun) / 1e6;
        }
      }
    }
    for (int i = 0; i < millis.length; i++) {
      Arrays.sort(millis[i]);
      System.out.printf(
          Locale.ROOT,
          "%s: %dx%d, one thread, minimum %.1f ms, median %.1f ms of %d%n",
          models.get(i).description().name(),
          size,
          size,
          millis[i][0],
          millis[i][runs / 2],
          runs);
      models.get(i).close();
    }
  }
}
