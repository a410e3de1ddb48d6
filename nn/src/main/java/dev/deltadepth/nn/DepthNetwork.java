package dev.deltadepth.nn;

import java.util.List;

/**
 * A whole depth network: an encoder and the decoder behind it.
 *
 * @param name as recipes spell it
 * @param encoder makes the feature maps
 * @param decoder makes disparity of them
 */
public record DepthNetwork(String name, Encoder encoder, Decoder decoder) {

  /**
   * What a student says of a picture.
   *
   * @param disparity [N, 1, H, W] in [0, 1], larger = nearer
   * @param features the encoder's maps, finest first
   */
  public record Output<T>(T disparity, List<T> features) {}

  private static final List<Integer> WIDTHS = List.of(16, 32, 64, 128, 192);

  /** In front of the names of the encoder's weights. */
  public static final String ENCODER = "encoder.";

  private static final String DECODER = "decoder.";

  private static final List<DepthNetwork> STUDENTS =
      List.of(
          dpt("mobilevit-xs", MobileVit.xs(ENCODER)),
          dpt("mobilevit-xs-relu", MobileVit.xsRelu(ENCODER)),
          plain("mobilenetv3-large-plain", MobileNetV3.large100(ENCODER)),
          skips("mobilenetv3-large-skips", MobileNetV3.large100(ENCODER)),
          dpt("efficientnet-b0", EfficientNet.b0(ENCODER)));

  private static DepthNetwork dpt(String name, Encoder encoder) {
    return new DepthNetwork(name, encoder, new MiniDpt(DECODER, encoder.channels(), WIDTHS));
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
   * The student of a name: {@code mobilevit-xs}, {@code mobilevit-xs-relu}, which has ReLU behind
   * its convolutions, and {@code efficientnet-b0} with MiniDPT, {@code mobilenetv3-large-plain} and
   * {@code mobilenetv3-large-skips} with the plain decoder that only upsamples and the one with
   * skip connections.
   *
   * @param name one of {@link #names}
   * @throws NetworkException if there is none of that name
   */
  public static DepthNetwork named(String name) {
    for (DepthNetwork student : STUDENTS) {
      if (student.name().equals(name)) {
        return student;
      }
    }
    throw new NetworkException("there is no student named \"" + name + "\"; there are " + names());
  }

  /** The students by name, the default first. */
  public static List<String> names() {
    return STUDENTS.stream().map(DepthNetwork::name).toList();
  }

  /**
   * Disparity and features of a picture.
   *
   * @param image [N, 3, H, W], RGB in [0, 1], H and W multiples of 32
   */
  public <T> Output<T> apply(Ops<T> ops, T image) {
    List<T> features = encoder.apply(ops, image);
    return new Output<>(decoder.apply(ops, features), features);
  }

  /** Every array of the network, in the order in which it is used. */
  public List<Parameter> parameters() {
    CostOps costs = new CostOps();
    apply(costs, new CostOps.Shape(1, 3, 64, 64));
    return costs.parameters();
  }
}
