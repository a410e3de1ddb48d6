package dev.deltadepth.web.browser;

import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSObjects;
import org.teavm.jso.typedarrays.ArrayBuffer;

/** A photo that is to become a scene in space: what the worker needs beside the map. */
public interface SceneMessage extends Message {

  static SceneMessage of(int id) {
    SceneMessage message = JSObjects.create();
    message.setType(SCENE);
    message.setId(id);
    return message;
  }

  /** The photo as JPEG. */
  @JSProperty
  ArrayBuffer getTexture();

  @JSProperty
  void setTexture(ArrayBuffer jpeg);

  /** What turns disparity into metres, with {@link #getShift}; 0 if nobody knows. */
  @JSProperty
  double getScale();

  @JSProperty
  void setScale(double scale);

  @JSProperty
  double getShift();

  @JSProperty
  void setShift(double shift);
}
