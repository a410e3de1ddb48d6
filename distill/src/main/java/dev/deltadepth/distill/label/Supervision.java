package dev.deltadepth.distill.label;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.distill.data.KnownDepth;
import dev.deltadepth.distill.data.MemoryBudget;
import dev.deltadepth.distill.data.Planes;
import dev.deltadepth.distill.data.Window;
import dev.deltadepth.distill.recipe.DistillException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a student learns from: known depth where there is some, else the teacher's map. Safe for use
 * by several threads.
 */
public final class Supervision implements AutoCloseable {

  /** The shorter side of maps without a teacher. */
  private static final int NATIVE_SIZE = 256;

  private final Optional<Labeller> teacher;
  private final KnownDepth known;
  private final boolean scenes;

  /**
   * @param teacher for pictures without known depth, closed with this; empty if there are none
   * @param known depth that is known beforehand
   * @param scenes whether that of rendered scenes is among it
   */
  public Supervision(Optional<Labeller> teacher, KnownDepth known, boolean scenes) {
    this.teacher = teacher;
    this.known = known;
    this.scenes = scenes;
  }

  /** A teacher alone. */
  public static Supervision of(Labeller teacher) {
    return new Supervision(Optional.of(teacher), new KnownDepth(new MemoryBudget(0)), false);
  }

  /**
   * The labels of a batch.
   *
   * @param disparity [N, H, W], larger = nearer, each with its own scale; NaN where unknown
   * @param infinity [N], the disparity of what is infinitely far; NaN if unknown
   * @param roughEdges [N], whether the edges are off by some pixels
   * @param features one of the teacher's maps per feature; empty unless asked for
   */
  public record Targets(
      float[] disparity, float[] infinity, boolean[] roughEdges, List<Planes> features) {
    /** Whether the other one has the same values; NaN equals NaN. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Targets that
          && Arrays.equals(disparity, that.disparity)
          && Arrays.equals(infinity, that.infinity)
          && Arrays.equals(roughEdges, that.roughEdges)
          && features.equals(that.features);
    }

    @Override
    public int hashCode() {
      return 31 * Objects.hash(features, Arrays.hashCode(infinity), Arrays.hashCode(roughEdges))
          + Arrays.hashCode(disparity);
    }

    /** Says what it is without its values. */
    @Override
    public String toString() {
      return "Targets[" + disparity.length + " values of " + infinity.length + " maps]";
    }
  }

  /** The name for provenance. */
  public String name() {
    String exact = scenes ? "exact depth of rendered scenes" : "";
    String alone = scenes ? exact : "measured depth";
    return teacher
        .map(Labeller::name)
        .map(name -> scenes ? name + " and " + exact : name)
        .orElse(alone);
  }

  /** SHA-256, in hex, of the teacher's file; zeros without a teacher. */
  public String contentHash() {
    return teacher.map(Labeller::contentHash).orElse("0".repeat(64));
  }

  /** The teacher, to learn its intermediate maps from. */
  public Labeller teacher() {
    return teacher.orElseThrow(
        () -> new DistillException("losses on features need a teacher; remove them"));
  }

  /**
   * Labels a batch. The teacher may see the crops at another size; known depth is drawn at theirs.
   *
   * @param windows of photos, one per sample
   * @param height of the maps
   * @param width of the maps
   * @param teacherScale how much larger the teacher sees them
   * @param features whether the teacher's intermediate maps are needed, for every window
   */
  public Targets label(
      List<Window> windows, int height, int width, double teacherScale, boolean features) {
    int pixels = height * width;
    float[] disparity = new float[windows.size() * pixels];
    float[] infinity = new float[windows.size()];
    boolean[] roughEdges = new boolean[windows.size()];
    Arrays.fill(infinity, Float.NaN);
    int[] asked =
        IntStream.range(0, windows.size())
            .filter(i -> features || !known.knows(windows.get(i)))
            .toArray();
    List<Planes> maps =
        asked.length == 0
            ? List.of()
            : ask(windows, asked, height, width, teacherScale, disparity).features();
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      if (known.knows(window)) {
        KnownDepth.Source source = known.source(window);
        known.draw(window, disparity, i * pixels, height, width);
        infinity[i] = source.absolute() ? 0 : Float.NaN;
        roughEdges[i] = source.roughEdges();
      }
    }
    return new Targets(disparity, infinity, roughEdges, features ? maps : List.of());
  }

  private Labeller.Labels ask(
      List<Window> windows, int[] asked, int height, int width, double scale, float[] out) {
    Labeller labeller = teacher();
    InputSize size =
        labeller.sizeFor((int) Math.round(scale * width), (int) Math.round(scale * height));
    List<Window> part = IntStream.of(asked).mapToObj(windows::get).toList();
    Labeller.Labels labels = labeller.label(part, size.height(), size.width());
    int values = size.height() * size.width();
    for (int i = 0; i < asked.length; i++) {
      float[] map = Arrays.copyOfRange(labels.disparity(), i * values, (i + 1) * values);
      if (size.width() != width || size.height() != height) {
        DepthMap whole = new DepthMap(DepthMap.Kind.DISPARITY, size.width(), size.height(), map);
        map = Resizer.resize(whole, width, height).data();
      }
      System.arraycopy(map, 0, out, asked[i] * height * width, height * width);
    }
    return labels;
  }

  /** The label of a whole picture, at the teacher's native size: disparity without fixed scale. */
  public DepthMap map(Window window) {
    if (!known.knows(window)) {
      return teacher().map(window);
    }
    int width = window.photo().width();
    int height = window.photo().height();
    InputSize size =
        teacher
            .map(labeller -> labeller.nativeSize(width, height))
            .orElse(InputSize.of(width, height, NATIVE_SIZE, 1));
    float[] disparity = new float[size.width() * size.height()];
    known.draw(window, disparity, 0, size.height(), size.width());
    return new DepthMap(DepthMap.Kind.DISPARITY, size.width(), size.height(), disparity);
  }

  @Override
  public void close() {
    teacher.ifPresent(Labeller::close);
  }
}
