package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Dom;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.browser.Window;
import org.teavm.jso.dom.events.Event;
import org.teavm.jso.file.Blob;

/** The page: which part of it is visible, and how images get in. */
public final class Page {
  private final Appearance appearance = new Appearance();
  private final Notices notices = new Notices(appearance);
  private final DepthClient client = new DepthClient();
  private final DepthView view = new DepthView(appearance);
  private final PhotoWork photos = new PhotoWork(appearance, notices, client, view);
  private final LiveDepth live = new LiveDepth(appearance, notices, client, view);

  public void start() {
    appearance.start();
    notices.start();
    view.start();
    photos.start();
    live.start(
        photo -> {
          showWork(false);
          photos.estimate(photo);
        });
    ModelStatus status = new ModelStatus(appearance, notices, photos::showProcessing);
    status.start();
    client.start(status);
    listen();
    Dom.on(Window.current(), "resize", (Event event) -> view.stage().layOut());
    Dom.on(Window.current(), "offline", (Event event) -> notices.notice(Text.OFFLINE));
    Installation.start(use -> notices.offer(Text.NEW_VERSION, Text.USE_NEW, use));
  }

  /** Connects every way to get an image. */
  private void listen() {
    Dom.onClick("choose", () -> Dom.id("file").click());
    Dom.onClick("take", this::take);
    Dom.onClick("live", this::openLive);
    Dom.onClick("again", this::showStart);
    Dom.onClick("sample", () -> fetch("sample.jpg", this::open));
    files(Dom.id("file"), Dom.id("capture"), Dom.id("drop"), this::open);
  }

  /** Phones use their own camera app; elsewhere the live camera takes photos. */
  private void take() {
    if (Browser.matches("(pointer: coarse)")) {
      Dom.id("capture").click();
    } else {
      openLive();
    }
  }

  private void open(Blob file) {
    live.close();
    photos.open(file, () -> showWork(false));
  }

  private void openLive() {
    live.open(
        () -> {
          photos.leave();
          showWork(true);
        });
  }

  private void showStart() {
    live.close();
    photos.leave();
    Dom.show("work", false);
    Dom.show("start", true);
    Dom.id("choose").focus();
  }

  private void showWork(boolean isLive) {
    Dom.show("start", false);
    Dom.show("work", true);
    Dom.show("save", !isLive);
    appearance.set(Dom.id("tag-photo"), isLive ? Text.CAMERA : Text.PHOTO);
    appearance.set(Dom.id("again"), isLive ? Text.CLOSE_CAMERA : Text.AGAIN);
    // Screen readers announce it once per photo; in live mode they would never stop.
    Dom.id("timing").setAttribute("aria-live", isLive ? "off" : "polite");
    view.stage().layOut();
  }

  @JSFunctor
  private interface Files extends JSObject {
    void accept(Blob file);
  }

  /** Opens files that are chosen, taken, dropped or pasted. */
  @JSBody(
      params = {"file", "capture", "drop", "open"},
      script =
          """
          [file, capture].forEach(function(input) {
            input.addEventListener('change', function() {
              if (input.files[0]) open(input.files[0]);
              input.value = '';
            });
          });
          var depth = 0;
          function has(event) {
            return event.dataTransfer && Array.prototype.indexOf.call(event.dataTransfer.types, 'Files') >= 0;
          }
          function shown(change) {
            depth = Math.max(0, depth + change);
            drop.hidden = depth === 0;
          }
          document.addEventListener('dragenter', function(event) { if (has(event)) shown(1); });
          document.addEventListener('dragleave', function(event) { if (has(event)) shown(-1); });
          document.addEventListener('dragover', function(event) { event.preventDefault(); });
          document.addEventListener('drop', function(event) {
            event.preventDefault();
            shown(-depth);
            if (event.dataTransfer.files[0]) open(event.dataTransfer.files[0]);
          });
          document.addEventListener('paste', function(event) {
            var items = event.clipboardData ? event.clipboardData.files : [];
            if (items[0]) open(items[0]);
          });
          """)
  private static native void files(JSObject file, JSObject capture, JSObject drop, Files open);

  @JSBody(
      params = {"address", "open"},
      script =
          """
          var request = new XMLHttpRequest();
          request.open('GET', address);
          request.responseType = 'blob';
          request.onload = function() {
            var blob = request.response;
            blob.name = address;
            open(blob);
          };
          request.send();
          """)
  private static native void fetch(String address, Files open);
}
