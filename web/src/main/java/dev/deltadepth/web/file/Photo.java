package dev.deltadepth.web.file;

import dev.deltadepth.web.browser.Dom;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.file.Blob;
import org.teavm.jso.typedarrays.ArrayBuffer;

/**
 * A decoded, upright photo.
 *
 * @param canvas with its pixels as they are shown; smaller than a large photo
 * @param file that it was decoded from; none for a frame of the camera
 * @param width of the file's picture
 * @param height of the file's picture
 * @param name of the file without extension
 */
public record Photo(
    HTMLCanvasElement canvas, @Nullable Blob file, int width, int height, String name) {

  /** A picture that is shown as it is. */
  public static Photo of(HTMLCanvasElement canvas, String name) {
    return new Photo(canvas, null, canvas.getWidth(), canvas.getHeight(), name);
  }

  /** Whether every pixel of the file is shown. */
  public boolean isWhole() {
    return canvas.getWidth() == width && canvas.getHeight() == height;
  }

  /** The photo with at most so many pixels; its own canvas if it has no more. */
  public HTMLCanvasElement reduced(double mostPixels) {
    double scale = Math.sqrt(mostPixels / canvas.getWidth() / canvas.getHeight());
    if (scale >= 1) {
      return canvas;
    }
    HTMLCanvasElement small =
        Dom.newCanvas(
            (int) Math.max(2, Math.floor(canvas.getWidth() * scale)),
            (int) Math.max(2, Math.floor(canvas.getHeight() * scale)));
    Dom.smooth(small).drawImage(canvas, 0, 0, small.getWidth(), small.getHeight());
    return small;
  }

  /** A copy of the RGBA bytes of the canvas. */
  public ArrayBuffer rgba() {
    return Dom.drawing(canvas)
        .getImageData(0, 0, canvas.getWidth(), canvas.getHeight())
        .getData()
        .getBuffer();
  }
}
