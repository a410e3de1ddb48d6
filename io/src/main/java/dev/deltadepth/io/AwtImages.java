package dev.deltadepth.io;

import dev.deltadepth.core.RgbImage;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Pictures from and to AWT. */
public final class AwtImages {

  private AwtImages() {}

  /**
   * A picture of any type in 8-bit sRGB, as {@link ImageFiles} reads files: 16-bit samples are
   * rounded, grey is repeated, other colour spaces are converted, and transparent pixels are
   * blended with white. The pixels are copied.
   */
  public static RgbImage rgb(BufferedImage image) {
    return switch (image.getType()) {
      case BufferedImage.TYPE_3BYTE_BGR -> plainBytes(image) ? fromBgr(image) : fromSamples(image);
      case BufferedImage.TYPE_INT_RGB -> plainInts(image) ? fromInts(image) : fromArgb(image);
      default -> samplesAreColours(image) ? fromSamples(image) : fromArgb(inSrgb(image));
    };
  }

  /** Whether the array starts with the first pixel and has no gaps between rows. */
  private static boolean plainBytes(BufferedImage image) {
    return image.getRaster().getDataBuffer() instanceof DataBufferByte buffer
        && buffer.getOffset() == 0
        && buffer.getData().length == image.getWidth() * image.getHeight() * 3;
  }

  private static boolean plainInts(BufferedImage image) {
    return image.getRaster().getDataBuffer() instanceof DataBufferInt buffer
        && buffer.getOffset() == 0
        && buffer.getData().length == image.getWidth() * image.getHeight();
  }

  private static RgbImage fromBgr(BufferedImage image) {
    byte[] in = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    byte[] out = new byte[in.length];
    for (int i = 0; i < out.length; i += 3) {
      out[i] = in[i + 2];
      out[i + 1] = in[i + 1];
      out[i + 2] = in[i];
    }
    return new RgbImage(image.getWidth(), image.getHeight(), out);
  }

  private static RgbImage fromInts(BufferedImage image) {
    int[] in = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    byte[] out = new byte[in.length * 3];
    for (int i = 0, o = 0; i < in.length; i++, o += 3) {
      out[o] = (byte) (in[i] >> 16);
      out[o + 1] = (byte) (in[i] >> 8);
      out[o + 2] = (byte) in[i];
    }
    return new RgbImage(image.getWidth(), image.getHeight(), out);
  }

  /**
   * Whether the samples are sRGB or grey, of any type. AWT takes grey for linear light and
   * brightens it, whereas every other program repeats the value.
   */
  private static boolean samplesAreColours(BufferedImage image) {
    ColorModel model = image.getColorModel();
    ColorSpace space = model.getColorSpace();
    return !(model instanceof IndexColorModel)
        && (space.getType() == ColorSpace.TYPE_GRAY || space.isCS_sRGB())
        && image.getSampleModel().getNumBands() == model.getNumComponents()
        && !(model.hasAlpha() && model.isAlphaPremultiplied());
  }

  private static RgbImage fromSamples(BufferedImage image) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    int bands = raster.getNumBands();
    boolean alpha = model.hasAlpha();
    int colours = alpha ? bands - 1 : bands;
    Scale[] scales = new Scale[bands];
    for (int b = 0; b < bands; b++) {
      // A model knows of bits that are not used: 12 of 16, say.
      scales[b] = Scale.of(model.getTransferType(), model.getComponentSize(b));
    }
    int width = image.getWidth();
    double[] row = new double[width * bands];
    byte[] out = new byte[width * image.getHeight() * 3];
    int o = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int i = x * bands;
        int opacity = alpha ? scales[bands - 1].toByte(row[i + bands - 1]) : 255;
        for (int c = 0; c < 3; c++) {
          int band = colours < 3 ? 0 : c;
          out[o++] = overWhite(scales[band].toByte(row[i + band]), opacity);
        }
      }
    }
    return new RgbImage(width, image.getHeight(), out);
  }

  /**
   * From samples of some type to 0..255.
   *
   * @param lowest sample, for black
   * @param highest sample, for white
   * @param bits that are used of an integer
   */
  private record Scale(double lowest, double highest, int bits) {

    static Scale of(int type, int bits) {
      return switch (type) {
        case DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_DOUBLE -> new Scale(0, 1, 0);
        case DataBuffer.TYPE_SHORT -> new Scale(Short.MIN_VALUE, Short.MAX_VALUE, 0);
        default -> new Scale(0, Math.max(1, (1L << bits) - 1), bits);
      };
    }

    int toByte(double sample) {
      // Integers of 32 bits come with a sign, and inverted ones with bits that are not used.
      double value = bits > 0 ? (long) sample & ((1L << bits) - 1) : sample;
      double share = (value - lowest) / (highest - lowest);
      return (int) (255 * Math.max(0, Math.min(1, share)) + 0.5);
    }
  }

  private static byte overWhite(int value, int opacity) {
    return (byte) (opacity == 255 ? value : (value * opacity + 255 * (255 - opacity) + 127) / 255);
  }

  private static BufferedImage inSrgb(BufferedImage image) {
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel || model.getColorSpace().isCS_sRGB()) {
      return image;
    }
    int type = model.hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    BufferedImage converted = new BufferedImage(image.getWidth(), image.getHeight(), type);
    return new ColorConvertOp(null).filter(image, converted);
  }

  private static RgbImage fromArgb(BufferedImage image) {
    int width = image.getWidth();
    int[] row = new int[width];
    byte[] out = new byte[width * image.getHeight() * 3];
    int o = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int argb : row) {
        int opacity = argb >>> 24;
        out[o++] = overWhite(argb >> 16 & 0xff, opacity);
        out[o++] = overWhite(argb >> 8 & 0xff, opacity);
        out[o++] = overWhite(argb & 0xff, opacity);
      }
    }
    return new RgbImage(width, image.getHeight(), out);
  }

  /** A copy of a picture for AWT, of {@link BufferedImage#TYPE_3BYTE_BGR}. */
  public static BufferedImage buffered(RgbImage image) {
    BufferedImage out =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] to = ((DataBufferByte) out.getRaster().getDataBuffer()).getData();
    byte[] from = image.data();
    for (int i = 0; i < to.length; i += 3) {
      to[i] = from[i + 2];
      to[i + 1] = from[i + 1];
      to[i + 2] = from[i];
    }
    return out;
  }
}
