package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Dom;
import dev.deltadepth.web.engine.PictureEffect;
import dev.deltadepth.web.file.Photo;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What can be done with a photo and its map, one tool at a time, each with its own panel. */
final class Tools {
  /** The tools; their names in lower case are ids in index.html. */
  private enum Tool {
    FOCUS,
    GLASSES,
    RELIEF,
    DISTANCE;

    String id() {
      return "tool-" + name().toLowerCase(Locale.ROOT);
    }

    Text text() {
      return Text.valueOf("TOOL_" + name());
    }
  }

  private final Appearance appearance;
  private final DepthView view;
  private final PictureTool pictures;
  private final ReliefTool relief;
  private final DistanceTool distances;

  private @Nullable Tool open;
  private @Nullable Photo photo;
  private DepthClient.@Nullable Answer answer;

  Tools(
      Appearance appearance, Notices notices, DepthClient client, DepthView view, SaveSheet sheet) {
    this.appearance = appearance;
    this.view = view;
    pictures = new PictureTool(notices, client, view);
    relief = new ReliefTool(notices, client);
    distances = new DistanceTool(appearance, view, sheet);
  }

  void start() {
    for (Tool tool : Tool.values()) {
      Dom.onClick(tool.id(), () -> open(tool == open ? null : tool));
    }
    pictures.start();
    relief.start();
    distances.start();
    view.onRead(
        (x, y, taken) -> {
          pictures.touch(x, y);
          if (taken) {
            distances.touch(x, y);
          }
        });
    result(null, null);
  }

  /** The result that the tools work on; none while there is none. */
  void result(@Nullable Photo newPhoto, DepthClient.@Nullable Answer newAnswer) {
    open(null);
    photo = newPhoto;
    answer = newAnswer;
    Dom.show("tools", newAnswer != null);
  }

  private void open(@Nullable Tool tool) {
    open = tool;
    for (Tool each : Tool.values()) {
      Dom.id(each.id()).setAttribute("aria-pressed", String.valueOf(each == tool));
      Dom.show(each.id() + "-panel", each == tool);
    }
    pictures.close();
    relief.close();
    distances.close();
    view.showMap();
    appearance.set(
        Dom.id("tag-depth"), tool == null || tool == Tool.DISTANCE ? Text.DEPTH : tool.text());
    Photo of = photo;
    DepthClient.Answer shown = answer;
    if (tool == null || of == null || shown == null) {
      return;
    }
    switch (tool) {
      case FOCUS -> pictures.open(PictureEffect.FOCUS, of, shown);
      case GLASSES -> pictures.open(PictureEffect.GLASSES, of, shown);
      case RELIEF -> relief.open(of, shown);
      case DISTANCE -> distances.open(shown.shown());
    }
  }
}
