package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Dom;
import org.teavm.jso.JSBody;
import org.teavm.jso.dom.events.Event;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.dom.html.HTMLImageElement;
import org.teavm.jso.file.Blob;

/** Reads files as {@link Photo}s; the browser decodes them and applies the EXIF orientation. */
public final class PhotoReader {
  /** What fits a canvas and the worker's memory on old phones; larger photos are reduced to it. */
  public static final double MOST_PIXELS = 12.6e6;

  /** Beyond this, no browser decodes reliably. */
  private static final double TOO_MANY_PIXELS = 160e6;

  private static final double MEGA = 1e6;

  private PhotoReader() {}

  /** Receives a photo or the reason why there is none. */
  interface Listener {
    /**
     * Called with the photo.
     *
     * @param reduced whether it is smaller than the file
     */
    void read(Photo photo, boolean reduced);

    /**
     * Called if the file is damaged or of an unsupported format.
     *
     * @param kind its name, such as HEIC; empty if it is one that every browser decodes
     */
    void unreadable(String kind);

    /** Called if there is not enough memory. */
    void tooLarge(long megapixels);
  }

  /** Reads an image file that the user chose. */
  static void read(Blob file, Listener listener) {
    read(file, fileName(file), listener);
  }

  /**
   * Reads an image file.
   *
   * @param fileName which counts, not the file's own
   */
  static void read(Blob file, String fileName, Listener listener) {
    String address = address(file);
    HTMLImageElement image = (HTMLImageElement) Dom.document().createElement("img");
    Dom.on(
        image,
        "load",
        (Event event) -> {
          decoded(image, name(fileName), listener);
          revoke(address);
        });
    Dom.on(
        image,
        "error",
        (Event event) -> {
          revoke(address);
          listener.unreadable(ForeignKind.of(fileName));
        });
    image.setSrc(address);
  }

  private static void decoded(HTMLImageElement image, String name, Listener listener) {
    double width = image.getNaturalWidth();
    double height = image.getNaturalHeight();
    if (width < 1 || height < 1) {
      listener.unreadable("");
      return;
    }
    double pixels = width * height;
    double scale = Math.min(1, Math.sqrt(MOST_PIXELS / pixels));
    if (pixels > TOO_MANY_PIXELS) {
      listener.tooLarge(Math.round(pixels / MEGA));
      return;
    }
    HTMLCanvasElement canvas =
        Dom.newCanvas(
            (int) Math.max(1, Math.floor(width * scale)),
            (int) Math.max(1, Math.floor(height * scale)));
    if (draw(canvas, image, canvas.getWidth(), canvas.getHeight())) {
      listener.read(new Photo(canvas, name), scale < 1);
    } else {
      listener.tooLarge(Math.round(pixels / MEGA));
    }
  }

  /** Draws on white, for transparent images; returns whether there was enough memory. */
  @JSBody(
      params = {"canvas", "image", "width", "height"},
      script =
          """
          try {
            var drawing = canvas.getContext('2d', { willReadFrequently: true });
            drawing.fillStyle = '#fff';
            drawing.fillRect(0, 0, width, height);
            drawing.imageSmoothingQuality = 'high';
            drawing.drawImage(image, 0, 0, width, height);
            return drawing.getImageData(0, 0, 1, 1).data[3] === 255;
          } catch (e) {
            return false;
          }
          """)
  private static native boolean draw(
      HTMLCanvasElement canvas, HTMLImageElement image, int width, int height);

  private static String name(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot > 0 ? fileName.substring(0, dot) : fileName;
  }

  /** A file's name. */
  @JSBody(params = "file", script = "return file.name || 'photo';")
  static native String fileName(Blob file);

  @JSBody(params = "file", script = "return URL.createObjectURL(file);")
  private static native String address(Blob file);

  @JSBody(params = "address", script = "URL.revokeObjectURL(address);")
  private static native void revoke(String address);
}
