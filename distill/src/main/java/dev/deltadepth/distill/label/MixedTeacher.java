package dev.deltadepth.distill.label;

import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.io.Sha256;
import java.util.Arrays;
import java.util.List;

/**
 * A teacher for every picture, and a specialist that knows some of them better, such as a network
 * for rooms. On pictures like those it has learned from, a network's map of the mirrored picture is
 * the mirrored map; the better the two correlate, the larger its share of the label. Its map is
 * aligned to the other teacher's by scale and shift.
 */
public final class MixedTeacher implements Teacher {
  /** Correlation of the specialist with itself below which it has no share. */
  private static final double DOUBTFUL = 0.95;

  /** Correlation from which it has its whole share. */
  private static final double SURE = 0.98;

  private final Teacher teacher;
  private final Teacher specialist;
  private final double share;

  private MixedTeacher(Teacher teacher, Teacher specialist, double share) {
    this.teacher = teacher;
    this.specialist = specialist;
    this.share = share;
  }

  /**
   * Wraps two teachers, which are closed with this one.
   *
   * @param share of the specialist where it is sure, 0..1
   */
  public static MixedTeacher of(Teacher teacher, Teacher specialist, double share) {
    return new MixedTeacher(teacher, specialist, share);
  }

  @Override
  public String name() {
    return "%s with %s of %s".formatted(teacher.name(), share, specialist.name());
  }

  @Override
  public String contentHash() {
    return Sha256.ofHashes(List.of(teacher.contentHash(), specialist.contentHash()));
  }

  @Override
  public int multiple() {
    return teacher.multiple();
  }

  @Override
  public int nativeSize() {
    return teacher.nativeSize();
  }

  @Override
  public List<Feature> features() {
    return teacher.features();
  }

  @Override
  public Labels label(float[] rgb, int batch, int height, int width) {
    Labels labels = teacher.label(rgb, batch, height, width);
    float[] mixed = labels.disparity().clone();
    int pixels = height * width;
    InputSize size = InputSize.of(width, height, specialist.nativeSize(), specialist.multiple());
    for (int i = 0; i < batch; i++) {
      float[] image = Arrays.copyOfRange(rgb, 3 * i * pixels, 3 * (i + 1) * pixels);
      MirroredMap own =
          MirroredMap.of(specialist, MirroredMap.resized(image, height, width, size), size);
      double part = share * sureness(own.correlation());
      if (part > 0) {
        DepthMap map =
            new DepthMap(DepthMap.Kind.DISPARITY, size.width(), size.height(), own.mean());
        mix(Resizer.resize(map, width, height).data(), part, mixed, i * pixels);
      }
    }
    return new Labels(mixed, labels.features());
  }

  /** 0 for what is doubtful or unknown, 1 for what is sure. */
  private static double sureness(double correlation) {
    return correlation > DOUBTFUL ? Math.min(1, (correlation - DOUBTFUL) / (SURE - DOUBTFUL)) : 0;
  }

  /** Mixes a map into one of several that lie behind each other. */
  private static void mix(float[] map, double part, float[] all, int from) {
    float[] other = Arrays.copyOfRange(all, from, from + map.length);
    boolean[] known = new boolean[map.length];
    boolean any = false;
    for (int i = 0; i < known.length; i++) {
      known[i] = Float.isFinite(other[i]);
      any |= known[i];
    }
    if (!any) {
      return;
    }
    Alignment aligned = Alignment.leastSquares(map, other, known);
    for (int i = 0; i < map.length; i++) {
      all[from + i] = (float) ((1 - part) * other[i] + part * aligned.apply(map[i]));
    }
  }

  @Override
  public void close() {
    teacher.close();
    specialist.close();
  }
}
