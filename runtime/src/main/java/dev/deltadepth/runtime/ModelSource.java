package dev.deltadepth.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a model comes from: a file, memory, or this library itself. Nothing is read before the
 * model is opened or {@link #bytes} is called.
 */
public final class ModelSource {
  private final String name;
  private final String title;
  private final Optional<Path> file;
  private final Optional<ByteBuffer> mapped;
  private final Supplier<byte[]> bytes;
  private final Optional<ModelDescription> description;

  private ModelSource(
      String name,
      String title,
      Optional<Path> file,
      Optional<ByteBuffer> mapped,
      Supplier<byte[]> bytes,
      Optional<ModelDescription> description) {
    this.name = name;
    this.title = title;
    this.file = file;
    this.mapped = mapped;
    this.bytes = bytes;
    this.description = description;
  }

  /**
   * The model of a file. A model of this project describes itself; any other is described by the
   * JSON file beside it, or by {@link #describedBy}.
   *
   * @param onnx the .onnx file; weights that it keeps in other files are found beside it
   */
  public static ModelSource of(Path onnx) {
    return new ModelSource(
        stem(onnx),
        onnx.toString(),
        Optional.of(onnx),
        Optional.empty(),
        () -> read(onnx),
        Optional.empty());
  }

  /**
   * A model in memory.
   *
   * @param onnx the content of an .onnx file, weights included; it is not copied
   * @param name its name in messages
   */
  public static ModelSource of(byte[] onnx, String name) {
    return new ModelSource(
        name, name, Optional.empty(), Optional.empty(), () -> onnx, Optional.empty());
  }

  /**
   * A model in memory outside Java's heap, such as a mapped part of a file.
   *
   * @param onnx the content of an .onnx file, weights included, from its position to its limit; it
   *     is neither copied nor moved
   * @param name its name in messages
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public static ModelSource of(ByteBuffer onnx, String name) {
    if (!onnx.isDirect()) {
      throw new IllegalArgumentException("the buffer of " + name + " must be direct");
    }
    return new ModelSource(
        name,
        name,
        Optional.empty(),
        Optional.of(onnx),
        () -> {
          byte[] copy = new byte[onnx.remaining()];
          onnx.duplicate().get(copy);
          return copy;
        },
        Optional.empty());
  }

  /** One of the models inside this library. */
  public static ModelSource embedded(EmbeddedModel model) {
    return new ModelSource(
        model.label(),
        model.toString(),
        Optional.empty(),
        Optional.empty(),
        model::bytes,
        Optional.empty());
  }

  /** The model that this library uses by default: {@link EmbeddedModel#FLOAT}. */
  public static ModelSource embedded() {
    return embedded(EmbeddedModel.FLOAT);
  }

  /**
   * The model that a user names: by an embedded model's {@link EmbeddedModel#label}, or else by a
   * file's path. A file or folder whose name is a label takes precedence.
   */
  public static ModelSource named(String name) {
    Path path = Paths.get(name);
    return Files.exists(path)
        ? of(path)
        : EmbeddedModel.labelled(name).map(ModelSource::embedded).orElseGet(() -> of(path));
  }

  /** The same model with a description, which replaces its own. */
  public ModelSource describedBy(ModelDescription known) {
    return new ModelSource(name, title, file, mapped, bytes, Optional.of(known));
  }

  /** The file's name without its extension, an embedded model's label, or the name given. */
  public String name() {
    return name;
  }

  /** The .onnx file, or nothing for a model that is not in one. */
  public Optional<Path> file() {
    return file;
  }

  /** The memory that was given instead of a file. */
  Optional<ByteBuffer> mapped() {
    return mapped.map(ByteBuffer::duplicate);
  }

  /**
   * The content of the .onnx file. Weights kept in other files are not part of it.
   *
   * @throws ModelException if it cannot be read
   */
  public byte[] bytes() {
    return bytes.get();
  }

  /**
   * The number of {@link #bytes}.
   *
   * @throws ModelException if the file cannot be read
   */
  public long size() {
    if (!file.isPresent()) {
      return mapped.isPresent() ? mapped.get().remaining() : bytes().length;
    }
    try {
      return Files.size(file.get());
    } catch (IOException e) {
      throw unreadable(file.get(), e);
    }
  }

  /**
   * The description given to it, or the one in the JSON file beside it. Models of this project have
   * theirs in their metadata instead, which {@link ModelMetadata#description} reads.
   *
   * @throws ModelException if the JSON file is not a description
   */
  public Optional<ModelDescription> description() {
    return description.isPresent() ? description : file.flatMap(ModelDescription::beside);
  }

  /** The description given to it. */
  Optional<ModelDescription> given() {
    return description;
  }

  /** Its name in messages: the path, the name given, or {@code the embedded model}. */
  @Override
  public String toString() {
    return title;
  }

  private static byte[] read(Path onnx) {
    requireFile(onnx);
    try {
      return Files.readAllBytes(onnx);
    } catch (IOException e) {
      throw unreadable(onnx, e);
    }
  }

  /** A pipe that nobody writes into would be waited for without end. */
  static void requireFile(Path onnx) {
    if (Files.exists(onnx) && !Files.isRegularFile(onnx) && !Files.isDirectory(onnx)) {
      throw new ModelException(
          onnx + " is a pipe, a socket or a device; give the path of an .onnx file");
    }
  }

  /** Says why a model's file cannot be read. */
  static ModelException unreadable(Path onnx, IOException cause) {
    return unreadable(onnx, "an .onnx file", cause);
  }

  /** Says why a file cannot be read. */
  static ModelException unreadable(Path file, String expected, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return new ModelException(file + " does not exist; give the path of " + expected, cause);
    }
    if (Files.isDirectory(file)) {
      return new ModelException(file + " is a folder; give the path of " + expected, cause);
    }
    if (!Files.isReadable(file)) {
      return new ModelException("cannot read " + file + ": permission denied", cause);
    }
    return new ModelException("cannot read " + file + ": " + cause.getMessage(), cause);
  }

  private static String stem(Path onnx) {
    String last = String.valueOf(onnx.getFileName());
    int dot = last.lastIndexOf('.');
    return dot > 0 ? last.substring(0, dot) : last;
  }
}
