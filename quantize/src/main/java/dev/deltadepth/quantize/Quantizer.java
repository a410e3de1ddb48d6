package dev.deltadepth.quantize;

import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.onnx.ParsedGraph;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.ModelSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes smaller and faster variants of a depth model and lets through only those that say the same.
 *
 * <p>The photos are parted: ranges are measured on every other one, and a variant is judged on the
 * rest.
 */
public final class Quantizer {
  private final ModelSource source;
  private final ModelDescription description;
  private final ParsedGraph graph;
  private final Settings settings;
  private final List<RgbImage> forRanges = new ArrayList<>();
  private final Gate gate;
  private final Listener listener;

  /** Told how it goes on. */
  public interface Listener {
    /** A part of the work begins that has some steps. */
    void begin(String task, int steps);

    /** One of them is done. */
    void step();
  }

  /**
   * How a variant is made and judged.
   *
   * @param size the shorter side at which the model sees the photos; 0 for its own
   * @param calibration how ranges are found
   * @param agreement the lowest mean residual correlation with the model, 0 to 1
   * @param keptInFloat nodes that are to stay in floats from the start
   */
  public record Settings(
      int size, Calibration calibration, double agreement, Set<String> keptInFloat) {

    /** The model's own size, least squares, 0.98, and nothing kept. */
    public static Settings defaults() {
      return new Settings(0, Calibration.MSE, 0.98, Set.of());
    }
  }

  /**
   * A variant that was let through.
   *
   * @param onnx its file's bytes
   * @param verdict how it was judged
   * @param layers layers that compute in bytes
   * @param inFloat nodes with weights that were found to be better left in floats, worst first
   */
  public record Variant(byte[] onnx, Verdict verdict, int layers, List<String> inFloat) {
    /** Whether the other one has the same values. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Variant that
          && Arrays.equals(onnx, that.onnx)
          && verdict.equals(that.verdict)
          && layers == that.layers
          && inFloat.equals(that.inFloat);
    }

    @Override
    public int hashCode() {
      return 31 * Objects.hash(verdict, layers, inFloat) + Arrays.hashCode(onnx);
    }

    /** Says what it is without its values. */
    @Override
    public String toString() {
      return "Variant[" + onnx.length + " bytes, " + verdict + "]";
    }
  }

  /**
   * Prepares to make variants of a model.
   *
   * @param source a model that keeps its weights in one file
   * @param photos at least two
   * @throws QuantizeException if the model or the photos cannot be used
   * @throws dev.deltadepth.runtime.ModelException if the model does not run
   */
  public Quantizer(
      ModelSource source, List<RgbImage> photos, Settings settings, Listener listener) {
    if (photos.size() < 2) {
      throw new QuantizeException("two photos are needed at least, one to measure, one to judge");
    }
    this.source = source;
    this.settings = settings;
    this.listener = listener;
    EstimatorOptions options = EstimatorOptions.defaults().withSize(settings.size());
    try (DepthEstimator model = DepthEstimator.open(source, options)) {
      description = model.description();
      graph = ParsedGraph.read(source.bytes(), source.toString());
      List<RgbImage> judged = new ArrayList<>();
      for (int i = 0; i < photos.size(); i++) {
        (i % 2 == 0 ? forRanges : judged).add(shrink(model, photos.get(i)));
      }
      gate = new Gate(model.model(), judged);
    }
  }

  private static RgbImage shrink(DepthEstimator model, RgbImage photo) {
    InputSize seen = model.inputSize(photo.width(), photo.height());
    return Resizer.resize(photo, seen.width(), seen.height(), Resizer.Filter.BICUBIC);
  }

  /**
   * The model with its weights in 16 bits.
   *
   * @throws QuantizeException if it does not agree with the model
   */
  public Variant float16() {
    byte[] bytes = Float16Weights.write(graph);
    Verdict verdict = gate.judge(variant(bytes));
    require(verdict);
    return new Variant(bytes, verdict, 0, List.of());
  }

  /**
   * The model in 8 bits. Where the gate refuses it with all layers, those that do the most harm by
   * themselves go back to floats, as few as will do.
   *
   * @throws QuantizeException if nothing can be quantized, not even half of the layers, or a node
   *     to be kept in floats is not there
   */
  public Variant int8() {
    for (String kept : settings.keptInFloat()) {
      if (graph.maker(kept).isEmpty()) {
        throw new QuantizeException(
            source + " has no node that makes " + kept + "; check its name");
      }
    }
    Int8Plan whole = new Int8Plan(graph, settings.keptInFloat());
    if (whole.layers() == 0) {
      throw new QuantizeException(source + " has no convolutions or matrices to quantize");
    }
    Map<String, Range> ranges = calibrate(whole);
    Variant variant = variant(ranges, List.of());
    if (passes(variant.verdict())) {
      return variant;
    }
    List<String> worstFirst = worstFirst(whole, ranges);
    int tooFew = 0;
    int enough = worstFirst.size() / 2;
    variant = variant(ranges, worstFirst.subList(0, enough));
    require(variant.verdict());
    listener.begin("fall back to floats", Integer.SIZE - Integer.numberOfLeadingZeros(enough));
    while (enough - tooFew > 1) {
      int middle = (tooFew + enough) / 2;
      Variant other = variant(ranges, worstFirst.subList(0, middle));
      listener.step();
      if (passes(other.verdict())) {
        enough = middle;
        variant = other;
      } else {
        tooFew = middle;
      }
    }
    return variant;
  }

  private Map<String, Range> calibrate(Int8Plan plan) {
    Set<String> values = plan.toCalibrate();
    int passes = settings.calibration().passes(values.size());
    listener.begin("measure ranges", passes * forRanges.size());
    return settings.calibration().ranges(source, values, forRanges, listener::step);
  }

  private Variant variant(Map<String, Range> ranges, List<String> inFloat) {
    Set<String> kept = new LinkedHashSet<>(settings.keptInFloat());
    kept.addAll(inFloat);
    Int8Plan plan = new Int8Plan(graph, kept);
    byte[] bytes = Int8Writer.write(graph, plan, ranges);
    return new Variant(bytes, gate.judge(variant(bytes)), plan.layers(), List.copyOf(inFloat));
  }

  /** The layers by the harm that each does when it alone computes in bytes. */
  private List<String> worstFirst(Int8Plan whole, Map<String, Range> ranges) {
    List<String> layers = whole.layerNames();
    Map<String, Double> agreement = new HashMap<>();
    listener.begin("try layer by layer", layers.size());
    for (String layer : layers) {
      List<String> others = layers.stream().filter(name -> !name.equals(layer)).toList();
      agreement.put(layer, variant(ranges, others).verdict().residual());
      listener.step();
    }
    return layers.stream().sorted(Comparator.comparingDouble(agreement::get)).toList();
  }

  private boolean passes(Verdict verdict) {
    return verdict.residual() >= settings.agreement();
  }

  private void require(Verdict verdict) {
    if (!passes(verdict)) {
      throw new QuantizeException(
          String.format(
              Locale.ROOT,
              "refused: the variant of %s agrees with it to %.4f, and %.4f is asked for; photos of"
                  + " more kinds may help, or a lower --agreement",
              source,
              verdict.residual(),
              settings.agreement()));
    }
  }

  /** A variant as a model, described as the model that it was made of. */
  private ModelSource variant(byte[] bytes) {
    return ModelSource.of(bytes, "the variant of " + source).describedBy(description);
  }
}
