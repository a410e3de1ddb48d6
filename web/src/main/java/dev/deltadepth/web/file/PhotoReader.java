package dev.deltadepth.web.file;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Dom;
import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.dom.html.HTMLImageElement;
import org.teavm.jso.file.Blob;
import org.teavm.jso.typedarrays.Int8Array;

/** Reads files as {@link Photo}s; the browser decodes them and applies the EXIF orientation. */
public final class PhotoReader {
  /**
   * What is kept of a photo to be shown and estimated: about what a phone's screen has, and with
   * all its copies 45 MB. Files are saved at the photo's full size.
   */
  public static final double MOST_SHOWN = 1.6e6;

  /** Beyond this, no browser decodes reliably. */
  private static final double TOO_MANY_PIXELS = 160e6;

  private static final double MEGA = 1e6;

  private PhotoReader() {}

  /** Receives a photo or the reason why there is none. */
  public interface Listener {
    /** Called with the photo. */
    void read(Photo photo);

    /** Called after {@link #read} if the file ends too early, so that a part is missing. */
    void cut();

    /** Called after {@link #read} if a phone stored depth in the file: upright, of any kind. */
    void depth(DepthMap stored);

    /** Called if the file is damaged or of a format that this browser does not support. */
    void unreadable(Blob file, String fileName);

    /** Called if there is not enough memory. */
    void tooLarge(long megapixels);
  }

  /** Reads an image file that the user chose. */
  public static void read(Blob file, Listener listener) {
    read(file, fileName(file), listener);
  }

  /**
   * Reads an image file.
   *
   * @param fileName which counts, not the file's own
   */
  public static void read(Blob file, String fileName, Listener listener) {
    decode(
        file,
        image -> decoded(image, file, fileName, listener),
        () -> listener.unreadable(file, fileName));
  }

  /** Has the browser decode a picture. */
  static void decode(Blob file, Consumer<HTMLImageElement> read, Runnable unreadable) {
    String address = Saver.address(file);
    HTMLImageElement image = (HTMLImageElement) Dom.document().createElement("img");
    onceLoaded(
        image,
        isRead -> {
          if (isRead) {
            read.accept(image);
          } else {
            unreadable.run();
          }
          // Not before it is drawn.
          Browser.later(() -> Saver.revoke(address), 60_000);
        });
    image.setSrc(address);
  }

  private static void decoded(
      HTMLImageElement image, Blob file, String fileName, Listener listener) {
    int width = image.getNaturalWidth();
    int height = image.getNaturalHeight();
    if (width < 1 || height < 1) {
      listener.unreadable(file, fileName);
      return;
    }
    double pixels = (double) width * height;
    if (pixels > TOO_MANY_PIXELS) {
      listener.tooLarge(Math.round(pixels / MEGA));
      return;
    }
    double scale = Math.min(1, Math.sqrt(MOST_SHOWN / pixels));
    HTMLCanvasElement canvas =
        Dom.newCanvas(
            (int) Math.max(1, Math.floor(width * scale)),
            (int) Math.max(1, Math.floor(height * scale)));
    draw(
        Dom.smooth(canvas),
        image,
        file,
        scale < 1,
        isDrawn -> {
          if (!isDrawn) {
            listener.tooLarge(Math.round(pixels / MEGA));
            return;
          }
          listener.read(new Photo(canvas, file, width, height, name(fileName)));
          Saver.bytes(
              file,
              bytes -> {
                byte[] content = new Int8Array(bytes).toJavaArray();
                if (JpegEnd.isCut(content)) {
                  listener.cut();
                }
                PhonePhoto.depth(content, listener::depth);
                // The content is gone with them.
                Browser.free(bytes);
              });
        });
  }

  @JSFunctor
  private interface Loaded extends JSObject {
    void accept(boolean isRead);
  }

  @JSBody(
      params = {"image", "loaded"},
      script =
          """
          image.onload = function() { image.onload = image.onerror = null; loaded(true); };
          image.onerror = function() { image.onload = image.onerror = null; loaded(false); };
          """)
  private static native void onceLoaded(HTMLImageElement image, Loaded loaded);

  @JSFunctor
  private interface Drawn extends JSObject {
    void accept(boolean isDrawn);
  }

  /**
   * Draws on white, for transparent images; says whether there was enough memory. What an image
   * element decodes the browser keeps for long; the pixels of a large photo are freed at once.
   */
  @JSBody(
      params = {"drawing", "image", "file", "large", "drawn"},
      script =
          """
          var canvas = drawing.canvas;
          function draw(source) {
            var isDrawn = false;
            try {
              drawing.fillStyle = '#fff';
              drawing.fillRect(0, 0, canvas.width, canvas.height);
              drawing.drawImage(source, 0, 0, canvas.width, canvas.height);
              isDrawn = drawing.getImageData(0, 0, 1, 1).data[3] === 255;
            } catch (e) { }
            if (source.close) source.close();
            image.src = '';
            drawn(isDrawn);
          }
          if (!large || !self.createImageBitmap) return draw(image);
          var width = image.naturalWidth, height = image.naturalHeight;
          createImageBitmap(file, { imageOrientation: 'from-image' }).then(function(bitmap) {
            return bitmap.width === width && bitmap.height === height ? bitmap : image;
          }).catch(function() { return image; }).then(draw);
          """)
  private static native void draw(
      JSObject drawing, HTMLImageElement image, Blob file, boolean large, Drawn drawn);

  /** A file's name without its extension. */
  public static String name(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot > 0 ? fileName.substring(0, dot) : fileName;
  }

  /** A file's name. */
  @JSBody(params = "file", script = "return file.name || 'photo';")
  public static native String fileName(Blob file);
}
