package dev.deltadepth.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * MobileViT (Mehta and Rastegari, MobileViT: Light-weight, General-purpose, and Mobile-friendly
 * Vision Transformer, ICLR 2022), with the tensor names of timm's {@code mobilevit_xs}: inverted
 * residuals and, from stride 8 on, a block that convolves, attends among patches of 2x2 pixels, and
 * fuses. It outputs five maps: the first four stages and the final convolution after the fifth,
 * with strides 2, 4, 8, 16 and 32.
 *
 * <p>If a map's side is odd, the block resizes it to even and back, as timm does.
 */
public final class MobileVit implements Encoder {

  private static final int STEM = 16;
  private static final int PATCH = 2;
  private static final int HEADS = 4;
  private static final int MLP_RATIO = 2;

  /**
   * @param out channels
   * @param stride of the first inverted residual
   * @param residuals number of inverted residuals
   * @param width of the tokens; 0 without attention
   * @param depth number of transformer blocks
   */
  private record Stage(int out, int stride, int residuals, int width, int depth) {}

  /**
   * One of the paper's sizes (section 3.3 and table 5).
   *
   * @param expansion of the inverted residuals
   * @param last channels of the final convolution
   */
  private record Size(String name, int expansion, int last, List<Stage> stages) {}

  private static final Size XXS =
      new Size(
          "xxs",
          2,
          320,
          List.of(
              new Stage(16, 1, 1, 0, 0),
              new Stage(24, 2, 3, 0, 0),
              new Stage(48, 2, 1, 64, 2),
              new Stage(64, 2, 1, 80, 4),
              new Stage(80, 2, 1, 96, 3)));

  private static final Size XS =
      new Size(
          "xs",
          4,
          384,
          List.of(
              new Stage(32, 1, 1, 0, 0),
              new Stage(48, 2, 3, 0, 0),
              new Stage(64, 2, 1, 96, 2),
              new Stage(80, 2, 1, 120, 4),
              new Stage(96, 2, 1, 144, 3)));

  private static final Size S =
      new Size(
          "s",
          4,
          640,
          List.of(
              new Stage(32, 1, 1, 0, 0),
              new Stage(64, 2, 3, 0, 0),
              new Stage(96, 2, 1, 144, 2),
              new Stage(128, 2, 1, 192, 4),
              new Stage(160, 2, 1, 240, 3)));

  private final Size size;
  private final String prefix;
  private final Activation activation;

  private MobileVit(Size size, String prefix, Activation activation) {
    this.size = size;
    this.prefix = prefix;
    this.activation = activation;
  }

  /** The XXS network with a prefix for the names of its weights (empty: exactly timm's). */
  public static MobileVit xxs(String prefix) {
    return new MobileVit(XXS, prefix, Activation.SILU);
  }

  /** The XS network with a prefix for the names of its weights (empty: exactly timm's). */
  public static MobileVit xs(String prefix) {
    return new MobileVit(XS, prefix, Activation.SILU);
  }

  /** The S network with a prefix for the names of its weights (empty: exactly timm's). */
  public static MobileVit s(String prefix) {
    return new MobileVit(S, prefix, Activation.SILU);
  }

  /**
   * The XS network with ReLU instead of SiLU after its convolutions, as in EfficientNet-Lite (Liu
   * 2020): in int8, ReLU is free, because the range of its output starts at zero.
   */
  public static MobileVit xsRelu(String prefix) {
    return new MobileVit(XS, prefix, Activation.RELU);
  }

  @Override
  public String name() {
    String name = "mobilevit-" + size.name();
    return activation == Activation.SILU ? name : name + "-relu";
  }

  @Override
  public List<Integer> channels() {
    List<Integer> channels = new ArrayList<>(size.stages().stream().map(Stage::out).toList());
    channels.set(channels.size() - 1, size.last());
    return List.copyOf(channels);
  }

  @Override
  public List<Integer> strides() {
    return List.of(2, 4, 8, 16, 32);
  }

