package dev.deltadepth.web;

import org.teavm.jso.browser.Window;
import org.teavm.jso.canvas.CanvasRenderingContext2D;
import org.teavm.jso.dom.events.Event;
import org.teavm.jso.dom.events.EventListener;
import org.teavm.jso.dom.events.EventTarget;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.dom.html.HTMLDocument;
import org.teavm.jso.dom.html.HTMLElement;

/** Short words for what a page does all the time. */
final class Dom {

  private Dom() {}

  static HTMLDocument document() {
    return Window.current().getDocument();
  }

  /** The element with that id, which index.html has. */
  static HTMLElement id(String id) {
    HTMLElement element = document().getElementById(id);
    if (element == null) {
      throw new WebException("index.html has no element " + id);
    }
    return element;
  }

  /** The same as a canvas. */
  static HTMLCanvasElement canvas(String id) {
    return (HTMLCanvasElement) id(id);
  }

  /** A canvas that is not on the page. */
  static HTMLCanvasElement newCanvas(int width, int height) {
    HTMLCanvasElement canvas = (HTMLCanvasElement) document().createElement("canvas");
    canvas.setWidth(width);
    canvas.setHeight(height);
    return canvas;
  }

  /** What draws on a canvas. */
  static CanvasRenderingContext2D drawing(HTMLCanvasElement canvas) {
    return (CanvasRenderingContext2D) canvas.getContext("2d");
  }

  /** Has something done when an element is clicked. */
  static void onClick(String id, Runnable action) {
    on(id(id), "click", event -> action.run());
  }

  /** Listens to an event of a kind. */
  static <E extends Event> void on(EventTarget target, String type, EventListener<E> listener) {
    target.addEventListener(type, listener);
  }

  static void show(String id, boolean shown) {
    id(id).setHidden(!shown);
  }

  static void text(String id, String text) {
    id(id).setInnerText(text);
  }
}
