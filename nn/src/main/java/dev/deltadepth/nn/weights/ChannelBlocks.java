package dev.deltadepth.nn.weights;

import dev.deltadepth.core.FloatArray;
import java.util.Arrays;

/**
 * How the channels of a MobileViT student's arrays fall into blocks: queries, keys and values by
 * head, and the maps that a fusion joins. A channel keeps its block when a network gets wider or
 * narrower.
 */
final class ChannelBlocks {

  private static final int HEADS = 4;

  private ChannelBlocks() {}

  /** An array's rows, columns and what lies below a column. */
  static int[] matrix(FloatArray array) {
    int[] shape = array.shape();
    int columns = shape.length > 1 ? shape[1] : 1;
    int below = Arrays.stream(shape).skip(2).reduce(1, Math::multiplyExact);
    return new int[] {shape[0], columns, below};
  }

  /** Widths of the blocks that make up the rows: {old, new} each. */
  static int[][] rows(String name, int was, int is) {
    return name.contains(".attn.qkv.") ? equal(3 * HEADS, was, is) : equal(1, was, is);
  }

  /** Widths of the blocks that make up the columns of a {@link #matrix}: {old, new} each. */
  static int[][] columns(String name, int[] was, int[] is) {
    if (name.endsWith(".attn.proj.weight")) {
      return equal(HEADS, was[1], is[1]);
    }
    if (name.endsWith(".conv_fusion.conv.weight")) {
      return equal(2, was[1], is[1]);
    }
    if (name.contains(".fuse.") && name.endsWith(".conv.weight")) { // the decoder's, the encoder's
      return new int[][] {{was[0], is[0]}, {was[1] - was[0], is[1] - is[0]}};
    }
    return equal(1, was[1], is[1]);
  }

  private static int[][] equal(int blocks, int was, int is) {
    int[][] widths = new int[blocks][];
    Arrays.fill(widths, new int[] {was / blocks, is / blocks});
    return widths;
  }
}
