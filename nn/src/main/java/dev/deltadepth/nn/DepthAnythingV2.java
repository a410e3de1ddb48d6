package dev.deltadepth.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * Depth Anything V2 (Yang et al., Depth Anything V2, NeurIPS 2024): a DINOv2 vision transformer on
 * patches of 14x14 pixels and a DPT head (Ranftl et al., Vision Transformers for Dense Prediction,
 * ICCV 2021), with the tensor names of the official repository, DepthAnything/Depth-Anything-V2.
 *
 * <p>The input is [N, 3, H, W], RGB, with H and W multiples of 14, minus {@link ImageNet#MEAN} and
 * divided by {@link ImageNet#STD}.
 */
public final class DepthAnythingV2 {

  /** Side of a patch in pixels; height and width of the input are multiples of it. */
  public static final int PATCH = 14;

  /** The shorter side in pixels for which the weights were trained. */
  public static final int NATIVE_SIZE = 518;

  private static final int MLP_RATIO = 4;
  private static final int HEAD_WIDTH = 64;
  private static final int HEAD_CHANNELS = 32;

  /** Rows and columns of the learned positions, at the native size. */
  private static final int PLACES = NATIVE_SIZE / PATCH;

  /** A block of the official network that is never used. */
  private static final String UNUSED = "depth_head.scratch.refinenet4.resConfUnit1";

  /**
   * The network's output for a batch of images.
   *
   * @param disparity [N, 1, H, W], 0 or more, larger = nearer, no fixed scale
   * @param features the normalised patch tokens of four blocks, [N, width, H / 14, W / 14] each
   */
  public record Output<T>(T disparity, List<T> features) {}

  /**
   * The sizes in which the network is published.
   *
   * @param width of a token
   * @param depth transformer blocks
   * @param taken blocks whose tokens the head uses
   * @param channels of the head
   * @param projected channels of the four maps after projection in the head
   * @param licence of the published weights
   */
  private record Size(
      String encoder,
      int width,
      int depth,
      List<Integer> taken,
      int channels,
      List<Integer> projected,
      String licence) {}

  private static final String NON_COMMERCIAL = "CC-BY-NC-4.0";

  private static final List<Size> SIZES =
      List.of(
          new Size(
              "vits", 384, 12, List.of(2, 5, 8, 11), 64, List.of(48, 96, 192, 384), "Apache-2.0"),
          new Size(
              "vitb",
              768,
              12,
              List.of(2, 5, 8, 11),
              128,
              List.of(96, 192, 384, 768),
              NON_COMMERCIAL),
          new Size(
              "vitl",
              1024,
              24,
              List.of(4, 11, 17, 23),
              256,
              List.of(256, 512, 1024, 1024),
              NON_COMMERCIAL));

  private final Size size;

  private DepthAnythingV2(Size size) {
    this.size = size;
  }

  /**
   * The network with an encoder.
   *
   * @param encoder one of {@link #encoders}
   * @throws NetworkException if there is no encoder with that name
   */
  public static DepthAnythingV2 named(String encoder) {
    return SIZES.stream()
        .filter(size -> size.encoder().equals(encoder))
        .findFirst()
        .map(DepthAnythingV2::new)
        .orElseThrow(
            () ->
                new NetworkException(
                    "unknown Depth Anything V2 encoder '"
                        + encoder
                        + "'; choose from "
                        + String.join(", ", encoders())));
  }

  /** The names of the encoders, smallest first. */
  public static List<String> encoders() {
    return SIZES.stream().map(Size::encoder).toList();
  }

  /** The network's name including its encoder, such as {@code depth-anything-v2-vits}. */
  public String name() {
    return "depth-anything-v2-" + size.encoder();
  }

  /** The encoder's name. */
  public String encoder() {
    return size.encoder();
  }

  /** The licence of the published weights. */
  public String licence() {
    return size.licence();
  }

  /** Indices of the blocks whose tokens are the features. */
  public List<Integer> layers() {
    return size.taken();
  }

  /** Channels of every feature map, which is the width of a token. */
  public int width() {
    return size.width();
  }

  /** Disparity and features for a batch of images. */
  public <T> Output<T> apply(Ops<T> ops, T image) {
    List<T> features = features(ops, image);
    return new Output<>(ops.activation(head(ops, image, features), Activation.RELU), features);
  }

  /** The tokens of four blocks after the final normalisation, as maps. */
  public <T> List<T> features(Ops<T> ops, T image) {
    int width = size.width();
    String encoder = "pretrained.";
    Conv2d cut = Conv2d.patches(encoder + "patch_embed.proj", 3, width, PATCH).withBias();
    T patches = ops.conv(image, cut);
    T x = ops.tokens(patches, new ClassToken(encoder + "cls_token", width));
    x = ops.add(x, positions(ops, patches));
    List<T> taken = new ArrayList<>();
    for (int i = 0; i < size.depth(); i++) {
      x = block(ops, x, encoder + "blocks." + i + ".");
      if (size.taken().contains(i)) {
        taken.add(x);
      }
    }
    return taken.stream().map(t -> ops.tokenMap(norm(ops, t, encoder + "norm"), patches)).toList();
  }

  /** The position embedding for a map of patches. */
  public <T> T positions(Ops<T> ops, T patches) {
    return ops.positions(
        patches, new PositionEmbedding("pretrained.pos_embed", PLACES, size.width()));
  }

  private <T> T block(Ops<T> ops, T x, String name) {
    int width = size.width();
    T y = norm(ops, x, name + "norm1");
    y = ops.attention(y, new Linear(name + "attn.qkv", width, 3 * width), heads());
    Linear projection = new Linear(name + "attn.proj", width, width);
    T attended = ops.add(x, ops.linearScaled(y, projection, new LayerScale(name + "ls1", width)));
    y = norm(ops, attended, name + "norm2");
    y = ops.linear(y, new Linear(name + "mlp.fc1", width, MLP_RATIO * width));
    y = ops.activation(y, Activation.GELU);
    Linear last = new Linear(name + "mlp.fc2", MLP_RATIO * width, width);
    return ops.add(attended, ops.linearScaled(y, last, new LayerScale(name + "ls2", width)));
  }

  private int heads() {
    return size.width() / HEAD_WIDTH;
  }

  private <T> T norm(Ops<T> ops, T x, String name) {
    return ops.layerNorm(x, new LayerNorm(name, size.width(), 1e-6));
  }

  /** The disparity before the final ReLU. */
  public <T> T head(Ops<T> ops, T image, List<T> features) {
    List<T> maps = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      T map = reassemble(ops, features.get(i), i);
      String name = "depth_head.scratch.layer" + (i + 1) + "_rn";
      maps.add(ops.conv(map, Conv2d.of(name, size.projected().get(i), size.channels(), 3, 1)));
    }
    T path = maps.get(3);
    for (int level = 3; level >= 0; level--) {
      String name = "depth_head.scratch.refinenet" + (level + 1) + ".";
      if (level < 3) {
        path = ops.add(path, residual(ops, maps.get(level), name + "resConfUnit1"));
      }
      path = residual(ops, path, name + "resConfUnit2");
      // A 1x1 convolution commutes with bilinear resizing; the smaller size is cheaper.
      Conv2d out = Conv2d.pointwise(name + "out_conv", size.channels(), size.channels());
      path = ops.conv(path, out.withBias());
      path = level > 0 ? ops.stretchLike(path, maps.get(level - 1)) : ops.stretch2(path);
    }
    int half = size.channels() / 2;
    String scratch = "depth_head.scratch.output_conv";
    path = ops.conv(path, Conv2d.of(scratch + "1", size.channels(), half, 3, 1).withBias());
    path = ops.stretchLike(path, image);
    path = ops.conv(path, Conv2d.of(scratch + "2.0", half, HEAD_CHANNELS, 3, 1).withBias());
    path = ops.activation(path, Activation.RELU);
    return ops.conv(path, Conv2d.pointwise(scratch + "2.2", HEAD_CHANNELS, 1).withBias());
  }

  /** A feature map at 4, 2, 1 or 1/2 times its size, depending on the level. */
  private <T> T reassemble(Ops<T> ops, T feature, int level) {
    int channels = size.projected().get(level);
    Conv2d project =
        Conv2d.pointwise("depth_head.projects." + level, size.width(), channels).withBias();
    T map = ops.conv(feature, project);
    String name = "depth_head.resize_layers." + level;
    return switch (level) {
      case 0 -> ops.transposedConv(map, new TransposedConv2d(name, channels, 4));
      case 1 -> ops.transposedConv(map, new TransposedConv2d(name, channels, 2));
      case 2 -> map;
      default -> ops.conv(map, Conv2d.of(name, channels, channels, 3, 2).withBias());
    };
  }

  private <T> T residual(Ops<T> ops, T x, String name) {
    int channels = size.channels();
    T y = ops.activation(x, Activation.RELU);
    y = ops.conv(y, Conv2d.of(name + ".conv1", channels, channels, 3, 1).withBias());
    y = ops.activation(y, Activation.RELU);
    y = ops.conv(y, Conv2d.of(name + ".conv2", channels, channels, 3, 1).withBias());
    return ops.add(y, x);
  }

  /** All arrays that the network uses, in order of use. */
  public List<Parameter> parameters() {
    CostOps costs = new CostOps();
    apply(costs, new CostOps.Shape(1, 3, 2 * PATCH, 2 * PATCH));
    return costs.parameters();
  }

  /** The arrays in the official weights that the network does not use. */
  public List<Parameter> unused() {
    CostOps costs = new CostOps();
    residual(costs, new CostOps.Shape(1, size.channels(), 2, 2), UNUSED);
    List<Parameter> unused = new ArrayList<>(costs.parameters());
    unused.add(
        new Parameter("pretrained.mask_token", List.of(1, size.width()), Parameter.Role.EMBEDDING));
    return List.copyOf(unused);
  }
}
