package dev.deltadepth.web.browser;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSObjects;
import org.teavm.jso.file.Blob;
import org.teavm.jso.typedarrays.ArrayBuffer;

/**
 * A message between page and worker. {@link #getType} determines which fields are set.
 *
 * <p>From the page: {@link #ESTIMATE} (id, width, height, RGBA bytes, size, enlarged), {@link
 * #FRAME} (the same for the next frame of a film; first), {@link #SAVE} (id, text: the format;
 * width, height, RGBA bytes of the photo, or a file and its size; mapWidth, mapHeight, map, low,
 * high, colours), {@link #EFFECT} (id, text: the effect; width, height, RGBA bytes, mapWidth,
 * mapHeight, map, amount, x, y), {@link #EFFECT_FILE} (the same, but the photo as for a file of a
 * map), {@link #RELIEF} (id, width, height, RGBA bytes, mapWidth, mapHeight, map, amount), {@link
 * #SCENE} ({@link SceneMessage}: id, text: the format; width, height, RGBA bytes, mapWidth,
 * mapHeight, map). From the worker: {@link #PROGRESS} (loaded, total), {@link #READY} (where, size,
 * multiple, and the model's address as text), {@link #MAP} (id, where, mapWidth, mapHeight, map,
 * milliseconds; width, height, data, edgesMilliseconds: the map to be shown; of a film's frame,
 * steady: cut), {@link #FILE} (id, bytes; of an effect RGBA bytes; of a relief {@link
 * ReliefMessage}), {@link #FAILED} (id, or 0 if nothing can be estimated any more; text).
 */
public interface Message extends JSObject {
  String ESTIMATE = "estimate";
  String FRAME = "frame";
  String SAVE = "save";
  String EFFECT = "effect";
  String EFFECT_FILE = "effect file";
  String RELIEF = "relief";
  String SCENE = "scene";
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

  /** Whether the map is also wanted at the image's size, enlarged along its edges. */
  @JSProperty
  boolean isEnlarged();

  @JSProperty
  void setEnlarged(boolean enlarged);

  /** Whether a film begins with a frame. */
  @JSProperty
  boolean isFirst();

  @JSProperty
  void setFirst(boolean first);

  /** Whether another shot of a film begins with a frame. */
  @JSProperty
  boolean isCut();

  @JSProperty
  void setCut(boolean cut);

  /** The floats of a map of the network's size. */
  @JSProperty
  ArrayBuffer getMap();

  @JSProperty
  void setMap(ArrayBuffer floats);

  /** The value with the lowest colour. */
  @JSProperty
  float getLow();

  @JSProperty
  void setLow(float value);

  /** The value with the highest colour. */
  @JSProperty
  float getHigh();

  @JSProperty
  void setHigh(float value);

  /** The strength of an effect. */
  @JSProperty
  double getAmount();

  @JSProperty
  void setAmount(double amount);

  /** Column of a point, 0..1. */
  @JSProperty
  double getX();

  @JSProperty
  void setX(double x);

  /** Row of a point, 0..1. */
  @JSProperty
  double getY();

  @JSProperty
  void setY(double y);

  /** The name of a colour map. */
  @JSProperty
  String getColours();

  @JSProperty
  void setColours(String name);

  /** A photo's file, for what needs more pixels than are shown. */
  @JSProperty
  @Nullable Blob getFile();

  @JSProperty
  void setFile(@Nullable Blob file);

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

  /** How long it took to enlarge the map along the photo's edges. */
  @JSProperty
  double getEdgesMilliseconds();

  @JSProperty
  void setEdgesMilliseconds(double milliseconds);

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
