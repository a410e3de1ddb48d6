package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Dom;
import dev.deltadepth.web.engine.PictureEffect;
import dev.deltadepth.web.file.Photo;
import dev.deltadepth.web.file.Saver;
import java.util.Locale;
import java.util.function.Consumer;
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
    for (PictureEffect each : PictureEffect.values()) {
      String id = id(each);
      Dom.on(Dom.id(id + "-amount"), "input", (Event event) -> show());
      Dom.onClick(id + "-save", this::save);
    }
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
    if (made == null || of == null) {
      while (requests.done()) {
        // What waits is not wanted any more.
      }
      return;
    }
    HTMLCanvasElement small = of.reduced(SHOWN_PIXELS);
    Runnable next =
        () -> {
          if (requests.done()) {
            make();
          }
        };
    make(
        made,
        small,
        picture -> {
          if (effect == made && of.equals(photo)) {
            view.showPicture(picture);
          }
          next.run();
        },
        next);
  }

  private void make(
      PictureEffect made,
      HTMLCanvasElement small,
      Consumer<HTMLCanvasElement> done,
      Runnable failed) {
    DepthClient.Answer shown = answer;
    if (shown == null) {
      failed.run();
      return;
    }
    client.effect(
        made,
        small,
        shown.map(),
        x,
        y,
        amount(made),
        rgba -> {
          HTMLCanvasElement picture = Dom.newCanvas(small.getWidth(), small.getHeight());
          Colouring.put(picture, rgba);
          done.accept(picture);
        },
        reason -> {
          notices.failed(reason);
          failed.run();
        });
  }

  private static double amount(PictureEffect effect) {
    HTMLInputElement slider = (HTMLInputElement) Dom.id(id(effect) + "-amount");
    double usual =
        switch (effect) {
          case FOCUS -> USUAL_APERTURE;
          case GLASSES -> USUAL_DIVERGENCE;
        };
    return usual * Double.parseDouble(slider.getValue()) / MIDDLE;
  }

  private void save() {
    PictureEffect made = effect;
    Photo of = photo;
    if (made == null || of == null) {
      return;
    }
    notices.notice(Text.SAVING);
    make(
        made,
        of.canvas(),
        picture -> {
          String name = of.name() + "." + made.name().toLowerCase(Locale.ROOT);
          // JPEG blurs colours, which coloured glasses would see.
          if (made == PictureEffect.GLASSES) {
            Saver.png(picture, file -> saved(file, name + ".png"));
          } else {
            Saver.jpeg(picture, file -> saved(file, name + ".jpg"));
          }
        },
        () -> {});
  }

  private void saved(Blob file, String name) {
    Saver.save(file, name);
    notices.notice(Text.SAVED);
  }

  private static String id(PictureEffect effect) {
    return "tool-" + effect.name().toLowerCase(Locale.ROOT);
  }
}
