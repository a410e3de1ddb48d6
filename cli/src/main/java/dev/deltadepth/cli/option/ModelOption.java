package dev.deltadepth.cli.option;

import dev.deltadepth.runtime.ModelSource;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --model} of commands that use one model. */
public final class ModelOption {
  /** What may be given wherever a model is asked for. */
  public static final String KINDS = "An .onnx file, 'embedded' or 'embedded-int8'.";

  @Option(
      names = "--model",
      paramLabel = "FILE.onnx",
      description =
          """
          The model: an .onnx file, 'embedded' (the default) or 'embedded-int8'. A model that \
          delta did not export needs a JSON file of the same name beside it.\
          """)
  private Optional<Path> model = Optional.empty();

  /** The model that was named, or the embedded one. */
  public ModelSource source() {
    return ModelFile.of(model);
  }
}
