package dev.deltadepth.video.clip;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.MovingWindow;
import dev.deltadepth.core.Normalization;
import java.util.Arrays;

/** The ranges of colours over a clip. */
final class ClipWindows {
  /** Values kept of all maps; when there are more, every second one goes. */
  private static final int MOST = 1 << 20;

  /** Values looked at of a map. */
  private static final int OF_A_MAP = 1024;

  /** In percent, beyond each end. */
  private static final double TAIL = 0.5;

  private float[] values = new float[1 << 12];
  private int count;
  private int stride = 1;
  private long seen;

  /** One that follows slowly what is seen, and begins anew with another scene. */
  static DepthPipeline.WindowRule moving() {
    return new DepthPipeline.WindowRule() {
      private MovingWindow range = MovingWindow.ofFilm();

      @Override
      public Normalization next(DepthMap map, boolean cut) {
        if (cut) {
          range = MovingWindow.ofFilm();
        }
        return range.next(map);
      }
    };
  }

  /** Takes a map of a clip into account. */
  void add(DepthMap map) {
    float[] data = map.data();
    int step = Math.max(1, data.length / OF_A_MAP);
    // Not the same columns of every row.
    for (int i = step / 2; i < data.length; i += step) {
      if (Float.isFinite(data[i]) && seen++ % stride == 0) {
        if (count == values.length) {
          grow();
        }
        values[count++] = data[i];
      }
    }
  }

  private void grow() {
    if (count < MOST) {
      values = Arrays.copyOf(values, 2 * count);
      return;
    }
    for (int i = 0; i < count / 2; i++) {
      values[i] = values[2 * i];
    }
    count /= 2;
    stride *= 2;
  }

  /** One range for all maps so far, without outliers. */
  Normalization whole() {
    return Normalization.percentiles(Arrays.copyOf(values, count), TAIL, 100 - TAIL);
  }
}
