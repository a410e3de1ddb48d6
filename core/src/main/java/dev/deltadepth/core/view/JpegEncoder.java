package dev.deltadepth.core.view;

import dev.deltadepth.core.ByteArray;
import java.util.Arrays;

/**
 * Writes JPEG files (ITU-T T.81, baseline) row by row, for pictures that are too large to be in
 * memory as a whole. Colours keep the resolution of brightness. The tables are those of the
 * standard's annex K, that of brightness for the codes of all three channels.
 */
public final class JpegEncoder {
  private static final int SIDE = 8;
  private static final int BLOCK = SIDE * SIDE;
  private static final int CHANNELS = 3;

  /** Bytes to begin with, for the largest pictures. */
  private static final int MOST_EXPECTED = 1 << 26;

  private static final int[] BRIGHTNESS = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
  };

  /** Of the table for colours: all other steps are 99. */
  private static final int[][] COLOUR = {
    {17, 18, 24, 47}, {18, 21, 26, 66}, {24, 26, 56, 99}, {47, 66, 99, 99}
  };

  /** How many codes there are of each length from 1 on: of differences, and of waves. */
  private static final int[] LEVEL_LENGTHS = {0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0};

  private static final int[] WAVE_LENGTHS = {0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125};

  /** Those of the waves with short codes, as in the standard; the rest follow in their order. */
  private static final int[] WAVES = {
    0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07,
    0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0,
    0x24, 0x33, 0x62, 0x72, 0x82
  };

  private static final int ALL_WAVES = 162;

  /** What the quick transform of Arai, Agui and Nakajima (1988) leaves to the division by steps. */
  private static final double[] SCALES = scales();

  private static final float DIAGONAL = (float) Math.sqrt(0.5);
  private static final float SINE = (float) Math.sin(Math.PI / 8);
  private static final float COSINE = (float) Math.cos(Math.PI / 8);

  private final int width;
  private final int columns;
  private final ByteArray bytes;
  private final byte[] out = new byte[1 << 12];
  private final float[][] rows;
  private final float[][] steps = new float[2][BLOCK];
  private final int[] zigzag = zigzag();
  private final Code levels;
  private final Code waves;
  private final float[] block = new float[BLOCK];
  private final int[] last = new int[CHANNELS];
  private int filled;
  private int count;
  private int buffer;
  private int bits;

  /**
   * Begins a file.
   *
   * @param width in pixels, 1..65535
   * @param height in pixels, 1..65535
   * @param quality 1..100, as in most programs; 92 shows no difference
   * @throws IllegalArgumentException if a number is out of range
   */
  public JpegEncoder(int width, int height, int quality) {
    if (width < 1 || height < 1 || width > 65535 || height > 65535) {
      throw new IllegalArgumentException(
          "a JPEG file has sides of 1 to 65535 pixels, not " + width + "x" + height);
    }
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("a quality must be 1 to 100, not " + quality);
    }
    this.width = width;
    columns = (width + SIDE - 1) / SIDE * SIDE;
    bytes = new ByteArray((int) Math.min(MOST_EXPECTED, (long) width * height / 3));
    rows = new float[CHANNELS][SIDE * columns];
    levels = new Code(LEVEL_LENGTHS, upTo(12));
    waves = new Code(WAVE_LENGTHS, waves());
    header(width, height, quality);
  }

  private void header(int width, int height, int quality) {
    put(0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);
    put(0xff, 0xdb, 0, 2 + 2 * (1 + BLOCK));
    for (int table = 0; table < 2; table++) {
      put(table);
      for (int i = 0; i < BLOCK; i++) {
        int at = zigzag[i];
        int step = step(table, at, quality);
        put(step);
        steps[table][at] = (float) (1 / (step * SCALES[at / SIDE] * SCALES[at % SIDE] * SIDE));
      }
    }
    put(0xff, 0xc0, 0, 17, 8, height >> 8, height, width >> 8, width, CHANNELS);
    put(1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1);
    put(0xff, 0xc4, 0, 2 + 2 * 17 + 12 + ALL_WAVES, 0);
    levels.put();
    put(0x10);
    waves.put();
    put(0xff, 0xda, 0, 12, CHANNELS, 1, 0, 2, 0, 3, 0, 0, BLOCK - 1, 0);
  }

  private static int step(int table, int at, int quality) {
    int x = at % SIDE;
    int y = at / SIDE;
    int plain = table == 0 ? BRIGHTNESS[at] : x < 4 && y < 4 ? COLOUR[y][x] : 99;
    int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    return Math.max(1, Math.min(255, (plain * percent + 50) / 100));
  }

  /**
   * Adds the next row.
   *
   * @param rgb three bytes a pixel; may be used again afterwards
   */
  public void row(byte[] rgb) {
    int at = filled * columns;
    for (int x = 0; x < columns; x++, at++) {
      int i = CHANNELS * Math.min(x, width - 1);
      float red = rgb[i] & 0xff;
      float green = rgb[i + 1] & 0xff;
      float blue = rgb[i + 2] & 0xff;
      rows[0][at] = 0.299f * red + 0.587f * green + 0.114f * blue - 128;
      rows[1][at] = -0.168736f * red - 0.331264f * green + 0.5f * blue;
      rows[2][at] = 0.5f * red - 0.418688f * green - 0.081312f * blue;
    }
    filled++;
    if (filled == SIDE) {
      blocks();
    }
  }

  /** The file, once as many rows have been added as the picture has. */
  public byte[] file() {
    if (filled > 0) {
      for (float[] channel : rows) {
        for (int y = filled; y < SIDE; y++) {
          System.arraycopy(channel, (filled - 1) * columns, channel, y * columns, columns);
        }
      }
      blocks();
    }
    bits(0x7f, 7);
    put(0xff, 0xd9);
    bytes.write(out, count);
    count = 0;
    return bytes.toArray();
  }

  private void blocks() {
    filled = 0;
    for (int x = 0; x < columns; x += SIDE) {
      for (int c = 0; c < CHANNELS; c++) {
        for (int y = 0; y < SIDE; y++) {
          System.arraycopy(rows[c], y * columns + x, block, y * SIDE, SIDE);
          transform(y * SIDE, 1);
        }
        for (int i = 0; i < SIDE; i++) {
          transform(i, SIDE);
        }
        encode(c);
      }
    }
  }

  /** The cosine transform of eight values in place, but for {@link #SCALES}. */
  private void transform(int from, int step) {
    float[] v = block;
    int i1 = from + step;
    int i2 = i1 + step;
    int i3 = i2 + step;
    int i4 = i3 + step;
    int i5 = i4 + step;
    int i6 = i5 + step;
    int i7 = i6 + step;
    float s0 = v[from] + v[i7];
    float d0 = v[from] - v[i7];
    float s1 = v[i1] + v[i6];
    float d1 = v[i1] - v[i6];
    float s2 = v[i2] + v[i5];
    float d2 = v[i2] - v[i5];
    float s3 = v[i3] + v[i4];
    float d3 = v[i3] - v[i4];
    float even = s0 - s3;
    float turned = (s1 - s2 + even) * DIAGONAL;
    v[from] = s0 + s3 + s1 + s2;
    v[i4] = s0 + s3 - s1 - s2;
    v[i2] = even + turned;
    v[i6] = even - turned;
    float low = d3 + d2;
    float high = d1 + d0;
    float both = (low - high) * SINE;
    float a = (COSINE - SINE) * low + both;
    float b = (COSINE + SINE) * high + both;
    float middle = (d2 + d1) * DIAGONAL;
    float sum = d0 + middle;
    float rest = d0 - middle;
    v[i5] = rest + a;
    v[i3] = rest - a;
    v[i1] = sum + b;
    v[i7] = sum - b;
  }

  private void encode(int channel) {
    float[] step = steps[Math.min(1, channel)];
    int level = Math.round(block[0] * step[0]);
    number(levels, 0, level - last[channel]);
    last[channel] = level;
    int zeros = 0;
    for (int i = 1; i < BLOCK; i++) {
      int at = zigzag[i];
      int value = Math.round(block[at] * step[at]);
      if (value == 0) {
        zeros++;
        continue;
      }
      for (; zeros >= 16; zeros -= 16) {
        waves.write(0xf0);
      }
      number(waves, zeros << 4, value);
      zeros = 0;
    }
    if (zeros > 0) {
      waves.write(0);
    }
  }

  private void number(Code code, int symbol, int value) {
    int size = 32 - Integer.numberOfLeadingZeros(Math.abs(value));
    code.write(symbol | size);
    bits(value < 0 ? value - 1 : value, size);
  }

  private void bits(int value, int length) {
    buffer = (buffer << length) | (value & ((1 << length) - 1));
    bits += length;
    while (bits >= 8) {
      bits -= 8;
      int next = (buffer >> bits) & 0xff;
      put(next);
      if (next == 0xff) {
        put(0);
      }
    }
  }

  private void put(int... values) {
    for (int value : values) {
      put(value);
    }
  }

  private void put(int value) {
    if (count == out.length) {
      bytes.write(out, count);
      count = 0;
    }
    out[count++] = (byte) value;
  }

  /** Which numbers stand for which codes: short ones for those that come often. */
  private final class Code {
    private final int[] counts;
    private final int[] symbols;
    private final int[] codes = new int[256];
    private final int[] lengths = new int[256];

    Code(int[] counts, int[] symbols) {
      this.counts = counts;
      this.symbols = symbols;
      int next = 0;
      int code = 0;
      for (int length = 1; length <= counts.length; length++, code <<= 1) {
        for (int i = 0; i < counts[length - 1]; i++, code++, next++) {
          codes[symbols[next]] = code;
          lengths[symbols[next]] = length;
        }
      }
    }

    void put() {
      JpegEncoder.this.put(counts);
      JpegEncoder.this.put(symbols);
    }

    void write(int symbol) {
      bits(codes[symbol], lengths[symbol]);
    }
  }

  private static int[] upTo(int end) {
    int[] all = new int[end];
    for (int i = 0; i < end; i++) {
      all[i] = i;
    }
    return all;
  }

  private static int[] waves() {
    int[] all = Arrays.copyOf(WAVES, ALL_WAVES);
    boolean[] taken = new boolean[256];
    for (int wave : WAVES) {
      taken[wave] = true;
    }
    int next = WAVES.length;
    for (int wave = 0; wave < 256; wave++) {
      int size = wave & 0xf;
      if (!taken[wave] && size >= 1 && size <= 10) {
        all[next++] = wave;
      }
    }
    return all;
  }

  private static int[] zigzag() {
    int[] order = new int[BLOCK];
    int next = 0;
    for (int diagonal = 0; diagonal < 2 * SIDE - 1; diagonal++) {
      for (int i = 0; i <= diagonal; i++) {
        int y = diagonal % 2 == 0 ? diagonal - i : i;
        int x = diagonal - y;
        if (x < SIDE && y < SIDE) {
          order[next++] = y * SIDE + x;
        }
      }
    }
    return order;
  }

  private static double[] scales() {
    double[] scales = new double[SIDE];
    for (int k = 0; k < SIDE; k++) {
      scales[k] = k == 0 ? 1 : Math.sqrt(2) * Math.cos(k * Math.PI / 16);
    }
    return scales;
  }
}
