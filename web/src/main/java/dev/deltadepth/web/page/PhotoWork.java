package dev.deltadepth.web.page;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Dom;
import dev.deltadepth.web.browser.Place;
import dev.deltadepth.web.engine.Download;
import dev.deltadepth.web.engine.Engine;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.canvas.CanvasRenderingContext2D;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.file.Blob;
import org.teavm.jso.typedarrays.ArrayBuffer;

/** Reads, estimates, shows and saves one photo. */
final class PhotoWork {
  /** Old phones do not support larger canvases. */
  private static final double MOST_PIXELS = 16.7e6;

  private static final String HINT_SEEN = "hint";

  private final Appearance appearance;
  private final Notices notices;
  private final DepthClient client;
  private final DepthView view;

  private @Nullable Photo photo;
  private @Nullable DepthMap map;
  private double milliseconds;
  private int latest;

  PhotoWork(Appearance appearance, Notices notices, DepthClient client, DepthView view) {
    this.appearance = appearance;
    this.notices = notices;
    this.client = client;
    this.view = view;
  }

  void start() {
    appearance.onLanguage(this::showTiming);
    Dom.onClick("save-colour", () -> withMap(this::saveColoured));
    Dom.onClick("save-grey", () -> withMap(this::saveGrey));
    Dom.onClick("save-side", () -> withMap(this::saveBesidePhoto));
    Dom.onClick(
        "share",
        () -> withMap((shown, of) -> coloured(of, file -> Saver.share(file, name(of, "depth")))));
    Dom.show("share", Saver.canShare());
    Dom.onClick(
        "hint-close",
        () -> {
          Browser.keep(HINT_SEEN, "seen");
          Dom.show("hint", false);
        });
  }

  /** Reads a file and estimates its depth; {@code opened} runs if it is an image. */
  void open(Blob file, Runnable opened) {
    notices.solved();
    PhotoReader.read(
        file,
        new Opening(opened) {
          @Override
          public void unreadable(String kind) {
            if (kind.isEmpty()) {
              super.unreadable(kind);
            } else if (client.isServed() && Browser.isOnline()) {
              notices.problem(Text.PICTURE_UNREADABLE, Text.PICTURE_SERVER_DO, kind);
              notices.offer(
                  Text.PICTURE_SERVER, Text.PICTURE_SEND, () -> openOnServer(file, opened));
            } else {
              notices.problem(Text.PICTURE_UNREADABLE, Text.PICTURE_KIND_DO, kind);
            }
          }
        });
  }

  /** Has the server decode a file, which the user has agreed to send. */
  private void openOnServer(Blob file, Runnable opened) {
    notices.solved();
    notices.notice(Text.PICTURE_SENDING);
    String name = PhotoReader.fileName(file);
    Download.decoded(
        file,
        jpeg -> PhotoReader.read(Saver.file(jpeg, "image/jpeg"), name, new Opening(opened)),
        reason -> notices.problem(Text.PICTURE_UNREADABLE, Text.PICTURE_SERVER_FAILED_DO));
  }

  /** What happens with a file that was read. */
  private class Opening implements PhotoReader.Listener {
    private final Runnable opened;

    Opening(Runnable opened) {
      this.opened = opened;
    }

    @Override
    public void read(Photo read, boolean reduced) {
      opened.run();
      if (reduced) {
        notices.notice(Text.PICTURE_REDUCED, Math.round(read.width() / 1e6 * read.height()));
      }
      estimate(read);
    }

    @Override
    public void unreadable(String kind) {
      notices.problem(Text.PICTURE_UNREADABLE, Text.PICTURE_UNREADABLE_DO);
    }

    @Override
    public void tooLarge(long megapixels) {
      notices.problem(Text.PICTURE_LARGE, Text.PICTURE_LARGE_DO, megapixels);
    }
  }

  /** Shows a photo and estimates its depth; an estimate still in progress is discarded. */
  void estimate(Photo newPhoto) {
    int number = ++latest;
    photo = newPhoto;
    map = null;
    view.photo(newPhoto.canvas(), newPhoto.width(), newPhoto.height());
    Dom.text("timing", "");
    enableSaves(false);
    showProcessing();
    ArrayBuffer rgba;
    try {
      rgba = newPhoto.rgba();
    } catch (RuntimeException | OutOfMemoryError e) {
      Dom.show("processing", false);
      notices.problem(Text.MEMORY_SHORT, Text.MEMORY_SHORT_DO);
      return;
    }
    client.estimate(
        newPhoto.width(),
        newPhoto.height(),
        rgba,
        0,
        estimate -> {
          if (number == latest) {
            estimated(estimate);
          }
        },
        reason -> {
          if (number == latest) {
            Dom.show("processing", false);
            failed(reason);
          }
        });
  }

