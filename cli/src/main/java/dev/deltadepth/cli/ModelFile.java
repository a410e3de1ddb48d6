package dev.deltadepth.cli;

import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EmbeddedModel;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A model as the command line names it.
 *
 * @param file its .onnx file; empty for the embedded model
 */
record ModelFile(Optional<Path> file) {
  /** What the command line calls the embedded model. */
  static final String EMBEDDED = "embedded";

  /** The model of a name: {@value #EMBEDDED}, or a file's. */
  static ModelFile of(Path name) {
    boolean embedded = name.toString().equals(EMBEDDED) && !Files.exists(name);
    return new ModelFile(embedded ? Optional.empty() : Optional.of(name));
  }

  /** The models of some names; without any, the embedded one. */
  static List<ModelFile> all(List<Path> names) {
    return names.isEmpty()
        ? List.of(new ModelFile(Optional.empty()))
        : names.stream().map(ModelFile::of).toList();
  }

  /** The file's name without its ending. */
  String name() {
    return file.map(ModelFile::stem).orElse(EMBEDDED);
  }

  private static String stem(Path path) {
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  DepthEstimator open(EstimatorOptions options) {
    return file.map(path -> DepthEstimator.open(path, options))
        .orElseGet(() -> DepthEstimator.embedded(options));
  }

  /**
   * What can be read from the graph without running it.
   *
   * @throws ModelException if it cannot be read
   */
  ModelFacts facts() {
    return ModelFacts.of(bytes(), file.map(Path::toString).orElse(EmbeddedModel.NAME));
  }

  /**
   * The graph's bytes.
   *
   * @throws ModelException if they cannot be read
   */
  byte[] bytes() {
    return file.map(ModelFile::read).orElseGet(EmbeddedModel::bytes);
  }

  /** How many bytes the graph and the weights kept apart take. */
  long bytesOfWeights() {
    return weights().stream().mapToLong(part -> part.length).sum();
  }

  /** The content of all that makes the model what it is: its graph, weights kept apart, sidecar. */
  List<byte[]> parts() {
    List<byte[]> parts = weights();
    parts.addAll(beside(List.of(name() + ".json")));
    return parts;
  }

  private List<byte[]> weights() {
    List<byte[]> parts = new ArrayList<>();
    parts.add(bytes());
    parts.addAll(beside(facts().external()));
    return parts;
  }

  private List<byte[]> beside(Collection<String> names) {
    return file.stream()
        .flatMap(path -> names.stream().map(path::resolveSibling))
        .filter(Files::isRegularFile)
        .map(ModelFile::read)
        .toList();
  }

  private static byte[] read(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw new ModelException(path + " is a folder; name an .onnx file");
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new ModelException(path + " does not exist; check the name", e);
    } catch (IOException e) {
      throw new ModelException(path + " cannot be read; check its permissions", e);
    }
  }
}
