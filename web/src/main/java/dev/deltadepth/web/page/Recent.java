package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Dom;
import dev.deltadepth.web.file.Shelf;
import org.teavm.jso.dom.events.Event;
import org.teavm.jso.dom.html.HTMLElement;
import org.teavm.jso.file.Blob;

/** The last photos as a strip on the first page. */
final class Recent {

  /** Receives a photo that the user chose from the strip. */
  interface Chosen {
    /**
     * Called with the photo.
     *
     * @param number by which it is found again
     */
    void accept(int number, Blob file, String name);
  }

  private Recent() {}

  static void start(Chosen chosen) {
    Dom.onClick(
        "forget",
        () ->
            Shelf.clear(
                () -> {
                  show(chosen);
                  Dom.id("choose").focus();
                }));
    show(chosen);
  }

  /** Shows what is kept now. */
  static void show(Chosen chosen) {
    HTMLElement strip = Dom.id("strip");
    strip.setInnerHTML("");
    Dom.show("recent", false);
    Shelf.each(
        (number, name, picture) -> {
          HTMLElement button = Dom.document().createElement("button");
          button.setAttribute("type", "button");
          button.setAttribute("aria-label", name);
          button.setTitle(name);
          HTMLElement image = Dom.document().createElement("img");
          image.setAttribute("src", picture);
          image.setAttribute("alt", "");
          button.appendChild(image);
          Dom.on(
              button,
              "click",
              (Event event) ->
                  Shelf.find(number, (file, found) -> chosen.accept(number, file, found)));
          strip.appendChild(button);
          Dom.show("recent", true);
        },
        () -> {});
  }
}
