package dev.deltadepth.io.view;

import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Anaglyph;
import dev.deltadepth.core.view.Frames;
import dev.deltadepth.core.view.HalfSphere;
import dev.deltadepth.core.view.StereoLayout;
import dev.deltadepth.core.view.StereoPair;
import java.nio.file.Path;

/** The ways in which stereo pairs are written. */
public enum StereoFormat {
  /** Side by side, each at its full size. */
  SBS("sbs", ".sbs.jpg"),
  /** Side by side, each at half its width. */
  HALF_SBS("half-sbs", ".half-sbs.jpg"),
  /** The left one above the right one. */
  TB("tb", ".tb.jpg"),
  /** The left one above the right one, each at half its height. */
  HALF_TB("half-tb", ".half-tb.jpg"),
  /** Rows by turns; PNG, because JPEG would mix them. */
  INTERLACED("interlaced", ".interlaced.png"),
  /** For red-cyan glasses after Dubois; PNG, because JPEG would mix the eyes' colours. */
  ANAGLYPH("anaglyph", ".anaglyph.png"),
  /** For red-cyan glasses, the channels as they are. */
  ANAGLYPH_COLOUR("anaglyph-colour", ".anaglyph-colour.png"),
  /** For red-cyan glasses, the left one in grey. */
  ANAGLYPH_HALF("anaglyph-half", ".anaglyph-half.png"),
  /** For red-cyan glasses, both in grey. */
  ANAGLYPH_GREY("anaglyph-grey", ".anaglyph-grey.png"),
  /** Both by turns in an animation. */
  WIGGLE("wiggle", ".wiggle.gif"),
  /** For headsets: half spheres side by side, named as their players expect. */
  VR180("vr180", "_180x180_LR.jpg"),
  /** For headsets: Google's VR180 photo, see {@link VrPhoto}. */
  VR_PHOTO("vr-photo", ".vr.jpg"),
  /** The left eye's picture alone. */
  LEFT("left", ".left.jpg"),
  /** The right eye's picture alone. */
  RIGHT("right", ".right.jpg");

  /** The longer side of a wiggling GIF, at most. */
  private static final int WIGGLE_SIDE = 800;

  private static final int WIGGLE_MILLIS = 150;

  /** The side of a half sphere, at most: what headsets can show. */
  private static final int SPHERE_SIDE = 4096;

  private final String label;
  private final String suffix;

  StereoFormat(String label, String suffix) {
    this.label = label;
    this.suffix = suffix;
  }

  /** The format's name on the command line. */
  public String label() {
    return label;
  }

  /** What follows the photo's stem in the name of its file. */
  public String suffix() {
    return suffix;
  }

  /** Whether it is for headsets, in which the farthest should lie at infinity. */
  public boolean isForHeadsets() {
    return this == VR180 || this == VR_PHOTO;
  }

  /**
   * Writes a pair; the file appears complete or not at all.
   *
   * @param fieldOfView the angle that the photo's longer side spans, in degrees; only headsets ask
   * @throws dev.deltadepth.io.FileException if it cannot be written
   */
  public void write(StereoPair pair, double fieldOfView, Path file) {
    switch (this) {
      case WIGGLE -> GifAnimation.write(Frames.wiggle(small(pair), WIGGLE_MILLIS), file);
      case VR180 ->
          PictureFile.write(StereoLayout.SIDE_BY_SIDE.join(halves(pair, fieldOfView)), file);
      case VR_PHOTO -> VrPhoto.write(halves(pair, fieldOfView), file);
      default -> PictureFile.write(picture(pair), file);
    }
  }

  /**
   * A pair as the content of the file that {@link #write} writes.
   *
   * @throws IllegalArgumentException if the format moves or is for headsets
   */
  public byte[] encode(StereoPair pair) {
    return PictureFile.encode(picture(pair), suffix);
  }

  private RgbImage picture(StereoPair pair) {
    return switch (this) {
      case SBS -> StereoLayout.SIDE_BY_SIDE.join(pair);
      case HALF_SBS -> StereoLayout.HALF_SIDE_BY_SIDE.join(pair);
      case TB -> StereoLayout.TOP_BOTTOM.join(pair);
      case HALF_TB -> StereoLayout.HALF_TOP_BOTTOM.join(pair);
      case INTERLACED -> StereoLayout.INTERLACED.join(pair);
      case ANAGLYPH -> Anaglyph.DUBOIS.join(pair);
      case ANAGLYPH_COLOUR -> Anaglyph.COLOUR.join(pair);
      case ANAGLYPH_HALF -> Anaglyph.HALF_COLOUR.join(pair);
      case ANAGLYPH_GREY -> Anaglyph.GREY.join(pair);
      case LEFT -> pair.left();
      case RIGHT -> pair.right();
      case WIGGLE, VR180, VR_PHOTO ->
          throw new IllegalArgumentException(label + " is no plain picture");
    };
  }

  private static StereoPair halves(StereoPair pair, double fieldOfView) {
    HalfSphere sphere = new HalfSphere(fieldOfView);
    return sphere.draw(pair, Math.min(SPHERE_SIDE, sphere.side(pair.left())));
  }

  private static StereoPair small(StereoPair pair) {
    return new StereoPair(small(pair.left()), small(pair.right()));
  }

  private static RgbImage small(RgbImage picture) {
    double scale = Math.min(1, (double) WIGGLE_SIDE / Math.max(picture.width(), picture.height()));
    return Resizer.resize(
        picture,
        Math.max(1, (int) Math.round(scale * picture.width())),
        Math.max(1, (int) Math.round(scale * picture.height())));
  }
}
