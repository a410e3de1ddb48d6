package dev.deltadepth.cli;

import dev.deltadepth.onnx.ModelFacts;
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
 * @param path its .onnx file, or an embedded model's label
 * @param embedded the embedded model that is meant; empty for a file
 */
record ModelFile(Path path, Optional<EmbeddedModel> embedded) {
  private static final ModelFile DEFAULT =
      new ModelFile(Path.of(EmbeddedModel.FLOAT.label()), Optional.of(EmbeddedModel.FLOAT));

  /** The model of a name: an embedded model's label, or a file's. */
  static ModelFile of(Path name) {
    return new ModelFile(
        name, Files.exists(name) ? Optional.empty() : EmbeddedModel.labelled(name.toString()));
  }

  /** The model of a name; without one, {@link EmbeddedModel#FLOAT}. */
  static ModelFile of(Optional<Path> name) {
    return name.map(ModelFile::of).orElse(DEFAULT);
  }

  /** The models of some names; without any, {@link EmbeddedModel#FLOAT}. */
  static List<ModelFile> all(List<Path> names) {
    return names.isEmpty() ? List.of(DEFAULT) : names.stream().map(ModelFile::of).toList();
  }

  /** An embedded model's label, or the file's name without its ending. */
  String name() {
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** What messages call it. */
  String title() {
    return embedded.map(EmbeddedModel::toString).orElse(path.toString());
  }

  /** The .onnx file; empty for an embedded model. */
  Optional<Path> file() {
    return embedded.isPresent() ? Optional.empty() : Optional.of(path);
  }

  DepthEstimator open(EstimatorOptions options) {
    return embedded
        .map(model -> DepthEstimator.embedded(model, options))
        .orElseGet(() -> DepthEstimator.open(path, options));
  }

  /**
   * What can be read from the graph without running it.
   *
   * @throws ModelException if it cannot be read
   */
  ModelFacts facts() {
    return ModelFacts.of(bytes(), title());
  }

  /**
   * The graph's bytes.
   *
   * @throws ModelException if they cannot be read
   */
  byte[] bytes() {
    return embedded.map(EmbeddedModel::bytes).orElseGet(() -> read(path));
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
    return file().stream()
        .flatMap(onnx -> names.stream().map(onnx::resolveSibling))
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
