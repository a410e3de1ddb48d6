package dev.deltadepth.web.browser;

import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSObjects;
import org.teavm.jso.typedarrays.ArrayBuffer;

/** A relief from the worker: vertices as floats and triangles as ints of both layers. */
public interface ReliefMessage extends Message {

  static ReliefMessage of(int id) {
    ReliefMessage message = JSObjects.create();
    message.setType(FILE);
    message.setId(id);
    return message;
  }

  @JSProperty
  ArrayBuffer getFrontVertices();

  @JSProperty
  void setFrontVertices(ArrayBuffer floats);

  @JSProperty
  ArrayBuffer getFrontTriangles();

  @JSProperty
  void setFrontTriangles(ArrayBuffer ints);

  @JSProperty
  ArrayBuffer getBackVertices();

  @JSProperty
  void setBackVertices(ArrayBuffer floats);

  @JSProperty
  ArrayBuffer getBackTriangles();

  @JSProperty
  void setBackTriangles(ArrayBuffer ints);
}
