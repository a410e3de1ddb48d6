package dev.deltadepth.cli.option;

import dev.deltadepth.io.Sha256;
import dev.deltadepth.onnx.ModelFacts;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.ModelSource;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Models as the command line names them, and the files that belong to one. */
public final class ModelFile {
  private ModelFile() {}

  /** The model of a name; without one, the embedded model. */
  public static ModelSource of(Optional<Path> name) {
    return name.map(ModelFile::of).orElseGet(ModelSource::embedded);
  }

  /** The model of a name. */
  public static ModelSource of(Path name) {
    return ModelSource.named(name.toString());
  }

  /** The models of some names; without any, the embedded model. */
  public static List<ModelSource> all(List<Path> names) {
    return names.isEmpty()
        ? List.of(ModelSource.embedded())
        : names.stream().map(ModelFile::of).toList();
  }

  /** What can be read from a model without running it. */
  public static ModelFacts facts(ModelSource model) {
    return ModelFacts.of(model.bytes(), model.toString());
  }

  /** How many bytes the graph and the weights kept apart take. */
  public static long bytesOfWeights(ModelSource model) {
    return model.size() + weights(model).stream().map(Path::toFile).mapToLong(File::length).sum();
  }

  /** The hashes of all that makes a model what it is: graph, weights kept apart, description. */
  public static String identity(ModelSource model) {
    List<Path> beside = weights(model);
    beside.addAll(existing(model.file().map(ModelDescription::sidecar).stream()));
    return Stream.concat(
            Stream.of(model.file().map(Sha256::of).orElseGet(() -> Sha256.of(model.bytes()))),
            beside.stream().map(Sha256::of))
        .collect(Collectors.joining(" "));
  }

  private static List<Path> weights(ModelSource model) {
    Collection<String> names = facts(model).external();
    return new ArrayList<>(
        existing(model.file().stream().flatMap(onnx -> names.stream().map(onnx::resolveSibling))));
  }

  private static List<Path> existing(Stream<Path> files) {
    return files.filter(Files::isRegularFile).toList();
  }
}
