package dev.deltadepth.nn;

import java.util.List;

/**
 * A depth network: an encoder followed by a decoder.
 *
 * @param name in recipes
 * @param encoder turns images into feature maps
 * @param decoder turns feature maps into disparity
 */
public record DepthNetwork(String name, Encoder encoder, Decoder decoder) {

  /**
   * A student's output for a batch of images.
   *
   * @param disparity [N, 1, H, W] in [0, 1], larger = nearer
   * @param features the encoder's maps, finest first
   */
  public record Output<T>(T disparity, List<T> features) {}

  /** Height and width of its input are multiples of this, the largest stride. */
  public static final int MULTIPLE = 32;

  private static final List<Integer> WIDTHS = List.of(16, 32, 64, 128, 192);

  private static final List<Integer> NARROW = List.of(12, 24, 48, 80, 128);

  private static final List<Integer> WIDE = List.of(24, 48, 96, 160, 256);

  /** Prefix of the names of the encoder's weights. */
  public static final String ENCODER = "encoder.";

  private static final String DECODER = "decoder.";

  private static final List<DepthNetwork> STUDENTS =
      List.of(
          dpt("mobilevit-xs", MobileVit.xs(ENCODER), WIDTHS),
          dpt("mobilevit-xxs", MobileVit.xxs(ENCODER), NARROW),
          dpt("mobilevit-s", MobileVit.s(ENCODER), WIDE),
          dpt("mobilevit-xs-relu", MobileVit.xsRelu(ENCODER), WIDTHS),
          thesis("mobilevit-xs-minidpt", MobileVit.xs(ENCODER)),
          plain("mobilenetv3-large-plain", MobileNetV3.large100(ENCODER)),
          skips("mobilenetv3-large-skips", MobileNetV3.large100(ENCODER)),
          dpt("efficientnet-b0", EfficientNet.b0(ENCODER), WIDTHS));

  private static DepthNetwork dpt(String name, Encoder encoder, List<Integer> widths) {
    return new DepthNetwork(name, encoder, new MiniDpt(DECODER, encoder.channels(), widths));
  }

  private static DepthNetwork thesis(String name, Encoder encoder) {
    return new DepthNetwork(name, encoder, new ResidualDpt(DECODER, encoder.channels(), 96, 16));
  }

  private static DepthNetwork plain(String name, Encoder encoder) {
    return new DepthNetwork(
        name, encoder, UpsamplingDecoder.plain(DECODER, encoder.channels(), WIDTHS));
  }

  private static DepthNetwork skips(String name, Encoder encoder) {
    return new DepthNetwork(
        name, encoder, UpsamplingDecoder.withSkips(DECODER, encoder.channels(), WIDTHS));
  }

  /** Delta: MobileViT-XS and MiniDPT. */
  public static DepthNetwork delta() {
    return named("mobilevit-xs");
  }

  /**
   * The student with a name: {@code mobilevit-xs}, the smaller {@code mobilevit-xxs} and the larger
   * {@code mobilevit-s}, {@code mobilevit-xs-relu} (with ReLU after its convolutions) and {@code
   * efficientnet-b0} have the MiniDPT decoder; {@code mobilevit-xs-minidpt} is the thesis's student
   * with its decoder; {@code mobilenetv3-large-plain} has a decoder that only upsamples, {@code
   * mobilenetv3-large-skips} one with skip connections.
   *
   * @param name one of {@link #names}
   * @throws NetworkException if there is no student with that name
   */
  public static DepthNetwork named(String name) {
    for (DepthNetwork student : STUDENTS) {
      if (student.name().equals(name)) {
        return student;
      }
    }
    throw new NetworkException(
        "unknown student '" + name + "'; choose from " + String.join(", ", names()));
  }

  /** The names of the students, the default first. */
  public static List<String> names() {
    return STUDENTS.stream().map(DepthNetwork::name).toList();
  }

  /**
   * Disparity and features for a batch of images.
   *
   * @param image [N, 3, H, W], RGB in [0, 1], H and W multiples of 32
   */
  public <T> Output<T> apply(Ops<T> ops, T image) {
    List<T> features = encoder.apply(ops, image);
    return new Output<>(decoder.apply(ops, features), features);
  }

  /** All arrays of the network in order of use. */
  public List<Parameter> parameters() {
    CostOps costs = new CostOps();
    apply(costs, new CostOps.Shape(1, 3, 64, 64));
    return costs.parameters();
  }
}
