package dev.deltadepth.web.engine;

import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.web.browser.WebException;
import java.nio.charset.StandardCharsets;

/**
 * The metadata of a Delta model, read from its ONNX file, a protobuf message whose field 14
 * contains key-value pairs. ONNX Runtime does not expose them in browsers. The keys are those of
 * {@code docs/model-format.md}.
 *
 * @param name the model's name
 * @param nativeSize shorter side that it was trained for, in pixels
 * @param multiple both sides of its input are multiples of this
 */
record ModelFile(String name, int nativeSize, int multiple) {
  private static final int METADATA = 14;
  private static final int LENGTH_DELIMITED = 2;

  /**
   * Reads the metadata.
   *
   * @throws WebException if the file is not a Delta model
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
      throw new WebException("the model's metadata has no size; it was not exported by Delta");
    }
    return new ModelFile(name, nativeSize, multiple);
  }

  /**
   * An image as the network takes it.
   *
   * @param size its shorter side in pixels; 0 for the native size
   */
  RgbImage input(RgbImage image, int size) {
    InputSize input =
        InputSize.ofPhoto(image.width(), image.height(), size == 0 ? nativeSize : size, multiple);
    return Resizer.resize(image, input.width(), input.height(), Resizer.Filter.BICUBIC);
  }

  private static int whole(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Iterates over the length-delimited fields of a protobuf message, skipping others. */
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
              throw new WebException("the model file is damaged or incomplete");
            }
            at += length;
            return true;
          }
          default -> throw new WebException("this file is not an ONNX model");
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
      throw new WebException("the model file is damaged or incomplete");
    }
  }
}
