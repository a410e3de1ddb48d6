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
 * Says how near things are in windows of photos, and gives intermediate maps where it can: what a
 * student learns from. May be called from several threads at once.
 */
public interface Labeller extends AutoCloseable {

  /**
   * One of the intermediate maps.
   *
   * @param stride pixels of the picture that one step of the map covers
   * @param channels its channels
   */
  record Feature(int stride, int channels) {}

  /**
   * What is said of a batch.
   *
   * @param disparity [N, H, W], larger = nearer, no fixed scale; NaN where nothing is known
   * @param features one map a feature, in the order of {@link #features}
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

  /** The name that goes into provenance. */
  String name();

  /** SHA-256, in hex, of the file it was read from. */
  String contentHash();

  /** The intermediate maps it gives; empty if it gives none. */
  List<Feature> features();

  /**
   * The size at which a picture is best labelled.
   *
   * @param width of the picture, or of any other of its aspect ratio
   * @param height of the same
   */
  InputSize nativeSize(int width, int height);

  /**
   * The size at which a crop is labelled that the student sees in {@code width x height} pixels:
   * never coarser than the student.
   */
  InputSize sizeFor(int width, int height);

  /**
   * Labels a batch.
   *
   * @param windows into photos, one a sample
   * @param height of every label, one that {@link #nativeSize} or {@link #sizeFor} gave
   * @param width of every label
   */
  Labels label(List<Window> windows, int height, int width);

  /** The label of one window at the size that suits it best, disparity of no fixed scale. */
  default DepthMap map(Window window) {
    InputSize size = nativeSize(window.photo().width(), window.photo().height());
    Labels labels = label(List.of(window), size.height(), size.width());
    return new DepthMap(DepthMap.Kind.DISPARITY, size.width(), size.height(), labels.disparity());
  }

  @Override
  void close();
}