  /** Shows that the photo waits for the model or is being processed. */
  void showProcessing() {
    if (photo != null && map == null) {
      Dom.text(
          "processing-text",
          appearance.text(client.place() == null ? Text.WAITING : Text.PROCESSING));
      Dom.show("processing", true);
    }
  }

  /** Discards the photo. */
  void leave() {
    latest++;
    photo = null;
    map = null;
    Dom.show("processing", false);
    Dom.show("hint", false);
  }

  private void estimated(Engine.Estimate estimate) {
    map = estimate.map();
    milliseconds = estimate.milliseconds();
    Dom.show("processing", false);
    view.map(estimate.map());
    enableSaves(true);
    showTiming();
    Dom.show("hint", Browser.setting(HINT_SEEN).isEmpty());
  }

  private void failed(String reason) {
    if (client.place() == Place.SERVER && !Browser.isOnline()) {
      notices.problem(Text.ESTIMATE_FAILED, Text.OFFLINE_SERVER);
    } else if (Browser.isMemoryShort(reason)) {
      notices.problem(Text.MEMORY_SHORT, Text.MEMORY_SHORT_DO);
    } else {
      notices.problem(Text.ESTIMATE_FAILED, Text.ESTIMATE_FAILED_DO);
    }
  }

  private void showTiming() {
    Place place = client.place();
    if (map == null || place == null) {
      return;
    }
    Text where =
        switch (place) {
          case SIMD -> Text.ON_SIMD;
          case BASIC -> Text.ON_BASIC;
          case SERVER -> Text.ON_SERVER;
        };
    Dom.text(
        "timing",
        appearance.text(Text.TIMING, Math.round(milliseconds)) + " · " + appearance.text(where));
  }

  private static void enableSaves(boolean enabled) {
    for (String id : new String[] {"save-colour", "save-grey", "save-side", "share"}) {
      if (enabled) {
        Dom.id(id).removeAttribute("disabled");
      } else {
        Dom.id(id).setAttribute("disabled", "");
      }
    }
  }

  private interface WithMap {
    void run(DepthMap map, Photo photo);
  }

  private void withMap(WithMap action) {
    DepthMap shown = map;
    Photo of = photo;
    if (shown != null && of != null) {
      action.run(shown, of);
    }
  }

  private static String name(Photo photo, String kind) {
    return photo.name() + "." + kind + ".png";
  }

  private void saveColoured(DepthMap shown, Photo of) {
    coloured(of, file -> save(file, name(of, "depth")));
  }

  private void coloured(Photo of, Saver.Made made) {
    HTMLCanvasElement canvas = Dom.newCanvas(of.width(), of.height());
    Dom.drawing(canvas).drawImage(view.painted(), 0, 0, of.width(), of.height());
    Saver.png(canvas, made);
  }

  private void saveGrey(DepthMap shown, Photo of) {
    notices.notice(Text.SAVING);
    client.grey(
        shown,
        of.width(),
        of.height(),
        bytes -> save(Saver.png(bytes), name(of, "depth16")),
        reason -> notices.problem(Text.MEMORY_SHORT, Text.MEMORY_SHORT_DO));
  }

  private void saveBesidePhoto(DepthMap shown, Photo of) {
    double scale = Math.min(1, Math.sqrt(MOST_PIXELS / 2 / of.width() / of.height()));
    int width = (int) Math.max(1, Math.floor(of.width() * scale));
    int height = (int) Math.max(1, Math.floor(of.height() * scale));
    HTMLCanvasElement canvas = Dom.newCanvas(2 * width, height);
    CanvasRenderingContext2D drawing = Dom.drawing(canvas);
    drawing.drawImage(of.canvas(), 0, 0, width, height);
    drawing.drawImage(view.painted(), width, 0, width, height);
    Saver.png(canvas, file -> save(file, name(of, "side")));
  }

  private void save(Blob file, String name) {
    Saver.save(file, name);
    notices.notice(Text.SAVED);
  }
}
