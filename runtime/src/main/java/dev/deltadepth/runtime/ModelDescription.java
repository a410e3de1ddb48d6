package dev.deltadepth.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a depth model wants and gives: the JSON file beside other people's .onnx files. Models that
 * this project exports carry the same facts in their own metadata and need no file.
 *
 * @param name what the model is called
 * @param input how a photo becomes the input tensor
 * @param size the sizes at which the model sees a photo
 * @param output the map it puts out
 * @param features encoder maps that are outputs as well, for feature distillation; may be empty
 * @param licence the licence of the weights, or an empty string if the file does not say
 * @param source where the weights came from, or an empty string if the file does not say
 */
public record ModelDescription(
    String name,
    Input input,
    Size size,
    Output output,
    List<Feature> features,
    String licence,
    String source) {

  /** Copies the list. */
  public ModelDescription {
    features = List.copyOf(features);
  }

  /** The order of the input tensor's axes. */
  public enum Layout {
    /** Batch, channel, row, column. */
    NCHW,
    /** Batch, row, column, channel. */
    NHWC
  }

  /** The element type of the input tensor. */
  public enum Element {
    /** 32-bit floats, scaled and normalised before the model. */
    FLOAT32,
    /** Bytes 0..255 as they are in the photo; the model normalises. */
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
    DEPTH
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
     * @throws IllegalArgumentException if mean or std have not three values
     */
    public Input {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
      if (mean.size() != 3 || std.size() != 3) {
        throw new IllegalArgumentException("mean and std need one value for each of 3 channels");
      }
    }
  }

  /**
   * The sizes the model takes.
   *
   * @param multiple height and width are multiples of it, at least 1
   * @param shorterSide the shorter side at which the model is at its best, in pixels
   * @param keepAspect whether the photo keeps its aspect ratio; if not, the input is a square
   */
  public record Size(int multiple, int shorterSide, boolean keepAspect) {}

  /**
   * The map.
   *
   * @param name the tensor's name in the graph; its shape is [N, H, W] or [N, 1, H, W]
   * @param kind what its values mean; {@link OutputKind#DEPTH} must be above 0 everywhere
   */
  public record Output(String name, OutputKind kind) {}

  /**
   * One encoder map.
   *
   * @param name the tensor's name in the graph; its shape is [N, channels, H / stride, W / stride]
   * @param stride input pixels a cell
   * @param channels values a cell
   */
  public record Feature(String name, int stride, int channels) {}

  /**
   * Reads a description.
   *
   * @throws ModelException if the file cannot be read or says something that is not allowed; the
   *     message names the file, the key and what is allowed
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

  /** The description as JSON, as {@link #read} takes it. */
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
   * @param source where the weights came from
   */
  static ModelDescription exported(String name, int nativeSize, int multiple, String source) {
    return new ModelDescription(
        name,
        new Input(
            "image",
            Layout.NHWC,
            Element.UINT8,
            Colour.RGB,
            0,
            255,
            List.of(0.0, 0.0, 0.0),
            List.of(1.0, 1.0, 1.0)),
        new Size(multiple, nativeSize, true),
        new Output("disparity", OutputKind.DISPARITY),
        List.of(),
        "",
        source);
  }
}
