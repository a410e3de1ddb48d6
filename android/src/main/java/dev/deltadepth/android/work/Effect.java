package dev.deltadepth.android.work;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.Upsampling;
import dev.deltadepth.core.view.Anaglyph;
import dev.deltadepth.core.view.Aperture;
import dev.deltadepth.core.view.Defocus;
import dev.deltadepth.core.view.Nearness;
import dev.deltadepth.core.view.Stereo;
import dev.deltadepth.core.view.StereoPair;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Pictures that a photo and its map make together. */
public enum Effect {
  /** What is nearer or farther than a point is blurred; the amount is the aperture in percent. */
  BLUR("blur", 4) {
    @Override
    List<RgbImage> of(RgbImage photo, DepthMap map, double x, double y, double amount) {
      Nearness nearness = Nearness.of(map);
      double focus = Double.isNaN(x) ? nearness.subject() : nearness.around(x, y);
      Aperture aperture = new Aperture(focus, amount);
      return Collections.singletonList(new Defocus(photo, map, aperture).apply());
    }
  },
  /** For glasses of red and cyan; the amount is the divergence in percent. */
  GLASSES("red-cyan", 2.5) {
    @Override
    List<RgbImage> of(RgbImage photo, DepthMap map, double x, double y, double amount) {
      return Collections.singletonList(
          Anaglyph.DUBOIS.join(StereoPair.of(photo, map, stereo(amount))));
    }
  },
  /** The pictures of both eyes, to be seen by turns; the amount is the divergence in percent. */
  WIGGLE("wiggle", 2.5) {
    @Override
    List<RgbImage> of(RgbImage photo, DepthMap map, double x, double y, double amount) {
      StereoPair pair = StereoPair.of(photo, map, stereo(amount));
      return Arrays.asList(pair.left(), pair.right());
    }
  };

  private static final double MIDDLE = 0.5;

  private final String suffix;
  private final double usual;

  Effect(String suffix, double usual) {
    this.suffix = suffix;
    this.usual = usual;
  }

  /** The end of its file's name. */
  public String suffix() {
    return suffix;
  }

  private static Stereo stereo(double amount) {
    return new Stereo(amount, MIDDLE);
  }

  abstract List<RgbImage> of(RgbImage photo, DepthMap map, double x, double y, double amount);

  /**
   * Makes the pictures.
   *
   * @param most pixels that they have; a larger photo is reduced
   * @param x column of the point that is sharp, 0..1; NaN for what the photo is probably of
   * @param y row of the point that is sharp, 0..1
   * @param strength 0..1; the usual one is 0.5
   * @return one picture, or one for each eye
   */
  public List<RgbImage> pictures(
      Photo photo, Estimate estimate, double most, double x, double y, double strength) {
    RgbImage small = reduced(photo.pixels(), most);
    DepthMap map = Upsampling.JOINT.enlarge(estimate.map(), small);
    return of(small, map, x, y, 2 * strength * usual);
  }

  private static RgbImage reduced(RgbImage photo, double most) {
    double scale = Math.sqrt(most / ((double) photo.width() * photo.height()));
    return scale >= 1
        ? photo
        : Resizer.resize(
            photo,
            (int) Math.max(1, Math.round(photo.width() * scale)),
            (int) Math.max(1, Math.round(photo.height() * scale)));
  }
}
