package dev.deltadepth.io.view;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** The compression of GIF (its specification's appendix F), for indices of eight bits. */
final class Lzw {
  private static final int BITS = 8;
  private static final int CLEAR = 1 << BITS;
  private static final int END = CLEAR + 1;

  /** Codes have at most 12 bits. */
  private static final int MOST = 1 << 12;

  private static final int SLOTS = 1 << 14;
  private static final int BLOCK = 255;

  private final OutputStream out;

  /** For a code and the byte after it, the code of both: a hash table with open slots. */
  private final int[] keys = new int[SLOTS];

  private final short[] codes = new short[SLOTS];
  private int next;
  private int width;

  private final byte[] block = new byte[BLOCK];
  private int filled;
  private int bits;
  private int count;

  private Lzw(OutputStream out) {
    this.out = out;
  }

  /** Writes the size of codes, the compressed indices in blocks, and the empty block at the end. */
  static void write(byte[] indices, OutputStream out) throws IOException {
    out.write(BITS);
    new Lzw(out).compress(indices);
    out.write(0);
  }

  private void compress(byte[] indices) throws IOException {
    clear();
    int prefix = indices[0] & 0xff;
    for (int i = 1; i < indices.length; i++) {
      int value = indices[i] & 0xff;
      int key = prefix << BITS | value;
      int slot = slot(key);
      if (keys[slot] == key) {
        prefix = codes[slot];
        continue;
      }
      code(prefix);
      if (next < MOST) {
        keys[slot] = key;
        codes[slot] = (short) next++;
        if (next > 1 << width && width < 12) {
          width++;
        }
      } else {
        clear();
      }
      prefix = value;
    }
    code(prefix);
    code(END);
    if (count > 0) {
      octet(bits);
    }
    flush();
  }

  private int slot(int key) {
    int slot = (key * 0x9e3779b1) >>> 18;
    while (keys[slot] != -1 && keys[slot] != key) {
      slot = (slot + 1) % SLOTS;
    }
    return slot;
  }

  private void clear() throws IOException {
    if (width == 0) {
      width = BITS + 1;
    }
    code(CLEAR);
    Arrays.fill(keys, -1);
    next = END + 1;
    width = BITS + 1;
  }

  private void code(int code) throws IOException {
    bits |= code << count;
    count += width;
    while (count >= 8) {
      octet(bits & 0xff);
      bits >>>= 8;
      count -= 8;
    }
  }

  private void octet(int value) throws IOException {
    block[filled++] = (byte) value;
    if (filled == BLOCK) {
      flush();
    }
  }

  private void flush() throws IOException {
    if (filled > 0) {
      out.write(filled);
      out.write(block, 0, filled);
      filled = 0;
    }
  }
}
