package dev.deltadepth.web.engine;

import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.web.browser.Pixels;
import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.file.Blob;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * A large photo that the browser decodes and hands over a strip at a time, so that its pixels are
 * in memory once, and as bytes of this program never.
 */
final class StripPhoto implements PhotoRows {
  private static final int STRIP = 128;
  private static final float SCALE = 1 / 255f;

  private final JSObject bitmap;
  private final int width;
  private final int height;
  private byte[] strip = {};
  private int from = -1;

  private StripPhoto(JSObject bitmap, int width, int height) {
    this.bitmap = bitmap;
    this.width = width;
    this.height = height;
  }

  /**
   * Decodes a file.
   *
   * @param width that the page has seen; another one means that this decoder turns photos otherwise
   * @param opened receives the photo, which has to be closed
   * @param failed receives why it cannot be read here
   */
  static void open(
      Blob file, int width, int height, Consumer<StripPhoto> opened, Consumer<String> failed) {
    decode(
        file,
        width,
        height,
        bitmap -> opened.accept(new StripPhoto(bitmap, width, height)),
        failed::accept);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public void row(int y, float[] red, float[] green, float[] blue) {
    int at = load(y);
    for (int x = 0; x < width; x++, at += 4) {
      red[x] = (strip[at] & 0xff) * SCALE;
      green[x] = (strip[at + 1] & 0xff) * SCALE;
      blue[x] = (strip[at + 2] & 0xff) * SCALE;
    }
  }

  @Override
  public void bytes(int y, byte[] rgb) {
    int at = load(y);
    for (int i = 0; i < rgb.length; i += 3, at += 4) {
      rgb[i] = strip[at];
      rgb[i + 1] = strip[at + 1];
      rgb[i + 2] = strip[at + 2];
    }
  }

  /** Twice the size by the browser, the rest as everywhere in Delta. */
  @Override
  public RgbImage resized(int toWidth, int toHeight) {
    int twiceWidth = Math.min(width, 2 * toWidth);
    int twiceHeight = Math.min(height, 2 * toHeight);
    RgbImage twice =
        Pixels.withoutAlpha(
            pixels(bitmap, 0, width, height, twiceWidth, twiceHeight).getBuffer(),
            twiceWidth,
            twiceHeight);
    return Resizer.resize(twice, toWidth, toHeight);
  }

  /** Frees the decoded pixels. */
  void close() {
    close(bitmap);
  }

  /** Where a row begins in the strip that holds it. */
  private int load(int y) {
    if (from < 0 || y < from || y >= from + STRIP) {
      from = y / STRIP * STRIP;
      int rows = Math.min(STRIP, height - from);
      strip = pixels(bitmap, from, width, rows, width, rows).toJavaArray();
    }
    return (y - from) * width * 4;
  }

  @JSFunctor
  private interface Decoded extends JSObject {
    void accept(JSObject bitmap);
  }

  @JSFunctor
  private interface Failed extends JSObject {
    void accept(String reason);
  }

  @JSBody(
      params = {"file", "width", "height", "decoded", "failed"},
      script =
          """
          if (typeof OffscreenCanvas === 'undefined' || !self.createImageBitmap) {
            failed('no OffscreenCanvas');
            return;
          }
          createImageBitmap(file, { imageOrientation: 'from-image' }).then(function(bitmap) {
            if (bitmap.width === width && bitmap.height === height) decoded(bitmap);
            else failed('another size');
          }).catch(function(e) { failed(String(e && e.message || e)); });
          """)
  private static native void decode(
      Blob file, int width, int height, Decoded decoded, Failed failed);

  /** RGBA bytes of a strip of the whole width, scaled to a size, on white. */
  @JSBody(
      params = {"bitmap", "top", "width", "height", "toWidth", "toHeight"},
      script =
          """
          var canvas = new OffscreenCanvas(toWidth, toHeight);
          var drawing = canvas.getContext('2d', { willReadFrequently: true });
          drawing.fillStyle = '#fff';
          drawing.fillRect(0, 0, toWidth, toHeight);
          drawing.imageSmoothingQuality = 'high';
          drawing.drawImage(bitmap, 0, top, width, height, 0, 0, toWidth, toHeight);
          return new Int8Array(drawing.getImageData(0, 0, toWidth, toHeight).data.buffer);
          """)
  private static native Int8Array pixels(
      JSObject bitmap, int top, int width, int height, int toWidth, int toHeight);

  @JSBody(params = "bitmap", script = "bitmap.close();")
  private static native void close(JSObject bitmap);
}
