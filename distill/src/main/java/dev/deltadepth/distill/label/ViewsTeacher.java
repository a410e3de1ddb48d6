package dev.deltadepth.distill.label;

import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.distill.data.Planes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Another teacher, run on every image at several scales and, optionally, mirrored. At each scale
 * the map and the mirrored one are averaged. The coarsest map gives the layout; every finer one,
 * aligned to it by scale and shift, adds the detail that the coarser size cannot resolve.
 */
public final class ViewsTeacher implements Teacher {

  private final Teacher teacher;
  private final List<Double> scales;
  private final boolean flip;

  private ViewsTeacher(Teacher teacher, List<Double> scales, boolean flip) {
    this.teacher = teacher;
    this.scales = List.copyOf(scales);
    this.flip = flip;
  }

  /**
   * Wraps a teacher, which is closed with this one.
   *
   * @param scales of the teacher's native size, ascending
   * @param flip whether it also labels the mirrored image
   */
  public static ViewsTeacher of(Teacher teacher, List<Double> scales, boolean flip) {
    return new ViewsTeacher(teacher, scales, flip);
  }

  @Override
  public String name() {
    return teacher.name() + " in views";
  }

  @Override
  public String contentHash() {
    return teacher.contentHash();
  }

  @Override
  public int multiple() {
    return teacher.multiple();
  }

  /** The native size at the finest scale. */
  @Override
  public int nativeSize() {
    return (int) Math.round(teacher.nativeSize() * finest());
  }

  private double finest() {
    return scales.get(scales.size() - 1);
  }

  /** The teacher's with a single scale; none with several. */
  @Override
  public List<Feature> features() {
    return scales.size() == 1 ? teacher.features() : List.of();
  }

  @Override
  public Labels label(float[] rgb, int batch, int height, int width) {
    int values = 3 * height * width;
    int pixels = height * width;
    float[] disparity = new float[batch * pixels];
    List<Planes> features = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      float[] image = Arrays.copyOfRange(rgb, i * values, (i + 1) * values);
      float[] merged = merged(image, height, width);
      System.arraycopy(merged, 0, disparity, i * pixels, pixels);
    }
    if (!features().isEmpty()) {
      features.addAll(teacher.label(rgb, batch, height, width).features());
    }
    return new Labels(disparity, features);
  }

  private float[] merged(float[] rgb, int height, int width) {
    DepthMap result = null;
    InputSize coarser = new InputSize(width, height);
    for (double scale : scales) {
      InputSize size =
          InputSize.of(
              width,
              height,
              (int) Math.round(Math.min(width, height) * scale / finest()),
              multiple());
      DepthMap map = mapAt(size, rgb, height, width);
      result = result == null ? map : withDetail(result, map, coarser);
      coarser = size;
    }
    return result == null ? new float[height * width] : result.data();
  }

  /** The teacher's map of the image reduced to a size, resized to the image's own size. */
  private DepthMap mapAt(InputSize size, float[] rgb, int height, int width) {
    float[] small = MirroredMap.resized(rgb, height, width, size);
    float[] map =
        flip
            ? MirroredMap.of(teacher, small, size).mean()
            : teacher.label(small, 1, size.height(), size.width()).disparity();
    DepthMap whole = new DepthMap(DepthMap.Kind.DISPARITY, size.width(), size.height(), map);
    return Resizer.resize(whole, width, height);
  }

  /** The coarse map plus the detail of the fine one that the coarse size cannot resolve. */
  private static DepthMap withDetail(DepthMap coarse, DepthMap fine, InputSize size) {
    boolean[] all = new boolean[coarse.data().length];
    for (int i = 0; i < all.length; i++) {
      all[i] = Float.isFinite(coarse.data()[i]) && Float.isFinite(fine.data()[i]);
    }
    DepthMap aligned = Alignment.leastSquares(fine.data(), coarse.data(), all).apply(fine);
    DepthMap low =
        Resizer.resize(
            Resizer.resizeAntialiased(
                aligned, Math.max(1, size.width() / CELL), Math.max(1, size.height() / CELL)),
            fine.width(),
            fine.height());
    DepthMap layout =
        Resizer.resize(
            Resizer.resizeAntialiased(
                coarse, Math.max(1, size.width() / CELL), Math.max(1, size.height() / CELL)),
            fine.width(),
            fine.height());
    float[] merged = new float[all.length];
    for (int i = 0; i < merged.length; i++) {
      merged[i] = layout.data()[i] + aligned.data()[i] - low.data()[i];
    }
    return new DepthMap(coarse.kind(), coarse.width(), coarse.height(), merged);
  }

  /**
   * Side of a cell, in pixels at the coarse size, within which the layout stays: about one feature.
   */
  private static final int CELL = 16;

  @Override
  public void close() {
    teacher.close();
  }
}
