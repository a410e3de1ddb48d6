package dev.deltadepth.web.engine;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.web.browser.WebException;
import java.nio.charset.StandardCharsets;

/** Reads the server's response: a NumPy file with one float32 map. */
final class NpyMap {
  private static final int PREAMBLE = 10;

  private NpyMap() {}

  /**
   * The map in a file.
   *
   * @param file NPY 1.0, little-endian float32, [height, width]
   * @throws WebException if it is anything else
   */
  static DepthMap read(byte[] file) {
    if (file.length < PREAMBLE || file[1] != 'N' || file[2] != 'U' || file[6] != 1) {
      throw new WebException("the server's response is not a NumPy file");
    }
    int start = PREAMBLE + (file[8] & 0xff) + (file[9] & 0xff) * 256;
    String header =
        new String(
            file, PREAMBLE, Math.min(start, file.length) - PREAMBLE, StandardCharsets.US_ASCII);
    int open = header.indexOf('(');
    int close = header.indexOf(')');
    if (!header.contains("'<f4'") || open < 0 || close < open) {
      throw new WebException("the server's response does not contain float32 values");
    }
    String[] sides = header.substring(open + 1, close).split(",");
    if (sides.length != 2) {
      throw new WebException("the server's response is not a single map");
    }
    int height = Integer.parseInt(sides[0].trim());
    int width = Integer.parseInt(sides[1].trim());
    if (file.length - start != 4L * width * height) {
      throw new WebException("the server's response is incomplete");
    }
    float[] values = new float[width * height];
    for (int i = 0, at = start; i < values.length; i++, at += 4) {
      values[i] =
          Float.intBitsToFloat(
              (file[at] & 0xff)
                  | ((file[at + 1] & 0xff) << 8)
                  | ((file[at + 2] & 0xff) << 16)
                  | (file[at + 3] << 24));
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, width, height, values);
  }
}
