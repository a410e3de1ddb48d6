package dev.deltadepth.web.page;

import dev.deltadepth.core.space.Calibration;
import dev.deltadepth.web.browser.Dom;
import dev.deltadepth.web.engine.MapFile;
import dev.deltadepth.web.engine.SceneFile;
import dev.deltadepth.web.file.Photo;
import dev.deltadepth.web.file.Saver;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.dom.events.Event;
import org.teavm.jso.dom.events.KeyboardEvent;
import org.teavm.jso.dom.html.HTMLElement;
import org.teavm.jso.file.Blob;
import org.teavm.jso.typedarrays.ArrayBuffer;

/** The sheet of formats in which a result is saved, and the button that shares it. */
final class SaveSheet {
  private static final Map<MapFile, String> ENDINGS =
      Map.of(MapFile.COLOUR, "depth", MapFile.GREY, "depth16", MapFile.SIDE, "side");

  /** Points of a scene: what phones turn smoothly. */
  private static final double SCENE_PIXELS = 3e5;

  private final Notices notices;
  private final DepthClient client;
  private final DepthView view;
  private final Trail trail;

  private @Nullable Photo photo;
  private DepthClient.@Nullable Answer answer;
  private @Nullable Calibration metres;

  SaveSheet(Notices notices, DepthClient client, DepthView view, Trail trail) {
    this.notices = notices;
    this.client = client;
    this.view = view;
    this.trail = trail;
  }

  void start() {
    Dom.onClick(
        "save",
        () -> {
          trail.go(Trail.Place.SHEET);
          show(true);
        });
    Dom.onClick("sheet-close", Trail::back);
    Dom.onClick("save-colour", () -> save(MapFile.COLOUR));
    Dom.onClick("save-grey", () -> save(MapFile.GREY));
    Dom.onClick("save-side", () -> save(MapFile.SIDE));
    Dom.onClick("save-glb", () -> save(SceneFile.GLB, "model/gltf-binary"));
    Dom.onClick("save-ply", () -> save(SceneFile.PLY, "application/octet-stream"));
    Dom.onClick(
        "share",
        () -> make(MapFile.COLOUR, (of, file) -> Saver.share(file, name(of, MapFile.COLOUR))));
    Dom.show("share", Saver.canShare());
    HTMLElement sheet = Dom.id("sheet");
    Dom.on(
        sheet,
        "click",
        (Event event) -> {
          if (event.getTarget() == sheet) {
            Trail.back();
          }
        });
    Dom.on(sheet, "keydown", (KeyboardEvent event) -> keepFocus(event));
    result(null, null);
  }

  /** Offers a result; none while there is none. */
  void result(@Nullable Photo newPhoto, DepthClient.@Nullable Answer newAnswer) {
    photo = newPhoto;
    answer = newAnswer;
    metres = null;
    for (String id : new String[] {"save", "share"}) {
      if (newAnswer != null) {
        Dom.id(id).removeAttribute("disabled");
      } else {
        Dom.id(id).setAttribute("disabled", "");
      }
    }
  }

  /** Saves scenes in metres from now on, or, with none, in a unit that nobody knows. */
  void metres(@Nullable Calibration calibration) {
    metres = calibration;
  }

  /** Whether there is something to save. */
  boolean hasResult() {
    return answer != null;
  }

  /** Shows or hides the sheet; the focus goes to its first format, and back to its button. */
  void show(boolean shown) {
    boolean was = !Dom.id("sheet").isHidden();
    Dom.show("sheet", shown);
    if (shown) {
      Dom.id("save-colour").focus();
    } else if (was) {
      Dom.id("save").focus();
    }
  }

  /** Tab goes around within the sheet. */
  private static void keepFocus(KeyboardEvent event) {
    if (!event.getKey().equals("Tab")) {
      return;
    }
    HTMLElement first = Dom.id("sheet-close");
    HTMLElement last = Dom.id("save-ply");
    HTMLElement from = event.isShiftKey() ? first : last;
    if (Dom.document().getActiveElement() == from) {
      (event.isShiftKey() ? last : first).focus();
      event.preventDefault();
    }
  }

  private void save(MapFile format) {
    make(
        format,
        (of, file) -> {
          Saver.save(file, name(of, format));
          notices.notice(Text.SAVED);
        });
    Trail.back();
  }

  private void save(SceneFile format, String type) {
    Photo of = photo;
    DepthClient.Answer shown = answer;
    if (of != null && shown != null) {
      notices.notice(Text.SAVING);
      Saver.jpeg(
          of.canvas(),
          texture -> Saver.bytes(texture, jpeg -> save(format, type, of, shown, jpeg)));
    }
    Trail.back();
  }

  private void save(
      SceneFile format, String type, Photo of, DepthClient.Answer shown, ArrayBuffer jpeg) {
    client.scene(
        format,
        of.reduced(SCENE_PIXELS),
        shown.map(),
        metres,
        jpeg,
        bytes -> {
          String ending = format.name().toLowerCase(Locale.ROOT);
          Saver.save(Saver.file(bytes, type), of.name() + "." + ending);
          notices.notice(Text.SAVED);
        },
        notices::failed);
  }

  private interface Made {
    void accept(Photo of, Blob file);
  }

  private void make(MapFile format, Made made) {
    Photo of = photo;
    DepthClient.Answer shown = answer;
    if (of == null || shown == null) {
      return;
    }
    notices.notice(Text.SAVING);
    client.save(
        format,
        shown.map(),
        of,
        view.window(),
        view.colours(),
        bytes -> made.accept(of, Saver.png(bytes)),
        notices::failed);
  }

  private static String name(Photo photo, MapFile format) {
    return photo.name() + "." + ENDINGS.get(format) + ".png";
  }
}
