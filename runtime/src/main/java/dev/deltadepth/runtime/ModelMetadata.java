package dev.deltadepth.runtime;

import java.util.Map;
import java.util.Optional;

/**
 * The metadata that this project's exporter writes into a model ({@code metadata_props} of the ONNX
 * file), so that a model needs no second file. A model with {@link #CONVENTION} takes {@code image}
 * uint8 [1, H, W, 3] RGB and returns {@code disparity} float32 [1, H, W].
 */
public final class ModelMetadata {
  /** The model's name. */
  public static final String NAME = "delta.name";

  /** The model's version. */
  public static final String VERSION = "delta.version";

  /** What the output means; the only value so far is {@link #DISPARITY_CONVENTION}. */
  public static final String CONVENTION = "delta.convention";

  /** The shorter side that the model was trained for, in pixels, like {@code 256}. */
  public static final String NATIVE_SIZE = "delta.native_size";

  /** What height and width must be multiples of, like {@code 32}. */
  public static final String MULTIPLE = "delta.multiple";

  /** The network's architecture, as recipes spell it, like {@code mobilevit-xs}. */
  public static final String STUDENT = "delta.student";

  /** Where the weights came from: data, teacher, recipe and seed, as a JSON text. */
  public static final String PROVENANCE = "delta.provenance";

  /** The number of trained parameters. */
  public static final String PARAMETERS = "delta.parameters";

  /** Multiply-accumulate operations of one run on a square of the native size. */
  public static final String MACS = "delta.macs";

  /** The licence of the weights, in words. */
  public static final String LICENCE = "delta.licence";

  /** What the weights are if they are not trained, like {@link #RANDOM}. */
  public static final String WEIGHTS = "delta.weights";

  /** The value of {@link #WEIGHTS} of a model that knows nothing about depth. */
  public static final String RANDOM = "random, for measuring time only";

  /** The value of {@link #CONVENTION}: relative inverse depth in 0..1. */
  public static final String DISPARITY_CONVENTION = "disparity: larger is nearer, 0..1";

  private ModelMetadata() {}

  /**
   * The description of a model that this project exported, or nothing for other models.
   *
   * @param metadata the model's custom metadata
   * @param model the model's name in messages, usually its file
   * @throws ModelException if the model claims to be one of this project's, but lacks what these
   *     have
   */
  public static Optional<ModelDescription> description(Map<String, String> metadata, String model) {
    String convention = metadata.get(CONVENTION);
    if (convention == null) {
      return Optional.empty();
    }
    if (!convention.equals(DISPARITY_CONVENTION)) {
      throw new ModelException(
          model
              + ": metadata "
              + CONVENTION
              + " is '"
              + convention
              + "', but Delta supports only '"
              + DISPARITY_CONVENTION
              + "'; update Delta or export the model again");
    }
    return Optional.of(
        ModelDescription.exported(
            metadata.getOrDefault(NAME, model),
            whole(metadata, NATIVE_SIZE, model),
            whole(metadata, MULTIPLE, model),
            metadata.getOrDefault(LICENCE, ""),
            metadata.getOrDefault(PROVENANCE, "")));
  }

  private static int whole(Map<String, String> metadata, String key, String model) {
    String text = metadata.getOrDefault(key, "missing");
    try {
      int value = Integer.parseInt(text);
      if (value >= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Handled below, like every other invalid value.
    }
    throw new ModelException(
        model
            + ": metadata "
            + key
            + " is "
            + text
            + "; it must be an integer of at least 1, so export the model again");
  }
}
