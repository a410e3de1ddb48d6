package dev.deltadepth.distill.data;

/**
 * Maps of one size, several to a picture: what an encoder says of a batch.
 *
 * @param channels maps a picture, C
 * @param height rows, H
 * @param width columns, W
 * @param data [N, C, H, W], row-major
 */
public record Planes(int channels, int height, int width, float[] data) {
  /**
   * Minimum to 0 and maximum to 1; a constant map to 0. Teachers have no fixed scale. What is not
   * finite becomes NaN: it is no label.
   */
  public static void stretch(float[] map) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : map) {
      if (Float.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    float scale = high > low ? 1 / (high - low) : 0;
    for (int i = 0; i < map.length; i++) {
      map[i] = Float.isFinite(map[i]) ? (map[i] - low) * scale : Float.NaN;
    }
  }
}
