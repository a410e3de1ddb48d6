package dev.deltadepth.estimate.view;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Aperture;
import dev.deltadepth.core.view.Defocus;
import java.util.stream.IntStream;

/** {@link Defocus} with a band of rows on each processor. */
public final class ParallelDefocus {
  private ParallelDefocus() {}

  /** The blurred picture, the same as {@link Defocus#apply}. */
  public static RgbImage apply(RgbImage photo, DepthMap map, Aperture aperture) {
    Defocus defocus = new Defocus(photo, map, aperture);
    byte[] out = new byte[photo.data().length];
    int height = photo.height();
    int rows = Math.min(defocus.bandRows(), Math.max(1, (height + 1) / 2));
    IntStream.range(0, (height + rows - 1) / rows)
        .parallel()
        .forEach(band -> defocus.rows(band * rows, Math.min(height, (band + 1) * rows), out));
    return new RgbImage(photo.width(), height, out);
  }
}
