package dev.deltadepth.io.view;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Frames;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Animated GIFs (CompuServe, "Graphics Interchange Format", version 89a) that play for ever, in 255
 * colours that all frames share. Pixels that do not change from a frame to the next are left
 * transparent, which makes files smaller.
 */
public final class GifAnimation {
  /** The longest side that GIF can hold. */
  private static final int LARGEST = 65_535;

  /** Frames from which the colours are chosen. */
  private static final int SAMPLED = 4;

  private static final int TABLE = 256;
  private static final int CHANNELS = 3;

  private final OutputStream out;

  private GifAnimation(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes an animation; the file appears complete or not at all. Times are rounded to hundredths
   * of a second, and are at least two: players show shorter ones slowly.
   *
   * @throws FileException if it cannot be written, or the frames are too large for GIF
   */
  public static void write(Frames frames, Path file) {
    Palette palette = palette(frames, file);
    AtomicFile.write(file, out -> new GifAnimation(out).write(frames, palette));
  }

  private static Palette palette(Frames frames, Path file) {
    List<RgbImage> samples = new ArrayList<>();
    int sampled = Math.min(SAMPLED, frames.count());
    for (int i = 0; i < sampled; i++) {
      samples.add(frames.frame(i * frames.count() / sampled));
    }
    RgbImage first = samples.get(0);
    if (Math.max(first.width(), first.height()) > LARGEST) {
      throw new FileException(
          "cannot write " + file + ": a GIF has sides of at most " + LARGEST + " pixels");
    }
    return Palette.of(samples);
  }

  private void write(Frames frames, Palette palette) throws IOException {
    Iterator<RgbImage> ahead = new FramesAhead(frames);
    int hundredths = Math.max(2, Math.min(LARGEST, Math.round(frames.millis() / 10f)));
    byte[] before = new byte[0];
    while (ahead.hasNext()) {
      RgbImage frame = ahead.next();
      byte[] indices = palette.apply(frame);
      if (before.length == 0) {
        begin(frame, palette);
      }
      control(hundredths, before.length > 0);
      out.write(0x2c);
      two(0);
      two(0);
      two(frame.width());
      two(frame.height());
      out.write(0);
      Lzw.write(before.length > 0 ? changed(indices, before) : indices, out);
      before = indices;
    }
    out.write(0x3b);
  }

  private static byte[] changed(byte[] indices, byte[] before) {
    byte[] out = indices.clone();
    for (int i = 0; i < out.length; i++) {
      if (out[i] == before[i]) {
        out[i] = (byte) Palette.TRANSPARENT;
      }
    }
    return out;
  }

  private void begin(RgbImage frame, Palette palette) throws IOException {
    out.write("GIF89a".getBytes(StandardCharsets.US_ASCII));
    two(frame.width());
    two(frame.height());
    // A table of 256 colours follows; no background, square pixels.
    out.write(new byte[] {(byte) 0xf7, 0, 0});
    byte[] table = new byte[CHANNELS * TABLE];
    System.arraycopy(palette.colours(), 0, table, 0, palette.colours().length);
    out.write(table);
    // Repeat for ever.
    out.write(new byte[] {0x21, (byte) 0xff, 11});
    out.write("NETSCAPE2.0".getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[] {3, 1, 0, 0, 0});
  }

  /** Shown so long, left in place, and whether a colour is transparent. */
  private void control(int hundredths, boolean transparent) throws IOException {
    out.write(new byte[] {0x21, (byte) 0xf9, 4, (byte) (transparent ? 0x05 : 0x04)});
    two(hundredths);
    out.write(new byte[] {(byte) Palette.TRANSPARENT, 0});
  }

  private void two(int number) throws IOException {
    out.write(number);
    out.write(number >> 8);
  }
}
