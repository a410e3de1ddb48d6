package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Dom;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.typedarrays.ArrayBuffer;

/**
 * A decoded, upright photo.
 *
 * @param canvas with its pixels
 * @param name of the file without extension
 */
record Photo(HTMLCanvasElement canvas, String name) {

  int width() {
    return canvas.getWidth();
  }

  int height() {
    return canvas.getHeight();
  }

  /** A copy of its RGBA bytes. */
  ArrayBuffer rgba() {
    return Dom.drawing(canvas).getImageData(0, 0, width(), height()).getData().getBuffer();
  }
}
