package dev.deltadepth.nn;

import java.util.List;

/**
 * A whole depth network: an encoder and the decoder behind it.
 *
 * @param encoder makes the feature maps
 * @param decoder makes disparity of them
 */
public record Student(Encoder encoder, MiniDpt decoder) {

  /**
   * What a student says of a picture.
   *
   * @param disparity [N, 1, H, W] in [0, 1], larger = nearer
   * @param features the encoder's maps, finest first
   */
  public record Output<T>(T disparity, List<T> features) {}

  private static final List<Integer> WIDTHS = List.of(16, 32, 64, 128, 192);

  private static final List<Encoder> ENCODERS =
      List.of(
          MobileVit.xs("encoder."), MobileNetV3.large100("encoder."), EfficientNet.b0("encoder."));

  /** Delta: MobileViT-XS and MiniDPT. */
  public static Student delta() {
    return named("mobilevit-xs");
  }

  /**
   * The encoder of a name and MiniDPT behind it.
   *
   * @param name one of {@link #names}
   * @throws NetworkException if there is none of that name
   */
  public static Student named(String name) {
    for (Encoder encoder : ENCODERS) {
      if (encoder.name().equals(name)) {
        return new Student(encoder, new MiniDpt("decoder.", encoder.channels(), WIDTHS));
      }
    }
    throw new NetworkException("there is no student named \"" + name + "\"; there are " + names());
  }

  /** The students by name, the default first. */
  public static List<String> names() {
    return ENCODERS.stream().map(Encoder::name).toList();
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
