package dev.deltadepth.io;

import dev.deltadepth.core.RgbImage;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Optional;

/** Colours by an ICC profile. */
public final class IccColours {

  private IccColours() {}

  /** A profile from its bytes; empty if they are none, or not one of colours or grey. */
  public static Optional<ICC_Profile> profile(byte[] bytes) {
    try {
      ICC_Profile profile = ICC_Profile.getInstance(bytes);
      int type = profile.getColorSpaceType();
      return type == ColorSpace.TYPE_RGB || type == ColorSpace.TYPE_GRAY
          ? Optional.of(profile)
          : Optional.empty();
    } catch (IllegalArgumentException | CMMException e) {
      return Optional.empty();
    }
  }

  /**
   * Converts colours to sRGB.
   *
   * @param image whose values mean what the profile says; for a profile of grey, all three are
   *     alike
   * @return the same image if the profile turns out to be unusable
   */
  public static RgbImage toSrgb(RgbImage image, ICC_Profile profile) {
    boolean grey = profile.getColorSpaceType() == ColorSpace.TYPE_GRAY;
    if (grey) {
      // Java takes the profile's curve for grey, every other program repeats the value.
      return image;
    }
    try {
      ICC_ColorSpace space = new ICC_ColorSpace(profile);
      if (space.isCS_sRGB()) {
        return image;
      }
      byte[] out = new byte[image.data().length];
      WritableRaster from = raster(image.width(), image.height(), image.data());
      WritableRaster to = raster(image.width(), image.height(), out);
      ColorConvertOp convert =
          new ColorConvertOp(space, ColorSpace.getInstance(ColorSpace.CS_sRGB), null);
      convert.filter(from, to);
      return new RgbImage(image.width(), image.height(), out);
    } catch (CMMException | IllegalArgumentException e) {
      return image;
    }
  }

  private static WritableRaster raster(int width, int height, byte[] rgb) {
    return Raster.createInterleavedRaster(
        new DataBufferByte(rgb, rgb.length),
        width,
        height,
        3 * width,
        3,
        new int[] {0, 1, 2},
        null);
  }
}
