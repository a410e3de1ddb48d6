package dev.deltadepth.io.map;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Portable float maps of one channel ({@code Pf}; Debevec's format, as used by Middlebury): rows
 * from the bottom up; the sign of the scale gives the byte order.
 */
public final class PfmFile {

  private PfmFile() {}

  /**
   * Reads a map in either byte order. Values are not changed: like every reader, this ignores the
   * size of the scale, and keeps infinity (Middlebury's "unknown").
   *
   * @param kind what the file holds, which it does not state
   * @throws FileException if the file is missing, cut off or not a map of one channel
   */
  public static DepthMap read(Path file, Kind kind) {
    ByteBuffer content = ByteBuffer.wrap(ImageFiles.content(file));
    String magic = word(content);
    if (!magic.equals("Pf")) {
      throw new FileException(
          file
              + (magic.equals("PF")
                  ? " has three channels: a map with one (Pf) is needed"
                  : " is not a portable float map (Pf)"));
    }
    try {
      int width = Integer.parseInt(word(content));
      int height = Integer.parseInt(word(content));
      float scale = Float.parseFloat(word(content));
      long held = content.remaining() / 4;
      if (width < 1 || height < 1 || (long) width * height > held) {
        throw new FileException(
            file
                + " is cut off or damaged: its header claims "
                + width
                + " x "
                + height
                + " values; copy or make it again");
      }
      content.order(scale < 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      float[] values = new float[width * height];
      for (int y = height - 1; y >= 0; y--) {
        content.asFloatBuffer().get(values, y * width, width);
        content.position(content.position() + 4 * width);
      }
      return new DepthMap(kind, width, height, values);
    } catch (NumberFormatException e) {
      throw new FileException(file + " has a damaged header; copy or make it again", e);
    }
  }

  /** Reads up to and including the next white space. */
  private static String word(ByteBuffer in) {
    StringBuilder word = new StringBuilder();
    while (in.hasRemaining() && word.length() < 32) {
      char next = (char) (in.get() & 0xff);
      if (next <= ' ') {
        if (word.length() > 0) {
          break;
        }
      } else {
        word.append(next);
      }
    }
    return word.toString();
  }

  /**
   * Writes a map, little-endian; the file appears complete or not at all.
   *
   * @throws FileException if it cannot be written
   */
  public static void write(DepthMap map, Path file) {
    AtomicFile.write(file, out -> write(map, out));
  }

  /** Writes a map to a stream. */
  static void write(DepthMap map, OutputStream out) throws IOException {
    String header = "Pf\n" + map.width() + " " + map.height() + "\n-1.0\n";
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    ByteBuffer row = ByteBuffer.allocate(4 * map.width()).order(ByteOrder.LITTLE_ENDIAN);
    for (int y = map.height() - 1; y >= 0; y--) {
      row.clear().asFloatBuffer().put(map.data(), y * map.width(), map.width());
      out.write(row.array());
    }
  }
}
