package dev.deltadepth.android.work;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.PngEncoder;

/** The files that a photo and its map make; all are PNG at the photo's own size. */
public enum Output {
  /** The map in colours. */
  COLOUR("depth") {
    @Override
    public byte[] bytes(Photo photo, Estimate estimate, Colormap colours) {
      return PngEncoder.rgb(coloured(photo, estimate, colours));
    }
  },
  /** The map in 16-bit grey. */
  GREY("depth16") {
    @Override
    public byte[] bytes(Photo photo, Estimate estimate, Colormap colours) {
      DepthMap map = estimate.whole(photo);
      return PngEncoder.grey16(
          map.width(), map.height(), Normalization.ofMost(map.data()).sixteenBits(map));
    }
  },
  /** The photo and the coloured map beside it. */
  SIDE("side") {
    @Override
    public byte[] bytes(Photo photo, Estimate estimate, Colormap colours) {
      return PngEncoder.rgb(beside(photo.pixels(), coloured(photo, estimate, colours)));
    }
  };

  private final String suffix;

  Output(String suffix) {
    this.suffix = suffix;
  }

  /** The end of its file's name, before {@code .png}. */
  public String suffix() {
    return suffix;
  }

  /** The content of the file. */
  public abstract byte[] bytes(Photo photo, Estimate estimate, Colormap colours);

  /** Two pictures of one size side by side. */
  public static RgbImage beside(RgbImage left, RgbImage right) {
    int stride = 3 * left.width();
    byte[] both = new byte[Math.multiplyExact(2 * stride, left.height())];
    for (int y = 0; y < left.height(); y++) {
      System.arraycopy(left.data(), y * stride, both, 2 * y * stride, stride);
      System.arraycopy(right.data(), y * stride, both, (2 * y + 1) * stride, stride);
    }
    return new RgbImage(2 * left.width(), left.height(), both);
  }

  private static RgbImage coloured(Photo photo, Estimate estimate, Colormap colours) {
    return colours.apply(estimate.whole(photo));
  }
}
