package dev.deltadepth.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The model that this library carries. */
public final class EmbeddedModel {
  /** What messages call it. */
  public static final String NAME = "the embedded model";

  private EmbeddedModel() {}

  /**
   * The ONNX file's bytes.
   *
   * @throws ModelException if the library was packed without its model
   */
  public static byte[] bytes() {
    try (InputStream in = EmbeddedModel.class.getResourceAsStream("delta.onnx")) {
      if (in == null) {
        throw new ModelException(
            NAME + " is missing from this build; build again from a whole checkout");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(NAME + " cannot be read", e);
    }
  }
}