  @Override
  public <T> List<T> apply(Ops<T> ops, T image) {
    T x = convNormActivation(ops, image, Conv2d.of(prefix + "stem.conv", 3, STEM, 3, 2), "stem");
    List<T> maps = new ArrayList<>();
    int channels = STEM;
    for (int i = 0; i < size.stages().size(); i++) {
      x = stage(ops, x, prefix + "stages." + i + ".", channels, size.stages().get(i));
      channels = size.stages().get(i).out();
      maps.add(x);
    }
    Conv2d last = Conv2d.pointwise(prefix + "final_conv.conv", channels, size.last());
    maps.set(maps.size() - 1, convNormActivation(ops, x, last, "final_conv"));
    return List.copyOf(maps);
  }

  private <T> T convNormActivation(Ops<T> ops, T x, Conv2d conv, String block) {
    T y = ops.convNorm(x, conv, BatchNorm.of(prefix + block + ".bn", conv.out()));
    return ops.activation(y, activation);
  }

  private <T> T stage(Ops<T> ops, T x, String name, int in, Stage stage) {
    T y = x;
    for (int i = 0; i < stage.residuals(); i++) {
      int from = i == 0 ? in : stage.out();
      y = invertedResidual(ops, y, name + i + ".", from, stage.out(), i == 0 ? stage.stride() : 1);
    }
    return stage.depth() == 0 ? y : mobileVitBlock(ops, y, name + stage.residuals() + ".", stage);
  }

  /** Expansion, depthwise convolution, linear projection (Sandler et al., MobileNetV2, 2018). */
  private <T> T invertedResidual(Ops<T> ops, T x, String name, int in, int out, int stride) {
    int wide = in * size.expansion();
    T y = block(ops, x, name + "conv1_1x1", 1, 1, 1, in, wide, activation);
    y = block(ops, y, name + "conv2_kxk", 3, stride, wide, wide, wide, activation);
    y = block(ops, y, name + "conv3_1x1", 1, 1, 1, wide, out, Activation.NONE);
    return in == out && stride == 1 ? ops.add(y, x) : y;
  }

  private static <T> T block(
      Ops<T> ops,
      T x,
      String name,
      int kernel,
      int stride,
      int groups,
      int in,
      int out,
      Activation activation) {
    Conv2d conv = new Conv2d(name + ".conv", in, out, kernel, stride, groups, false, false);
    return ops.activation(ops.convNorm(x, conv, BatchNorm.of(name + ".bn", out)), activation);
  }

  private <T> T mobileVitBlock(Ops<T> ops, T x, String name, Stage stage) {
    int channels = stage.out();
    int width = stage.width();
    T local = block(ops, x, name + "conv_kxk", 3, 1, 1, channels, channels, activation);
    local = ops.conv(local, Conv2d.pointwise(name + "conv_1x1", channels, width));
    T even = ops.resizeToMultiple(local, PATCH);
    T tokens = ops.unfold(even, PATCH);
    for (int i = 0; i < stage.depth(); i++) {
      tokens = transformer(ops, tokens, name + "transformer." + i + ".", width);
    }
    tokens = ops.layerNorm(tokens, LayerNorm.of(name + "norm", width));
    T global = ops.resizeLike(ops.fold(tokens, even, PATCH), local);
    global = block(ops, global, name + "conv_proj", 1, 1, 1, width, channels, activation);
    T both = ops.concat(x, global);
    return block(ops, both, name + "conv_fusion", 3, 1, 1, 2 * channels, channels, activation);
  }

  private static <T> T transformer(Ops<T> ops, T x, String name, int width) {
    T y = ops.layerNorm(x, LayerNorm.of(name + "norm1", width));
    y = ops.attention(y, new Linear(name + "attn.qkv", width, 3 * width), HEADS);
    y = ops.linear(y, new Linear(name + "attn.proj", width, width));
    T attended = ops.add(x, y);
    y = ops.layerNorm(attended, LayerNorm.of(name + "norm2", width));
    y = ops.linear(y, new Linear(name + "mlp.fc1", width, MLP_RATIO * width));
    y = ops.activation(y, Activation.SILU);
    y = ops.linear(y, new Linear(name + "mlp.fc2", MLP_RATIO * width, width));
    return ops.add(attended, y);
  }
}
