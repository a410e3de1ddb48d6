package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Dom;
import dev.deltadepth.web.engine.PictureEffect;
import dev.deltadepth.web.file.Photo;
import dev.deltadepth.web.file.Saver;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.dom.events.Event;
import org.teavm.jso.dom.html.HTMLCanvasElement;
import org.teavm.jso.dom.html.HTMLInputElement;
import org.teavm.jso.file.Blob;

/** Blur with a focus by touch, and pictures for coloured glasses: on the stage and as files. */
final class PictureTool {
  /** Of the picture on the stage: quick enough to follow a finger. */
  private static final double SHOWN_PIXELS = 5e5;

  /** The slider's middle is the usual strength, in percent. */
  private static final double USUAL_APERTURE = 4;

  private static final double USUAL_DIVERGENCE = 2.5;
  private static final double MIDDLE = 50;

  private final Notices notices;
  private final DepthClient client;
  private final DepthView view;
  private final LatestFrame requests = new LatestFrame();

  private @Nullable PictureEffect effect;
  private @Nullable Photo photo;
  private DepthClient.@Nullable Answer answer;
  private double x = 0.5;
  private double y = 0.5;

  PictureTool(Notices notices, DepthClient client, DepthView view) {
    this.notices = notices;
    this.client = client;
    this.view = view;
  }

  void start() {
    for (PictureEffect each : new PictureEffect[] {PictureEffect.FOCUS, PictureEffect.GLASSES}) {
      Dom.on(Dom.id(id(each) + "-amount"), "input", (Event event) -> show());
      Dom.onClick(id(each) + "-save", () -> save(each));
    }
    Dom.onClick("tool-stereo-save", () -> save(PictureEffect.STEREO));
  }

  /** Starts with an effect on a photo. */
  void open(PictureEffect chosen, Photo of, DepthClient.Answer shown) {
    effect = chosen;
    photo = of;
    answer = shown;
    x = 0.5;
    y = 0.5;
    show();
  }

  /** Ends; what is still being made is not shown. */
  void close() {
    effect = null;
  }

  /** Brings a point of the photo into focus, with coordinates in 0..1. */
  void touch(double toX, double toY) {
    x = toX;
    y = toY;
    if (effect == PictureEffect.FOCUS) {
      show();
    }
  }

  private void show() {
    if (effect != null && requests.offer()) {
      make();
    }
  }

  private void make() {
    PictureEffect made = effect;
    Photo of = photo;
    DepthClient.Answer shown = answer;
    if (made == null || of == null || shown == null) {
      while (requests.done()) {
        // What waits is not wanted any more.
      }
      return;
    }
    HTMLCanvasElement small = of.reduced(SHOWN_PIXELS);
    client.effect(
        made,
        small,
        shown.map(),
        x,
        y,
        amount(made),
        rgba -> {
          if (effect == made && of.equals(photo)) {
            HTMLCanvasElement picture = Dom.newCanvas(small.getWidth(), small.getHeight());
            Colouring.put(picture, rgba);
            view.showPicture(picture);
          }
          next();
        },
        reason -> {
          notices.failed(reason);
          next();
        });
  }

  private void next() {
    if (requests.done()) {
      make();
    }
  }

  private static double amount(PictureEffect effect) {
    HTMLInputElement slider = (HTMLInputElement) Dom.id(id(effect) + "-amount");
    double usual =
        switch (effect) {
          case FOCUS -> USUAL_APERTURE;
          case GLASSES, STEREO -> USUAL_DIVERGENCE;
        };
    return usual * Double.parseDouble(slider.getValue()) / MIDDLE;
  }

  private void save(PictureEffect made) {
    Photo of = photo;
    DepthClient.Answer shown = answer;
    if (of == null || shown == null) {
      return;
    }
    notices.notice(Text.SAVING);
    client.save(
        made,
        shown.map(),
        of,
        x,
        y,
        amount(made),
        bytes -> {
          String ending = made.isPng() ? ".png" : ".jpg";
          Blob file = Saver.file(bytes, made.isPng() ? "image/png" : "image/jpeg");
          Saver.save(file, of.name() + "." + made.name().toLowerCase(Locale.ROOT) + ending);
          notices.notice(Text.SAVED);
        },
        notices::failed);
  }

  /** Both pictures of stereo are set by one slider. */
  private static String id(PictureEffect effect) {
    PictureEffect tool = effect == PictureEffect.STEREO ? PictureEffect.GLASSES : effect;
    return "tool-" + tool.name().toLowerCase(Locale.ROOT);
  }
}
