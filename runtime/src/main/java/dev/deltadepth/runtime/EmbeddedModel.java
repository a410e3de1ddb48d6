package dev.deltadepth.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/** The models inside this library. */
public enum EmbeddedModel {
  /** The default; float arithmetic, fast on every processor. */
  FLOAT("embedded", "the embedded model", "delta.onnx"),
  /**
   * Uses int8: about 0.6 of the time of {@link #FLOAT} on processors with instructions for it, and
   * half of its size; measure first on others (docs/quantization.md).
   */
  INT8("embedded-int8", "the embedded int8 model", "delta-int8.onnx");

  private final String label;
  private final String title;
  private final String file;

  EmbeddedModel(String label, String title, String file) {
    this.label = label;
    this.title = title;
    this.file = file;
  }

  /** The model with a {@link #label}, if there is one. */
  public static Optional<EmbeddedModel> labelled(String label) {
    return Arrays.stream(values()).filter(model -> model.label.equals(label)).findFirst();
  }

  /** Its name on the command line. */
  public String label() {
    return label;
  }

  /** Its name in messages. */
  @Override
  public String toString() {
    return title;
  }

  /**
   * The content of its ONNX file.
   *
   * @throws ModelException if the library was packaged without its models
   */
  public byte[] bytes() {
    try (InputStream in = EmbeddedModel.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new ModelException(
            title + " is missing from this build; build again from a complete checkout");
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] part = new byte[1 << 16];
      for (int count = in.read(part); count >= 0; count = in.read(part)) {
        all.write(part, 0, count);
      }
      return all.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + title, e);
    }
  }
}
