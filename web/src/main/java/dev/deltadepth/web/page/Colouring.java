package dev.deltadepth.web.page;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.web.browser.Dom;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSByRef;
import org.teavm.jso.JSObject;
import org.teavm.jso.dom.html.HTMLCanvasElement;

/** Paints coloured maps on canvases. */
final class Colouring {

  private Colouring() {}

  /** Paints a map on a canvas, which is resized to the map. */
  static void paint(
      DepthMap map, Normalization window, Colormap colours, HTMLCanvasElement canvas) {
    byte[] rgb = colours.apply(map, window).data();
    byte[] rgba = new byte[rgb.length / 3 * 4];
    for (int from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
      rgba[to] = rgb[from];
      rgba[to + 1] = rgb[from + 1];
      rgba[to + 2] = rgb[from + 2];
      rgba[to + 3] = (byte) 255;
    }
    if (canvas.getWidth() != map.width() || canvas.getHeight() != map.height()) {
      canvas.setWidth(map.width());
      canvas.setHeight(map.height());
    }
    put(Dom.drawing(canvas), rgba, map.width(), map.height());
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
      params = {"drawing", "rgba", "width", "height"},
      script =
          """
          drawing.putImageData(new ImageData(
              new Uint8ClampedArray(rgba.buffer, rgba.byteOffset, rgba.length), width, height), 0, 0);
          """)
  private static native void put(JSObject drawing, @JSByRef byte[] rgba, int width, int height);
}
