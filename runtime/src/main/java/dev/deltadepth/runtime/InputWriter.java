package dev.deltadepth.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.platform.Fp16Conversions;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.runtime.ModelDescription.Colour;
import dev.deltadepth.runtime.ModelDescription.Element;
import dev.deltadepth.runtime.ModelDescription.Input;
import dev.deltadepth.runtime.ModelDescription.Layout;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.List;

/** Writes photos into a model's input tensor: layout, colour order and normalisation. */
final class InputWriter {
  private final Input input;
  private final boolean planar;

  /** A tensor channel's value is {@code scale * v + offset} for a photo's value v in 0..1. */
  private final float[] scale = new float[3];

  private final float[] offset = new float[3];

  InputWriter(Input input) {
    this.input = input;
    this.planar = input.layout() != Layout.NHWC;
    for (int c = 0; c < 3; c++) {
      scale[c] = (float) ((input.high() - input.low()) / input.std().get(c));
      offset[c] = (float) ((input.low() - input.mean().get(c)) / input.std().get(c));
    }
  }

  long[] shape(int batch, int height, int width) {
    return switch (input.layout()) {
      case NCHW -> new long[] {batch, 3, height, width};
      case NHWC -> new long[] {batch, height, width, 3};
      case NVCHW -> new long[] {batch, 1, 3, height, width};
    };
  }

  /** The type of the tensor's values. */
  OnnxJavaType type() {
    return switch (input.element()) {
      case FLOAT32 -> OnnxJavaType.FLOAT;
      case FLOAT16 -> OnnxJavaType.FLOAT16;
      case UINT8 -> OnnxJavaType.UINT8;
    };
  }

  int bytes(int batch, int height, int width) {
    long values = 3L * batch * height * width;
    return Math.toIntExact(values * type().size);
  }

  /** Writes a batch of photos of one size from the buffer's start. */
  void write(List<RgbImage> photos, ByteBuffer out) {
    int each = bytes(1, photos.get(0).height(), photos.get(0).width());
    for (int i = 0; i < photos.size(); i++) {
      ByteBuffer one = out.duplicate();
      Buffer part = one;
      part.position(i * each);
      part.limit((i + 1) * each);
      write(photos.get(i), one.slice().order(out.order()));
    }
  }

  /** Writes one photo from the buffer's start. */
  void write(RgbImage photo, ByteBuffer out) {
    byte[] rgb = photo.data();
    if (input.element() == Element.UINT8 && !planar && input.colour() == Colour.RGB) {
      out.duplicate().put(rgb);
      return;
    }
    int pixels = photo.width() * photo.height();
    if (input.element() == Element.FLOAT16) {
      halves(rgb, pixels, out.asShortBuffer());
      return;
    }
    FloatBuffer floats = out.asFloatBuffer();
    float[] plane = new float[planar ? pixels : 3 * pixels];
    for (int c = 0; c < 3; c++) {
      float[] table = table(c);
      int from = source(c);
      if (input.element() == Element.UINT8) {
        for (int i = 0; i < pixels; i++) {
          out.put(planar ? c * pixels + i : 3 * i + c, rgb[3 * i + from]);
        }
      } else if (planar) {
        for (int i = 0; i < pixels; i++) {
          plane[i] = table[rgb[3 * i + from] & 0xff];
        }
        floats.put(plane);
      } else {
        for (int i = 0; i < pixels; i++) {
          plane[3 * i + c] = table[rgb[3 * i + from] & 0xff];
        }
      }
    }
    if (input.element() == Element.FLOAT32 && !planar) {
      floats.put(plane);
    }
  }

  private void halves(byte[] rgb, int pixels, ShortBuffer out) {
    for (int c = 0; c < 3; c++) {
      float[] table = table(c);
      short[] halves = new short[table.length];
      for (int i = 0; i < table.length; i++) {
        halves[i] = Fp16Conversions.floatToFp16(table[i]);
      }
      for (int i = 0; i < pixels; i++) {
        out.put(planar ? c * pixels + i : 3 * i + c, halves[rgb[3 * i + source(c)] & 0xff]);
      }
    }
  }

  /** Writes a batch [N, 3, H, W] of RGB values in 0..1 from the buffer's start. */
  void write(float[] rgb, int batch, int height, int width, ByteBuffer out) {
    int pixels = height * width;
    FloatBuffer floats = out.asFloatBuffer();
    ShortBuffer halves = out.asShortBuffer();
    for (int n = 0; n < batch; n++) {
      for (int c = 0; c < 3; c++) {
        int from = (3 * n + source(c)) * pixels;
        int to = planar ? (3 * n + c) * pixels : 3 * n * pixels + c;
        int step = planar ? 1 : 3;
        for (int i = 0; i < pixels; i++) {
          float value = rgb[from + i];
          int at = to + step * i;
          switch (input.element()) {
            case UINT8 -> out.put(at, (byte) Math.round(255 * Math.min(1, Math.max(0, value))));
            case FLOAT16 ->
                halves.put(at, Fp16Conversions.floatToFp16(scale[c] * value + offset[c]));
            case FLOAT32 -> floats.put(at, scale[c] * value + offset[c]);
          }
        }
      }
    }
  }

  private int source(int channel) {
    return input.colour() == Colour.RGB ? channel : 2 - channel;
  }

  private float[] table(int channel) {
    float[] table = new float[256];
    for (int i = 0; i < 256; i++) {
      table[i] = scale[channel] * (i / 255f) + offset[channel];
    }
    return table;
  }
}
