package dev.deltadepth.io.view;

import dev.deltadepth.core.RgbImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * At most 255 colours for all frames of an animation, so that they do not change from frame to
 * frame: boxes of colours are halved at their mean where they spread most (Heckbert, "Color image
 * quantization for frame buffer display", 1982).
 */
final class Palette {
  private static final int COLOURS = 255;

  /** The index that no colour has. */
  static final int TRANSPARENT = 255;

  private static final int CHANNELS = 3;

  /** Bits of each channel by which colours are told apart. */
  private static final int BITS = 5;

  private static final int SIDE = 1 << BITS;

  /** Half of the largest amount that dithering adds or takes away, in steps of 8 bits. */
  private static final int DITHER = 6;

  /** Bayer's ordered pattern: the same in every frame, so that still parts do not flicker. */
  private static final int[] PATTERN = {
    0, 32, 8, 40, 2, 34, 10, 42, 48, 16, 56, 24, 50, 18, 58, 26, 12, 44, 4, 36, 14, 46, 6, 38, 60,
    28, 52, 20, 62, 30, 54, 22, 3, 35, 11, 43, 1, 33, 9, 41, 51, 19, 59, 27, 49, 17, 57, 25, 15, 47,
    7, 39, 13, 45, 5, 37, 63, 31, 55, 23, 61, 29, 53, 21
  };

  private final byte[] colours;

  /** For each colour of {@link #BITS} a channel, the index of its match plus one; 0 is unknown. */
  private final short[] match = new short[SIDE * SIDE * SIDE];

  private Palette(byte[] colours) {
    this.colours = colours;
  }

  /** Red, green and blue of each colour. */
  byte[] colours() {
    return colours;
  }

  /** The best palette for some pictures. */
  static Palette of(List<RgbImage> pictures) {
    long[] counts = new long[SIDE * SIDE * SIDE];
    for (RgbImage picture : pictures) {
      byte[] rgb = picture.data();
      for (int i = 0; i < rgb.length; i += 3) {
        counts[bin(rgb[i] & 0xff, rgb[i + 1] & 0xff, rgb[i + 2] & 0xff)]++;
      }
    }
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        bins.add(new Bin(i, counts[i]));
      }
    }
    List<BoxOfColours> boxes = new ArrayList<>(List.of(new BoxOfColours(bins)));
    while (boxes.size() < COLOURS) {
      BoxOfColours widest =
          boxes.stream().max(Comparator.comparingDouble(box -> box.spread)).orElseThrow();
      if (widest.spread <= 0) {
        break;
      }
      boxes.remove(widest);
      boxes.addAll(widest.halves());
    }
    byte[] colours = new byte[CHANNELS * boxes.size()];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = (byte) Math.round(boxes.get(i / CHANNELS).mean[i % CHANNELS]);
    }
    return new Palette(colours);
  }

  private static int bin(int red, int green, int blue) {
    return step(red) * SIDE * SIDE + step(green) * SIDE + step(blue);
  }

  private static int step(int value) {
    return (value * (SIDE - 1) + 127) / 255;
  }

  private record Bin(int index, long count) {
    /** The middle of the bin, from black to white. */
    double channel(int c) {
      int step = index >> (BITS * (2 - c)) & (SIDE - 1);
      return 255.0 * step / (SIDE - 1);
    }
  }

  private static final class BoxOfColours {
    private final List<Bin> bins;
    private final double[] mean = new double[3];
    private final double spread;
    private final int widest;

    BoxOfColours(List<Bin> bins) {
      this.bins = bins;
      double count = bins.stream().mapToLong(Bin::count).sum();
      double most = 0;
      int channel = 0;
      for (int c = 0; c < 3; c++) {
        double sum = 0;
        double squares = 0;
        for (Bin bin : bins) {
          sum += bin.count() * bin.channel(c);
          squares += bin.count() * bin.channel(c) * bin.channel(c);
        }
        mean[c] = sum / count;
        double variance = squares - sum * sum / count;
        if (variance > most) {
          most = variance;
          channel = c;
        }
      }
      // Rounding leaves a little where there is a single colour.
      spread = bins.size() < 2 ? 0 : most;
      widest = channel;
    }

    List<BoxOfColours> halves() {
      List<Bin> low = new ArrayList<>();
      List<Bin> high = new ArrayList<>();
      for (Bin bin : bins) {
        (bin.channel(widest) <= mean[widest] ? low : high).add(bin);
      }
      return List.of(new BoxOfColours(low), new BoxOfColours(high));
    }
  }

  /** A picture in these colours: for each pixel the index of one. */
  byte[] apply(RgbImage picture) {
    int width = picture.width();
    byte[] rgb = picture.data();
    byte[] indices = new byte[rgb.length / CHANNELS];
    for (int i = 0; i < indices.length; i++) {
      int place = (i / width & 7) * 8 + (i % width & 7);
      int dither = (2 * PATTERN[place] - 63) * DITHER / 63;
      int p = CHANNELS * i;
      indices[i] =
          nearest(level(rgb[p], dither), level(rgb[p + 1], dither), level(rgb[p + 2], dither));
    }
    return indices;
  }

  private static int level(byte value, int dither) {
    return Math.max(0, Math.min(255, (value & 0xff) + dither));
  }

  private byte nearest(int red, int green, int blue) {
    int bin = bin(red, green, blue);
    if (match[bin] == 0) {
      Bin colour = new Bin(bin, 1);
      double least = Double.MAX_VALUE;
      for (int i = 0; i < colours.length / CHANNELS; i++) {
        double distance = 0;
        for (int c = 0; c < 3; c++) {
          double difference = colour.channel(c) - (colours[CHANNELS * i + c] & 0xff);
          distance += difference * difference;
        }
        if (distance < least) {
          least = distance;
          match[bin] = (short) (i + 1);
        }
      }
    }
    return (byte) (match[bin] - 1);
  }
}
