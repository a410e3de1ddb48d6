package dev.deltadepth.web.page;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Dom;
import dev.deltadepth.web.browser.Place;
import dev.deltadepth.web.engine.Download;
import dev.deltadepth.web.file.FileKind;
import dev.deltadepth.web.file.Photo;
import dev.deltadepth.web.file.PhotoReader;
import dev.deltadepth.web.file.Saver;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.file.Blob;
import org.teavm.jso.typedarrays.ArrayBuffer;

/** Reads, estimates and shows one photo. */
final class PhotoWork {
  private static final String HINT_SEEN = "hint";

  private final Appearance appearance;
  private final Notices notices;
  private final DepthClient client;
  private final DepthView view;
  private final SaveSheet sheet;
  private final Tools tools;
  private final Effort effort;
  private final MapChoice maps = new MapChoice(this::show);

  private @Nullable Photo photo;
  private DepthClient.@Nullable Answer answer;
  private int latest;

  /** How many photos there have been, left ones included. */
  private int photos;

  PhotoWork(
      Appearance appearance,
      Notices notices,
      DepthClient client,
      DepthView view,
      SaveSheet sheet,
      Tools tools,
      Effort effort) {
    this.appearance = appearance;
    this.notices = notices;
    this.client = client;
    this.view = view;
    this.sheet = sheet;
    this.tools = tools;
    this.effort = effort;
  }

  void start() {
    appearance.onChange(
        () -> {
          showTiming();
          showHint();
        });
    effort.onChange(
        () -> {
          Photo shown = photo;
          if (shown != null) {
            estimateAgain(shown);
          }
        });
    maps.start();
    Dom.onClick("view-divider", this::showHint);
    Dom.onClick("view-side", this::showHint);
    Dom.onClick(
        "hint-close",
        () -> {
          Browser.keep(HINT_SEEN, "seen");
          Dom.show("hint", false);
          Dom.id("view").focus();
        });
  }

  /** Whether a photo is shown. */
  boolean isOpen() {
    return photo != null;
  }

  /** Reads a file and estimates its depth; {@code opened} receives the photo if it is an image. */
  void open(Blob file, Consumer<Photo> opened) {
    open(file, PhotoReader.fileName(file), opened);
  }

  /** The same for a file whose own name does not count. */
  void open(Blob file, String fileName, Consumer<Photo> opened) {
    notices.solved();
    PhotoReader.read(file, fileName, new Opening(opened, true));
  }

  /** Has the server decode a file, which the user has agreed to send. */
  private void openOnServer(Blob file, String fileName, Consumer<Photo> opened) {
    notices.solved();
    notices.notice(Text.PICTURE_SENDING);
    Download.decoded(
        file,
        jpeg ->
            PhotoReader.read(Saver.file(jpeg, "image/jpeg"), fileName, new Opening(opened, false)),
        reason -> notices.problem(Text.PICTURE_UNREADABLE, Text.PICTURE_SERVER_FAILED_DO));
  }

  /** What happens with a file that was read. */
  private final class Opening implements PhotoReader.Listener {
    private final Consumer<Photo> opened;
    private final boolean first;
    private int number;

    Opening(Consumer<Photo> opened, boolean first) {
      this.opened = opened;
      this.first = first;
    }

    @Override
    public void read(Photo read) {
      opened.accept(read);
      estimate(read);
      number = photos;
    }

    @Override
    public void cut() {
      notices.notice(Text.PICTURE_CUT);
    }

    @Override
    public void depth(DepthMap stored) {
      if (number == photos) {
        maps.stored(stored);
      }
    }

    @Override
    public void unreadable(Blob file, String fileName) {
      String kind = FileKind.photo(fileName);
      Optional<FileKind.Other> other = FileKind.other(fileName, Saver.type(file));
      if (other.isPresent()) {
        notices.problem(
            Text.PICTURE_NONE, Text.PICTURE_NONE_DO, fileName, appearance.text(of(other.get())));
      } else if (kind.isEmpty() || !first) {
        notices.problem(Text.PICTURE_UNREADABLE, Text.PICTURE_UNREADABLE_DO);
      } else if (client.isServed() && Browser.isOnline()) {
        notices.problem(Text.PICTURE_UNREADABLE, Text.PICTURE_SERVER_DO, kind);
        notices.offer(
            Text.PICTURE_SERVER, Text.PICTURE_SEND, () -> openOnServer(file, fileName, opened));
      } else {
        notices.problem(Text.PICTURE_UNREADABLE, Text.PICTURE_KIND_DO, kind);
      }
    }

