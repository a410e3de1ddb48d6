package dev.deltadepth.web.browser;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.browser.Window;
import org.teavm.jso.canvas.CanvasRenderingContext2D;
import org.teavm.jso.dom.events.Event;
import org.teavm.jso.dom.events.EventListener;
import org.teavm.jso.dom.events.EventTarget;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.dom.html.HTMLDocument;
import org.teavm.jso.dom.html.HTMLElement;

/** Shorthand for common DOM operations. */
public final class Dom {

  private Dom() {}

  public static HTMLDocument document() {
    return Window.current().getDocument();
  }

  /** The element with an id in index.html. */
  public static HTMLElement id(String id) {
    HTMLElement element = document().getElementById(id);
    if (element == null) {
      throw new WebException("index.html has no element " + id);
    }
    return element;
  }

  /** The same as a canvas. */
  public static HTMLCanvasElement canvas(String id) {
    return (HTMLCanvasElement) id(id);
  }

  /** A new canvas outside the page. */
  public static HTMLCanvasElement newCanvas(int width, int height) {
    HTMLCanvasElement canvas = (HTMLCanvasElement) document().createElement("canvas");
    canvas.setWidth(width);
    canvas.setHeight(height);
    return canvas;
  }

  /** The drawing context of a canvas. */
  public static CanvasRenderingContext2D drawing(HTMLCanvasElement canvas) {
    return (CanvasRenderingContext2D) canvas.getContext("2d");
  }

  /**
   * The drawing context of a canvas that is read afterwards, so that it is kept in main memory, and
   * in which pictures are made smaller without coarse pixels.
   */
  @JSBody(
      params = "canvas",
      script =
          """
          var drawing = canvas.getContext('2d', { willReadFrequently: true });
          drawing.imageSmoothingQuality = 'high';
          return drawing;
          """)
  public static native CanvasRenderingContext2D smooth(HTMLCanvasElement canvas);

  /** Runs an action when an element is clicked. */
  public static void onClick(String id, Runnable action) {
    on(id(id), "click", event -> action.run());
  }

  /** Listens to events of a type. */
  public static <E extends Event> void on(
      EventTarget target, String type, EventListener<E> listener) {
    target.addEventListener(type, listener);
  }

  /** Runs an action when an element gets another size; not in browsers without ResizeObserver. */
  @JSBody(
      params = {"element", "changed"},
      script =
          "if (window.ResizeObserver) new ResizeObserver(function() { changed(); }).observe(element);")
  public static native void onResize(HTMLElement element, Changed changed);

  /** What is run when something changes. */
  @JSFunctor
  public interface Changed extends JSObject {
    void run();
  }

  public static void show(String id, boolean shown) {
    id(id).setHidden(!shown);
  }

  public static void text(String id, String text) {
    id(id).setInnerText(text);
  }
}
