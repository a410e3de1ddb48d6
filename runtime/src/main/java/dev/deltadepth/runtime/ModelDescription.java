package dev.deltadepth.runtime;

import dev.deltadepth.core.InputSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The inputs and outputs of a depth model: the JSON file beside other people's .onnx files. Models
 * that this project exports carry the same facts in their metadata and need no file.
 *
 * @param name the model's name
 * @param input how a photo becomes the input tensor
 * @param size the sizes at which the model sees a photo
 * @param output the map that the model returns
 * @param features encoder maps that the model returns as well, for feature distillation; may be
 *     empty
 * @param licence the licence of the weights, or an empty string if unknown
 * @param source where the weights came from, or an empty string if unknown
 * @param otherInputs what the model wants to know beside the photo; may be empty
 */
public record ModelDescription(
    String name,
    Input input,
    Size size,
    Output output,
    List<Feature> features,
    String licence,
    String source,
    List<OtherInput> otherInputs) {

  /** Copies the lists. */
  public ModelDescription {
    features = List.copyOf(features);
    otherInputs = List.copyOf(otherInputs);
  }

  /** The order of the input tensor's axes. */
  public enum Layout {
    /** Batch, channel, row, column. */
    NCHW,
    /** Batch, row, column, channel. */
    NHWC,
    /** Batch, view, channel, row, column, with one view: networks of several views. */
    NVCHW
  }

  /** The element type of the input tensor. */
  public enum Element {
    /** 32-bit floats, scaled and normalised before the model. */
    FLOAT32,
    /** The same in 16 bits. */
    FLOAT16,
    /** The photo's bytes 0..255; the model normalises. */
    UINT8
  }

  /** The order of the colour channels. */
  public enum Colour {
    /** Red first. */
    RGB,
    /** Blue first. */
    BGR
  }

  /** What the values of the output mean. */
  public enum OutputKind {
    /** Inverse depth: larger is nearer. */
    DISPARITY,
    /** Depth in any unit: larger is farther. */
    DEPTH,
    /** Depth in metres: larger is farther. As disparity it is 1/metres. */
    METRES
  }

  /**
   * The input tensor. A photo's byte b of channel c becomes {@code ((low + (high - low) * b / 255)
   * - mean[c]) / std[c]}; for {@link Element#UINT8} the byte itself.
   *
   * @param name the tensor's name in the graph
   * @param layout the order of its axes
   * @param element its element type
   * @param colour the order of its channels
   * @param low what byte 0 becomes before the normalisation
   * @param high what byte 255 becomes before the normalisation
   * @param mean three values in the order of the tensor's channels
   * @param std three values above 0 in the order of the tensor's channels
   */
  public record Input(
      String name,
      Layout layout,
      Element element,
      Colour colour,
      double low,
      double high,
      List<Double> mean,
      List<Double> std) {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if mean or std do not have three values, {@code low} is not
     *     below {@code high}, a standard deviation is not above 0, or a {@link Element#UINT8} input
     *     asks for a range or a normalisation
     */
    public Input {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
      if (mean.size() != 3 || std.size() != 3) {
        throw new IllegalArgumentException("mean and std need one value for each of 3 channels");
      }
      if (!(low < high) || !std.stream().allMatch(value -> value > 0)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "low must be below high and std above 0, not %s, %s and %s",
                low,
                high,
                std));
      }
      if (element == Element.UINT8
          && !(low == 0 && high == 255 && mean.equals(NO_MEAN) && std.equals(NO_STD))) {
        throw new IllegalArgumentException("a uint8 input has no range and no normalisation");
      }
    }

    /**
     * An input that takes the photo's bytes.
     *
     * @param name the tensor's name in the graph
     */
    public static Input bytes(String name, Layout layout, Colour colour) {
      return new Input(name, layout, Element.UINT8, colour, 0, 255, NO_MEAN, NO_STD);
    }
  }

  private static final List<Double> NO_MEAN = List.of(0.0, 0.0, 0.0);
  private static final List<Double> NO_STD = List.of(1.0, 1.0, 1.0);

  /** How the input size follows from the photo's. */
  public enum SizeRule {
    /** The aspect ratio is kept; the shorter side is given. */
    SHORTER_SIDE,
    /** The aspect ratio is kept; the longer side is given. */
    LONGER_SIDE,
    /** A square of a given side. */
    SQUARE,
    /** One size only. */
    FIXED
  }

  /**
   * The input sizes that the model takes.
   *
   * @param rule what width and height mean
   * @param multiple height and width of the input are multiples of it, at least 1; 1 if fixed
   * @param width of the input if fixed; otherwise the side that the rule refers to, in pixels
   * @param height of the input if fixed; otherwise the same side
   */
  public record Size(SizeRule rule, int multiple, int width, int height) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is below 1, a fixed size has a multiple, or a size
     *     that is not fixed has two different sides
     */
    public Size {
      if (multiple < 1 || width < 1 || height < 1) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "multiple and sides must be at least 1, not %d and %dx%d",
                multiple,
                width,
                height));
      }
      if (rule == SizeRule.FIXED ? multiple != 1 : width != height) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "a fixed size has the multiple 1, any other rule one side, not %d and %dx%d",
                multiple,
                width,
                height));
      }
    }

    /** The size of a model that takes one size only; photos are stretched to it. */
    public static Size fixed(int width, int height) {
      return new Size(SizeRule.FIXED, 1, width, height);
    }

    /** The size of a model whose longer side is given, in pixels. */
    public static Size longerSide(int multiple, int side) {
      return new Size(SizeRule.LONGER_SIDE, multiple, side, side);
    }

    /**
     * The size of a model that takes any size.
     *
     * @param shorterSide the shorter side at which the model works best, in pixels
     * @param keepAspect whether the photo keeps its aspect ratio; if not, the input is a square
     */
    public Size(int multiple, int shorterSide, boolean keepAspect) {
      this(
          keepAspect ? SizeRule.SHORTER_SIDE : SizeRule.SQUARE, multiple, shorterSide, shorterSide);
    }

    /** Whether the photo keeps its aspect ratio. */
    public boolean keepAspect() {
      return rule == SizeRule.SHORTER_SIDE || rule == SizeRule.LONGER_SIDE;
    }

    /** The side that the rule refers to, in pixels; of a fixed size the shorter one. */
    public int shorterSide() {
      return Math.min(width, height);
    }

    /** The same rule for another side; a fixed size stays. */
    Size withSide(int side) {
      return rule == SizeRule.FIXED ? this : new Size(rule, multiple, side, side);
    }

    /**
     * The input size for a photo.
     *
     * @param photoWidth the photo's width in pixels, at least 1
     * @param photoHeight the photo's height in pixels, at least 1
     */
    public InputSize inputSize(int photoWidth, int photoHeight) {
      return switch (rule) {
        case SHORTER_SIDE -> InputSize.ofPhoto(photoWidth, photoHeight, width, multiple);
        case LONGER_SIDE -> InputSize.ofLongerSide(photoWidth, photoHeight, width, multiple);
        case SQUARE -> InputSize.of(1, 1, width, multiple);
        case FIXED -> new InputSize(width, height);
      };
    }

    /**
     * The input size for a part of a photo that other networks see in so many pixels: that of
     * {@link #inputSize}, or theirs if it is finer.
     */
    public InputSize inputSizeFor(int seenWidth, int seenHeight) {
      int seen =
          switch (rule) {
            case SHORTER_SIDE, SQUARE -> Math.min(seenWidth, seenHeight);
            case LONGER_SIDE -> Math.max(seenWidth, seenHeight);
            case FIXED -> 0;
          };
      return withSide(Math.max(shorterSide(), seen)).inputSize(seenWidth, seenHeight);
    }
  }

  /**
   * The map.
   *
   * @param name the tensor's name in the graph; its shape is [N, H, W] with any further axes of
   *     length 1, or [H, W] for one photo
   * @param kind what its values mean; {@link OutputKind#DEPTH} must be positive
   */
  public record Output(String name, OutputKind kind) {}

  /** What an input beside the photo holds. */
  public enum Fact {
    /** Numbers that never change. */
    NUMBERS,
    /** The focal length in pixels of the network's input. */
    FOCAL_LENGTH,
    /** The camera's matrix of 3 x 3 for the network's input, row by row. */
    INTRINSICS
  }

  /**
   * An input beside the photo. Its type and shape are the graph's; a free axis has length 1, and
   * one number fills any shape.
   *
   * @param name the tensor's name in the graph
   * @param fact what it holds
   * @param numbers its values, row-major, if they never change; otherwise empty
   */
  public record OtherInput(String name, Fact fact, List<Double> numbers) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there are numbers where there must be none, or none
     */
    public OtherInput {
      numbers = List.copyOf(numbers);
      if (numbers.isEmpty() == (fact == Fact.NUMBERS)) {
        throw new IllegalArgumentException("an input beside the photo has numbers or a fact");
      }
    }
  }

  /** Whether the model wants to know the camera. */
  public boolean needsCamera() {
    return otherInputs.stream().anyMatch(other -> other.fact() != Fact.NUMBERS);
  }

  /** The same with these encoder maps in place of its own. */
  public ModelDescription withFeatures(List<Feature> maps) {
    return new ModelDescription(name, input, size, output, maps, licence, source, otherInputs);
  }

  /**
   * One encoder map.
   *
   * @param name the name of an output of the graph or of a value inside it; its shape is [N,
   *     channels, H / stride, W / stride]
   * @param stride input pixels per cell
   * @param channels values per cell
   */
  public record Feature(String name, int stride, int channels) {}

  /**
   * Reads a description.
   *
   * @throws ModelException if the file cannot be read or is not valid; the message names the file,
   *     the key and what is allowed
   */
  public static ModelDescription read(Path json) {
    return DescriptionReader.read(json);
  }

  /**
   * The description beside a model: the file of the same stem that ends in {@code .json}, if there
   * is one.
   *
   * @throws ModelException as {@link #read} does
   */
  public static Optional<ModelDescription> beside(Path onnx) {
    Path json = sidecar(onnx);
    return Files.exists(json) ? Optional.of(read(json)) : Optional.empty();
  }

  /** The description as JSON, which {@link #read} reads. */
  public String toJson() {
    return DescriptionWriter.write(this);
  }

  /** The path at which {@link #beside} looks. */
  public static Path sidecar(Path onnx) {
    String file = String.valueOf(onnx.getFileName());
    int dot = file.lastIndexOf('.');
    return onnx.resolveSibling((dot > 0 ? file.substring(0, dot) : file) + ".json");
  }

  /**
   * The description of a model as this project exports them: {@code image} uint8 [1, H, W, 3] RGB
   * to {@code disparity} float32 [1, H, W] in 0..1.
   *
   * @param name the model's name
   * @param nativeSize the shorter side it was trained for, in pixels
   * @param multiple what H and W are multiples of
   * @param licence of the weights, or an empty string if unknown
   * @param source where the weights came from
   */
  static ModelDescription exported(
      String name, int nativeSize, int multiple, String licence, String source) {
    return new ModelDescription(
        name,
        Input.bytes("image", Layout.NHWC, Colour.RGB),
        new Size(multiple, nativeSize, true),
        new Output("disparity", OutputKind.DISPARITY),
        List.of(),
        licence,
        source,
        List.of());
  }
}