    @Override
    public void tooLarge(long megapixels) {
      notices.problem(Text.PICTURE_LARGE, Text.PICTURE_LARGE_DO, megapixels);
    }
  }

  private static Text of(FileKind.Other kind) {
    return switch (kind) {
      case SOUND -> Text.KIND_SOUND;
      case PDF -> Text.KIND_PDF;
      case TEXT -> Text.KIND_TEXT;
      case ARCHIVE -> Text.KIND_ARCHIVE;
      case DOCUMENT -> Text.KIND_DOCUMENT;
    };
  }

  /** Shows a photo and estimates its depth; an estimate still in progress is discarded. */
  void estimate(Photo newPhoto) {
    photos++;
    maps.clear();
    photo = newPhoto;
    estimateAgain(newPhoto);
  }

  private void estimateAgain(Photo newPhoto) {
    int number = ++latest;
    answer = null;
    sheet.result(null, null);
    tools.result(null, null);
    view.photo(newPhoto.canvas(), newPhoto.canvas().getWidth(), newPhoto.canvas().getHeight());
    Dom.text("timing", "");
    Dom.text("detail", "");
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
        newPhoto.canvas().getWidth(),
        newPhoto.canvas().getHeight(),
        rgba,
        effort.size(),
        true,
        estimate -> {
          if (number == latest) {
            Dom.show("processing", false);
            maps.estimated(estimate);
            show(estimate);
            showHint();
            // What was used to get here is hidden now; the next thing to use is the result.
            Dom.id("view").focus();
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
    if (photo != null && answer == null) {
      Dom.text(
          "processing-text",
          appearance.text(client.place() == null ? Text.WAITING : Text.PROCESSING));
      Dom.show("processing", true);
    }
  }

  /** Discards the photo. */
  void leave() {
    latest++;
    photos++;
    photo = null;
    answer = null;
    maps.clear();
    sheet.result(null, null);
    tools.result(null, null);
    Dom.show("processing", false);
    Dom.show("hint", false);
  }

  private void show(DepthClient.Answer map) {
    answer = map;
    view.map(map.shown());
    sheet.result(photo, map);
    tools.result(photo, map);
    showTiming();
  }

  private void showHint() {
    Dom.text(
        "hint-text", appearance.text(view.stage().isSideBySide() ? Text.HINT_SIDE : Text.HINT));
    Dom.show("hint", answer != null && Browser.setting(HINT_SEEN).isEmpty());
  }

  private void failed(String reason) {
    if (client.place() == Place.SERVER && !Browser.isOnline()) {
      notices.problem(Text.ESTIMATE_FAILED, Text.OFFLINE_SERVER);
    } else {
      notices.failed(reason);
    }
  }

  private void showTiming() {
    Place place = client.place();
    DepthClient.Answer shown = answer;
    Photo of = photo;
    if (shown == null || of == null || place == null) {
      return;
    }
    if (Double.isNaN(shown.milliseconds())) {
      Dom.text("timing", appearance.text(Text.MAP_OF_PHONE, size(shown.map())));
      Dom.text("detail", "");
      return;
    }
    Text where =
        switch (place) {
          case THREADS, SIMD -> Text.ON_SIMD;
          case BASIC -> Text.ON_BASIC;
          case GRAPHICS -> Text.ON_GRAPHICS;
          case SERVER -> Text.ON_SERVER;
        };
    Dom.text(
        "timing",
        appearance.text(Text.TIMING, Math.round(shown.milliseconds()))
            + " · "
            + appearance.text(where));
    Dom.text(
        "detail",
        appearance.text(
            Text.PHOTO_DETAIL,
            size(of.width(), of.height()),
            size(shown.map()),
            Math.round(shown.edgesMilliseconds())));
  }

  private static String size(DepthMap map) {
    return size(map.width(), map.height());
  }

  private static String size(int width, int height) {
    return width + " × " + height;
  }
}
