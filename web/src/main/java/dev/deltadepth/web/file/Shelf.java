package dev.deltadepth.web.file;

import dev.deltadepth.web.browser.Dom;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.file.Blob;
import org.teavm.jso.typedarrays.ArrayBuffer;

/**
 * The last photos, kept on this device and nowhere else until the user has them forgotten. Where a
 * browser has no storage, as in some private windows, it stays empty.
 */
public final class Shelf {
  /** How many photos are kept. */
  public static final int MOST = 12;

  /** Longer side of a thumbnail in pixels. */
  private static final int THUMBNAIL = 192;

  private Shelf() {}

  /** Receives the number of a kept photo. */
  @JSFunctor
  public interface Kept extends JSObject {
    void accept(int number);
  }

  /** Receives a photo of the shelf. */
  @JSFunctor
  public interface Thumbnail extends JSObject {
    /** Called with the photo's number, its name, and a small picture as an address. */
    void accept(int number, String name, String picture);
  }

  /** Receives the file of a photo. */
  @JSFunctor
  public interface Found extends JSObject {
    void accept(Blob file, String name);
  }

  /** An action. */
  @JSFunctor
  public interface Done extends JSObject {
    void run();
  }

  /** Keeps a photo that came from a file or a camera; the oldest beyond {@link #MOST} goes. */
  public static void keep(Photo photo, Kept kept) {
    String picture = address(small(photo.canvas()));
    Blob file = photo.file();
    if (file == null) {
      Saver.jpeg(photo.canvas(), jpeg -> put(jpeg, photo.name(), picture, kept));
    } else {
      put(file, photo.name(), picture, kept);
    }
  }

  private static HTMLCanvasElement small(HTMLCanvasElement canvas) {
    double scale =
        Math.min(1, THUMBNAIL / (double) Math.max(canvas.getWidth(), canvas.getHeight()));
    HTMLCanvasElement small =
        Dom.newCanvas(
            (int) Math.max(1, Math.round(canvas.getWidth() * scale)),
            (int) Math.max(1, Math.round(canvas.getHeight() * scale)));
    Dom.drawing(small).drawImage(canvas, 0, 0, small.getWidth(), small.getHeight());
    return small;
  }

  @JSBody(params = "canvas", script = "return canvas.toDataURL('image/jpeg', 0.8);")
  private static native String address(HTMLCanvasElement canvas);

  @JSBody(
      params = "use",
      script =
          """
          try {
            var opening = indexedDB.open('delta', 1);
            opening.onupgradeneeded = function() {
              opening.result.createObjectStore('photos', { keyPath: 'number', autoIncrement: true });
            };
            opening.onsuccess = function() {
              var base = opening.result;
              try {
                var doing = base.transaction('photos', 'readwrite');
                doing.oncomplete = doing.onabort = function() { base.close(); };
                use(doing.objectStore('photos'));
              } catch (e) {
                base.close();
              }
            };
            opening.onerror = function(event) { event.preventDefault(); };
          } catch (e) { }
          """)
  private static native void open(Use use);

  @JSFunctor
  private interface Use extends JSObject {
    void accept(JSObject store);
  }

  /** As bytes: Safari does not keep files in private windows. */
  private static void put(Blob file, String name, String picture, Kept kept) {
    Saver.bytes(file, bytes -> open(store -> put(store, bytes, name, picture, MOST, kept)));
  }

  @JSBody(
      params = {"store", "bytes", "name", "picture", "most", "kept"},
      script =
          """
          var adding = store.add({ bytes: bytes, name: name, picture: picture });
          adding.onsuccess = function() {
            kept(adding.result);
            var counting = store.getAllKeys();
            counting.onsuccess = function() {
              counting.result.slice(0, -most).forEach(function(old) { store.delete(old); });
            };
            if (navigator.storage && navigator.storage.persist) {
              navigator.storage.persist().catch(function() {});
            }
          };
          adding.onerror = function(event) { event.preventDefault(); };
          """)
  private static native void put(
      JSObject store, ArrayBuffer bytes, String name, String picture, int most, Kept kept);

  /** Gives the kept photos, the latest first, then runs an action. */
  public static void each(Thumbnail thumbnail, Done done) {
    open(store -> each(store, thumbnail, done));
  }

  @JSBody(
      params = {"store", "thumbnail", "done"},
      script =
          """
          store.openCursor(null, 'prev').onsuccess = function(event) {
            var cursor = event.target.result;
            if (!cursor) return done();
            thumbnail(cursor.value.number, cursor.value.name, cursor.value.picture);
            cursor.continue();
          };
          """)
  private static native void each(JSObject store, Thumbnail thumbnail, Done done);

  /** Finds a kept photo; nothing happens if it is not there any more. */
  public static void find(int number, Found found) {
    open(store -> find(store, number, found));
  }

  @JSBody(
      params = {"store", "number", "found"},
      script =
          """
          store.get(number).onsuccess = function(event) {
            var kept = event.target.result;
            if (kept) found(new Blob([kept.bytes]), kept.name);
          };
          """)
  private static native void find(JSObject store, int number, Found found);

  /** Forgets all photos. */
  public static void clear(Done done) {
    open(store -> clear(store, done));
  }

  @JSBody(
      params = {"store", "done"},
      script = "store.clear().onsuccess = function() { done(); };")
  private static native void clear(JSObject store, Done done);
}
