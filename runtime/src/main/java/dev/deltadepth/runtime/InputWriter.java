package dev.deltadepth.runtime;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.runtime.ModelDescription.Colour;
import dev.deltadepth.runtime.ModelDescription.Element;
import dev.deltadepth.runtime.ModelDescription.Input;
import dev.deltadepth.runtime.ModelDescription.Layout;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
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
    this.planar = input.layout() == Layout.NCHW;
    for (int c = 0; c < 3; c++) {
      scale[c] = (float) ((input.high() - input.low()) / input.std().get(c));
      offset[c] = (float) ((input.low() - input.mean().get(c)) / input.std().get(c));
    }
  }

  long[] shape(int batch, int height, int width) {
    return planar ? new long[] {batch, 3, height, width} : new long[] {batch, height, width, 3};
  }

  int bytes(int batch, int height, int width) {
    long values = 3L * batch * height * width;
    return Math.toIntExact(input.element() == Element.UINT8 ? values : 4 * values);
  }

  /** Writes a batch of photos of one size from the buffer's start. */
  void write(List<RgbImage> photos, ByteBuffer out) {
    int each = bytes(1, photos.get(0).height(), photos.get(0).width());
    for (int i = 0; i < photos.size(); i++) {
      write(photos.get(i), out.slice(i * each, each).order(out.order()));
    }
  }

  /** Writes one photo from the buffer's start. */
  void write(RgbImage photo, ByteBuffer out) {
    byte[] rgb = photo.data();
    if (input.element() == Element.UINT8 && !planar && input.colour() == Colour.RGB) {
      out.put(0, rgb);
      return;
    }
    int pixels = photo.width() * photo.height();
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
        floats.put(c * pixels, plane);
      } else {
        for (int i = 0; i < pixels; i++) {
          plane[3 * i + c] = table[rgb[3 * i + from] & 0xff];
        }
      }
    }
    if (input.element() == Element.FLOAT32 && !planar) {
      floats.put(0, plane);
    }
  }

  /** Writes a batch [N, 3, H, W] of RGB values in 0..1 from the buffer's start. */
  void write(float[] rgb, int batch, int height, int width, ByteBuffer out) {
    int pixels = height * width;
    FloatBuffer floats = out.asFloatBuffer();
    for (int n = 0; n < batch; n++) {
      for (int c = 0; c < 3; c++) {
        int from = (3 * n + source(c)) * pixels;
        int to = planar ? (3 * n + c) * pixels : 3 * n * pixels + c;
        int step = planar ? 1 : 3;
        for (int i = 0; i < pixels; i++) {
          float value = rgb[from + i];
          if (input.element() == Element.UINT8) {
            out.put(to + step * i, (byte) Math.round(255 * Math.min(1, Math.max(0, value))));
          } else {
            floats.put(to + step * i, scale[c] * value + offset[c]);
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
