package dev.deltadepth.nn;

/**
 * The operations that networks are written in. A network is a function of an abstract value {@code
 * T}, and an interpreter gives it meaning: {@code TorchOps} runs it, {@code OnnxOps} exports it,
 * {@link CostOps} counts its costs. Maps are [N, C, H, W], tokens [B, N, C].
 *
 * @param <T> the interpreter's values
 */
public interface Ops<T> {

  /** A convolution, [N, in, H, W] to [N, out, ceil(H / stride), ceil(W / stride)]. */
  T conv(T map, Conv2d conv);

  /**
   * A convolution without bias followed by batch normalisation, as one operation so that inference
   * can fold them.
   */
  T convNorm(T map, Conv2d conv, BatchNorm norm);

  /** A linear layer on the last axis. */
  T linear(T tokens, Linear linear);

  /** A linear layer followed by layer scale, as one operation so that inference can fold them. */
  T linearScaled(T tokens, Linear linear, LayerScale scale);

  /** Layer normalisation on the last axis. */
  T layerNorm(T tokens, LayerNorm norm);

  /** An element-wise activation. */
  T activation(T value, Activation activation);

  /** The sum of two values of equal shape. */
  T add(T a, T b);

  /** The mean of every channel over height and width, [N, C, H, W] to [N, C, 1, 1]. */
  T channelMeans(T map);

  /** The map with every channel multiplied by its factor. The factors are [N, C, 1, 1]. */
  T scaleChannels(T map, T factors);

  /** The channels of {@code a}, then those of {@code b}; the maps have equal sizes. */
  T concat(T a, T b);

  /** The map at twice its height and width, bilinear, align_corners false. */
  T upsample2(T map);

  /**
   * Upsamples a coarse map to twice its size, concatenates a fine one, and applies a 1x1
   * convolution without bias and batch normalisation. It is one operation because a 1x1 convolution
   * commutes with bilinear upsampling: inference can convolve the coarse map first, which is a
   * quarter of the work.
   */
  default T convNormUpsampled(T coarse, T fine, Conv2d conv, BatchNorm norm) {
    return convNorm(concat(upsample2(coarse), fine), conv, norm);
  }

  /**
   * The map with height and width rounded up to a multiple, bilinear; unchanged if they are
   * multiples.
   */
  T resizeToMultiple(T map, int multiple);

  /** The map at the height and width of {@code like}, bilinear; unchanged if they are equal. */
  T resizeLike(T map, T like);

  /**
   * A map as tokens, so that attention runs among the pixels at the same position in their patch
   * (MobileViT, Mehta and Rastegari 2022, section 3): [N, C, H, W] to [N * patch * patch, (H /
   * patch) * (W / patch), C]. H and W are multiples of the patch.
   */
  T unfold(T map, int patch);

  /**
   * The inverse of {@link #unfold}: tokens back to a map with the height and width of {@code like}.
   */
  T fold(T tokens, T like, int patch);

  /**
   * Multi-head self-attention (Vaswani et al. 2017): softmax(q k^T / sqrt(d)) v for every head,
   * from [B, N, C] to [B, N, C]. The linear layer outputs q, k and v concatenated, 3 C, each head
   * by head; it is part of the operation because runtimes fuse the two.
   */
  T attention(T tokens, Linear qkv, int heads);

  /** A transposed convolution, [N, C, H, W] to [N, C, factor H, factor W]. */
  T transposedConv(T map, TransposedConv2d conv);

  /** The map at twice its height and width, bilinear, align_corners true. */
  T stretch2(T map);

  /** The map at the height and width of {@code like}, bilinear, align_corners true. */
  T stretchLike(T map, T like);

  /** A class token followed by a map of patches as tokens, [N, C, h, w] to [N, 1 + h w, C]. */
  T tokens(T patches, ClassToken classToken);

  /**
   * The position embedding for a map of patches, to be added to its tokens, [N or 1, 1 + h w, C].
   */
  T positions(T patches, PositionEmbedding embedding);

  /** Tokens without their class token as a map with the height and width of {@code like}. */
  T tokenMap(T tokens, T like);
}
