package dev.deltadepth.web.engine;

import dev.deltadepth.core.ByteArray;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.JointUpsampler;
import dev.deltadepth.core.MapRows;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Anaglyph;
import dev.deltadepth.core.view.Aperture;
import dev.deltadepth.core.view.JpegEncoder;
import dev.deltadepth.core.view.Nearness;
import dev.deltadepth.core.view.PngEncoder;
import dev.deltadepth.core.view.Stereo;
import dev.deltadepth.core.view.StereoLayout;
import dev.deltadepth.core.view.StereoPair;
import dev.deltadepth.core.view.Strips;
import dev.deltadepth.web.browser.Pixels;
import java.util.function.Function;

/**
 * Pictures that are made of a photo and its map, strip by strip: of a photo of twelve megapixels
 * neither the photo nor the picture is ever in memory as a whole.
 */
public enum PictureEffect {
  /** What is nearer or farther than a point is blurred; the amount is the aperture in percent. */
  FOCUS,
  /** For glasses of red and cyan; the amount is the divergence in percent. */
  GLASSES,
  /**
   * The left and the right eye's pictures side by side; the amount is the divergence in percent.
   */
  STEREO;

  private static final int QUALITY = 92;

  /**
   * Draws the picture.
   *
   * @param map of the network's size
   * @param x column of the point in focus, 0..1
   * @param y row of the point in focus, 0..1
   */
  private void draw(
      DepthMap map, PhotoRows photo, double x, double y, double amount, Strips.Picture picture) {
    MapRows strips =
        switch (this) {
          case FOCUS ->
              Strips.focus(
                  photo.width(),
                  photo.height(),
                  Nearness.Ends.of(map),
                  new Aperture(Nearness.of(map).around(x, y), amount),
                  photo::bytes,
                  picture);
          case GLASSES -> eyes(map, photo, amount, Anaglyph.DUBOIS::join, picture);
          case STEREO -> eyes(map, photo, amount, StereoLayout.SIDE_BY_SIDE::join, picture);
        };
    JointUpsampler.rows(map, photo, photo.resized(map.width(), map.height()), strips);
  }

  private static MapRows eyes(
      DepthMap map,
      PhotoRows photo,
      double amount,
      Function<StereoPair, RgbImage> join,
      Strips.Picture picture) {
    return Strips.stereo(
        photo.width(),
        photo.height(),
        Nearness.Ends.of(map),
        new Stereo(amount, 0.5),
        join,
        photo::bytes,
        picture);
  }

  /** Whether it is saved as PNG: JPEG blurs colours, which coloured glasses would see. */
  public boolean isPng() {
    return this == GLASSES;
  }

  /** How many times as wide as the photo the picture is. */
  private int times() {
    return this == STEREO ? 2 : 1;
  }

  /** Makes a file of the picture at the photo's size. */
  byte[] file(DepthMap map, PhotoRows photo, double x, double y, double amount) {
    int width = times() * photo.width();
    if (isPng()) {
      PngEncoder png = PngEncoder.rgb(width, photo.height());
      draw(map, photo, x, y, amount, png::row);
      return png.file();
    }
    JpegEncoder jpeg = new JpegEncoder(width, photo.height(), QUALITY);
    draw(map, photo, x, y, amount, jpeg::row);
    return jpeg.file();
  }

  /** Makes RGBA bytes of the picture at the photo's size. */
  byte[] pixels(DepthMap map, PhotoRows photo, double x, double y, double amount) {
    ByteArray rgba = new ByteArray(4 * times() * photo.width() * photo.height());
    draw(
        map,
        photo,
        x,
        y,
        amount,
        row -> {
          byte[] pixels = Pixels.withAlpha(row);
          rgba.write(pixels, pixels.length);
        });
    return rgba.toArray();
  }
}
