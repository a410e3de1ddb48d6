package dev.deltadepth.distill;

import java.util.List;

/**
 * A depth model whose maps a student learns to make. May be called from several threads at once.
 */
public interface Teacher extends AutoCloseable {

  /**
   * One of the teacher's intermediate maps.
   *
   * @param stride pixels of the picture that one step of the map covers
   * @param channels its channels
   */
  record Feature(int stride, int channels) {}

  /**
   * What a teacher says of a batch.
   *
   * @param disparity [N, H, W], larger = nearer, no fixed scale
   * @param features one map a feature, in the order of {@link #features}
   */
  record Labels(float[] disparity, List<Map> features) {}

  /**
   * An intermediate map of a batch.
   *
   * @param channels its channels
   * @param height its rows
   * @param width its columns
   * @param data [N, channels, height, width]
   */
  record Map(int channels, int height, int width, float[] data) {}

  /** The name that goes into provenance. */
  String name();

  /** SHA-256, in hex, of the file it was read from. */
  String contentHash();

  /** Both sides of its input are multiples of this. */
  int multiple();

  /** The shorter side in pixels at which its layout is best. */
  int nativeSize();

  /** The intermediate maps it gives; empty if it gives none. */
  List<Feature> features();

  /**
   * Labels a batch.
   *
   * @param rgb [N, 3, H, W], RGB in [0, 1]
   */
  Labels label(float[] rgb, int batch, int height, int width);

  @Override
  void close();
}
