package dev.deltadepth.distill.label;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.distill.data.Planes;
import dev.deltadepth.distill.data.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives the labels that a student learns from: disparity and, if available, intermediate maps for
 * windows of photos. Safe for use by several threads.
 */
public interface Labeller extends AutoCloseable {

  /**
   * One of the intermediate maps.
   *
   * @param stride in pixels of the input
   * @param channels number of channels
   */
  record Feature(int stride, int channels) {}

  /**
   * The labels of a batch.
   *
   * @param disparity [N, H, W], larger = nearer, no fixed scale; NaN where unknown
   * @param features one map per feature, in the order of {@link #features}
   */
  record Labels(float[] disparity, List<Planes> features) {
    /** Whether the other one has the same values; NaN equals NaN. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Labels that
          && Arrays.equals(disparity, that.disparity)
          && features.equals(that.features);
    }

    @Override
    public int hashCode() {
      return 31 * Objects.hash(features) + Arrays.hashCode(disparity);
    }

    /** Says what it is without its values. */
    @Override
    public String toString() {
      return "Labels[" + disparity.length + " values, features " + features + "]";
    }
  }

  /** The name for provenance. */
  String name();

  /** SHA-256, in hex, of its file. */
  String contentHash();

  /** The intermediate maps it gives; may be empty. */
  List<Feature> features();

  /**
   * The size at which an image is best labelled.
   *
   * @param width of the image, or of any image with its aspect ratio
   * @param height of the same image
   */
  InputSize nativeSize(int width, int height);

  /**
   * The size at which to label a crop that the student sees at {@code width x height} pixels: never
   * coarser than that.
   */
  InputSize sizeFor(int width, int height);

  /**
   * Labels a batch.
   *
   * @param windows of photos, one per sample
   * @param height of every label, as returned by {@link #nativeSize} or {@link #sizeFor}
   * @param width of every label
   */
  Labels label(List<Window> windows, int height, int width);

  /** The label of one window at its native size: disparity without fixed scale. */
  default DepthMap map(Window window) {
    InputSize size = nativeSize(window.photo().width(), window.photo().height());
    Labels labels = label(List.of(window), size.height(), size.width());
    return new DepthMap(DepthMap.Kind.DISPARITY, size.width(), size.height(), labels.disparity());
  }

  @Override
  void close();
}
