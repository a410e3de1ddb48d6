package dev.deltadepth.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/** The models that this library carries. */
public enum EmbeddedModel {
  /** Runs unless another is asked for, on every processor alike. */
  FLOAT("embedded", "the embedded model", "delta.onnx"),
  /**
   * Computes in bytes: about 0.6 of the time of {@link #FLOAT} on processors that have instructions
   * for it, and half of its size; on others measure first (docs/quantization.md).
   */
  INT8("embedded-int8", "the embedded model in bytes", "delta-int8.onnx");

  private final String label;
  private final String title;
  private final String file;

  EmbeddedModel(String label, String title, String file) {
    this.label = label;
    this.title = title;
    this.file = file;
  }

  /** The model of a {@link #label}, if there is one. */
  public static Optional<EmbeddedModel> labelled(String label) {
    return Arrays.stream(values()).filter(model -> model.label.equals(label)).findFirst();
  }

  /** What the command line calls it. */
  public String label() {
    return label;
  }

  /** What messages call it. */
  @Override
  public String toString() {
    return title;
  }

  /**
   * The ONNX file's bytes.
   *
   * @throws ModelException if the library was packed without its model
   */
  public byte[] bytes() {
    try (InputStream in = EmbeddedModel.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new ModelException(
            title + " is missing from this build; build again from a whole checkout");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(title + " cannot be read", e);
    }
  }
}
