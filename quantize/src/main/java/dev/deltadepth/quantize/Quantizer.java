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
 * Makes smaller and faster variants of a depth model and accepts only those that agree with it.
 *
 * <p>The photos are split in two: every other one is used to measure ranges, the rest to validate
 * variants.
 */
public final class Quantizer {
  /** DequantizeLinear has an axis from there on. */
  private static final int FIRST_OPERATOR_SET = 13;

  private final ModelSource source;
  private final ModelDescription description;
  private final ParsedGraph graph;
  private final Settings settings;
  private final List<RgbImage> forRanges = new ArrayList<>();
  private final Gate gate;
  private final Listener listener;

  /** Listener for the progress. */
  public interface Listener {
    /** Called when a task with a number of steps starts. */
    void begin(String task, int steps);

    /** Called after each of its steps. */
    void step();
  }

  /**
   * How to make and validate a variant.
   *
   * @param size shorter side of the model's input in pixels; 0 for its native size
   * @param calibration how ranges are determined
   * @param agreement lowest acceptable mean residual correlation with the model, 0 to 1
   * @param keptInFloat nodes to keep in float in any case
   */
  public record Settings(
      int size, Calibration calibration, double agreement, Set<String> keptInFloat) {

    /** The model's native size, least squares, 0.98, and no nodes kept. */
    public static Settings defaults() {
      return new Settings(0, Calibration.MSE, 0.98, Set.of());
    }
  }

  /**
   * An accepted variant.
   *
   * @param onnx content of its file
   * @param verdict its agreement with the model
   * @param layers number of int8 layers
   * @param inFloat layers that had to stay in float, worst first
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
   * @param source a model without external weight files
   * @param photos at least two; each is kept at the size of the model's input alone
   * @throws QuantizeException if there are fewer than two photos
   * @throws dev.deltadepth.onnx.OnnxException if the file is not an ONNX model, or stores its
   *     weights in another file
   * @throws dev.deltadepth.runtime.ModelException if the model does not run
   */
  public Quantizer(
      ModelSource source, Iterable<RgbImage> photos, Settings settings, Listener listener) {
    this.source = source;
    this.settings = settings;
    this.listener = listener;
    EstimatorOptions options = EstimatorOptions.defaults().withSize(settings.size());
    try (DepthEstimator model = DepthEstimator.open(source, options)) {
      description = model.description();
      graph = ParsedGraph.read(source.bytes(), source.toString());
      List<RgbImage> forValidation = new ArrayList<>();
      for (RgbImage photo : photos) {
        boolean even = forRanges.size() == forValidation.size();
        (even ? forRanges : forValidation).add(shrink(model, photo));
      }
      if (forValidation.isEmpty()) {
        throw new QuantizeException(
            "at least two photos are needed: one to calibrate, one to validate");
      }
      gate = new Gate(model.model(), forValidation);
    }
  }

  private static RgbImage shrink(DepthEstimator model, RgbImage photo) {
    InputSize size = model.inputSize(photo.width(), photo.height());
    return Resizer.resize(photo, size.width(), size.height(), Resizer.Filter.BICUBIC);
  }

  /**
   * The model with float16 weights.
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
   * The model in int8. If it does not pass the gate with all layers, the most harmful ones go back
   * to float, as few as possible.
   *
   * @throws QuantizeException if there is nothing to quantize, half of the layers are still too
   *     many, or a node to keep in float does not exist
   */
  public Variant int8() {
    if (graph.operatorSet() < FIRST_OPERATOR_SET) {
      throw new QuantizeException(
          "%s uses operator set %s, but int8 for each channel needs %s or newer: export it again"
              .formatted(source, graph.operatorSet(), FIRST_OPERATOR_SET));
    }
    for (String kept : settings.keptInFloat()) {
      if (graph.maker(kept).isEmpty()) {
        throw new QuantizeException(
            source + " has no node with the output '" + kept + "'; check its name");
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
    listener.begin("keep layers in float", Integer.SIZE - Integer.numberOfLeadingZeros(enough));
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

  /** The layers by the harm that each does as the only int8 layer. */
  private List<String> worstFirst(Int8Plan whole, Map<String, Range> ranges) {
    List<String> layers = whole.layerNames();
    Map<String, Double> agreement = new HashMap<>();
    listener.begin("test each layer", layers.size());
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
              "the variant of %s was refused: its agreement is %.4f, below the required %.4f; give"
                  + " more varied photos or lower --agreement",
              source,
              verdict.residual(),
              settings.agreement()));
    }
  }

  /** A variant as a model, with the original's description. */
  private ModelSource variant(byte[] bytes) {
    return ModelSource.of(bytes, "the variant of " + source).describedBy(description);
  }
}
