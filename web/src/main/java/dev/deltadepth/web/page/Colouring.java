package dev.deltadepth.web.page;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.web.browser.Dom;
import dev.deltadepth.web.browser.Pixels;
import java.util.Arrays;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSByRef;
import org.teavm.jso.JSObject;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.typedarrays.ArrayBuffer;
import org.teavm.jso.typedarrays.Int8Array;

/** Paints coloured maps on canvases. */
final class Colouring {

  private static final int STRIP = 64;

  private Colouring() {}

  /** Paints a map on a canvas, which is resized to the map. */
  static void paint(
      DepthMap map, Normalization window, Colormap colours, HTMLCanvasElement canvas) {
    int width = map.width();
    if (canvas.getWidth() != width || canvas.getHeight() != map.height()) {
      canvas.setWidth(width);
      canvas.setHeight(map.height());
    }
    // In strips, so that the colours of a large map are in memory only as the canvas's.
    byte[] rgba = new byte[width * STRIP * 4];
    for (int top = 0; top < map.height(); top += STRIP) {
      int rows = Math.min(STRIP, map.height() - top);
      float[] values = Arrays.copyOfRange(map.data(), top * width, (top + rows) * width);
      byte[] rgb = colours.apply(new DepthMap(map.kind(), width, rows, values), window).data();
      Pixels.withAlpha(rgb, rgba);
      put(Dom.smooth(canvas), rgba, width, rows, top);
    }
  }

  /** Paints RGBA bytes on a canvas of their size. */
  static void put(HTMLCanvasElement canvas, ArrayBuffer rgba) {
    byte[] bytes = new Int8Array(rgba).toJavaArray();
    put(Dom.smooth(canvas), bytes, canvas.getWidth(), canvas.getHeight(), 0);
  }

  /** Paints RGB bytes on a canvas of their size. */
  static void putRgb(HTMLCanvasElement canvas, ArrayBuffer rgb) {
    byte[] rgba = Pixels.withAlpha(new Int8Array(rgb).toJavaArray());
    put(Dom.smooth(canvas), rgba, canvas.getWidth(), canvas.getHeight(), 0);
  }

  /** Paints a colour scale, starting at the left, on a canvas of one row. */
  static void paintScale(Colormap colours, HTMLCanvasElement canvas) {
    int width = canvas.getWidth();
    float[] values = new float[width];
    for (int x = 0; x < width; x++) {
      values[x] = x / (float) (width - 1);
    }
    paint(
        new DepthMap(DepthMap.Kind.DISPARITY, width, 1, values),
        new Normalization(0, 1),
        colours,
        canvas);
  }

  @JSBody(
      params = {"drawing", "rgba", "width", "rows", "top"},
      script =
          """
          drawing.putImageData(new ImageData(
              new Uint8ClampedArray(rgba.buffer, rgba.byteOffset, width * rows * 4), width, rows), 0, top);
          """)
  private static native void put(
      JSObject drawing, @JSByRef byte[] rgba, int width, int rows, int top);
}
