package dev.deltadepth.video.clip;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Guide;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Anaglyph;
import dev.deltadepth.core.view.Stereo;
import dev.deltadepth.core.view.StereoLayout;
import dev.deltadepth.core.view.StereoPair;
import dev.deltadepth.video.write.ColourPlanes;
import dev.deltadepth.video.write.Drawn;
import dev.deltadepth.video.write.FrameShape;

/** Draws what is written of a frame. */
final class ClipPainter {
  private static final int CHANNELS = 3;
  private static final int STEPS = 256;

  /** In percent: what {@link dev.deltadepth.core.view.Nearness} leaves out at each end. */
  private static final double TAIL = 0.05;

  private final ClipFormat format;
  private final ClipStyle style;
  private final ColourPlanes planes;
  private final byte[] colours = new byte[CHANNELS * STEPS];

  ClipPainter(ClipFormat format, ClipStyle style) {
    this.format = format;
    this.style = style;
    this.planes = new ColourPlanes(style.colours(), style.nearIsDark());
    for (int i = 0; i < STEPS; i++) {
      int rgb = style.colours().rgb((style.nearIsDark() ? STEPS - 1 - i : i) / (STEPS - 1f));
      colours[CHANNELS * i] = (byte) (rgb >> 16);
      colours[CHANNELS * i + 1] = (byte) (rgb >> 8);
      colours[CHANNELS * i + 2] = (byte) rgb;
    }
  }

  /** The map at the size of the frame. */
  DepthMap enlarged(FrameDepth depth) {
    return style.upsampling().enlarge(depth.map(), depth.frame().guide(), small(depth));
  }

  /** The frame at the size of its map; a network may put out fewer pixels than it sees. */
  private static RgbImage small(FrameDepth depth) {
    RgbImage small = depth.frame().small();
    DepthMap map = depth.map();
    boolean same = small.width() == map.width() && small.height() == map.height();
    return same ? small : Resizer.resize(small, map.width(), map.height());
  }

  /** The map in colours, without holding it at the size of the frame. */
  private byte[] coloured(FrameDepth depth) {
    Guide frame = depth.frame().guide();
    ColourPlanes.Drawing drawing = planes.draw(frame.width(), frame.height(), depth.window());
    style.upsampling().rows(depth.map(), frame, small(depth), (y, values) -> drawing.add(values));
    return drawing.finish();
  }

  /** What is written into a video. */
  Drawn draw(FrameDepth depth) {
    if (format == ClipFormat.DEPTH) {
      return new Drawn.Planes(coloured(depth));
    }
    DepthMap map = enlarged(depth);
    RgbImage frame = depth.frame().picture();
    return switch (format) {
      case SIDE -> new Drawn.Colours(sideBySide(map, depth.window(), frame));
      case DEPTH16 -> new Drawn.Grey(grey(map, depth.window()));
      case SBS -> new Drawn.Colours(StereoLayout.SIDE_BY_SIDE.join(pair(frame, map, depth)));
      case HALF_SBS ->
          new Drawn.Colours(StereoLayout.HALF_SIDE_BY_SIDE.join(pair(frame, map, depth)));
      case ANAGLYPH -> new Drawn.Colours(Anaglyph.DUBOIS.join(pair(frame, map, depth)));
      case DEPTH, PNG16, NPY -> throw new IllegalStateException(format + " is not a video");
    };
  }

  /** 0..65535 over the window, NaN is 0. */
  char[] grey(DepthMap map, Normalization window) {
    char[] grey = window.sixteenBits(map);
    if (style.nearIsDark()) {
      for (int i = 0; i < grey.length; i++) {
        grey[i] = (char) (Float.isNaN(map.data()[i]) ? 0 : 65535 - grey[i]);
      }
    }
    return grey;
  }

  private RgbImage sideBySide(DepthMap map, Normalization window, RgbImage frame) {
    int width = map.width();
    byte[] out = new byte[2 * CHANNELS * width * map.height()];
    float[] values = map.data();
    float low = window.low();
    float scale = ColourPlanes.scale(window);
    for (int y = 0, o = 0, i = 0; y < map.height(); y++) {
      System.arraycopy(frame.data(), CHANNELS * y * width, out, o, CHANNELS * width);
      o += CHANNELS * width;
      for (int x = 0; x < width; x++, i++, o += CHANNELS) {
        if (!Float.isNaN(values[i])) {
          System.arraycopy(colours, CHANNELS * ColourPlanes.step(values[i], low, scale), out, o, 3);
        }
      }
    }
    return new RgbImage(2 * width, map.height(), out);
  }

  /**
   * Layers go from the nearest to the farthest of their own frame. What moves a pixel has to depend
   * on its place in the window instead, or the whole picture would jump when something comes near.
   */
  private StereoPair pair(RgbImage frame, DepthMap map, FrameDepth depth) {
    Stereo stereo = style.stereo();
    Normalization own = Normalization.percentiles(map.data(), TAIL, 100 - TAIL);
    Normalization window = depth.window();
    double whole = window.high() - window.low();
    double extent = whole > 0 ? (own.high() - own.low()) / whole : 1;
    if (extent > 0) {
      double below = whole > 0 ? (own.low() - window.low()) / whole : 0;
      stereo =
          new Stereo(
              Math.min(Stereo.LARGEST, stereo.divergence() * extent),
              Math.max(0, Math.min(1, (stereo.convergence() - below) / extent)));
    }
    return StereoPair.of(frame, map, stereo);
  }

  /** The size of what is drawn of a frame of a size. */
  FrameShape shape(int width, int height, double rate, int timescale) {
    boolean wide = format == ClipFormat.SIDE || format == ClipFormat.SBS;
    int columns =
        wide ? 2 * width : format == ClipFormat.HALF_SBS ? 2 * Math.max(1, width / 2) : width;
    return new FrameShape(
        columns, height, rate, timescale, format == ClipFormat.DEPTH, format.isPair());
  }
}
