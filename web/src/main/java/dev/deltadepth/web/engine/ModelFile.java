package dev.deltadepth.web.engine;

import dev.deltadepth.web.browser.WebException;
import java.nio.charset.StandardCharsets;

/**
 * What a model of this project says about itself: the metadata of its ONNX file, which is a
 * protobuf message whose field 14 holds pairs of key and value. ONNX Runtime does not hand them out
 * in a browser. The keys are those of {@code docs/model-format.md}.
 *
 * @param name the model's name
 * @param nativeSize the shorter side it was trained for, in pixels
 * @param multiple what both sides are multiples of
 */
record ModelFile(String name, int nativeSize, int multiple) {
  private static final int METADATA = 14;
  private static final int LENGTH_DELIMITED = 2;

  /**
   * Reads the metadata.
   *
   * @throws WebException if the file is none of this project's models
   */
  static ModelFile read(byte[] onnx) {
    String name = "delta";
    int nativeSize = 0;
    int multiple = 0;
    Reader file = new Reader(onnx, 0, onnx.length);
    while (file.next()) {
      if (file.field == METADATA) {
        Reader pair = file.message();
        String key = "";
        String value = "";
        while (pair.next()) {
          if (pair.field == 1) {
            key = pair.text();
          } else if (pair.field == 2) {
            value = pair.text();
          }
        }
        switch (key) {
          case "delta.name" -> name = value;
          case "delta.native_size" -> nativeSize = whole(value);
          case "delta.multiple" -> multiple = whole(value);
          default -> {}
        }
      }
    }
    if (nativeSize < 1 || multiple < 1) {
      throw new WebException("the model does not say its size; it is none that Delta exported");
    }
    return new ModelFile(name, nativeSize, multiple);
  }

  private static int whole(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Walks over the fields of a protobuf message; what is not length-delimited is skipped. */
  private static final class Reader {
    private final byte[] data;
    private final int end;
    private int at;
    private int start;
    private int length;
    private int field;

    Reader(byte[] data, int from, int end) {
      this.data = data;
      this.at = from;
      this.end = end;
    }

    boolean next() {
      while (at < end) {
        int tag = varint();
        field = tag >>> 3;
        switch (tag & 7) {
          case 0 -> varint();
          case 1 -> at += 8;
          case 5 -> at += 4;
          case LENGTH_DELIMITED -> {
            length = varint();
            start = at;
            if (length < 0 || length > end - at) {
              throw new WebException("the model's file is damaged or not whole");
            }
            at += length;
            return true;
          }
          default -> throw new WebException("this file is no ONNX model");
        }
      }
      return false;
    }

    Reader message() {
      return new Reader(data, start, start + length);
    }

    String text() {
      return new String(data, start, length, StandardCharsets.UTF_8);
    }

    private int varint() {
      int value = 0;
      for (int shift = 0; at < end; shift += 7) {
        byte next = data[at++];
        if (shift < 32) {
          value |= (next & 0x7f) << shift;
        }
        if (next >= 0) {
          return value;
        }
      }
      throw new WebException("the model's file is damaged or not whole");
    }
  }
}
