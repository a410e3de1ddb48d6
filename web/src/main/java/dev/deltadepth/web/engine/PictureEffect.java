package dev.deltadepth.web.engine;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.JointUpsampler;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Anaglyph;
import dev.deltadepth.core.view.Aperture;
import dev.deltadepth.core.view.Defocus;
import dev.deltadepth.core.view.Nearness;
import dev.deltadepth.core.view.Stereo;
import dev.deltadepth.core.view.StereoPair;

/** Pictures that are made of a photo and its map. */
public enum PictureEffect {
  /** What is nearer or farther than a point is blurred; the amount is the aperture in percent. */
  FOCUS {
    @Override
    RgbImage of(RgbImage photo, DepthMap map, double x, double y, double amount) {
      Nearness nearness = Nearness.of(map);
      int column = (int) Math.min(map.width() - 1, x * map.width());
      int row = (int) Math.min(map.height() - 1, y * map.height());
      double focus = nearness.data()[row * map.width() + column];
      return new Defocus(photo, map, new Aperture(focus, amount)).apply();
    }
  },
  /** For glasses of red and cyan; the amount is the divergence in percent. */
  GLASSES {
    @Override
    RgbImage of(RgbImage photo, DepthMap map, double x, double y, double amount) {
      return Anaglyph.DUBOIS.join(StereoPair.of(photo, map, new Stereo(amount, 0.5)));
    }
  };

  /**
   * Makes the picture.
   *
   * @param map of the photo's size
   * @param x column of the point in focus, 0..1
   * @param y row of the point in focus, 0..1
   */
  abstract RgbImage of(RgbImage photo, DepthMap map, double x, double y, double amount);

  /** The same with the network's map. */
  RgbImage enlarged(RgbImage photo, DepthMap map, double x, double y, double amount) {
    return of(photo, JointUpsampler.enlarge(map, photo), x, y, amount);
  }
}
