package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Dom;
import dev.deltadepth.web.file.FileKind;
import dev.deltadepth.web.file.Photo;
import dev.deltadepth.web.file.PhotoReader;
import dev.deltadepth.web.file.Saver;
import dev.deltadepth.web.file.Shelf;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.browser.Window;
import org.teavm.jso.dom.events.Event;
import org.teavm.jso.dom.events.KeyboardEvent;
import org.teavm.jso.file.Blob;

/** The page: which part of it is visible, and how images get in. */
public final class Page {
  private final Appearance appearance = new Appearance();
  private final Notices notices = new Notices(appearance);
  private final DepthClient client = new DepthClient();
  private final DepthView view = new DepthView(appearance);
  private final Trail trail = new Trail();
  private final SaveSheet sheet = new SaveSheet(notices, client, view, trail);
  private final Tools tools = new Tools(appearance, notices, client, view, sheet);
  private final Effort effort = new Effort(client);
  private final PhotoWork photos =
      new PhotoWork(appearance, notices, client, view, sheet, tools, effort);
  private final LiveDepth live = new LiveDepth(appearance, notices, client, view);
  private final FilmWork films =
      new FilmWork(notices, client, view, effort, new FilmScreen(appearance, notices));

  public void start() {
    appearance.start();
    notices.start();
    view.start();
    effort.start();
    photos.start();
    films.start();
    sheet.start();
    tools.start();
    live.start(
        photo -> {
          opened(photo);
          photos.estimate(photo);
        });
    trail.start(this::arrive);
    ModelStatus status = new ModelStatus(appearance, notices, photos::showProcessing);
    status.start();
    client.start(status);
    listen();
    view.stage().start();
    Dom.on(Window.current(), "offline", (Event event) -> notices.notice(Text.OFFLINE));
    Installation.start(use -> notices.offer(Text.NEW_VERSION, Text.USE_NEW, use));
    Recent.start(this::reopen);
    arrive(trail.here());
    Arrival.start(this::openLive, this::open);
  }

  /** Connects every way to get an image. */
  private void listen() {
    Dom.onClick("choose", () -> Dom.id("file").click());
    Dom.onClick("take", this::take);
    Dom.onClick("live", this::openLive);
    Dom.onClick("again", Trail::back);
    Dom.onClick("live-close", Trail::back);
    Dom.onClick("sample", () -> fetch("sample.jpg", this::open));
    Dom.on(
        Dom.document().getDocumentElement(),
        "keydown",
        (KeyboardEvent event) -> {
          if (event.getKey().equals("Escape") && trail.here() != Trail.Place.START) {
            Trail.back();
          }
        });
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
    String name = PhotoReader.fileName(file);
    if (FileKind.isFilm(name, Saver.type(file))) {
      films.open(file, name, this::showFilm);
    } else {
      photos.open(file, this::opened);
    }
  }

  /** Shows and keeps a photo that has just come in. */
  private void opened(Photo photo) {
    showPhoto();
    Shelf.keep(photo, Trail::remember);
  }

  private void reopen(int number, Blob file, String name) {
    photos.open(
        file,
        name,
        photo -> {
          showPhoto();
          Trail.remember(number);
        });
  }

  private void openLive() {
    live.open(
        () -> {
          photos.leave();
          films.leave();
          trail.go(Trail.Place.LIVE);
          showWork(Trail.Place.LIVE);
        });
  }

  /** Shows a place that the user has gone back or forward to, or where the page was reloaded. */
  private void arrive(Trail.Place place) {
    films.leave();
    sheet.show(place == Trail.Place.SHEET && sheet.hasResult());
    switch (place) {
      case START -> showStart();
      case LIVE -> {
        showStart();
        openLive();
      }
      // It is not kept.
      case FILM -> Trail.back();
      case SHEET, PHOTO -> {
        if (place == Trail.Place.SHEET && !photos.isOpen()) {
          // A reload leads to the photo, not to the sheet over it.
          Trail.back();
        } else if (!photos.isOpen()) {
          showStart();
          Shelf.find(Trail.photo(), (file, name) -> reopen(Trail.photo(), file, name));
        }
      }
    }
  }

  private void showStart() {
    live.close();
    photos.leave();
    films.leave();
    boolean wasAway = !Dom.id("work").isHidden();
    Dom.show("work", false);
    Dom.show("start", true);
    Dom.document().getBody().setClassName("");
    Recent.show(this::reopen);
    if (wasAway) {
      Dom.id("choose").focus();
    }
  }

  private void showPhoto() {
    live.close();
    films.leave();
    sheet.show(false);
    trail.go(Trail.Place.PHOTO);
    showWork(Trail.Place.PHOTO);
  }

  private void showFilm() {
    live.close();
    photos.leave();
    films.leave();
    sheet.show(false);
    trail.go(Trail.Place.FILM);
    showWork(Trail.Place.FILM);
  }

  private void showWork(Trail.Place place) {
    boolean isLive = place == Trail.Place.LIVE;
    boolean isFilm = place == Trail.Place.FILM;
    Dom.show("start", false);
    Dom.show("work", true);
    Dom.document().getBody().setClassName(isLive ? "live" : isFilm ? "film" : "");
    appearance.set(
        Dom.id("work-title"), isLive ? Text.LIVE : isFilm ? Text.FILM_TITLE : Text.RESULT);
    appearance.set(Dom.id("tag-photo"), isLive ? Text.CAMERA : isFilm ? Text.FILM : Text.PHOTO);
    appearance.set(Dom.id("again-text"), isFilm ? Text.CLOSE : Text.AGAIN);
    // Screen readers announce it once per photo; in live mode they would never stop.
    Dom.id("timing").setAttribute("aria-live", isLive ? "off" : "polite");
    view.stage().fill(isLive);
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
  private static native void files(
      JSObject file, JSObject capture, JSObject drop, Arrival.Files open);

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
  private static native void fetch(String address, Arrival.Files open);
}
