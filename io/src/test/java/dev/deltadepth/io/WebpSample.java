package dev.deltadepth.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** WebP files of kinds that encoders rarely write, bit by bit as the specification says. */
public final class WebpSample {
  private static final int GREEN = 8;
  private static final int RED = 16;
  private static final int BLUE = 0;
  private static final int ALPHA = 24;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int current;
  private int used;

  private WebpSample() {}

  /** Lossless, without a palette; every code has one symbol, so no pixel takes any bits. */
  public static byte[] ofOneColour(int width, int height, int argb) {
    WebpSample bits = header(width, height);
    bits.add(0, 1);
    bits.add(0, 2);
    bits.image(argb);
    return bits.lossless();
  }

  /**
   * Lossless, of 16x4: a palette of two colours, of which eight pixels share a byte, and these
   * bytes are predicted from the one at their left. Columns 0 to 3 and 8 to 11 have the second
   * colour.
   *
   * @param first opaque, 0xffRRGGBB
   * @param second likewise
   */
  public static byte[] ofPredictedIndices(int first, int second) {
    WebpSample bits = header(16, 4);
    bits.add(1, 1);
    bits.add(3, 2);
    bits.add(1, 8);
    bits.add(0, 1);
    bits.image(first, difference(second, first));
    bits.add(1, 1);
    bits.add(0, 2);
    bits.add(0, 3);
    bits.add(0, 1);
    bits.image(1 << GREEN);
    bits.add(0, 1);
    bits.add(0, 2);
    bits.image(0x0f << GREEN, 0, 0, 0, 0, 0, 0, 0);
    return bits.lossless();
  }

  /** {@link Samples#WEBP_LOSSY} with an opacity of one half, which is not compressed. */
  public static byte[] ofPlainOpacity() {
    byte[] lossy = Samples.WEBP_LOSSY;
    ByteBuffer body = TiffSample.buffer(18 + 8 + 258 + lossy.length - 12);
    body.put(text("VP8X")).putInt(10).putInt(0x10).put(new byte[] {15, 0, 0, 15, 0, 0});
    byte[] opacity = new byte[258];
    Arrays.fill(opacity, (byte) 128);
    opacity[0] = 0;
    body.put(text("ALPH")).putInt(257).put(opacity);
    body.put(lossy, 12, lossy.length - 12);
    return riff(TiffSample.bytes(body));
  }

  private static WebpSample header(int width, int height) {
    WebpSample bits = new WebpSample();
    bits.add(0x2f, 8);
    bits.add(width - 1, 14);
    bits.add(height - 1, 14);
    bits.add(1, 1);
    bits.add(0, 3);
    return bits;
  }

  /** The lowest bits first. */
  private void add(int value, int count) {
    for (int i = 0; i < count; i++) {
      current |= ((value >> i) & 1) << used++;
      if (used == 8) {
        bytes.write(current);
        current = 0;
        used = 0;
      }
    }
  }

  /** Codes of one or two symbols for each channel, and the pixels. */
  private void image(int... argb) {
    int[] channels = {GREEN, RED, BLUE, ALPHA};
    int[][] symbols = new int[channels.length][];
    for (int i = 0; i < channels.length; i++) {
      int shift = channels[i];
      symbols[i] = Arrays.stream(argb).map(p -> (p >> shift) & 0xff).sorted().distinct().toArray();
      code(symbols[i]);
    }
    code(0);
    for (int pixel : argb) {
      for (int i = 0; i < channels.length; i++) {
        int symbol = (pixel >> channels[i]) & 0xff;
        add(symbol == symbols[i][0] ? 0 : 1, symbols[i].length - 1);
      }
    }
  }

  private void code(int... symbols) {
    add(1, 1);
    add(symbols.length - 1, 1);
    add(1, 1);
    for (int symbol : symbols) {
      add(symbol, 8);
    }
  }

  private static int difference(int argb, int other) {
    int result = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      result |= (((argb >> shift) - (other >> shift)) & 0xff) << shift;
    }
    return result;
  }

  private byte[] lossless() {
    add(0, 7);
    byte[] stream = bytes.toByteArray();
    ByteBuffer body = TiffSample.buffer(8 + (stream.length + 1) / 2 * 2);
    body.put(text("VP8L")).putInt(stream.length).put(stream);
    return riff(TiffSample.bytes(body));
  }

  private static byte[] riff(byte[] body) {
    ByteBuffer file = TiffSample.buffer(12 + body.length);
    file.put(text("RIFF")).putInt(4 + body.length).put(text("WEBP")).put(body);
    return TiffSample.bytes(file);
  }

  private static byte[] text(String four) {
    return four.getBytes(StandardCharsets.ISO_8859_1);
  }
}
