package dev.deltadepth.cli;

import dev.deltadepth.distill.ModelExport;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import dev.deltadepth.nn.OnnxDialect;
import dev.deltadepth.nn.OnnxExporter;
import dev.deltadepth.nn.WeightPrecision;
import dev.deltadepth.nn.Weights;
import dev.deltadepth.runtime.ModelMetadata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code delta export}: trained weights to an ONNX model. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = DeltaCommand.Version.class,
    header = "Make an ONNX model of trained weights.",
    description = {
      "",
      "The model is complete in itself: a photo's bytes go in, disparity comes out, for any height"
          + " and width that are multiples of 32.",
    },
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%nWeights:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:exported",
      "1:the weights cannot be used or the model cannot be written; standard error says why",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  delta export runs/delta -o delta.onnx",
      "  delta export delta.safetensors -o delta.onnx --native-size 384"
    },
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {
  private static final int DEFAULT_SIZE = 256;
  private static final int LARGEST = 2048;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "A .safetensors file, or the folder of a run, of which the last checkpoint is taken.")
  private Path source = Path.of("");

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.onnx",
      description = "The model.")
  private Path output = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What the model is called (default: what the weights say, or delta).")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--native-size",
      paramLabel = "N",
      description =
          "The shorter side at which it sees a photo by default, a multiple of 32 (default: what the"
              + " weights say, or 256).")
  private Optional<Integer> nativeSize = Optional.empty();

  @Option(
      names = "--full-precision",
      description =
          "Store the weights in 32 bits (default: 16, which halves the file). All arithmetic is in 32"
              + " either way.")
  private boolean fullPrecision;

  @Option(
      names = "--standard-operators",
      description =
          "Use ONNX operators alone, for runtimes and converters other than ONNX Runtime. The"
              + " default uses its fused attention, too, and is faster there.")
  private boolean standardOperators;

  @Option(names = "--overwrite", description = "Replace a file that exists.")
  private boolean overwrite;

  @Override
  public Integer call() {
    if (!overwrite && Files.exists(output)) {
      throw new FileException(output + " exists; use --overwrite to replace it");
    }
    Weights weights = ModelExport.read(source);
    String called = name.orElse(weights.metadata().getOrDefault(ModelMetadata.NAME, "delta"));
    OnnxDialect dialect = standardOperators ? OnnxDialect.STANDARD : OnnxDialect.ONNX_RUNTIME;
    WeightPrecision precision = fullPrecision ? WeightPrecision.FLOAT32 : WeightPrecision.FLOAT16;
    OnnxExporter.Form form = new OnnxExporter.Form(dialect, precision);
    byte[] model = ModelExport.onnx(weights, called, size(weights), form);
    AtomicFile.write(output, out -> out.write(model));
    spec.commandLine()
        .getOut()
        .println(String.format(Locale.ROOT, "%s  %,d bytes", output, model.length));
    return 0;
  }

  private int size(Weights weights) {
    String stated = weights.metadata().getOrDefault(ModelMetadata.NATIVE_SIZE, "");
    int size =
        nativeSize.orElse(stated.matches("\\d{1,4}") ? Integer.parseInt(stated) : DEFAULT_SIZE);
    if (size < 32 || size > LARGEST || size % 32 != 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--native-size must be a multiple of 32 up to " + LARGEST + ", not " + size);
    }
    return size;
  }
}
