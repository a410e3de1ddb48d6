package dev.deltadepth.web.file;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArray;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.file.Blob;
import org.teavm.jso.typedarrays.ArrayBuffer;
import org.teavm.jso.typedarrays.Int8Array;

/** Saves files to the device and shares them with other apps. */
public final class Saver {

  private Saver() {}

  /** Receives the file made from a canvas. */
  @JSFunctor
  public interface Made extends JSObject {
    void accept(Blob file);
  }

  /** Encodes a canvas as a JPEG file, in the background if the browser supports it. */
  @JSBody(
      params = {"canvas", "made"},
      script =
          """
          if (canvas.toBlob) {
            canvas.toBlob(made, 'image/jpeg', 0.92);
            return;
          }
          var text = atob(canvas.toDataURL('image/jpeg', 0.92).split(',')[1]);
          var bytes = new Uint8Array(text.length);
          for (var i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
          made(new Blob([bytes], { type: 'image/jpeg' }));
          """)
  public static native void jpeg(HTMLCanvasElement canvas, Made made);

  /** Receives the bytes of a file. */
  @JSFunctor
  public interface Bytes extends JSObject {
    void accept(ArrayBuffer bytes);
  }

  /** Reads a file; nothing happens if that fails. */
  @JSBody(
      params = {"file", "read"},
      script =
          """
          var reader = new FileReader();
          reader.onload = function() { read(reader.result); };
          reader.readAsArrayBuffer(file);
          """)
  public static native void bytes(Blob file, Bytes read);

  /** A PNG file from its bytes. */
  public static Blob png(Int8Array bytes) {
    return file(bytes, "image/png");
  }

  /** A file of a type from its bytes. */
  public static Blob file(Int8Array bytes, String type) {
    JSArray<JSObject> parts = new JSArray<>();
    parts.push(bytes);
    return blob(parts, type);
  }

  @JSBody(
      params = {"parts", "type"},
      script = "return new Blob(parts, { type: type });")
  static native Blob blob(JSArray<JSObject> parts, String type);

  /** An address of a file for elements of this page. */
  @JSBody(params = "file", script = "return URL.createObjectURL(file);")
  public static native String address(Blob file);

  /** Ends an address: what still uses the file keeps it. */
  @JSBody(params = "address", script = "URL.revokeObjectURL(address);")
  public static native void revoke(String address);

  /** The browser's media type of a file, such as {@code video/mp4}; may be empty. */
  @JSBody(params = "file", script = "return file.type || '';")
  public static native String type(Blob file);

  /** Lets the browser save a file. */
  @JSBody(
      params = {"file", "name"},
      script =
          """
          var link = document.createElement('a');
          link.href = URL.createObjectURL(file);
          link.download = name;
          document.body.appendChild(link);
          link.click();
          document.body.removeChild(link);
          setTimeout(function() { URL.revokeObjectURL(link.href); }, 60000);
          """)
  public static native void save(Blob file, String name);

  /** Whether this system lets pages share image files. */
  @JSBody(
      script =
          """
          try {
            var probe = new File([new Uint8Array(1)], 'a.png', { type: 'image/png' });
            return !!navigator.share && !!navigator.canShare && navigator.canShare({ files: [probe] });
          } catch (e) {
            return false;
          }
          """)
  public static native boolean canShare();

  /** Opens the system's share sheet with a file; cancelling it has no effect. */
  @JSBody(
      params = {"file", "name"},
      script =
          """
          navigator.share({ files: [new File([file], name, { type: file.type })] })
              .then(function() {}, function() {});
          """)
  public static native void share(Blob file, String name);
}
