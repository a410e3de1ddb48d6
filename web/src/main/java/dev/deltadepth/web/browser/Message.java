package dev.deltadepth.web.browser;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSObjects;
import org.teavm.jso.typedarrays.ArrayBuffer;

/**
 * A message between page and worker. {@link #getType} determines which fields are set.
 *
 * <p>From the page: {@link #ESTIMATE} (id, width, height, RGBA bytes, size), {@link #GREY} (id,
 * width, height: the requested size; mapWidth, mapHeight, floats). From the worker: {@link
 * #PROGRESS} (loaded, total), {@link #READY} (where, size, multiple, and the model's address as
 * text), {@link #MAP} (id, mapWidth, mapHeight, floats, milliseconds), {@link #FILE} (id, bytes),
 * {@link #FAILED} (id, or 0 if nothing can be estimated any more; text).
 */
public interface Message extends JSObject {
  String ESTIMATE = "estimate";
  String GREY = "grey";
  String PROGRESS = "progress";
  String READY = "ready";
  String MAP = "map";
  String FILE = "file";
  String FAILED = "failed";

  static Message of(String type, int id) {
    Message message = JSObjects.create();
    message.setType(type);
    message.setId(id);
    return message;
  }

  @JSProperty
  String getType();

  @JSProperty
  void setType(String type);

  @JSProperty
  int getId();

  @JSProperty
  void setId(int id);

  @JSProperty
  int getWidth();

  @JSProperty
  void setWidth(int pixels);

  @JSProperty
  int getHeight();

  @JSProperty
  void setHeight(int pixels);

  @JSProperty
  int getMapWidth();

  @JSProperty
  void setMapWidth(int pixels);

  @JSProperty
  int getMapHeight();

  @JSProperty
  void setMapHeight(int pixels);

  /** Shorter side of the network's input; 0 for its native size. */
  @JSProperty
  int getSize();

  @JSProperty
  void setSize(int pixels);

  /** Both sides of the network's input are multiples of this. */
  @JSProperty
  int getMultiple();

  @JSProperty
  void setMultiple(int pixels);

  /** RGBA bytes of an image, floats of a map, or the bytes of a file; transferred, not copied. */
  @JSProperty
  ArrayBuffer getData();

  @JSProperty
  void setData(ArrayBuffer data);

  @JSProperty
  double getLoaded();

  @JSProperty
  void setLoaded(double bytes);

  @JSProperty
  double getTotal();

  @JSProperty
  void setTotal(double bytes);

  @JSProperty
  double getMilliseconds();

  @JSProperty
  void setMilliseconds(double milliseconds);

  /** The name of a {@link Place}. */
  @JSProperty
  String getWhere();

  @JSProperty
  void setWhere(String place);

  @JSProperty
  String getText();

  @JSProperty
  void setText(String text);
}
