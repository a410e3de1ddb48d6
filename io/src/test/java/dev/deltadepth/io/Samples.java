package dev.deltadepth.io;

import dev.deltadepth.core.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small pictures in all formats, made here or by cwebp and Pillow. */
public final class Samples {

  /** Lossless, 8x8: red 30 x, green 30 y, blue 100. */
  public static final byte[] WEBP =
      decode("UklGRi4AAABXRUJQVlA4TCIAAAAvB8ABAJkyRPQ/NhHR/wBhtlFJzh90ryMYjyGLCaB6oP8A");

  /** The same with an opacity of 128. */
  public static final byte[] WEBP_HALF_TRANSPARENT =
      decode("UklGRjAAAABXRUJQVlA4TCMAAAAvB8ABEJkyRPQ/NhHR/wBhtlFJzh90ryMYjyGbwAlg6QH6DwA=");

  /** Lossy, 16x16 of (200, 120, 40). */
  public static final byte[] WEBP_LOSSY =
      decode(
          "UklGRj4AAABXRUJQVlA4IDIAAADwAQCdASoQABAAAMASJaACdLoB+AAF9AAA/sDP/8c2+K3/Fb/+Obf++gHvQD3oB/Xw"
              + "AA==");

  /** 16x16, inks of (40, 90, 140, 20) of 255, stored inverted with Adobe's marker. */
  public static final byte[] CMYK_JPEG =
      decode(
          "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggL"
              + "CAkKCgoKCgYICwwLCgwJCgoK/8AAFAgAEAAQBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYH"
              + "CAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBka"
              + "JSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeo"
              + "qaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD9XK+l"
              + "K4uv2soooooooooooor/2Q==");

  private static final int ADOBE_TRANSFORM = 17;

  private Samples() {}

  /** The same samples, said to be YCCK. */
  public static byte[] ycckJpeg() {
    byte[] jpeg = CMYK_JPEG.clone();
    jpeg[ADOBE_TRANSFORM] = 2;
    return jpeg;
  }

  /** Red rises to the right, green downwards, blue is a ripple. */
  public static RgbImage gradient(int width, int height) {
    byte[] data = new byte[width * height * 3];
    for (int y = 0, o = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        data[o++] = (byte) (x * 255 / width);
        data[o++] = (byte) (y * 255 / height);
        data[o++] = (byte) (128 + 60 * Math.sin(x / 3.0 + y / 5.0));
      }
    }
    return new RgbImage(width, height, data);
  }

  public static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(image, format, stream)) {
        throw new IOException("no writer for " + format);
      }
    }
    return out.toByteArray();
  }

  public static byte[] encoded(RgbImage image, String format) throws IOException {
    return encoded(AwtImages.buffered(image), format);
  }

  public static byte[] progressiveJpeg(RgbImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(AwtImages.buffered(image), null, null), parameters);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
