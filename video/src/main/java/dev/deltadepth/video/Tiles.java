package dev.deltadepth.video;

import dev.deltadepth.core.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/** Pictures of a bare stream, decoded one after another so that only one is in memory. */
final class Tiles {

  /** The largest side of a coded picture. */
  private static final int LARGEST = 32_768;

  private Tiles() {}

  /**
   * A stream of pictures.
   *
   * @param hevc whether it is HEVC, or else AV1
   * @param content its bytes
   * @param pictures how many it has
   * @param filters of FFmpeg that make RGB of it
   * @param mostPixels of one of them
   * @param limit of the time for all
   */
  record Stream(
      boolean hevc,
      byte[] content,
      int pictures,
      String filters,
      long mostPixels,
      Duration limit) {}

  /** The only picture of a stream. */
  static RgbImage one(Stream stream, int divisor) {
    return run(
        stream,
        in -> {
          RgbImage picture = next(in, stream.mostPixels());
          Canvas canvas = new Canvas(picture.width(), picture.height(), divisor);
          canvas.add(picture, 0, 0);
          return canvas.image();
        });
  }

  /** Puts the pictures of a stream into a canvas, row by row; all have the first one's size. */
  static void place(Stream stream, int columns, Canvas canvas) {
    run(
        stream,
        in -> {
          for (int i = 0; i < stream.pictures(); i++) {
            RgbImage tile = next(in, stream.mostPixels());
            canvas.add(tile, i % columns * tile.width(), i / columns * tile.height());
          }
          return canvas;
        });
  }

  private static <T> T run(Stream stream, Ffmpeg.Output<T> output) {
    List<String> arguments =
        List.of(
            "-f",
            stream.hevc() ? "hevc" : "obu",
            "-c:v",
            stream.hevc() ? "hevc" : "libaom-av1",
            "-err_detect",
            "explode",
            "-xerror",
            "-i",
            "pipe:0",
            "-fps_mode",
            "passthrough",
            "-vf",
            stream.filters() + ",format=rgb24",
            "-c:v",
            "ppm",
            "-f",
            "image2pipe",
            "pipe:1");
    return Ffmpeg.run(arguments, stream.content(), stream.limit(), output);
  }

  /** The next picture: "P6", width, height and 255, each followed by white space, and bytes. */
  private static RgbImage next(InputStream in, long mostPixels) throws IOException {
    if (in.read() != 'P' || in.read() != '6') {
      throw new IOException("pictures are missing");
    }
    in.read();
    int width = number(in);
    int height = number(in);
    int most = number(in);
    if (width < 1
        || height < 1
        || width > LARGEST
        || height > LARGEST
        || most != 255
        || (long) width * height > mostPixels) {
      throw new IOException("a picture of " + width + " x " + height);
    }
    int size = Math.multiplyExact(3 * width, height);
    byte[] data = in.readNBytes(size);
    if (data.length < size) {
      throw new IOException("a picture is cut off");
    }
    return new RgbImage(width, height, data);
  }

  private static int number(InputStream in) throws IOException {
    int value = 0;
    for (int c = in.read(); c >= '0' && c <= '9' && value <= LARGEST; c = in.read()) {
      value = 10 * value + c - '0';
    }
    return value;
  }
}
